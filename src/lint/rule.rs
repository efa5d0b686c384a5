use super::findings::Findings;
use super::form::Form;
use crate::diagnostic::{Code, Severity};

/// A rule about the quality of a questionnaire that compiles.
pub(super) struct Rule {
    pub(super) code: Code,
    pub(super) severity: Severity,
    /// Its manual page: the doc comment of its file.
    pub(super) manual: &'static str,
    /// Whether a questionnaire may allow what it finds.
    pub(super) can_be_allowed: bool,
    pub(super) check: fn(&Form<'_>, &mut Findings<'_>),
}

/// A rule with its manual page: the same text is the doc comment of the code and the page of the reference.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:ident, $severity:ident, $check:path) => {
        crate::lint::rule::rule! { $(#[doc = $doc])+ $code, $severity, $check, true }
    };
    ($(#[doc = $doc:literal])+ $code:ident, $severity:ident, $check:path, $can_be_allowed:literal) => {
        $(#[doc = $doc])+
        pub(in crate::lint) static RULE: crate::lint::rule::Rule = crate::lint::rule::Rule {
            code: crate::diagnostic::codes::$code,
            severity: crate::diagnostic::Severity::$severity,
            manual: concat!($($doc, "\n"),+),
            can_be_allowed: $can_be_allowed,
            check: $check,
        };
    };
}
pub(super) use rule;

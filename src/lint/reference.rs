use std::fmt::Write as _;

use super::rules::RULES;
use crate::diagnostic::{Code, Severity};

/// A rule, for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleDoc {
    /// Its code.
    pub code: Code,
    /// How bad what it finds is.
    pub severity: Severity,
    /// Whether a questionnaire may allow what it finds.
    pub can_be_allowed: bool,
    /// Its manual page: what it finds, why that is bad, an example, what to write instead.
    pub manual: &'static str,
}

/// Every rule, in the order of the reference.
#[must_use]
pub fn reference() -> Vec<RuleDoc> {
    RULES
        .iter()
        .map(|rule| RuleDoc {
            code: rule.code,
            severity: rule.severity,
            can_be_allowed: rule.can_be_allowed,
            manual: rule.manual,
        })
        .collect()
}

/// The reference of the rules, in Markdown: what `docs/lint.md` holds.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# What `intake check` finds in a questionnaire that can be used\n\n\
         <!-- Written from the doc comments in src/lint/rules: change those, then run\n     \
         INTAKE_WRITE=1 cargo test --test lint_reference -->\n\n\
         A finding has a code. `intake explain CODE` shows its page; `intake check --fix` applies the changes that are \
         safe, and `--fix --suggestions` also those that are only probably meant. What you have looked at and mean is \
         allowed where it stands, with the reason:\n\n\
         ```json\n\"allow\": { \"lint.later-question\": \"Asked on the phone before the visit.\" }\n```\n\n\
         `allow` goes into a question, section, check, score, rule or list, beside the `$ref` of an instrument, or at \
         the root of a file for all that is in it.\n",
    );
    for rule in RULES {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## `{}`\n\n*{}", rule.code, rule.severity.word());
        page += if rule.can_be_allowed { "*\n\n" } else { "; cannot be allowed*\n\n" };
        page += &body(rule.manual);
    }
    page
}

/// A manual page with its headings two levels down, and without the blank that begins each line of a doc comment.
fn body(manual: &str) -> String {
    let mut body = String::new();
    for line in manual.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if let Some(heading) = line.strip_prefix("# ") {
            body += "### ";
            body += heading;
        } else {
            body += line;
        }
        body.push('\n');
    }
    body
}

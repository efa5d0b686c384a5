use crate::diagnostic::Severity;
use crate::plan::CheckId;
use crate::value::Decimal;

/// Something that is wrong with an answer that is there. It never holds the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What kind.
    pub kind: IssueKind,
    /// How bad it is; only an error keeps an interview from being finished.
    pub severity: Severity,
    /// The bound that was passed, where there is one.
    pub limit: Option<Decimal>,
    /// The check that does not hold, where it is one.
    pub check: Option<CheckId>,
}

/// The kinds of [`Issue`]; JSON Schema's are named after its keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueKind {
    /// Less than `minimum`.
    Minimum,
    /// More than `maximum`.
    Maximum,
    /// Not more than `exclusiveMinimum`.
    ExclusiveMinimum,
    /// Not less than `exclusiveMaximum`.
    ExclusiveMaximum,
    /// Not a multiple of `multipleOf`.
    MultipleOf,
    /// Shorter than `minLength`.
    MinLength,
    /// Longer than `maxLength`.
    MaxLength,
    /// Does not match `pattern`.
    Pattern,
    /// Not written as its `format` says, or not precise enough.
    Format,
    /// Not a whole number.
    Integer,
    /// More digits than the wire format keeps.
    Digits,
    /// Not among the choices that are offered.
    Choice,
    /// A choice twice.
    UniqueItems,
    /// Fewer than `minItems`.
    MinItems,
    /// More than `maxItems`.
    MaxItems,
    /// Two rows have the same key.
    UniqueKey,
    /// A check of the questionnaire does not hold.
    Check,
}

impl IssueKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Minimum,
        Self::Maximum,
        Self::ExclusiveMinimum,
        Self::ExclusiveMaximum,
        Self::MultipleOf,
        Self::MinLength,
        Self::MaxLength,
        Self::Pattern,
        Self::Format,
        Self::Integer,
        Self::Digits,
        Self::Choice,
        Self::UniqueItems,
        Self::MinItems,
        Self::MaxItems,
        Self::UniqueKey,
        Self::Check,
    ];

    /// The word for it: in interface texts, scenarios and findings.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MultipleOf => "multipleOf",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Pattern => "pattern",
            Self::Format => "format",
            Self::Integer => "integer",
            Self::Digits => "digits",
            Self::Choice => "choice",
            Self::UniqueItems => "uniqueItems",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::UniqueKey => "uniqueKey",
            Self::Check => "check",
        }
    }
}

impl Issue {
    pub(super) const fn of(kind: IssueKind) -> Self {
        Self { kind, severity: Severity::Error, limit: None, check: None }
    }

    pub(super) const fn limit(kind: IssueKind, limit: Decimal) -> Self {
        Self { kind, severity: Severity::Error, limit: Some(limit), check: None }
    }

    pub(super) const fn check(check: CheckId, severity: Severity) -> Self {
        Self { kind: IssueKind::Check, severity, limit: None, check: Some(check) }
    }
}

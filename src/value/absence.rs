use std::fmt;
use std::str::FromStr;

/// Why a question that was put has no value: HL7 FHIR's data-absent-reason, in this project's words.
///
/// An absence stands beside the value, never among the choices, so that "does not want to say" is never read as "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// The person did not want to say (`asked-declined`).
    Declined,
    /// The person does not know (`asked-unknown`).
    DontKnow,
    /// The question does not apply to this person (`not-applicable`).
    NotApplicable,
    /// The worker left it for later (`not-asked`).
    NotAsked,
    /// It could not be done, for instance a measurement (`not-performed`).
    Unable,
}

impl Absence {
    /// Every code, in the order in which an interface offers them.
    pub const ALL: [Self; 5] =
        [Self::Declined, Self::DontKnow, Self::NotApplicable, Self::NotAsked, Self::Unable];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::DontKnow => "dont_know",
            Self::NotApplicable => "not_applicable",
            Self::NotAsked => "not_asked",
            Self::Unable => "unable",
        }
    }

    /// The code of HL7 FHIR's data-absent-reason that says the same.
    #[must_use]
    pub const fn fhir_code(self) -> &'static str {
        match self {
            Self::Declined => "asked-declined",
            Self::DontKnow => "asked-unknown",
            Self::NotApplicable => "not-applicable",
            Self::NotAsked => "not-asked",
            Self::Unable => "not-performed",
        }
    }
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Absence {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|absence| absence.code() == code).ok_or(())
    }
}

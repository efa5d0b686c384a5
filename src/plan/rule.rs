use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::Localised;
use crate::diagnostic::Place;
use crate::expression::Program;

/// An index into [`super::Plan::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

impl RuleId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A sentence of the form "if … then …" over answers and scores.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub title: Localised,
    /// Why it says what it says, in plain words.
    pub why: Option<Localised>,
    /// Where it comes from.
    pub source: Option<Arc<str>>,
    /// One or more conditions. A graded rule has one for each grade; the strongest true one holds.
    pub steps: Vec<RuleStep>,
    /// What follows.
    pub outcome: Outcome,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

/// One condition of a rule, with what it overrides in the outcome.
#[derive(Clone, Debug)]
pub struct RuleStep {
    /// When it holds.
    pub when: Program,
    /// The level of the need; set for every step of a need.
    pub level: Option<u8>,
    /// The grade of the alert; set for every step of an alert.
    pub grade: Option<AlertGrade>,
    /// The urgency of the need, where the step has one of its own.
    pub urgency: Option<Urgency>,
    /// The services of the need, where the step has its own.
    pub services: Option<Vec<Arc<str>>>,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

/// What follows from a rule.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A need in a domain.
    Need(Need),
    /// Somebody must act.
    Alert {
        /// What kind.
        code: Arc<str>,
        /// What a person reads.
        label: Localised,
        /// What to do and say now, for the worker.
        script: Option<Localised>,
        /// Whether the law demands a report.
        mandatory_report: bool,
    },
    /// A domain could not be looked at.
    NotAssessed {
        /// Which.
        domain: Domain,
        /// Why, in plain words.
        reason: Localised,
    },
    /// Look again within so many days.
    Review {
        /// Days after the assessment.
        within: u32,
        /// Why, in plain words.
        reason: Option<Localised>,
    },
    /// A service or a further check is worth offering.
    Recommend {
        /// A service code.
        service: Option<Arc<str>>,
        /// The code of a check.
        check: Option<Arc<str>>,
        /// What a person reads.
        label: Option<Localised>,
    },
}

/// A need that a rule raises.
#[derive(Clone, Debug)]
pub struct Need {
    /// In which domain.
    pub domain: Domain,
    /// What kind, unique in its domain.
    pub code: Arc<str>,
    /// What a person reads.
    pub label: Localised,
    /// By whom it is seen as a need.
    pub basis: Basis,
    /// How soon, where the rule says; otherwise by level.
    pub urgency: Option<Urgency>,
    /// Codes of services that can help.
    pub services: Vec<Arc<str>>,
}

macro_rules! words {
    ($(#[doc = $type_doc:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $type_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it on the wire.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.word() == word).ok_or(())
            }
        }
    };
}

words! {
    /// The areas of life in which needs are counted.
    Domain {
        /// Safety and protection.
        D01 = "D01",
        /// Food and money.
        D02 = "D02",
        /// Housing and utilities.
        D03 = "D03",
        /// Health and access to care.
        D04 = "D04",
        /// Daily function.
        D05 = "D05",
        /// Mind.
        D06 = "D06",
        /// Family, guardianship, carers.
        D07 = "D07",
        /// Social ties and belonging.
        D08 = "D08",
        /// Learning and development.
        D09 = "D09",
        /// Work and skills.
        D10 = "D10",
        /// Papers, rights, benefits.
        D11 = "D11",
        /// Language, literacy, digital.
        D12 = "D12",
    }
}

words! {
    /// How soon, the most urgent first.
    Urgency {
        /// At once.
        Now = "now",
        /// Within a day.
        Within24h = "24h",
        /// Within three days.
        Within72h = "72h",
        /// Within two weeks.
        Within14d = "14d",
        /// Within a month.
        Within30d = "30d",
        /// In the ordinary course.
        Routine = "routine",
    }
}

words! {
    /// By whom a need is seen as one.
    Basis {
        /// The person wishes it.
        Felt = "felt",
        /// The person asked for a service.
        Expressed = "expressed",
        /// A rule or the law says so.
        Normative = "normative",
    }
}

words! {
    /// How soon somebody must act on an alert, the most urgent first. The times are project defaults.
    AlertGrade {
        /// At once.
        R0 = "R0",
        /// Within 24 hours.
        R1 = "R1",
        /// Within 72 hours.
        R2 = "R2",
        /// Within ten working days.
        R3 = "R3",
    }
}

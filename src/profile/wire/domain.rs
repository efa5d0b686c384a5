use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::Domain;
use crate::value::{Word, words};

/// For every domain its level, 0–3, or null where it was not assessed. Never is null read as 0.
pub type Levels = BTreeMap<Word<Domain>, Option<u8>>;

/// For every domain how far it was looked at.
pub type Statuses = BTreeMap<Word<Domain>, Word<DomainStatus>>;

words! {
    /// How far a domain was looked at.
    DomainStatus {
        /// Every rule of it is decided.
        Complete = "complete",
        /// A rule of it, or a safety question, is open: its level is "at least".
        Partial = "partial",
        /// Nothing is decided.
        NotAssessed = "not_assessed",
    }
}

/// A rule that the answers do not decide, or not to its highest level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undetermined {
    /// The rule.
    pub rule: String,
    /// JSON Pointers of the questions whose answers could decide it, in document order.
    pub ask: Vec<String>,
}

/// A domain that a rule says could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotAssessed {
    /// Which.
    pub domain: Word<Domain>,
    /// Why, in the profile's language.
    pub reason: String,
    /// The rule that says so.
    pub rule: String,
}

/// A service or a further check that is worth offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// The rule that says so.
    pub rule: String,
    /// A service code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The code of a check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// What a person reads, in the profile's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

use serde::{Deserialize, Serialize};

use super::Number;
use crate::value::{Word, words};

/// A change since the time before, or why there is nothing to compare.
///
/// A change stands here only where both times mean the same by it; else the values are left out, so that nobody
/// subtracts what cannot be subtracted.
///
/// A level that was looked at in part is only the least that it may be. So a change of one stands here only where it is
/// certain which way it went: up to what is partial now, or down from what was partial then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delta {
    /// What is compared.
    pub kind: Word<DeltaKind>,
    /// The id of the score or need, or the code of the domain.
    pub id: String,
    /// Whether both times mean the same by it.
    pub comparable: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Word<Incomparable>>,
    /// The value, or the level, of the time before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Number>,
    /// The value, or the level, now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Number>,
    /// After minus before; of what was looked at in part, the least that it can have moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Number>,
    /// The band of the time before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_before: Option<String>,
    /// The band now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_after: Option<String>,
}

words! {
    /// What a [`Delta`] compares.
    DeltaKind {
        /// A score.
        Score = "score",
        /// A need.
        Need = "need",
        /// The level of a domain.
        Domain = "domain",
    }
}

words! {
    /// Why two times cannot be compared.
    Incomparable {
        /// It does not count in the same way.
        DefinitionChanged = "definition_changed",
        /// The profile of the time before does not say how it counted.
        DefinitionUnknown = "definition_unknown",
        /// Other rules decided.
        RulesChanged = "rules_changed",
        /// It was not decided the time before.
        NotAssessedBefore = "not_assessed_before",
        /// It is not decided now.
        NotAssessedNow = "not_assessed_now",
    }
}

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::value::{Absence, Word, words};

/// A question that is asked and has neither a value nor what else it demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// What it demands.
    pub demand: Word<MissingDemand>,
    /// JSON Pointer into the answers.
    pub field: String,
}

words! {
    /// What a question without an answer demands.
    MissingDemand {
        /// A value.
        Required = "required",
        /// A value or a typed absence.
        AnswerOrRefusal = "answer_or_refusal",
        /// A value, but the interview can end without one.
        Expected = "expected",
    }
}

/// Counts that say how far the interview can be relied on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataQuality {
    /// Those with a typed absence, by its code.
    pub absent: BTreeMap<Word<Absence>, u32>,
    /// Those with a value.
    pub answered: u32,
    /// Questions that were to be asked, every row of a repeat counted.
    pub asked: u32,
    /// Checks of severity error that do not hold, and answers that break a constraint.
    pub errors: u32,
    /// Those listed as missing.
    pub missing: u32,
    /// Checks of severity warning that do not hold.
    pub warnings: u32,
}

/// When to look again, and how this compares with the time before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reassessment {
    /// Changes since the time before, as the record states them.
    pub deltas: Vec<Value>,
    /// The date by which to look again.
    pub next_on: Option<String>,
    /// The profile of the time before.
    pub previous: Option<String>,
    /// What sets that date: `open_alert`, `level_3`, `level_2`, `level_1`, `no_need` or `rule`.
    pub reason: Option<String>,
    /// The rule, where one sets the date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The reason that the rule gives, in the profile's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

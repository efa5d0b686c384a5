use serde::{Deserialize, Serialize};

use super::Number;
use crate::scoring::ScoreStatus;
use crate::value::Word;

/// A score in a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The ids of the adjustments that acted on the band's level.
    pub adjustments: Vec<String>,
    /// How many items have points.
    pub answered: u32,
    /// The band of the value, or else of the whole interval.
    pub band: Option<ScoreBand>,
    /// Fingerprint of how it counts: only where it is the same can two scores be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// How near its items are to the published ones: `verbatim`, `adapted`, `structure_only` or `imported`.
    pub fidelity: String,
    /// Its id, once more, so that an entry can travel alone.
    pub id: String,
    /// The least and the most that the missing items allow.
    pub interval: [Number; 2],
    /// The most that it can be at all.
    pub max: Number,
    /// `sum`, `mean`, `count`, `max` or `expression`.
    pub method: String,
    /// The least that it can be at all.
    pub min: Number,
    /// How many items there are.
    pub of: u32,
    /// Whether the band can still change because the value is prorated.
    pub provisional: bool,
    /// The unanswered questions on which further adjustments hang.
    pub provisional_on: Vec<String>,
    /// Where its cut-offs come from.
    pub source: Option<String>,
    /// How much is known.
    pub status: Word<ScoreStatus>,
    /// What it is built like.
    pub structure: Option<String>,
    /// What a person reads, in the profile's language.
    pub title: String,
    /// The value; null while items are missing, unless the missing rule fills them in.
    pub value: Option<Number>,
}

/// The band in which a score lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreBand {
    /// The level as the scale has it, before adjustments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_level: Option<u8>,
    /// The least value in it.
    pub from: Number,
    /// Its id.
    pub id: String,
    /// The level, after adjustments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// What a person reads, in the profile's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The highest value in it.
    pub to: Number,
}

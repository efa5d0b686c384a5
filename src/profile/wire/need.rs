use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Number;
use crate::plan::{Basis, Domain, Urgency};
use crate::value::{Absence, Informant, Word};

/// Something that a person needs, how much, how soon, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// By whom it is seen as a need.
    pub basis: Word<Basis>,
    /// What kind, unique in its domain.
    pub code: String,
    /// The area of life.
    pub domain: Word<Domain>,
    /// For each of these rules, what it rests on.
    pub evidence: Vec<Evidence>,
    /// `domain.code.basis`: the same in every profile, so that follow-ups can name it.
    pub id: String,
    /// What a person reads, in the profile's language.
    pub label: String,
    /// 1 watch, 2 act, 3 act now: the highest over the rules.
    pub level: u8,
    /// Whether a missing answer could still raise the level, or a score that it rests on could still move.
    pub provisional: bool,
    /// The rules that raise it, in document order.
    pub rules: Vec<String>,
    /// Codes of services that can help, in the order in which the rules name them.
    pub services: Vec<String>,
    /// The shortest over the rules.
    pub urgency: Word<Urgency>,
    /// The smallest sets of other answers with which it would be lower or gone; only where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would_change: Option<Vec<Vec<Change>>>,
}

/// One answer that would be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// JSON Pointer into the answers.
    pub field: String,
    /// What would be answered, as in the answers.
    pub value: Value,
}

/// What one rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The answers that its condition read, and those behind the scores that it read, in document order.
    pub answers: Vec<AnswerEvidence>,
    /// The level that this rule gives.
    pub level: u8,
    /// The rule.
    pub rule: String,
    /// The scores that its condition read.
    pub scores: Vec<ScoreEvidence>,
    /// Its name, in the profile's language.
    pub title: String,
    /// Why it says what it says, in the profile's language.
    pub why: Option<String>,
}

/// An answer, or a typed absence, on which a rule rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerEvidence {
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Word<Absence>>,
    /// JSON Pointer into the answers.
    pub field: String,
    /// Who said so.
    pub informant: Word<Informant>,
    /// The points that it has in a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Number>,
    /// The answer, as in the answers; left out where it stands in the identity part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// A score on which a rule rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreEvidence {
    /// The id of its band, if that is certain.
    pub band: Option<String>,
    /// Its id.
    pub id: String,
    /// What the missing items allow.
    pub interval: [Number; 2],
    /// Its value, if it has one.
    pub value: Option<Number>,
}

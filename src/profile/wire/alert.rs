use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::AlertGrade;
use crate::value::{Word, words};

/// Somebody must act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// Who acted, when and how, as the record says.
    pub acknowledged: Option<Value>,
    /// The grade as it stood when somebody acted, as the record says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acted_grade: Option<Word<AlertGrade>>,
    /// What kind.
    pub code: String,
    /// By when to act, RFC 3339; null where the record does not say when the interview ended.
    pub due: Option<String>,
    /// What was done before that, the first of it first, as the record says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierAct>,
    /// The question, where it is raised at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// How soon.
    pub grade: Word<AlertGrade>,
    /// What a person reads, in the profile's language.
    pub label: String,
    /// Where the report stands that the law demands.
    pub mandatory_report: Word<MandatoryReport>,
    /// Who was told and when, as the record says.
    pub notified: Option<Value>,
    /// Why it is withdrawn: `answers_changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rule that raises it; `safety.unscreened` for an unanswered safety question.
    pub rule: String,
    /// Where it stands.
    pub status: Word<AlertStatus>,
}

/// What was done about an alert before it became more urgent and somebody had to act again, as the record says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierAct {
    /// Who acted, when and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Value>,
    /// The grade of the alert then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Word<AlertGrade>>,
    /// Who was told and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Value>,
}

words! {
    /// Where an alert stands. An alert never vanishes.
    AlertStatus {
        /// Nobody has acted yet.
        Open = "open",
        /// Somebody has acted, and it has not become more urgent since.
        Acknowledged = "acknowledged",
        /// A changed answer no longer raises it.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Where the report stands that the law demands.
    MandatoryReport {
        /// The law demands none.
        NotTriggered = "not_triggered",
        /// It is still to be made.
        Required = "required",
        /// It was made.
        Made = "made",
    }
}

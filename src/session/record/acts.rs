//! What people did: a record states it, and a profile copies it.

use serde::{Deserialize, Serialize};

use crate::plan::Domain;
use crate::value::{Word, words};

/// The level of a domain that a worker set over the computed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Which domain.
    pub domain: Word<Domain>,
    /// 0–3.
    pub level: u8,
    /// Why; needed to lower a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Who agreed; needed to lower a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
}

/// What was done about one alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertAct {
    /// The rule that raised it.
    pub rule: String,
    /// The question at which it was raised, where the rule has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Who was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Notification>,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledgement>,
    /// Whether the report that the law demands was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandatory_report: Option<Word<MandatoryReport>>,
    /// Why it is withdrawn, where a changed answer no longer raises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Who was told of an alert, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notification {
    /// A reference of the person or office told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Who acted on an alert, when, and what they did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// A reference of the worker.
    pub by: String,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What was done.
    pub action: String,
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

words! {
    /// What a person said to one purpose of the consent.
    ConsentState {
        /// Yes.
        Granted = "granted",
        /// No.
        Declined = "declined",
        /// The purpose was not put to them.
        NotAsked = "not_asked",
        /// A yes taken back.
        Withdrawn = "withdrawn",
    }
}

/// What a person can build on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strength {
    /// What it is.
    pub text: String,
    /// How much it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Word<Grade>>,
    /// The domain in which it helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Word<Domain>>,
}

words! {
    /// How much a strength carries.
    Grade {
        /// A plan can be built around it.
        Centrepiece = "centrepiece",
        /// It can be used now.
        Usable = "usable",
        /// It can be developed.
        Potential = "potential",
    }
}

/// What was agreed to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Its id, so that a follow-up can name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is, in the person's words.
    pub text: String,
    /// The need that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// By when, `YYYY[-MM[-DD]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// −2 much less than expected … +2 much more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attainment: Option<i8>,
}

/// What was agreed to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedService {
    /// A service code.
    pub service: String,
    /// How often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// From when, `YYYY[-MM[-DD]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The need that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
}

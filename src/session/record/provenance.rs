use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who asked, where, when and how. Copied into the profile; only `ended_at` is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// Where the station stands in its organisation, from the top: a list or a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_path: Option<Value>,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessors: Vec<Assessor>,
    /// A reference of the supervisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
    /// When the interview began, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// When it ended, RFC 3339: what `now()` is, and whence alerts count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// The sittings: how many, or each with its times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Value>,
    /// At home, at the station, by phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Who interpreted, if anybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Value>,
    /// Who was in the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_present: Option<Value>,
    /// The sections that were asked with nobody else in the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sections_alone: Option<Value>,
    /// Whether it was recorded without a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<bool>,
}

/// Somebody who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessor {
    /// A reference, never a name.
    #[serde(rename = "ref")]
    pub reference: String,
    /// As what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// With which qualification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualification: Option<String>,
}

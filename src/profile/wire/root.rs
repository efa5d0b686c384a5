use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Alert, DataQuality, Levels, Missing, Need, NotAssessed, Reassessment, Recommendation, Score, Statuses,
    Subject, Undetermined,
};
use crate::json;
use crate::value::{Absence, Informant, Word, words};

/// The version of the profile's format that is written, and the only one that is read.
pub const PROFILE_VERSION: u32 = 1;

/// The names of a profile's members.
pub const PROFILE_MEMBERS: [&str; 35] = [
    "profile_version",
    "profile_id",
    "kind",
    "supersedes",
    "status",
    "subject",
    "questionnaire",
    "assessed_on",
    "answers",
    "absent",
    "informants",
    "accounts",
    "ignored",
    "missing",
    "answers_hash",
    "redacted",
    "identity_detached",
    "scores",
    "needs",
    "domain_levels",
    "computed_domain_levels",
    "domain_status",
    "undetermined",
    "not_assessed",
    "recommendations",
    "alerts",
    "unscreened",
    "strengths",
    "overrides",
    "goals",
    "plan",
    "consent",
    "data_quality",
    "reassessment",
    "provenance",
];

/// What a person needs, how urgently, and why: computed from a record, or copied from it, in every part.
///
/// The members stand here, and in the parts of a profile, in the order of canonical JSON: what comes in order need not be
/// put into it, which was a fifth of writing a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// JSON Pointer into the answers to why there is none.
    pub absent: BTreeMap<String, Word<Absence>>,
    /// JSON Pointer into the answers to what others said to the same question, by who said it: the answer in `answers`
    /// counts, and what differs stays to be seen.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub accounts: Map<String, Value>,
    /// The most urgent first.
    pub alerts: Vec<Alert>,
    /// The answers to what was asked.
    pub answers: Map<String, Value>,
    /// Fingerprint of answers, absences, informants and assessment date; none in a redacted profile, and none where
    /// the identity is detached.
    pub answers_hash: Option<String>,
    /// The assessment date.
    pub assessed_on: String,
    /// The levels as computed, where a worker set one over them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed_domain_levels: Option<Levels>,
    /// Consent by purpose.
    pub consent: Map<String, Value>,
    /// How far the interview can be relied on.
    pub data_quality: DataQuality,
    /// Every domain's level: the highest of its needs, or what a worker set over it.
    pub domain_levels: Levels,
    /// How far every domain was looked at.
    pub domain_status: Statuses,
    /// What was agreed to be reached.
    pub goals: Vec<Value>,
    /// That what tells who the person is stands in a part of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_detached: Option<bool>,
    /// Answers in the record to questions that were not to be asked.
    pub ignored: Vec<String>,
    /// JSON Pointer into the answers to who said so, where it was not the person.
    pub informants: BTreeMap<String, Word<Informant>>,
    /// Whether it is the first assessment of this person.
    pub kind: Word<Kind>,
    /// What is asked and has no answer, in document order.
    pub missing: Vec<Missing>,
    /// By domain, the highest level first.
    pub needs: Vec<Need>,
    /// Domains that a rule says could not be looked at.
    pub not_assessed: Vec<NotAssessed>,
    /// Levels that a worker set over the computed ones.
    pub overrides: Vec<Value>,
    /// What was agreed to be done.
    pub plan: Vec<Value>,
    /// The host's id.
    pub profile_id: Option<String>,
    /// Always [`PROFILE_VERSION`].
    pub profile_version: u32,
    /// Who asked, where, when and how, and what computed this.
    pub provenance: Provenance,
    /// What was asked.
    pub questionnaire: QuestionnaireIdentity,
    /// When to look again.
    pub reassessment: Reassessment,
    /// Services and checks that are worth offering.
    pub recommendations: Vec<Recommendation>,
    /// That something was left out, with all that follows from it: verified by its signature, not by replay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redacted: Option<bool>,
    /// Every score, by its id.
    pub scores: BTreeMap<String, Score>,
    /// Whether the interview is finished.
    pub status: Word<ProfileStatus>,
    /// What the person can build on.
    pub strengths: Vec<Value>,
    /// Who it is about.
    pub subject: Subject,
    /// The profile that this one corrects.
    pub supersedes: Option<String>,
    /// Rules that are still open, in document order.
    pub undetermined: Vec<Undetermined>,
    /// Safety questions without an answer, in document order.
    pub unscreened: Vec<String>,
}

/// What was asked, and the fingerprints of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireIdentity {
    /// Fingerprint of the bundled document.
    pub content_hash: String,
    /// Its id.
    pub id: String,
    /// The language of the profile's texts.
    pub language: String,
    /// Fingerprint of its scores, rules and thresholds.
    pub rules_hash: String,
    /// Its version.
    pub version: String,
}

/// The record's provenance and the engine that computed the profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// What computed the profile: the one part that two engines may write differently.
    pub engine: Engine,
    /// The record's part, as it says.
    #[serde(flatten)]
    pub record: Map<String, Value>,
}

/// A program and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

words! {
    /// Whether an assessment is the first of a person.
    Kind {
        /// The first.
        Initial = "initial",
        /// A later one.
        Reassessment = "reassessment",
        /// The last one.
        Closure = "closure",
    }
}

words! {
    /// Whether an interview is finished.
    ProfileStatus {
        /// Nothing that blocks is open.
        Complete = "complete",
        /// An answer that blocks is missing, or something is in error.
        InProgress = "in_progress",
    }
}

impl Profile {
    /// As a JSON value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Only a map with keys that are not text could fail, and there is none.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The canonical text (RFC 8785): equal profiles have equal bytes, in the browser and natively.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        let mut text = String::new();
        self.write_canonical_json(&mut text);
        text
    }

    /// The same, at the end of a text.
    pub fn write_canonical_json(&self, out: &mut String) {
        // As above.
        let _ = json::canonical::write(self, out);
    }
}

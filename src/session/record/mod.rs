//! The record of an interview as it stands in a file (`schemas/wire/record-1.schema.json`): what was answered, by
//! whom, what was absent and why, and what people did about it. A profile is computed from it and from nothing else.

mod acts;
mod finding;
mod provenance;
mod reader;

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

pub use acts::{
    Acknowledgement, AlertAct, ConsentState, Goal, Grade, MandatoryReport, Notification, Override,
    PlannedService, Strength,
};
pub use finding::Finding;
pub use provenance::{Assessor, Provenance};

use crate::value::{Absence, Informant, PartialDate, Word, words};

/// The version of the record's format that is written, and the only one that is read.
pub const RECORD_VERSION: u32 = 1;

/// What was recorded in an interview.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Always [`RECORD_VERSION`].
    pub record_version: u32,
    /// The id of the profile that comes of it: the host's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<String>,
    /// Which questionnaire was asked, where the record says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<QuestionnaireRef>,
    /// The assessment date: what `today()` is, and the day for which ages are computed.
    #[serde(serialize_with = "display")]
    pub assessed_on: PartialDate,
    /// The language in which the profile is written, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether it is the first assessment of this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<Kind>>,
    /// The profile that this one corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// The answers, flat: question name to value; a repeat is an array of row objects.
    pub answers: Map<String, Value>,
    /// JSON Pointer into the answers to why there is none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", serialize_with = "words_by_pointer")]
    pub absent: BTreeMap<String, Absence>,
    /// JSON Pointer into the answers to who said so, where it was not the person.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", serialize_with = "words_by_pointer")]
    pub informants: BTreeMap<String, Informant>,
    /// Whom it is about, by reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectRefs>,
    /// Consent by purpose.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub consent: BTreeMap<String, Word<ConsentState>>,
    /// Levels that a worker set over the computed ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// What people did about alerts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<AlertAct>,
    /// What the person can build on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strengths: Vec<Strength>,
    /// What was agreed to be reached.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// What was agreed to be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<PlannedService>,
    /// The profile of the time before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// Who asked, where, when and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
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

/// Which questionnaire was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionnaireRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The hash of its content, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
}

/// Whom a record is about: references into the agency's own system, never a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRefs {
    /// The person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_ref: Option<String>,
    /// The household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household_ref: Option<String>,
    /// Groups to which the person belongs, beyond those of the questionnaire.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

impl Record {
    /// A record of a day with nothing in it.
    #[must_use]
    pub fn new(assessed_on: PartialDate) -> Self {
        Self {
            record_version: RECORD_VERSION,
            profile_id: None,
            questionnaire: None,
            assessed_on,
            language: None,
            kind: None,
            supersedes: None,
            answers: Map::new(),
            absent: BTreeMap::new(),
            informants: BTreeMap::new(),
            subject: None,
            consent: BTreeMap::new(),
            overrides: Vec::new(),
            alerts: Vec::new(),
            strengths: Vec::new(),
            goals: Vec::new(),
            plan: Vec::new(),
            previous: None,
            provenance: None,
        }
    }

    /// Reads the shape of a record: which members there are and what each holds. Whether the answers are such as
    /// the questionnaire asks for is checked against the questionnaire, later.
    ///
    /// # Errors
    /// Every fault of the shape, each with its pointer; never an answer.
    pub fn from_value(value: &Value) -> Result<Self, Vec<Finding>> {
        reader::read(value)
    }

    /// When the interview ended, as written, if the record says so.
    #[must_use]
    pub fn ended_at(&self) -> Option<&str> {
        self.provenance.as_ref()?.ended_at.as_deref()
    }
}

fn display<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn words_by_pointer<T: Display + Copy, S: Serializer>(
    map: &BTreeMap<String, T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter().map(|(pointer, word)| (pointer, Word(*word))))
}

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::session::Finding;

/// What the page asks the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Whether a record is valid.
    Judge(Request),
    /// What destinations are sent of a profile.
    Make(Order),
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// Whether the record is valid.
    Judged(Verdict),
    /// For each destination what it is sent, or why nothing is.
    Made(Vec<Result<Made, Vec<Remark>>>),
}

/// A profile, and where it is to go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The questionnaire with all its files: the text of a [`super::Bundle`].
    pub bundle: String,
    /// The profile that was kept.
    pub profile: String,
    /// The id under which it leaves.
    pub profile_id: String,
    /// The profile that it amends.
    pub supersedes: Option<String>,
    /// The profile of another interview of the person, in which their consent stands where this one does not ask for it.
    pub consent_in: Option<String>,
    /// The export policy; the one that ships with the program if none is given.
    pub policy: Option<String>,
    /// The day: a consent that was given until an earlier one holds no longer.
    pub on: String,
    /// The private key that signs, in PEM.
    pub key: Option<String>,
    /// Where it is to go.
    pub to: Vec<To>,
}

/// What a destination is sent a profile for, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct To {
    /// A purpose of the policy.
    pub purpose: String,
    /// A recipient of the policy.
    pub recipient: String,
    /// The name of the format.
    pub format: String,
    /// How the target names things.
    pub mapping: Map<String, Value>,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its media type.
    pub content_type: String,
    /// It itself.
    pub body: String,
    /// How many items of the questionnaire are withheld.
    pub withheld: usize,
}

/// A record that is to be judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The questionnaire with all its files: the text of a [`super::Bundle`].
    pub bundle: String,
    /// The finished record, as it stands in a file.
    pub record: String,
}

/// A question as it goes to the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What tells it from the page's other questions.
    pub number: u32,
    /// What is asked.
    pub ask: Ask,
}

/// An answer as it comes from the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// The question that it answers.
    pub number: u32,
    /// What came of it.
    pub reply: Reply,
}

/// What came of the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// The record is valid.
    Accepted,
    /// The record is not valid.
    Refused(Vec<Remark>),
    /// The worker could not check it: a fault of the program or of its files, not of the answers.
    Unable,
}

/// One thing that is wrong with a record. It never holds an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// What kind of fault.
    pub code: String,
    /// JSON Pointer into the answers, where it is about one.
    pub answer: Option<String>,
    /// Why, in a sentence for whoever looks after the program.
    pub message: String,
}

impl Remark {
    /// What a check of the record found.
    #[must_use]
    pub fn of_record(finding: &Finding) -> Self {
        let answer = ["/answers", "/absent"].iter().find_map(|part| finding.pointer.strip_prefix(part));
        Self {
            code: finding.code.to_string(),
            answer: answer.filter(|pointer| !pointer.is_empty()).map(str::to_owned),
            message: finding.message.clone(),
        }
    }

    /// What is wrong with the text of the record.
    #[cfg(feature = "worker")]
    pub(super) fn of_text(fault: &crate::diagnostic::Diagnostic) -> Self {
        Self { code: fault.code.to_string(), answer: None, message: fault.message.clone() }
    }
}

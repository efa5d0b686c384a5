use serde::{Deserialize, Serialize};

use crate::session::Finding;

/// What the page asks the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The questionnaire with all its files: the text of a [`super::Bundle`].
    pub bundle: String,
    /// The finished record, as it stands in a file.
    pub record: String,
}

/// A request as it goes to the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What tells it from the page's other requests.
    pub number: u32,
    /// What is asked.
    pub request: Request,
}

/// An answer as it comes from the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// The request that it answers.
    pub number: u32,
    /// What came of it.
    pub verdict: Verdict,
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

//! How things are called in FHIR: identifiers, by which a server knows what it has already, and addresses.

use serde_json::{Value, json};

use crate::export::{Leaving, encoded};
use crate::json;
use crate::plan::{Plan, QuestionId, SectionId};

/// Whose names the identifiers are, unless the mapping says so.
const BASE: &str = "urn:intake";

/// The names of a profile's resources.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    base: String,
    /// The profile.
    pub(super) profile: String,
}

impl Naming {
    pub(super) fn new(leaving: &Leaving, base: Option<&str>) -> Self {
        Self { base: base.unwrap_or(BASE).trim_end_matches(['/', ':']).to_owned(), profile: leaving.name() }
    }

    /// The system of a kind of identifier or code.
    pub(super) fn system(&self, kind: &str) -> String {
        let between = if self.base.starts_with("urn:") { ':' } else { '/' };
        format!("{}{between}{kind}", self.base)
    }

    /// An identifier of something of this profile.
    pub(super) fn identifier(&self, kind: &str, of: &str) -> Value {
        json!({ "system": self.system(kind), "value": self.value(of) })
    }

    fn value(&self, of: &str) -> String {
        if of.is_empty() { self.profile.clone() } else { format!("{}/{of}", self.profile) }
    }

    /// How a resource is found by its identifier.
    pub(super) fn query(&self, resource: &str, kind: &str, of: &str) -> String {
        format!("{resource}?identifier={}", encoded(&format!("{}|{}", self.system(kind), self.value(of))))
    }

    /// The canonical address of a questionnaire.
    pub(super) fn questionnaire(&self, plan: &Plan) -> String {
        self.system(&format!(
            "questionnaire{}{}",
            if self.base.starts_with("urn:") { ':' } else { '/' },
            plan.id
        ))
    }

    /// An id for a resource of this profile: the same whenever it is made (RFC 9562, version 8).
    pub(super) fn uuid(&self, kind: &str, of: &str) -> String {
        uuid(&format!("{}\n{kind}\n{of}", self.profile))
    }

    /// Where the resources of one bundle point to each other.
    pub(super) fn url(&self, kind: &str, of: &str) -> String {
        format!("urn:uuid:{}", self.uuid(kind, of))
    }

    pub(super) fn reference(&self, kind: &str, of: &str) -> Value {
        json!({ "reference": self.url(kind, of) })
    }
}

/// A UUID from the fingerprint of a text.
pub(in crate::export) fn uuid(text: &str) -> String {
    let print = json::sha256(text);
    let mut digits: Vec<char> = print.chars().skip(7).take(32).collect();
    if let Some(version) = digits.get_mut(12) {
        *version = '8';
    }
    if let Some(variant) = digits.get_mut(16) {
        *variant = 'a';
    }
    let part = |from: usize, to: usize| digits.iter().skip(from).take(to - from).collect::<String>();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// The link id of a section. Sections and questions have names of their own each, and link ids are one set.
pub(super) fn section_link(plan: &Plan, id: SectionId) -> String {
    format!("section.{}", plan.section(id).id)
}

/// The link id of a question.
pub(super) fn link(plan: &Plan, id: QuestionId) -> String {
    plan.path(id)
}

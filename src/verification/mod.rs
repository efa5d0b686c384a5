//! A finished profile held to everything that there is to hold it to: assessed again by the engine, and its answers
//! judged by the authority. The command line and the collector come to the same verdict here.

#[cfg(feature = "export")]
mod document;

#[cfg(feature = "export")]
pub use document::{By, Trust};

use std::sync::Arc;

use serde_json::Value;

use crate::authority::Authority;
use crate::diagnostic::codes;
use crate::plan::Plan;
use crate::profile;
use crate::session::Finding;

/// Verifies profiles of the questionnaires that it knows.
#[derive(Debug)]
pub struct Verifier {
    known: Vec<(Arc<Plan>, Authority)>,
}

impl Verifier {
    /// A verifier that knows these questionnaires.
    ///
    /// # Errors
    /// A sentence that says why the answer schema of one cannot be used.
    pub fn new(plans: impl IntoIterator<Item = Arc<Plan>>) -> Result<Self, String> {
        let known = plans.into_iter().map(|plan| Authority::new(&plan).map(|authority| (plan, authority)));
        Ok(Self { known: known.collect::<Result<_, _>>()? })
    }

    /// Everything in which a profile is not what its record and its questionnaire make of it. No finding holds an
    /// answer.
    #[must_use]
    pub fn verify(&self, profile: &Value) -> Vec<Finding> {
        let find = |id: &str, hash: &str| {
            self.known.iter().find(|(plan, _)| *plan.id == *id && plan.content_hash() == hash)
        };
        let lookup = |id: &str, hash: &str| find(id, hash).map(|(plan, _)| Arc::clone(plan));
        let findings = profile::verify(&lookup, profile);
        let identity =
            |name: &str| profile.pointer(&format!("/questionnaire/{name}")).and_then(Value::as_str);
        let known = identity("id").zip(identity("content_hash")).and_then(|(id, hash)| find(id, hash));
        match (known, profile.get("answers")) {
            (Some((_, authority)), Some(answers)) => judged(authority, answers, findings),
            (Some(_), None) if findings.is_empty() => {
                vec![Finding::new(codes::VERIFY_SHAPE, "", "a profile has `answers`")]
            }
            _ => findings,
        }
    }
}

/// Adds what the authority does not allow where the engine, whose words are for people, has not said so.
#[must_use]
pub fn judged(authority: &Authority, answers: &Value, mut findings: Vec<Finding>) -> Vec<Finding> {
    for violation in authority.violations(answers) {
        let pointer = format!("/answers{}", violation.pointer);
        // A closed object is reported at the object, the key that it does not know at the key.
        let known = |finding: &Finding| {
            finding.pointer == pointer
                || (violation.keyword == "additionalProperties" && finding.pointer.starts_with(&pointer))
        };
        if !findings.iter().any(known) {
            findings.push(Finding::new(codes::RECORD_SCHEMA, pointer, violation.message()));
        }
    }
    findings
}

use std::collections::BTreeSet;

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value;

use super::answer_schema;
use crate::plan::Plan;

/// The compiled size that a pattern may have, in bytes: the same order as for the checks at every keystroke.
const PATTERN_BYTES: usize = 1 << 22;

/// Judges answers against the answer schema of one plan. Build it once: building costs far more than judging.
#[derive(Debug)]
pub struct Authority {
    validator: Validator,
}

/// An answer that the answer schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// JSON Pointer into the answers.
    pub pointer: String,
    /// The keyword of JSON Schema that is not satisfied.
    pub keyword: String,
}

impl Violation {
    /// What is wrong, in one sentence that does not tell the answer.
    #[must_use]
    pub fn message(&self) -> String {
        match self.keyword.as_str() {
            "type" => "the answer is of another type than the question takes".to_owned(),
            "enum" => "the answer is none of the choices".to_owned(),
            "additionalProperties" => "there is an answer to a question that does not exist".to_owned(),
            keyword => format!("the answer does not satisfy `{keyword}`"),
        }
    }
}

impl Authority {
    /// The authority over records of a plan.
    ///
    /// # Errors
    /// A sentence that says why the schema cannot be used: in effect, a pattern that is too large.
    pub fn new(plan: &Plan) -> Result<Self, String> {
        Self::of_schema(&answer_schema(plan))
    }

    /// The authority of a schema. The draft is 2020-12 whatever the schema says, nothing is ever fetched, formats are
    /// asserted, and patterns run in linear time.
    pub(super) fn of_schema(schema: &Value) -> Result<Self, String> {
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .offline()
            .with_pattern_options(
                PatternOptions::regex().size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES),
            )
            .build(schema)
            .map_err(|error| format!("the answer schema cannot be used: {}", error.masked()))?;
        Ok(Self { validator })
    }

    /// Whether the answers are allowed: many times cheaper than listing what is not.
    #[must_use]
    pub fn allows(&self, answers: &Value) -> bool {
        self.validator.is_valid(answers)
    }

    /// What is not allowed among the answers, in the order of pointers; each pointer and keyword once. Only places
    /// and keywords leave the validator: its texts quote the answers.
    #[must_use]
    pub fn violations(&self, answers: &Value) -> Vec<Violation> {
        if self.allows(answers) {
            return Vec::new();
        }
        let found: BTreeSet<Violation> = self
            .validator
            .iter_errors(answers)
            .map(|error| Violation {
                pointer: error.instance_path().as_str().to_owned(),
                keyword: error.keyword().to_owned(),
            })
            .collect();
        found.into_iter().collect()
    }
}

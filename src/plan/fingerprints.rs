//! The hashes by which a record names exactly what was asked, and what an answer means.
//!
//! They are taken when they are first asked for: of a long questionnaire they cost a good part of what compiling it
//! does, and whoever only looks at it asks for none.

use std::sync::{Arc, OnceLock};

use super::{Plan, QuestionId};
use crate::questionnaire::Questionnaire;

/// The questionnaire as written, and what was taken of it so far.
#[derive(Debug)]
pub(super) struct Fingerprints {
    written: Arc<Questionnaire>,
    content: OnceLock<Arc<str>>,
    rules: OnceLock<Arc<str>>,
}

impl Fingerprints {
    pub(super) fn of(written: Arc<Questionnaire>) -> Self {
        Self { written, content: OnceLock::new(), rules: OnceLock::new() }
    }
}

impl Plan {
    /// `sha256:` and the hash of the bundled document: instruments, lists and language packs resolved.
    #[must_use]
    pub fn content_hash(&self) -> &str {
        self.fingerprints.content.get_or_init(|| self.fingerprints.written.content_hash().into())
    }

    /// `sha256:` and the hash of the scores, rules and thresholds alone.
    #[must_use]
    pub fn rules_hash(&self) -> &str {
        self.fingerprints.rules.get_or_init(|| self.fingerprints.written.rules_hash().into())
    }

    /// What the answers to a question mean, whatever the wording: canonical JSON, the same if and only if they mean the
    /// same.
    #[must_use]
    pub fn meaning(&self, question: QuestionId) -> String {
        let (file, node) = self.question(question).written;
        self.fingerprints.written.item(file, node).map(super::compile::meaning).unwrap_or_default()
    }
}

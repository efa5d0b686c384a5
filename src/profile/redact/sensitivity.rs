//! How sensitive an answer is, with what it may carry over from the time before.

use super::acts::PROVENANCE;
use crate::plan::{Plan, Question, QuestionId, Sensitivity};

/// How sensitive the answers to a question are.
///
/// What tells who somebody is, in the midst of what is sensitive, is both. What is taken over from the profile of the
/// time before may stem from any answer of that time, which the questionnaire of today does not know: it is as sensitive
/// as the most sensitive of them, but for the facts that every profile tells.
#[must_use]
pub fn sensitivity(plan: &Plan, id: QuestionId) -> Sensitivity {
    let question = plan.question(id);
    marked(plan, question).max(carried(question))
}

/// What the author wrote.
pub(super) fn marked(plan: &Plan, question: &Question) -> Sensitivity {
    match question.sensitivity {
        Sensitivity::Identifying => plan.section(question.section).sensitivity.max(question.sensitivity),
        own => own,
    }
}

/// What it takes over from the time before makes of it. A column gets what its repeat is.
fn carried(question: &Question) -> Sensitivity {
    let Some(pointer) = question.prefill.as_deref().filter(|_| question.parent.is_none()) else {
        return Sensitivity::Ordinary;
    };
    let mut parts = pointer.split('/').skip(1);
    match (parts.next().unwrap_or_default(), parts.next()) {
        ("profile_id" | "kind" | "assessed_on" | "questionnaire", _) => Sensitivity::Ordinary,
        ("subject", Some(fact)) if fact != "legal_flags" => Sensitivity::Ordinary,
        ("provenance", Some(fact)) if PROVENANCE.contains(&fact) => Sensitivity::Ordinary,
        // Whoever says of a name or a number that it tells who somebody is has looked at what it is.
        ("answers", Some(_)) if question.sensitivity == Sensitivity::Identifying => Sensitivity::Ordinary,
        _ => Sensitivity::HighlySensitive,
    }
}

//! Consent by purpose, and how it is taken back.

use super::Store;
use crate::plan::{AnswerKind, ChoiceSource, Plan, Question, QuestionId, SectionId};
use crate::session::Node;
use crate::value::Value;

const PREFIX: &str = "consent_";
/// The words for what a person says to a purpose.
const WORDS: [&str; 4] = ["granted", "declined", "not_asked", "withdrawn"];

/// A purpose for which consent is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Purpose {
    /// The question that asks for it.
    pub(crate) question: QuestionId,
    /// The purpose, as the record calls it.
    pub(crate) name: String,
    /// Whether it was taken back.
    pub(crate) withdrawn: bool,
}

/// The purpose of a question that asks for consent.
pub(crate) fn purpose_of(question: &Question) -> Option<&str> {
    let AnswerKind::Choice { choices: ChoiceSource::Own(choices), numbers: false } = &question.kind else {
        return None;
    };
    let asks = question.parent.is_none()
        && choices.iter().any(|choice| &*choice.code == "granted")
        && choices.iter().all(|choice| WORDS.contains(&&*choice.code));
    question.name.strip_prefix(PREFIX).filter(|_| asks)
}

/// Whether a section asks for consent to several purposes: then each has a screen of its own.
pub(crate) fn purposes(plan: &Plan, section: SectionId) -> usize {
    let asked = plan.sections.get(section.index()).map(|section| section.questions.as_slice());
    let asks = |question: &&QuestionId| purpose_of(plan.question(**question)).is_some();
    asked.unwrap_or_default().iter().filter(asks).count()
}

impl Store {
    /// What the person has consented to, in document order.
    pub(crate) fn consents(&self) -> Vec<Purpose> {
        let session = self.session();
        let plan = session.plan();
        let acts = self.acts();
        plan.question_ids()
            .filter_map(|question| {
                let name = purpose_of(plan.question(question))?;
                let answer = session.value(Node::form(question))?;
                let granted = *answer == Value::text("granted");
                let withdrawn = *answer == Value::text("withdrawn") || acts.is_withdrawn(name);
                (granted || withdrawn).then(|| Purpose { question, name: name.to_owned(), withdrawn })
            })
            .collect()
    }

    /// Answers what the person says to a purpose. What was said before of how they understood it, and that it was taken
    /// back, no longer holds.
    pub(crate) fn answer_consent(&self, node: Node, purpose: &str, value: Value) {
        self.note(|acts| {
            acts.grant_again(purpose);
            acts.set_teach_back(purpose, None);
        });
        self.answer(node, Some(value));
    }

    /// A consent that was taken back holds again.
    pub(crate) fn grant_again(&self, purpose: &str) {
        self.note(|acts| acts.grant_again(purpose));
    }

    /// Takes a consent back: the answer stays, for it was given, and the record says that it no longer holds.
    pub(crate) fn withdraw(&self, purpose: &str) {
        self.note(|acts| acts.withdraw(purpose));
    }
}

//! An interview question by question: which screens a section has, and where a question stands among them.

use super::{Pace, Store, purposes, section_of};
use crate::plan::{AnswerKind, QuestionId, SectionId};
use crate::session::{Node, Session};
use crate::web::route::Route;

/// A section asks for consent purpose by purpose from so many on.
const SEVERAL_PURPOSES: usize = 2;

/// A screen: a question, with the texts that stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The place of its last question in the section: its address.
    pub(crate) place: usize,
    /// What is drawn.
    pub(crate) questions: Vec<QuestionId>,
}

impl Store {
    /// Whether a section is shown a question a screen: where the worker wants it so, and where consent is asked for.
    pub(crate) fn is_stepwise(&self, section: SectionId) -> bool {
        self.pace() == Pace::Question || purposes(self.session().plan(), section) >= SEVERAL_PURPOSES
    }

    /// The screens of a section, in order, as they are asked now.
    pub(crate) fn steps(&self, section: SectionId) -> Vec<Step> {
        steps(&self.session(), section)
    }

    /// Where a question is to be found: its section, or its screen.
    pub(crate) fn address_of(&self, node: Node) -> Route {
        let section = section_of(self.session().plan(), node);
        if !self.is_stepwise(section) {
            return Route::Fill { form: self.form().to_string(), section: section.index() };
        }
        Route::Ask { form: self.form().to_string(), section: section.index(), place: self.place_of(node) }
    }

    /// The place in a section of the question that waits for the focus, if it stands in that section.
    pub(crate) fn awaited_place(&self, section: SectionId) -> Option<usize> {
        let node = self.awaited()?;
        (section_of(self.session().plan(), node) == section).then(|| self.place_of(node))
    }

    /// The place of a question in its section; that of its repeat, if it stands in one.
    fn place_of(&self, node: Node) -> usize {
        let session = self.session();
        let plan = session.plan();
        let mut question = node.question();
        while let Some(parent) = plan.question(question).parent {
            question = parent;
        }
        let questions = &plan.section(plan.question(question).section).questions;
        questions.iter().position(|one| *one == question).unwrap_or_default()
    }
}

fn steps(session: &Session, section: SectionId) -> Vec<Step> {
    let plan = session.plan();
    let mut steps: Vec<Step> = Vec::new();
    let mut texts: Vec<QuestionId> = Vec::new();
    let mut last = 0;
    let Some(described) = plan.sections.get(section.index()) else { return steps };
    for (place, &question) in described.questions.iter().enumerate() {
        let asked = plan.question(question);
        if !session.relevant(Node::form(question)) || asked.is_hidden() {
            continue;
        }
        texts.push(question);
        last = place;
        if !matches!(asked.kind, AnswerKind::Note) {
            steps.push(Step { place, questions: std::mem::take(&mut texts) });
        }
    }
    // A text at the end has a screen of its own.
    if !texts.is_empty() {
        steps.push(Step { place: last, questions: texts });
    }
    steps
}

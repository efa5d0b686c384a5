use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::plan::{Demand, Field, Plan, QuestionId, SectionId};
use crate::session::{Node, Session};

use super::Drafts;

/// How far a section is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Whether it is asked at all.
    pub(crate) asked: bool,
    /// Questions that wait for an answer, and have one or a reason why there is none.
    pub(crate) answered: u32,
    /// Questions that wait for an answer.
    pub(crate) of: u32,
    /// Whether anything at all was answered, also what waits for no answer.
    pub(crate) touched: bool,
    /// Whether something must be put right.
    pub(crate) errors: bool,
}

/// What a section's mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionState {
    /// Nothing was answered.
    Untouched,
    /// Something is open.
    Partly,
    /// Nothing is open.
    Complete,
    /// Something must be put right.
    Errors,
}

impl Tally {
    /// Counts a section. What is merely not yet answered counts as an error only once the worker wanted to go on.
    pub(crate) fn count(session: &Session, section: SectionId, drafts: &Drafts) -> Self {
        let mut tally = Self { asked: session.section_relevant(section), ..Self::default() };
        if !tally.asked {
            return tally;
        }
        let insisted = drafts.insists_on(section);
        for node in section_nodes(session, section) {
            let answered = session.value(node).is_some() || session.absence(node).is_some();
            let missing = session.missing(node);
            let demanded = missing.is_some() || demand(session.plan(), node) > Demand::Optional || session.required(node);
            tally.touched |= answered;
            if demanded {
                tally.of += 1;
                tally.answered += u32::from(answered);
            }
            tally.errors |= drafts.unreadable(node).is_some()
                || session.issues(node).iter().any(|issue| issue.severity == Severity::Error)
                || (insisted && missing.is_some_and(blocks));
        }
        tally
    }

    /// What the section's mark says.
    pub(crate) fn state(self) -> SectionState {
        if self.errors {
            SectionState::Errors
        } else if self.answered == self.of && (self.touched || self.of > 0) {
            SectionState::Complete
        } else if self.touched {
            SectionState::Partly
        } else {
            SectionState::Untouched
        }
    }
}

/// Whether an open question keeps the interview from being finished.
pub(crate) fn blocks(demand: Demand) -> bool {
    match demand {
        Demand::Optional | Demand::Expected => false,
        Demand::AnswerOrRefusal | Demand::Required => true,
    }
}

/// The asked questions of a section in order, those of rows right after their repeat.
pub(crate) fn section_nodes(session: &Session, section: SectionId) -> Vec<Node> {
    let plan = session.plan();
    let mut nodes = Vec::new();
    if let Some(section) = plan.sections.get(section.index()) {
        for &question in &section.questions {
            let node = Node { field: plan.field_of(question), row: crate::expression::RowId::FORM };
            collect(session, plan, question, node, &mut nodes);
        }
    }
    nodes
}

fn collect(session: &Session, plan: &Plan, question: QuestionId, node: Node, nodes: &mut Vec<Node>) {
    if !session.relevant(node) || !plan.question(question).is_asked() {
        return;
    }
    nodes.push(node);
    if let Some(repeat) = plan.question(question).repeat() {
        for &row in session.rows(node) {
            for &column in &repeat.columns {
                collect(session, plan, column, Node { field: plan.field_of(column), row }, nodes);
            }
        }
    }
}

/// The question at a node; none for a node that is no question.
pub(crate) fn question_of(plan: &Plan, node: Node) -> Option<QuestionId> {
    match plan.field(node.field) {
        Field::Question(question) => Some(question),
        Field::Score(_) | Field::ScoreLevel(_) | Field::ScoreBand(_) | Field::Age => None,
    }
}

/// The section in which a node stands.
pub(crate) fn section_of(plan: &Plan, node: Node) -> Option<SectionId> {
    question_of(plan, node).map(|question| plan.question(question).section)
}

fn demand(plan: &Plan, node: Node) -> Demand {
    question_of(plan, node).map_or(Demand::Optional, |question| plan.question(question).demand)
}

/// The sections of some nodes, each once, in order.
pub(crate) fn sections_of(plan: &Plan, nodes: &[Node]) -> BTreeSet<SectionId> {
    nodes.iter().filter_map(|&node| section_of(plan, node)).collect()
}

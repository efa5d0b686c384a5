use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::expression::RowId;
use crate::plan::{Demand, Plan, SectionId};
use crate::session::{Node, Session};

use super::{Drafts, section_id};

/// How far a section is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Whether it is asked at all.
    pub(crate) asked: bool,
    /// Questions that wait for an answer, and have one or a reason why there is none.
    pub(crate) answered: u32,
    /// Questions that wait for an answer.
    pub(crate) of: u32,
    /// Questions that a person may answer now, whether or not they wait for it.
    pub(crate) open_to_answer: u32,
    /// Of those, how many have an answer or a reason why there is none.
    pub(crate) touched: u32,
    /// Questions at which something must be put right.
    pub(crate) errors: u32,
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
        for node in section_nodes(session, section) {
            tally.add(Part::of(session, node, drafts));
        }
        tally
    }

    /// Counts a question in.
    pub(super) fn add(&mut self, part: Part) {
        self.answered += u32::from(part.answered);
        self.of += u32::from(part.waits);
        self.open_to_answer += u32::from(part.asked);
        self.touched += u32::from(part.touched);
        self.errors += u32::from(part.wrong);
    }

    /// Counts a question out.
    pub(super) fn take(&mut self, part: Part) {
        self.answered = self.answered.saturating_sub(u32::from(part.answered));
        self.of = self.of.saturating_sub(u32::from(part.waits));
        self.open_to_answer = self.open_to_answer.saturating_sub(u32::from(part.asked));
        self.touched = self.touched.saturating_sub(u32::from(part.touched));
        self.errors = self.errors.saturating_sub(u32::from(part.wrong));
    }

    /// How many of the questions that wait for an answer have one, where any waits.
    pub(crate) fn figure(self) -> Option<String> {
        (self.of > 0).then(|| format!("{}/{}", self.answered, self.of))
    }

    /// What the section's mark says.
    pub(crate) fn state(self) -> SectionState {
        if self.errors > 0 {
            SectionState::Errors
        } else if self.answered == self.of && (self.touched > 0 || self.of > 0) {
            SectionState::Complete
        } else if self.touched > 0 {
            SectionState::Partly
        } else {
            SectionState::Untouched
        }
    }
}

/// The tallies of all sections, and what each question of the form adds to them. Rows are not kept one by one.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    sections: Vec<Tally>,
    parts: Vec<Part>,
    /// Whether some question of the form may wait for an answer.
    may_wait: bool,
}

impl Tallies {
    /// Counts everything.
    pub(super) fn new(session: &Session, drafts: &Drafts) -> Self {
        let plan = session.plan();
        let sections = plan.section_ids().map(|section| Tally::count(session, section, drafts)).collect();
        let parts = plan.question_ids().map(|id| Part::of(session, Node::form(id), drafts)).collect();
        let may_wait = plan.question_ids().any(|id| {
            let question = plan.question(id);
            question.is_asked() && (question.demand > Demand::Optional || question.required_if.is_some())
        });
        Self { sections, parts, may_wait }
    }

    /// Counts questions anew, and whole sections; those sections that stand differently now.
    pub(super) fn count(
        &mut self,
        session: &Session,
        drafts: &Drafts,
        nodes: &[Node],
        mut whole: BTreeSet<SectionId>,
    ) -> Vec<SectionId> {
        let plan = session.plan();
        let in_rows =
            |node: &Node| node.row != RowId::FORM || plan.question(node.question()).repeat().is_some();
        whole.extend(nodes.iter().filter(|node| in_rows(node)).map(|&node| section_of(plan, node)));
        let mut changed = BTreeSet::new();
        for node in nodes.iter().filter(|node| node.row == RowId::FORM) {
            let part = Part::of(session, *node, drafts);
            let section = section_of(plan, *node);
            let Some(old) = self.parts.get_mut(node.question().index()) else { continue };
            let old = std::mem::replace(old, part);
            if old != part
                && let Some(tally) = self.sections.get_mut(section.index()).filter(|tally| tally.asked)
            {
                tally.take(old);
                tally.add(part);
                changed.insert(section);
            }
        }
        for section in whole {
            let tally = Tally::count(session, section, drafts);
            for &question in &plan.section(section).questions {
                if let Some(part) = self.parts.get_mut(question.index()) {
                    *part = Part::of(session, Node::form(question), drafts);
                }
            }
            if let Some(old) = self.sections.get_mut(section.index())
                && *old != tally
            {
                *old = tally;
                changed.insert(section);
            }
        }
        changed.into_iter().collect()
    }

    /// How far a section is.
    pub(super) fn of(&self, section: SectionId) -> Tally {
        self.sections.get(section.index()).copied().unwrap_or_default()
    }

    /// The sections that are asked, in order.
    pub(super) fn asked(&self) -> Vec<SectionId> {
        let all = self.sections.iter().enumerate();
        all.filter(|(_, tally)| tally.asked).map(|(index, _)| section_id(index)).collect()
    }

    /// How many questions are answered, and of how many: of those that wait for an answer, or of all that are asked in a
    /// form of which no question ever waits. Nothing while there is nothing to count.
    pub(super) fn progress(&self) -> Option<(u32, u32)> {
        let sum = |count: fn(&Tally) -> u32| self.sections.iter().map(count).sum::<u32>();
        let (answered, of) = if self.may_wait {
            (sum(|tally| tally.answered), sum(|tally| tally.of))
        } else {
            (sum(|tally| tally.touched), sum(|tally| tally.open_to_answer))
        };
        (of > 0).then_some((answered, of))
    }
}

/// What a question adds to the tally of its section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    asked: bool,
    answered: bool,
    waits: bool,
    touched: bool,
    wrong: bool,
}

impl Part {
    /// What a question adds now: nothing while it is not asked.
    pub(super) fn of(session: &Session, node: Node, drafts: &Drafts) -> Self {
        let question = session.plan().question(node.question());
        if !session.relevant(node) || !question.is_asked() {
            return Self::default();
        }
        let missing = session.missing(node);
        let waits = session.demand(node) > Demand::Optional;
        let insisted = drafts.insists_on(question.section);
        Self {
            asked: true,
            answered: waits && missing.is_none(),
            waits,
            touched: session.value(node).is_some() || session.absence(node).is_some(),
            wrong: drafts.unreadable(node).is_some()
                || session.issues(node).iter().any(|issue| issue.severity == Severity::Error)
                || (insisted && missing.is_some_and(blocks)),
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

/// The questions of a section that are asked now, in order, those of rows right after their repeat.
pub(crate) fn section_nodes(session: &Session, section: SectionId) -> Vec<Node> {
    let asked = |node: &Node| session.relevant(*node) && session.plan().question(node.question()).is_asked();
    session.section_nodes(section).into_iter().filter(asked).collect()
}

/// The section in which a question stands.
pub(crate) fn section_of(plan: &Plan, node: Node) -> SectionId {
    plan.question(node.question()).section
}

use crate::diagnostic::Severity;
use crate::plan::{Demand, Plan, SectionId};
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
        let insisted = drafts.insists_on(section);
        for node in section_nodes(session, section) {
            let missing = session.missing(node);
            tally.touched |= session.value(node).is_some() || session.absence(node).is_some();
            if session.demand(node) > Demand::Optional {
                tally.of += 1;
                tally.answered += u32::from(missing.is_none());
            }
            let wrong = drafts.unreadable(node).is_some()
                || session.issues(node).iter().any(|issue| issue.severity == Severity::Error)
                || (insisted && missing.is_some_and(blocks));
            tally.errors += u32::from(wrong);
        }
        tally
    }

    /// What the section's mark says.
    pub(crate) fn state(self) -> SectionState {
        if self.errors > 0 {
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

/// The questions of a section that are asked now, in order, those of rows right after their repeat.
pub(crate) fn section_nodes(session: &Session, section: SectionId) -> Vec<Node> {
    let asked = |node: &Node| session.relevant(*node) && session.plan().question(node.question()).is_asked();
    session.section_nodes(section).into_iter().filter(asked).collect()
}

/// The section in which a question stands.
pub(crate) fn section_of(plan: &Plan, node: Node) -> SectionId {
    plan.question(node.question()).section
}

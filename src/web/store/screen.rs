//! What is on the screen: how much at a time, which section, and what has or awaits the focus.

use super::{Pace, Store, Topic};
use crate::expression::RowId;
use crate::plan::SectionId;
use crate::session::Node;

impl Store {
    /// Notes that somebody answered by a touch: whoever draws the page may go on from there.
    pub(crate) fn chose(&self, node: Node) {
        self.0.chosen.set(Some(node));
        self.0.topics.notify(Topic::Chosen);
    }

    /// The question that was answered by a touch last; asked once.
    pub(crate) fn take_chosen(&self) -> Option<Node> {
        self.0.chosen.take()
    }

    /// How much is on the screen at a time.
    pub(crate) fn pace(&self) -> Pace {
        self.0.pace.get()
    }

    /// Shows sections, or single questions. Whoever changes the setting draws the page anew.
    pub(crate) fn set_pace(&self, pace: Pace) {
        self.0.pace.set(pace);
    }

    /// Focuses a question on this page or, if it is not there, on the next.
    pub(crate) fn focus_now(&self, node: Node) {
        self.focus_next(node);
        self.0.topics.notify(Topic::Node(node));
        // What holds its row may have it closed.
        if let Some(repeat) = self.repeat_of(node) {
            self.0.topics.notify(Topic::Node(repeat));
        }
    }

    /// The row of a repeat in which a question waits for the focus.
    pub(crate) fn awaited_row(&self, repeat: Node) -> Option<RowId> {
        let node = self.awaited()?;
        (self.repeat_of(node) == Some(repeat)).then_some(node.row)
    }

    fn repeat_of(&self, node: Node) -> Option<Node> {
        self.session().plan().question(node.question()).parent.map(Node::form)
    }

    /// Which section is on the screen, as whoever has drawn it says.
    pub(crate) fn show_section(&self, section: SectionId) {
        if self.0.section.replace(Some(section)) != Some(section) {
            self.note_place(None);
        }
    }

    /// The section that was on the screen last.
    pub(crate) fn last_section(&self) -> Option<SectionId> {
        self.0.section.get()
    }

    /// The question that the next page should focus.
    pub(crate) fn focus_next(&self, node: Node) {
        self.0.focus.set(Some(node));
    }

    /// Focuses the first question of a row that was added.
    pub(crate) fn focus_row(&self, repeat: Node, row: RowId) {
        let first = {
            let session = self.session();
            let plan = session.plan();
            let columns = plan.question(repeat.question()).repeat().map(|repeat| repeat.columns.as_slice());
            let mut nodes = columns.unwrap_or_default().iter().map(|column| Node::new(*column, row));
            nodes.find(|node| {
                let question = plan.question(node.question());
                session.relevant(*node) && question.is_asked() && !question.is_hidden()
            })
        };
        if let Some(first) = first {
            self.focus_next(first);
        }
    }

    /// The question that waits for the focus.
    pub(crate) fn awaited(&self) -> Option<Node> {
        self.0.focus.get()
    }

    /// Whether some question waits for the focus.
    pub(crate) fn awaits_focus(&self) -> bool {
        self.awaited().is_some()
    }

    /// Ends the wish for the focus, for the question has it, or the page has no such question; whether there was one.
    pub(crate) fn end_wish(&self) -> bool {
        self.0.focus.take().is_some()
    }
}

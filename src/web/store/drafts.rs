use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::plan::SectionId;
use crate::session::Node;

/// Why what stands in a box is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not a number.
    Number,
    /// A number, but not a whole one.
    WholeNumber,
    /// No such date.
    Date,
    /// A date without its day or its month.
    DateIncomplete,
    /// No such time.
    Time,
    /// No place on earth.
    Place,
}

impl Unreadable {
    const ALL: [Self; 6] =
        [Self::Number, Self::WholeNumber, Self::Date, Self::DateIncomplete, Self::Time, Self::Place];

    /// How it is kept.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::WholeNumber => "whole_number",
            Self::Date => "date",
            Self::DateIncomplete => "date_incomplete",
            Self::Time => "time",
            Self::Place => "place",
        }
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// What the page knows beside the answers: what was typed and is no value yet, and which questions the worker has
/// left. It is no part of a record.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    /// What stands in the boxes of a question, box by box.
    typed: BTreeMap<Node, (Rc<[String]>, Unreadable)>,
    left: BTreeSet<Node>,
    insisted: BTreeSet<SectionId>,
}

impl Drafts {
    /// Keeps what was typed though it is no value.
    pub(crate) fn keep(&mut self, node: Node, boxes: Rc<[String]>, why: Unreadable) {
        self.typed.insert(node, (boxes, why));
    }

    /// Forgets what was typed; whether there was something.
    pub(crate) fn clear(&mut self, node: Node) -> bool {
        self.typed.remove(&node).is_some()
    }

    /// What was typed though it is no value.
    pub(crate) fn typed(&self, node: Node) -> Option<Rc<[String]>> {
        self.typed.get(&node).map(|(boxes, _)| Rc::clone(boxes))
    }

    /// Why what was typed is no value.
    pub(crate) fn unreadable(&self, node: Node) -> Option<Unreadable> {
        self.typed.get(&node).map(|&(_, why)| why)
    }

    /// Notes that the worker has left a question; whether that is new.
    pub(crate) fn leave(&mut self, node: Node) -> bool {
        self.left.insert(node)
    }

    /// Notes that the worker has come back to a question.
    pub(crate) fn enter(&mut self, node: Node) {
        self.left.remove(&node);
    }

    /// Notes that the worker has left all of these.
    pub(crate) fn leave_all(&mut self, nodes: &[Node]) {
        self.left.extend(nodes);
    }

    /// Whether the worker has left a question.
    pub(crate) fn has_left(&self, node: Node) -> bool {
        self.left.contains(&node)
    }

    /// From now on what is open in a section is told as an error; whether that is new.
    pub(crate) fn insist_on(&mut self, section: SectionId) -> bool {
        self.insisted.insert(section)
    }

    /// Whether what is open in a section is told as an error.
    pub(crate) fn insists_on(&self, section: SectionId) -> bool {
        self.insisted.contains(&section)
    }
}

//! When what is wrong or open at a question shows as an error.

use super::{Store, Topic, blocks, section_nodes, section_of};
use crate::plan::SectionId;
use crate::session::Node;

impl Store {
    /// Notes that the worker has left a question: from now on its errors show.
    pub(crate) fn leave(&self, node: Node) {
        if self.0.drafts.borrow_mut().leave(node) {
            self.0.topics.notify(Topic::Node(node));
        }
    }

    /// Notes that the worker has come to a question: what they type shows no error before they leave again, unless one
    /// shows already, which then goes as soon as it is put right.
    pub(crate) fn enter(&self, node: Node) {
        let wrong = {
            let session = self.session();
            let insisted = self.insists_on(node) && session.missing(node).is_some_and(blocks);
            insisted || self.drafts().unreadable(node).is_some() || !session.issues(node).is_empty()
        };
        if !wrong {
            self.0.drafts.borrow_mut().enter(node);
        }
        self.note_place(Some(node));
    }

    /// From now on what is open in a section shows as an error.
    pub(crate) fn insist_on(&self, section: SectionId) {
        self.0.drafts.borrow_mut().insist_on(section);
        let nodes = section_nodes(&self.session(), section);
        self.0.drafts.borrow_mut().leave_all(&nodes);
        self.count(&[], [section].into());
        for node in nodes {
            self.0.topics.notify(Topic::Node(node));
        }
    }

    /// Whether the errors of a question show: it was left, or the worker wanted to go on.
    pub(crate) fn shows_errors(&self, node: Node) -> bool {
        self.drafts().has_left(node)
    }

    /// Whether an open question shows as an error.
    pub(crate) fn insists_on(&self, node: Node) -> bool {
        self.drafts().insists_on(section_of(self.session().plan(), node))
    }
}

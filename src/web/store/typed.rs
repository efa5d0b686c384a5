//! What is half typed: it is no answer, and yet nothing that was typed may be lost with the page. It is kept with the draft,
//! as what is begun on the profile's page is, and is no part of a record.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::begun::{Boxes, Form, TYPED};
use super::{Store, Unreadable};
use crate::expression::RowId;
use crate::session::Node;

/// The box that says why the others are no value.
const WHY: &str = "why";

impl Store {
    /// Keeps what stands in the boxes of a question though it is no value.
    pub(super) fn keep_typed(&self, node: Node, boxes: Rc<[String]>, why: Unreadable) {
        let texts = boxes.iter().enumerate().map(|(place, text)| (place.to_string(), text.clone()));
        let kept: Boxes = texts.chain([(WHY.to_owned(), why.code().to_owned())]).collect();
        self.0.drafts.borrow_mut().keep(node, boxes, why);
        self.begin_to_state(TYPED, self.typed_form(node), Some(kept));
    }

    /// Forgets what was half typed, for the question has an answer, or a reason for none; whether there was something.
    pub(super) fn forget_typed(&self, node: Node) -> bool {
        // What is kept may be older than what stands here, where the page was closed in between.
        if self.acts().begun.named(TYPED).next().is_some() {
            self.begin_to_state(TYPED, self.typed_form(node), None);
        }
        self.0.drafts.borrow_mut().clear(node)
    }

    /// A row was removed: what was half typed in it is kept no longer.
    pub(super) fn keep_no_typed_of(&self, row: RowId) {
        let is_of = |name: &&str| name.rsplit_once(' ').is_some_and(|(_, of)| of == row.0.to_string());
        let names: Vec<String> = {
            let acts = self.acts();
            acts.begun.named(TYPED).map(|(name, _)| name).filter(is_of).map(str::to_owned).collect()
        };
        for name in names {
            self.begin_to_state(TYPED, Form::Of(name), None);
        }
    }

    /// Has what was half typed when the page was closed stand in its boxes again.
    pub(super) fn restore_typed(&self) {
        let found: Vec<(Node, Rc<[String]>, Unreadable)> = {
            let acts = self.acts();
            acts.begun.named(TYPED).filter_map(|(name, boxes)| self.typed_in(name, boxes)).collect()
        };
        let nodes: Vec<Node> = found.iter().map(|(node, ..)| *node).collect();
        for (node, boxes, why) in found {
            self.0.drafts.borrow_mut().keep(node, boxes, why);
        }
        self.count(&nodes, BTreeSet::new());
    }

    fn typed_in(&self, name: &str, boxes: &Boxes) -> Option<(Node, Rc<[String]>, Unreadable)> {
        let (path, row) = name.rsplit_once(' ')?;
        let session = self.session();
        let node = Node::new(session.plan().find_question(path)?, RowId(row.parse().ok()?));
        // Also where it is not asked now: it stands there again when it is.
        let is_open = session.raw_value(node).is_none() && session.absence(node).is_none();
        let texts = (0..boxes.len().saturating_sub(1)).map(|place| boxes.get(&place.to_string()).cloned());
        let why = Unreadable::of_code(boxes.get(WHY)?)?;
        Some((node, texts.collect::<Option<_>>()?, why)).filter(|_| is_open)
    }

    fn typed_form(&self, node: Node) -> Form {
        Form::Of(format!("{} {}", self.session().plan().path(node.question()), node.row.0))
    }
}

//! Stop watches that run. They go on while another section is on the screen, until their question is answered in another
//! way or is not asked any more.

use super::Store;
use crate::session::Node;

impl Store {
    /// When the stop watch of a question was started, in milliseconds of the page's clock, if it runs.
    pub(crate) fn stop_watch(&self, node: Node) -> Option<f64> {
        self.0.stop_watches.borrow().get(&node).copied()
    }

    /// Starts the stop watch of a question.
    pub(crate) fn start_watch(&self, node: Node, moment: f64) {
        self.0.stop_watches.borrow_mut().insert(node, moment);
    }

    /// Stops the stop watch of a question, and tells when it was started.
    pub(crate) fn stop_the_watch(&self, node: Node) -> Option<f64> {
        self.0.stop_watches.borrow_mut().remove(&node)
    }

    /// Ends the stop watch of a question that something else was done to, and those of questions that are not asked.
    pub(super) fn end_watches(&self, done: Option<Node>) {
        let session = self.session();
        let runs = |node: Node| Some(node) != done && session.relevant(node);
        self.0.stop_watches.borrow_mut().retain(|node, _| runs(*node));
    }
}

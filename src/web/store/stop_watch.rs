//! Stop watches that run. They go on while another section is on the screen.

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
}

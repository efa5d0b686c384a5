//! One after the other: what opens drafts and lets go of them.

use std::cell::Cell;
use std::rc::Rc;

use crate::web::keeping::Bell;

/// Whose turn it is. Two that open the same draft and let go of it would each let go of it for the other, which would then
/// write for nobody.
#[derive(Default)]
pub(super) struct Turns {
    taken: Cell<bool>,
    over: Bell,
}

/// A turn, until it is dropped.
pub(super) struct Turn(Rc<Turns>);

impl Turns {
    /// Waits for a turn.
    pub(super) async fn mine(self: &Rc<Self>) -> Turn {
        self.over.until(|| (!self.taken.replace(true)).then_some(())).await;
        Turn(Rc::clone(self))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.taken.set(false);
        self.0.over.strike();
    }
}

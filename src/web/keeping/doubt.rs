use std::cell::Cell;

use super::Bell;

/// Whether it is asked if somebody is still at the tablet, which is about to lock itself. It has a bell of its own: nothing
/// that is kept has changed, and the touch that answers waits for nothing to be drawn but the notice.
#[derive(Default)]
pub(super) struct Doubt {
    raised: Cell<bool>,
    pub(super) bell: Bell,
}

impl Doubt {
    /// Raises it, or lays it.
    pub(super) fn set(&self, raised: bool) {
        if self.raised.replace(raised) != raised {
            self.bell.strike();
        }
    }

    /// Whether there is one.
    pub(super) fn is_raised(&self) -> bool {
        self.raised.get()
    }
}

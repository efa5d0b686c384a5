use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Something that takes a moment, and is not begun again meanwhile.
#[derive(Clone)]
pub(crate) struct Busy {
    shown: UseStateHandle<bool>,
    /// What is drawn comes a moment later than a key that is pressed twice.
    now: Rc<Cell<bool>>,
}

impl Busy {
    /// Whether it is at work, as it is drawn.
    pub(crate) fn is_working(&self) -> bool {
        *self.shown
    }

    /// Begins, unless it is at work already.
    pub(crate) fn begin(&self, work: impl Future<Output = ()> + 'static) {
        if self.now.replace(true) {
            return;
        }
        let (shown, now) = (self.shown.clone(), Rc::clone(&self.now));
        shown.set(true);
        spawn_local(async move {
            work.await;
            now.set(false);
            shown.set(false);
        });
    }
}

/// What a button or a key begins.
#[hook]
pub(crate) fn use_busy() -> Busy {
    let shown = use_state(|| false);
    let now = use_memo((), |()| Cell::new(false));
    Busy { shown, now }
}

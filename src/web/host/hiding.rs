//! Whether the page is hidden behind a calendar. It stays so when the page is loaded again, as it is when the tablet locks
//! itself: whoever hid it did so because somebody looks on.

use std::cell::Cell;

use gloo::events::EventListener;
use gloo::utils::window;
use web_sys::{Event, Storage};

/// Under which name the tab remembers it: that it is hidden, and nothing else.
const KEY: &str = "intake-hidden";
/// What the window is told when it changes.
const CHANGED: &str = "intake-hidden";

thread_local! {
    static HIDDEN: Cell<bool> = Cell::new(is_remembered());
}

/// Whether it is hidden.
pub(crate) fn is_hidden() -> bool {
    HIDDEN.get()
}

/// Hides it, or shows it again; the listeners of [`on_change`] are told before this returns.
pub(crate) fn set(hidden: bool) {
    if HIDDEN.replace(hidden) == hidden {
        return;
    }
    if let Some(storage) = storage() {
        // A tab that remembers nothing is hidden until it is loaded again.
        let _ = if hidden { storage.set_item(KEY, "yes") } else { storage.remove_item(KEY) };
    }
    // It can be refused only while another one of the same is told, which none of its listeners does.
    let _ = Event::new(CHANGED).and_then(|event| window().dispatch_event(&event));
}

/// Calls back whenever it changes, until the listener is dropped.
pub(crate) fn on_change(callback: impl Fn(bool) + 'static) -> EventListener {
    EventListener::new(&window(), CHANGED, move |_| callback(is_hidden()))
}

fn is_remembered() -> bool {
    storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).is_some()
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

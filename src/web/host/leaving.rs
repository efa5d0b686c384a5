//! Asks before the page is closed while answers would be lost.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

/// Has the browser ask "leave this page?" whenever `would_lose` says so, until the listener is dropped.
pub(crate) fn ask_first(would_lose: impl Fn() -> bool + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
        if !would_lose() {
            return;
        }
        event.prevent_default();
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            // Older browsers look at this instead; the words are the browser's own.
            event.set_return_value("leave");
        }
    })
}

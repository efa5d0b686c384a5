//! The part of the page's address after `#`: where in the interview the person is.

use gloo::events::EventListener;
use gloo::utils::window;

/// The part after `#`, or nothing.
pub(crate) fn current() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Goes somewhere else; the listener of [`on_change`] is told.
pub(crate) fn go(address: &str) {
    // The browser refuses only while it unloads the page, when there is nowhere left to go.
    let _ = window().location().set_hash(address);
}

/// Calls back with the new part after `#` whenever it changes, until the listener is dropped.
pub(crate) fn on_change(callback: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| callback(current()))
}

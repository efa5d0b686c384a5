//! A dialog over the whole page: the browser keeps the focus in it, and everything else away from fingers, keys and
//! screen readers.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A dialog that stays open until it is dropped: neither the Escape key nor a gesture closes it.
pub(crate) struct Dialog {
    element: HtmlDialogElement,
    listeners: Vec<EventListener>,
}

impl Dialog {
    /// Opens a `dialog` element.
    pub(crate) fn open(element: &web_sys::Node) -> Option<Self> {
        let element: HtmlDialogElement = element.clone().dyn_into().ok()?;
        if !element.open() {
            element.show_modal().ok()?;
        }
        let options = EventListenerOptions::enable_prevent_default();
        let kept =
            EventListener::new_with_options(&element, "cancel", options, |event| event.prevent_default());
        // Some browsers close it at the second Escape whatever the page says.
        let dialog = element.clone();
        let opened_again = EventListener::new(&element, "close", move |_| {
            let _ = dialog.show_modal();
        });
        Some(Self { element, listeners: vec![kept, opened_again] })
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        // First: closing is what they prevent.
        self.listeners.clear();
        self.element.close();
    }
}

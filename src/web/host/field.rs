//! Boxes to type in: reading them, and writing into them only while nobody is typing.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, InputEvent};

use super::focus;

/// The text in the box that an event came from.
pub(crate) fn text_of(event: &Event) -> Option<String> {
    let target: EventTarget = event.target()?;
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some(input.value());
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)
}

/// Whether an input event comes from the middle of a composition, as when Chinese is typed by its sounds: what the
/// box holds then is not yet what the person means.
pub(crate) fn is_composing(event: &Event) -> bool {
    event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing)
}

/// Calls back with the text of a box whenever a composition in it ends, until the listener is dropped.
pub(crate) fn on_composed(element: &web_sys::Node, callback: impl Fn(String) + 'static) -> EventListener {
    EventListener::new(element, "compositionend", move |event| {
        if let Some(text) = text_of(event) {
            callback(text);
        }
    })
}

/// Writes into a box, unless it has the focus: a text that changes under the fingers is lost typing.
pub(crate) fn write_unless_focused(element: &web_sys::Node, text: &str) {
    if !focus::is_within(element) {
        write(element, text);
    }
}

/// Whether a box holds something that it cannot hand out, as half a day in one for a day.
pub(crate) fn is_unreadable(element: &web_sys::Node) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(|input| !input.check_validity())
}

/// Writes into a box, or chooses from a list.
pub(crate) fn write(element: &web_sys::Node, text: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        if input.value() != text {
            input.set_value(text);
        }
    } else if let Some(list) = element.dyn_ref::<HtmlSelectElement>() {
        list.set_value(text);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>()
        && area.value() != text
    {
        area.set_value(text);
    }
}

/// What a box holds, or what is chosen of a list.
pub(crate) fn read(element: &web_sys::Node) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return Some(input.value());
    }
    if let Some(list) = element.dyn_ref::<HtmlSelectElement>() {
        return Some(list.value());
    }
    element.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value)
}

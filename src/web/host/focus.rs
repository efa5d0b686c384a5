//! Moves the focus, so that whoever uses a keyboard or a screen reader is never lost.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whatever takes the focus inside of a question; the chosen one of a group of radio buttons before the others.
const CONTROLS: [&str; 2] = [
    "input:checked:not([disabled])",
    "input:not([disabled]), select:not([disabled]), textarea:not([disabled]), button:not([disabled])",
];

/// Focuses an element by its id; whether it is there.
pub(crate) fn element(id: &str) -> bool {
    let Some(element) = find(id) else { return false };
    element.focus().is_ok()
}

/// Focuses the first control inside of an element, or the element itself; whether it is there.
pub(crate) fn first_control(id: &str) -> bool {
    let Some(container) = find(id) else { return false };
    let control = CONTROLS
        .iter()
        .find_map(|controls| container.query_selector(controls).ok().flatten())
        .and_then(|control| control.dyn_into::<HtmlElement>().ok());
    container.scroll_into_view();
    control.unwrap_or(container).focus().is_ok()
}

/// Whether an element, or one inside of it, has the focus.
pub(crate) fn is_within(element: &web_sys::Node) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}

fn find(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Whether the focus comes to a question or leaves it, and does not only move within it.
pub(crate) fn crosses(event: &web_sys::FocusEvent) -> bool {
    let here = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let there = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
    let question = |element: &Element| element.closest(".question").ok().flatten();
    match (here.as_ref().and_then(question), there.as_ref().and_then(question)) {
        (Some(here), Some(there)) => here != there,
        _ => true,
    }
}

/// The id of the heading that takes the focus when a page opens.
pub(crate) const HEADING: &str = "heading";

/// Focuses the page's heading, from the top.
pub(crate) fn heading() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
    element(HEADING);
}

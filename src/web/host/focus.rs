//! Moves the focus, so that whoever uses a keyboard or a screen reader is never lost.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

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

/// Whether nothing has the focus, as after what had it went.
pub(crate) fn is_nowhere() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Focuses an element.
pub(crate) fn node(element: &web_sys::Node) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // It can refuse only if it is no longer in the page.
        let _ = element.focus();
    }
}

/// Brings an element into view, where a list of its own scrolls too. The focus stays.
pub(crate) fn reveal(id: &str) {
    if let Some(element) = find(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Brings the question after one into view, if it is not there yet. The focus stays.
pub(crate) fn reveal_after(id: &str) {
    let Ok(questions) = document().query_selector_all(".question") else { return };
    let all = (0..questions.length()).filter_map(|index| questions.item(index)?.dyn_into::<Element>().ok());
    let Some(next) = all.skip_while(|question| question.id() != id).nth(1) else { return };
    let window = gloo::utils::window();
    if next.get_bounding_client_rect().bottom() <= super::document::window_height() {
        return;
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    let still = window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    if !still.is_some_and(|still| still.matches()) {
        options.set_behavior(ScrollBehavior::Smooth);
    }
    next.scroll_into_view_with_scroll_into_view_options(&options);
}

fn find(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Whether the focus comes to the question with this id: to itself, and not to one that stands in it.
pub(crate) fn enters(event: &web_sys::FocusEvent, question: &str) -> bool {
    let of = |target: Option<web_sys::EventTarget>| {
        target.and_then(|target| target.dyn_into::<Element>().ok()?.closest(".question").ok().flatten())
    };
    let (here, there) = (of(event.target()), of(event.related_target()));
    here.as_ref().is_some_and(|here| here.id() == question) && here != there
}

/// Whether the focus leaves the question with this id, and does not only move within it.
pub(crate) fn leaves(event: &web_sys::FocusEvent, question: &str) -> bool {
    let there = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
    !find(question).is_some_and(|here| here.contains(there.as_ref().map(AsRef::as_ref)) && there.is_some())
}

/// The id of the heading that takes the focus when a page opens.
pub(crate) const HEADING: &str = "heading";

/// Focuses the page's heading, from the top.
pub(crate) fn heading() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
    element(HEADING);
}

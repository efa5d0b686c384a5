//! Prints the page.

use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Prints the page with all that can be opened on it open: paper cannot be opened.
pub(crate) fn print() {
    let closed: Vec<Element> = document()
        .query_selector_all("main details:not([open]):not(.no-print)")
        .map(|found| (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect())
        .unwrap_or_default();
    for one in &closed {
        let _ = one.set_attribute("open", "");
    }
    // The call returns when the person has printed or not. Where it is refused, the page is as it was.
    let _ = window().print();
    for one in &closed {
        let _ = one.remove_attribute("open");
    }
}

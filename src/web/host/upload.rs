//! Reads a file that the person has chosen.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

/// The longest file that is read.
const MOST_BYTES: f64 = 512.0 * 1024.0 * 1024.0;

/// The text of the file that was chosen in a box; nothing if none was, or if it is too long or no text.
pub(crate) async fn text(event: Event) -> Option<String> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    // The same file may be chosen again.
    let text = if file.size() > MOST_BYTES { None } else { Some(JsFuture::from(file.text())) };
    let text = text?.await.ok()?.as_string();
    input.set_value("");
    text
}

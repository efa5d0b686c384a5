//! A file that the person has chosen. It is read here and stays on the tablet.

use std::future::Future;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

/// The text of the file that was chosen in a box, if one was and it is text. What is chosen is taken at once: the box
/// may have changed when the text is there.
pub(crate) fn text(event: &web_sys::Event) -> impl Future<Output = Option<String>> + use<> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let reading = input.and_then(|input| input.files()?.get(0)).map(|file| file.text());
    async move { JsFuture::from(reading?).await.ok()?.as_string() }
}

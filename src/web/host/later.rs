//! The part of the page's module that the first visit does without: see `xtask`'s `split.rs`.

use std::cell::Cell;

use gloo::utils::window;
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::document;
use super::fetch::FetchError;

thread_local! {
    static LOADED: Cell<bool> = const { Cell::new(false) };
}

/// Loads the second part, unless it is there already or the module was not split.
///
/// # Errors
/// See [`FetchError`].
pub(crate) async fn load() -> Result<(), FetchError> {
    let Some(address) = document::meta("intake-later") else { return Ok(()) };
    if LOADED.get() {
        return Ok(());
    }
    let response: Response = JsFuture::from(window().fetch_with_str(&address))
        .await
        .and_then(JsValue::dyn_into)
        .map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    let body = response.array_buffer().map_err(|_| FetchError::Unreadable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
    // Another load may have been quicker: filling the slots a second time would do no harm, and cost time.
    if LOADED.get() {
        return Ok(());
    }
    let imports = Object::new();
    let bytes = Uint8Array::new(&body).to_vec();
    let set = Reflect::set(&imports, &"page".into(), &wasm_bindgen::exports());
    set.map_err(|_| FetchError::Unreadable)?;
    let made = JsFuture::from(WebAssembly::instantiate_buffer(&bytes, &imports));
    made.await.map_err(|_| FetchError::Unreadable)?;
    LOADED.set(true);
    Ok(())
}

//! The part of the page's module that the first visit does without: see `xtask`'s `split.rs`.

use std::cell::Cell;

use gloo::utils::window;
use js_sys::{Object, Promise, Reflect, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::document;
use super::fetch::FetchError;

/// Where the page's script has left what it began to load (`www/boot.js`).
const BEGUN: &str = "intakeLater";

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
    let module = match begun().await {
        Some(module) => module,
        None => compile(&address).await?,
    };
    // Another load may have been quicker: filling the slots a second time would do no harm, and cost time.
    if LOADED.get() {
        return Ok(());
    }
    let imports = Object::new();
    let set = Reflect::set(&imports, &"page".into(), &wasm_bindgen::exports());
    set.map_err(|_| FetchError::Unreadable)?;
    let made = JsFuture::from(WebAssembly::instantiate_module(&module, &imports));
    made.await.map_err(|_| FetchError::Unreadable)?;
    LOADED.set(true);
    Ok(())
}

/// What the page's script has begun to load before the first part ran, taken once: a second attempt loads anew.
async fn begun() -> Option<WebAssembly::Module> {
    let window = window();
    let coming: Promise = Reflect::get(&window, &BEGUN.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &BEGUN.into()).ok()?;
    JsFuture::from(coming).await.ok()?.dyn_into().ok()
}

/// Loads the second part, and compiles it while it comes: a copy of it is made nowhere.
async fn compile(address: &str) -> Result<WebAssembly::Module, FetchError> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await
        .and_then(JsValue::dyn_into)
        .map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    // A server that calls the file something else than WebAssembly has it compiled when it is there as a whole.
    let whole = response.clone().map_err(|_| FetchError::Unreadable)?;
    let streamed =
        JsFuture::from(WebAssembly::compile_streaming(&Promise::resolve(&JsValue::from(response)))).await;
    let module = match streamed {
        Ok(module) => module,
        Err(_) => {
            let body = whole.array_buffer().map_err(|_| FetchError::Unreadable)?;
            let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
            JsFuture::from(WebAssembly::compile(&body)).await.map_err(|_| FetchError::Unreadable)?
        }
    };
    module.dyn_into().map_err(|_| FetchError::Unreadable)
}

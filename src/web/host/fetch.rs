//! Reads a file of the site. Nothing is fetched while an interview is filled in.

use gloo::utils::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file of the site could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// No answer: the network or the server is away.
    Unreachable,
    /// The site has no such file: another version of it may be installed.
    Missing,
    /// It came, and is not what it should be.
    Unreadable,
}

/// The text of a file of the site. It is asked for at once, and not only when it is waited for.
///
/// # Errors
/// See [`FetchError`].
pub(crate) fn text(address: &str) -> impl Future<Output = Result<String, FetchError>> + use<> {
    let coming = window().fetch_with_str(address);
    body_of(coming)
}

async fn body_of(coming: js_sys::Promise) -> Result<String, FetchError> {
    let response: Response =
        JsFuture::from(coming).await.and_then(JsValue::dyn_into).map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    let body = response.text().map_err(|_| FetchError::Unreadable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
    body.as_string().ok_or(FetchError::Unreadable)
}

/// Whether a file of the site can be had. It is asked for at once; what is in it is not waited for.
pub(crate) fn is_there(address: &str) -> impl Future<Output = bool> + use<> {
    let coming = window().fetch_with_str(address);
    async move {
        let response = JsFuture::from(coming).await.and_then(JsValue::dyn_into::<Response>);
        response.is_ok_and(|response| response.ok())
    }
}

/// A file of JSON of the site. It is asked for at once.
///
/// # Errors
/// See [`FetchError`].
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    address: &str,
) -> impl Future<Output = Result<T, FetchError>> + use<T> {
    let coming = text(address);
    async move { serde_json::from_str(&coming.await?).map_err(|_| FetchError::Unreadable) }
}

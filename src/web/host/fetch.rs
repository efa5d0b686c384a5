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

/// The text of a file of the site.
///
/// # Errors
/// See [`FetchError`].
pub(crate) async fn text(address: &str) -> Result<String, FetchError> {
    let response: Response = JsFuture::from(window().fetch_with_str(address))
        .await
        .and_then(JsValue::dyn_into)
        .map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    let body = response.text().map_err(|_| FetchError::Unreadable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
    body.as_string().ok_or(FetchError::Unreadable)
}

/// A file of JSON of the site.
///
/// # Errors
/// See [`FetchError`].
pub(crate) async fn json<T: serde::de::DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    serde_json::from_str(&text(address).await?).map_err(|_| FetchError::Unreadable)
}

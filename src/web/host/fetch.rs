//! Reads a file of the site. Nothing is fetched while an interview is filled in.

use gloo::utils::window;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
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
    body_of(begun(address))
}

/// A request that is on its way. That it fails is heard from the first: else the browser calls it an error nobody handles
/// where what it is for waits for something else meanwhile.
fn begun(address: &str) -> JsFuture {
    window().fetch_with_str(address).into()
}

async fn body_of(coming: JsFuture) -> Result<String, FetchError> {
    let response: Response = coming.await.and_then(JsValue::dyn_into).map_err(|_| FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    // Its bytes, and not its text: JavaScript would make that of them, and of it bytes again, one character after the
    // other.
    let body = response.array_buffer().map_err(|_| FetchError::Unreadable)?;
    let body = JsFuture::from(body).await.map_err(|_| FetchError::Unreachable)?;
    Ok(decoded(Uint8Array::new(&body).to_vec()))
}

/// A text of bytes as a browser reads it: without a mark of the order of bytes, and what is no UTF-8 is replaced.
fn decoded(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes);
    let mut text = text.unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned());
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// Whether a file of the site can be had. It is asked for at once; what is in it is not waited for, and sent no further:
/// a body that nobody reads or cancels would keep its connection, and with it the page's load, for as long as the page.
pub(crate) fn is_there(address: &str) -> impl Future<Output = bool> + use<> {
    let coming = begun(address);
    async move {
        let response = coming.await.and_then(JsValue::dyn_into::<Response>);
        response.is_ok_and(|response| {
            if let Some(body) = response.body() {
                let ended = JsFuture::from(body.cancel());
                // It fails for a body that has failed: then nothing is on its way either.
                spawn_local(async move { drop(ended.await) });
            }
            response.ok()
        })
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

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn bytes_are_read_as_a_browser_reads_them() {
        for (bytes, text) in [
            (&b"{}"[..], "{}"),
            ("\u{feff}{\"a\": \"老\"}".as_bytes(), "{\"a\": \"老\"}"),
            ("\u{feff}\u{feff}".as_bytes(), "\u{feff}"),
            (b"a\xffb", "a\u{fffd}b"),
        ] {
            assert_eq!(decoded(bytes.to_vec()), text);
        }
    }
}

//! Sends what leaves the tablet. It follows no redirection, sends no cookie, and tells nobody where it came from.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    ResponseType,
};

use crate::outbox::{Answer, Failure, Request, Transport};

/// Whether the tablet has a network, as far as the browser knows: what it leads to is seen by the answer.
pub(crate) fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls back when there is a network again, until the listener is dropped.
pub(crate) fn on_online(callback: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "online", move |_| callback())
}

/// Calls back when the network has gone, until the listener is dropped.
pub(crate) fn on_offline(callback: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "offline", move |_| callback())
}

/// Requests by the browser's `fetch`.
pub(crate) struct Post;

impl Transport for Post {
    async fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        if !is_online() {
            return Err(Failure::Offline);
        }
        // What was begun may have arrived, even if there is no network now.
        answer(request).await.map_err(|_| Failure::NoAnswer)
    }
}

async fn answer(request: &Request) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let controller = AbortController::new()?;
    let init = RequestInit::new();
    init.set_method(&request.method);
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&controller.signal()));
    if !request.body.is_empty() {
        init.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    // It ends the reading of the answer too.
    let late = Timeout::new(request.timeout_seconds.saturating_mul(1_000), move || controller.abort());
    let fetched = JsFuture::from(window().fetch_with_str_and_init(&request.address, &init)).await?;
    let response: Response = fetched.dyn_into()?;
    if response.type_() == ResponseType::Opaqueredirect {
        // Where it leads the browser does not tell; that it leads elsewhere is enough.
        return Ok(Answer { status: 302, ..Answer::default() });
    }
    let body = JsFuture::from(response.text()?).await?;
    late.cancel();
    let header = |name: &str| response.headers().get(name).ok().flatten();
    Ok(Answer {
        status: response.status(),
        content_type: header("content-type"),
        retry_after: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
        body: body.as_string().unwrap_or_default().into_bytes(),
    })
}

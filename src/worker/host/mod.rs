//! The worker's own side: what the page asks comes in as a text, and the answer goes out as one.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::worker::{Ask, Asked, Heard, Reply};

/// What the page waits for before it asks anything.
const READY: &str = "ready";

/// Answers whatever the page asks.
pub(in crate::worker) fn serve(reply: impl Fn(&Ask) -> Reply + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answering = scope.clone();
    let onmessage = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let asked = event.data().as_string().and_then(|text| serde_json::from_str::<Asked>(&text).ok());
        let answer = asked.and_then(|Asked { number, ask }| {
            serde_json::to_string(&Heard { number, reply: reply(&ask) }).ok()
        });
        // No text is the sign that nothing can be answered. Saying it can fail only while the worker is being ended.
        let _ = answering.post_message(&answer.map_or(JsValue::NULL, |text| JsValue::from_str(&text)));
    });
    scope.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    onmessage.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}

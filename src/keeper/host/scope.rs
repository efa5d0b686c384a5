//! The worker's own side: what the page asks comes in, and answers go out, one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::keeper::vault::Vault;
use crate::vault::message::{Asked, Heard};

/// What waits, and whether somebody is at it.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Asked>,
    busy: bool,
}

/// Says something to the page.
pub(in crate::keeper) fn say(heard: &Heard) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Both can fail only while the worker is being ended, when nobody listens.
    if let Ok(text) = serde_json::to_string(heard) {
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}

/// Answers what the page asks, in the order in which it asks: an entry is on the disk before the next one is begun.
pub(in crate::keeper) fn serve(vault: Vault) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let queue: Rc<RefCell<Queue>> = Rc::default();
    let vault: Rc<Taken> = Rc::new(RefCell::new(Some(vault)));
    let onmessage = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let asked = event.data().as_string().and_then(|text| serde_json::from_str::<Asked>(&text).ok());
        let Some(asked) = asked else { return };
        let begin = {
            let mut queue = queue.borrow_mut();
            queue.waiting.push_back(asked);
            !std::mem::replace(&mut queue.busy, true)
        };
        if begin {
            spawn_local(work(Rc::clone(&queue), Rc::clone(&vault)));
        }
    });
    scope.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    onmessage.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}

/// What the page waits for before it asks anything.
const READY: &str = "ready";

/// Only one runs at a time, so the vault can be taken out and put back.
type Taken = RefCell<Option<Vault>>;

async fn work(queue: Rc<RefCell<Queue>>, vault: Rc<Taken>) {
    loop {
        let next = {
            let mut queue = queue.borrow_mut();
            let next = queue.waiting.pop_front();
            queue.busy = next.is_some();
            next
        };
        let Some(Asked { number, ask }) = next else { return };
        let Some(mut open) = vault.borrow_mut().take() else { return };
        let answer = open.answer(ask).await;
        vault.borrow_mut().replace(open);
        say(&Heard::Answer(number, answer));
    }
}

//! A Web Worker of the page's own, with which it exchanges texts.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::document;

/// What each worker says when it can be asked.
const READY: &str = "ready";

/// A running worker. It ends when this is dropped.
pub(super) struct Background {
    worker: Worker,
    /// What was said before it could hear; nothing once it can.
    before: Rc<RefCell<Option<Vec<String>>>>,
    _listeners: [Closure<dyn FnMut(MessageEvent)>; 2],
}

impl Background {
    /// Begins a worker whose script stands under a name in the page's head, where the browser has workers. `heard` is
    /// called with each text that it says, and `failed` when it could not be loaded or compiled, has stopped, or says
    /// something else than texts: nobody will answer then.
    pub(super) fn begin(
        meta: &str,
        heard: impl Fn(&str) + 'static,
        failed: impl Fn() + 'static,
    ) -> Option<Self> {
        if !js_sys::Reflect::has(&gloo::utils::window(), &"Worker".into()).unwrap_or(false) {
            return None;
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // A real address: the page's security policy forbids a worker made of a text.
        let worker = Worker::new_with_options(&document::meta(meta)?, &options).ok()?;
        let before = Rc::new(RefCell::new(Some(Vec::<String>::new())));
        let failed = Rc::new(failed);
        let hear = {
            let (worker, before, failed) = (worker.clone(), Rc::clone(&before), Rc::clone(&failed));
            Closure::new(move |event: MessageEvent| match event.data().as_string() {
                Some(text) if text == READY => {
                    for text in before.borrow_mut().take().unwrap_or_default() {
                        post(&worker, &text);
                    }
                }
                Some(text) => heard(&text),
                None => failed(),
            })
        };
        let fail = Closure::new(move |_: MessageEvent| failed());
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(fail.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        Some(Self { worker, before, _listeners: [hear, fail] })
    }

    /// Says something to the worker, as soon as it can hear.
    pub(super) fn say(&self, text: String) {
        match self.before.borrow_mut().as_mut() {
            Some(before) => before.push(text),
            None => post(&self.worker, &text),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onmessageerror(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn post(worker: &Worker, text: &str) {
    // It fails only for what cannot be copied; a text can.
    let _ = worker.post_message(&JsValue::from_str(text));
}

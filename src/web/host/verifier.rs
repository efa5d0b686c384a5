//! The second check of a record, in the Web Worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::worker::oneshot::{OneshotBridge, OneshotSpawner};
use wasm_bindgen_futures::spawn_local;

use super::document;
use crate::worker::{Judge, Request, Verdict};

/// How long a person waits for the second check before they are told that it does not come.
const PATIENCE_MS: u32 = 10_000;

/// The worker, once it is wanted.
#[derive(Clone, Default)]
pub(crate) struct Verifier {
    bridge: Rc<RefCell<Option<OneshotBridge<Judge>>>>,
}

impl Verifier {
    /// Loads the worker after a while, when the page has been drawn and before an interview is filled in.
    pub(crate) fn load_when_idle(&self) {
        let verifier = self.clone();
        Timeout::new(1_500, move || verifier.load()).forget();
    }

    /// Has a record checked, and calls back once with the verdict, or with none if it does not come in time.
    pub(crate) fn check(&self, request: Request, done: impl FnOnce(Option<Verdict>) + 'static) {
        self.load();
        let Some(mut bridge) = self.bridge.borrow().as_ref().map(OneshotBridge::fork) else {
            done(None);
            return;
        };
        let done = Rc::new(Cell::new(Some(done)));
        let late = {
            let (done, verifier) = (Rc::clone(&done), self.clone());
            Timeout::new(PATIENCE_MS, move || {
                if let Some(done) = done.take() {
                    // A worker that did not come may come when it is asked for again.
                    verifier.bridge.borrow_mut().take();
                    done(None);
                }
            })
        };
        spawn_local(async move {
            let verdict = bridge.run(request).await;
            late.cancel();
            if let Some(done) = done.take() {
                done(Some(verdict));
            }
        });
    }

    fn load(&self) {
        if self.bridge.borrow().is_some() || !has_workers() {
            return;
        }
        // A real address: the page's security policy forbids a worker made of a text.
        if let Some(address) = document::meta("intake-worker") {
            let bridge = OneshotSpawner::<Judge>::new().as_module(true).with_loader(true).spawn(&address);
            *self.bridge.borrow_mut() = Some(bridge);
        }
    }
}

/// Asked first: the spawner panics where there are none.
fn has_workers() -> bool {
    js_sys::Reflect::has(&gloo::utils::window(), &"Worker".into()).unwrap_or(false)
}

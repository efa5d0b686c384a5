//! The second check of a record, in the Web Worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::worker::oneshot::{OneshotBridge, OneshotSpawner};
use wasm_bindgen_futures::spawn_local;

use super::{document, fetch};
use crate::worker::{Judge, Request, Verdict};

/// How long a person waits for the second check before they are told that it does not come.
const PATIENCE_MS: u32 = 20_000;

/// The worker, once it is wanted.
#[derive(Clone, Default)]
pub(crate) struct Verifier {
    bridge: Rc<RefCell<Option<OneshotBridge<Judge>>>>,
    /// Whether it has answered before: then it is loaded.
    answered: Rc<Cell<bool>>,
}

impl Verifier {
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
        // A worker that cannot be loaded says nothing: whether its files can be had is found out beside it.
        let missing = {
            let (done, verifier) = (Rc::clone(&done), self.clone());
            async move {
                if !is_there().await
                    && let Some(done) = done.take()
                {
                    verifier.bridge.borrow_mut().take();
                    done(None);
                }
            }
        };
        if !self.answered.get() {
            spawn_local(missing);
        }
        let answered = Rc::clone(&self.answered);
        spawn_local(async move {
            let verdict = bridge.run(request).await;
            answered.set(true);
            late.cancel();
            if let Some(done) = done.take() {
                done(Some(verdict));
            }
        });
    }

    /// Loads the worker before it is wanted, if its files can be had: one that was begun without them would never answer.
    pub(crate) fn load_early(&self) {
        let this = self.clone();
        spawn_local(async move {
            if is_there().await {
                this.load();
            }
        });
    }

    /// Loads the worker, unless it is there.
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

/// Whether the files of the worker can be had.
async fn is_there() -> bool {
    let files = ["intake-worker", "intake-worker-files"].into_iter().filter_map(document::meta);
    let files: Vec<String> =
        files.flat_map(|list| list.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    // All are asked for before the first is waited for.
    let coming: Vec<_> = files.iter().map(|file| fetch::is_there(file)).collect();
    for there in coming {
        if !there.await {
            return false;
        }
    }
    true
}

/// Asked first: the spawner panics where there are none.
fn has_workers() -> bool {
    js_sys::Reflect::has(&gloo::utils::window(), &"Worker".into()).unwrap_or(false)
}

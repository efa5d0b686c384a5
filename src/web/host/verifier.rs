//! The second check of a record, and what is sent of a profile, in the Web Worker.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::background::Background;
use super::{document, fetch};
use crate::worker::{Ask, Asked, Heard, Made, Order, Remark, Reply, Request, Verdict};

/// How long a person waits for the second check before they are told that it does not come.
const PATIENCE_MS: u32 = 20_000;

/// How often it is looked whether a reply is there.
const STEP_MS: u32 = 20;

/// The worker, once it is wanted. Clones lead to the same one.
#[derive(Clone, Default)]
pub(crate) struct Verifier(Rc<Inner>);

#[derive(Default)]
struct Inner {
    worker: RefCell<Option<Background>>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    next: Cell<u32>,
}

/// Somebody who waits for a reply, and how long still.
struct Waiting {
    done: Box<dyn FnOnce(Option<Reply>)>,
    _late: Timeout,
}

impl Verifier {
    /// Has a record checked, and calls back once with the verdict, or with none if it does not come: because the worker
    /// cannot be had, says what cannot be understood, breaks down, or takes too long.
    pub(crate) fn check(&self, request: Request, done: impl FnOnce(Option<Verdict>) + 'static) {
        self.ask(Ask::Judge(request), move |reply| {
            done(match reply {
                Some(Reply::Judged(verdict)) => Some(verdict),
                Some(Reply::Made(_)) | None => None,
            });
        });
    }

    /// For each destination what it is sent of a profile, or why nothing is; nothing at all if no reply comes.
    pub(crate) async fn make(&self, order: Order) -> Option<Vec<Result<Made, Vec<Remark>>>> {
        let heard = Rc::new(RefCell::new(None));
        let told = Rc::clone(&heard);
        self.ask(Ask::Make(order), move |reply| drop(told.borrow_mut().replace(reply)));
        loop {
            let reply = heard.borrow_mut().take();
            match reply {
                Some(Some(Reply::Made(made))) => return Some(made),
                Some(Some(Reply::Judged(_)) | None) => return None,
                None => TimeoutFuture::new(STEP_MS).await,
            }
        }
    }

    /// Asks, and calls back once with the reply, or with none if it does not come.
    fn ask(&self, ask: Ask, done: impl FnOnce(Option<Reply>) + 'static) {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        let asked = serde_json::to_string(&Asked { number, ask });
        let (Ok(asked), true) = (asked, self.begin()) else {
            done(None);
            return;
        };
        let late = {
            let inner = Rc::downgrade(&self.0);
            Timeout::new(PATIENCE_MS, move || give_up(&inner))
        };
        self.0.waiting.borrow_mut().insert(number, Waiting { done: Box::new(done), _late: late });
        if let Some(worker) = &*self.0.worker.borrow() {
            worker.say(asked);
        }
    }

    /// Loads the worker before it is wanted, where its files can be had: whoever has none is spared the complaints.
    pub(crate) fn load_early(&self) {
        let this = self.clone();
        spawn_local(async move {
            if are_there().await {
                this.begin();
            }
        });
    }

    /// Whether there is a worker, begun if need be.
    fn begin(&self) -> bool {
        if self.0.worker.borrow().is_some() {
            return true;
        }
        let (heard, failed) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        let worker =
            Background::begin("intake-worker", move |text| hear(&heard, text), move || give_up(&failed));
        let there = worker.is_some();
        *self.0.worker.borrow_mut() = worker;
        there
    }
}

fn hear(inner: &Weak<Inner>, text: &str) {
    let Ok(Heard { number, reply }) = serde_json::from_str(text) else { return give_up(inner) };
    let waiting = inner.upgrade().and_then(|inner| inner.waiting.borrow_mut().remove(&number));
    if let Some(waiting) = waiting {
        (waiting.done)(Some(reply));
    }
}

/// Ends the worker, and tells whoever waits that no reply comes. Another worker is begun when it is asked again.
fn give_up(inner: &Weak<Inner>) {
    let Some(inner) = inner.upgrade() else { return };
    drop(inner.worker.borrow_mut().take());
    let waiting = std::mem::take(&mut *inner.waiting.borrow_mut());
    for one in waiting.into_values() {
        (one.done)(None);
    }
}

/// Whether the files of the worker can be had.
async fn are_there() -> bool {
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

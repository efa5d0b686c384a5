//! The keeper: the Web Worker that alone holds keys. What the page asks is answered in the order in which it asks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::document;
use crate::vault::Id;
use crate::vault::message::{Ask, Asked, Failure, Heard, Tell};

/// What the worker says when it can be asked.
const READY: &str = "ready";

/// What hears that another tab writes a draft now.
type TakenOver = Rc<dyn Fn(Id)>;

/// The way to the keeper. Clones lead to the same one.
#[derive(Clone, Default)]
pub(crate) struct Keeper(Rc<Inner>);

#[derive(Default)]
struct Inner {
    link: RefCell<Option<Link>>,
    open: RefCell<BTreeMap<u32, Rc<Answer>>>,
    next: Cell<u32>,
    taken_over: RefCell<Option<TakenOver>>,
}

/// A running worker.
struct Link {
    worker: Worker,
    ready: bool,
    /// What was asked before it was ready.
    before: Vec<String>,
    _listeners: [Closure<dyn FnMut(MessageEvent)>; 2],
}

/// An answer that is awaited.
#[derive(Default)]
struct Answer {
    told: RefCell<Option<Result<Tell, Failure>>>,
    waker: RefCell<Option<Waker>>,
}

struct Awaited(Rc<Answer>);

impl Future for Awaited {
    type Output = Result<Tell, Failure>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.0.told.borrow_mut().take() {
            Some(told) => Poll::Ready(told),
            None => {
                self.0.waker.borrow_mut().replace(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Answer {
    fn tell(&self, told: Result<Tell, Failure>) {
        self.told.borrow_mut().replace(told);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }
}

impl Keeper {
    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) fn ask(&self, ask: Ask) -> impl Future<Output = Result<Tell, Failure>> + use<> {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        let answer = Rc::<Answer>::default();
        match serde_json::to_string(&Asked { number, ask }) {
            Ok(text) if self.start() => {
                self.0.open.borrow_mut().insert(number, Rc::clone(&answer));
                self.send(text);
            }
            _ => answer.tell(Err(Failure::Unreachable)),
        }
        Awaited(answer)
    }

    /// Calls back when another tab takes a draft over.
    pub(crate) fn on_taken_over(&self, callback: impl Fn(Id) + 'static) {
        self.0.taken_over.borrow_mut().replace(Rc::new(callback));
    }

    /// Ends the worker, and with it every key. What was asked and not answered is told so.
    pub(crate) fn end(&self) {
        if let Some(link) = self.0.link.borrow_mut().take() {
            link.worker.terminate();
        }
        let open = std::mem::take(&mut *self.0.open.borrow_mut());
        for answer in open.into_values() {
            answer.tell(Err(Failure::Locked));
        }
    }

    fn send(&self, text: String) {
        let mut link = self.0.link.borrow_mut();
        let Some(link) = link.as_mut() else { return };
        if link.ready {
            // It fails only for what cannot be copied; a text can.
            let _ = link.worker.post_message(&JsValue::from_str(&text));
        } else {
            link.before.push(text);
        }
    }

    /// Whether there is a worker, started if need be.
    fn start(&self) -> bool {
        if self.0.link.borrow().is_some() {
            return true;
        }
        let Some(worker) = spawn() else { return false };
        let heard = {
            let inner = Rc::downgrade(&self.0);
            Closure::new(move |event: MessageEvent| {
                if let (Some(inner), Some(text)) = (inner.upgrade(), event.data().as_string()) {
                    Self(inner).hear(&text);
                }
            })
        };
        // It could not be loaded, or it has stopped: nobody will answer.
        let failed = {
            let inner = Rc::downgrade(&self.0);
            Closure::new(move |_: MessageEvent| {
                if let Some(inner) = inner.upgrade() {
                    let open = std::mem::take(&mut *inner.open.borrow_mut());
                    inner.link.borrow_mut().take();
                    for answer in open.into_values() {
                        answer.tell(Err(Failure::Unreachable));
                    }
                }
            })
        };
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let link = Link { worker, ready: false, before: Vec::new(), _listeners: [heard, failed] };
        self.0.link.borrow_mut().replace(link);
        true
    }

    fn hear(&self, text: &str) {
        if text == READY {
            let before = match self.0.link.borrow_mut().as_mut() {
                Some(link) => {
                    link.ready = true;
                    std::mem::take(&mut link.before)
                }
                None => Vec::new(),
            };
            for text in before {
                self.send(text);
            }
            return;
        }
        match serde_json::from_str(text) {
            Ok(Heard::Answer(number, told)) => {
                let answer = self.0.open.borrow_mut().remove(&number);
                if let Some(answer) = answer {
                    answer.tell(told);
                }
            }
            Ok(Heard::TakenOver(draft)) => {
                let callback = self.0.taken_over.borrow().clone();
                if let Some(callback) = callback {
                    callback(draft);
                }
            }
            Err(_) => {}
        }
    }
}

fn spawn() -> Option<Worker> {
    if !js_sys::Reflect::has(&gloo::utils::window(), &"Worker".into()).unwrap_or(false) {
        return None;
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&document::meta("intake-keeper")?, &options).ok()
}

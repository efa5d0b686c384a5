//! The keeper: the Web Worker that alone holds keys. What the page asks is answered in the order in which it asks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::background::Background;
use crate::vault::Id;
use crate::vault::message::{Ask, Asked, Failure, Heard, Tell};

/// What hears that another tab writes a draft now.
type TakenOver = Rc<dyn Fn(Id)>;

/// The way to the keeper. Clones lead to the same one.
#[derive(Clone, Default)]
pub(crate) struct Keeper(Rc<Inner>);

#[derive(Default)]
struct Inner {
    worker: RefCell<Option<Background>>,
    open: RefCell<BTreeMap<u32, Rc<Answer>>>,
    next: Cell<u32>,
    taken_over: RefCell<Option<TakenOver>>,
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
        self.0.stop(&Failure::Locked);
    }

    fn send(&self, text: String) {
        if let Some(worker) = &*self.0.worker.borrow() {
            worker.say(text);
        }
    }

    /// Whether there is a worker, started if need be.
    fn start(&self) -> bool {
        if self.0.worker.borrow().is_some() {
            return true;
        }
        let (heard, failed) = (Rc::downgrade(&self.0), Rc::downgrade(&self.0));
        let worker = Background::begin(
            "intake-keeper",
            move |text| {
                if let Some(inner) = heard.upgrade() {
                    inner.hear(text);
                }
            },
            move || {
                if let Some(inner) = failed.upgrade() {
                    inner.stop(&Failure::Unreachable);
                }
            },
        );
        let there = worker.is_some();
        *self.0.worker.borrow_mut() = worker;
        there
    }
}

impl Inner {
    /// Ends the worker; whoever waits for an answer is told why none comes.
    fn stop(&self, why: &Failure) {
        drop(self.worker.borrow_mut().take());
        let open = std::mem::take(&mut *self.open.borrow_mut());
        for answer in open.into_values() {
            answer.tell(Err(why.clone()));
        }
    }

    fn hear(&self, text: &str) {
        match serde_json::from_str(text) {
            Ok(Heard::Answer(number, told)) => {
                let answer = self.open.borrow_mut().remove(&number);
                if let Some(answer) = answer {
                    answer.tell(told);
                }
            }
            Ok(Heard::TakenOver(draft)) => {
                let callback = self.taken_over.borrow().clone();
                if let Some(callback) = callback {
                    callback(draft);
                }
            }
            Err(_) => {}
        }
    }
}

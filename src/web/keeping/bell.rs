use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};

type Listeners = RefCell<BTreeMap<u64, Rc<dyn Fn()>>>;

/// Tells of every change whoever has asked to be told.
#[derive(Default)]
pub(crate) struct Bell {
    listeners: Rc<Listeners>,
    next: Cell<u64>,
}

/// Ends when it is dropped.
pub(crate) struct Ring {
    listeners: Weak<Listeners>,
    number: u64,
}

impl Bell {
    /// Calls back after every change, until the ring is dropped.
    pub(crate) fn ring(&self, callback: Rc<dyn Fn()>) -> Ring {
        let number = self.next.get();
        self.next.set(number.wrapping_add(1));
        self.listeners.borrow_mut().insert(number, callback);
        Ring { listeners: Rc::downgrade(&self.listeners), number }
    }

    /// Waits for something, which is looked for now and after every change.
    pub(crate) async fn until<T>(&self, look: impl Fn() -> Option<T>) -> T {
        let waker = Rc::<RefCell<Option<Waker>>>::default();
        let waiting = Rc::clone(&waker);
        let _ring = self.ring(Rc::new(move || {
            if let Some(waker) = waiting.borrow_mut().take() {
                waker.wake();
            }
        }));
        poll_fn(|context| match look() {
            Some(found) => Poll::Ready(found),
            None => {
                waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    /// Something has changed. Nothing is borrowed while it is told.
    pub(crate) fn strike(&self) {
        let callbacks: Vec<Rc<dyn Fn()>> = self.listeners.borrow().values().cloned().collect();
        for callback in callbacks {
            callback();
        }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        if let Some(listeners) = self.listeners.upgrade() {
            // Dropped after the borrow has ended: it may own another ring.
            let _callback = listeners.borrow_mut().remove(&self.number);
        }
    }
}

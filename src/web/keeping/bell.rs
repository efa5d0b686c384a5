use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

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

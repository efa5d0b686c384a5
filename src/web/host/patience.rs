//! Waiting for something, but not for ever.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

/// Does something to its end, and waits for that no longer than so many milliseconds.
pub(crate) async fn at_most(ms: u32, work: impl Future<Output = ()> + 'static) {
    let waker = Rc::<RefCell<Option<Waker>>>::default();
    let over = Rc::new(Cell::new(false));
    let end = {
        let (waker, over) = (Rc::clone(&waker), Rc::clone(&over));
        move || {
            over.set(true);
            if let Some(waker) = waker.borrow_mut().take() {
                waker.wake();
            }
        }
    };
    let _patience = Timeout::new(ms, end.clone());
    spawn_local(async move {
        work.await;
        end();
    });
    poll_fn(|context| {
        if over.get() {
            return Poll::Ready(());
        }
        waker.replace(Some(context.waker().clone()));
        Poll::Pending
    })
    .await;
}

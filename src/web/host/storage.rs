//! Whether the browser keeps what is written, and how much room there is.

use std::cell::Cell;
use std::rc::Rc;

use gloo::utils::window;
use js_sys::{Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{StorageEstimate, StorageManager};

/// Whether the browser may throw away what is kept, when it needs room or after some days without a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Persistence {
    /// It has not said. Some ask the person and never answer; others have no word for it.
    #[default]
    Unknown,
    /// It may not.
    Granted,
    /// It may.
    Refused,
}

/// Bytes that are used and bytes that may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Room {
    /// In use.
    pub(crate) used: u64,
    /// What the browser allows.
    pub(crate) of: u64,
}

/// Asks to keep what is written, and tells what was said, if ever: nobody waits for it.
pub(crate) fn persist(told: impl Fn(Persistence) + 'static) {
    let Some(manager) = manager() else { return };
    if !has(&manager, "persist") {
        return;
    }
    let told: Rc<dyn Fn(Persistence)> = Rc::new(told);
    // Two questions: whether it is so already is answered at once, even where the other asks the person.
    if let Ok(asked) = manager.persisted() {
        tell(asked, Rc::clone(&told), false);
    }
    if let Ok(asked) = manager.persist() {
        tell(asked, told, true);
    }
}

fn tell(asked: Promise, told: Rc<dyn Fn(Persistence)>, last_word: bool) {
    thread_local! {
        static GRANTED: Cell<bool> = const { Cell::new(false) };
    }
    spawn_local(async move {
        let Ok(answer) = JsFuture::from(asked).await else { return };
        if answer == true {
            GRANTED.set(true);
            told(Persistence::Granted);
        } else if last_word && !GRANTED.get() {
            told(Persistence::Refused);
        }
    });
}

/// How much room there is; nothing where the browser does not say.
pub(crate) async fn room() -> Option<Room> {
    let manager = manager()?;
    if !has(&manager, "estimate") {
        return None;
    }
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to the bounds of the integer"
    )]
    let whole = |bytes: Option<f64>| bytes.map(|bytes| bytes.max(0.0) as u64);
    Some(Room { used: whole(estimate.get_usage())?, of: whole(estimate.get_quota())? })
}

fn manager() -> Option<StorageManager> {
    let navigator = window().navigator();
    // Not there at an address without TLS.
    has(&navigator, "storage").then(|| navigator.storage())
}

fn has(object: &wasm_bindgen::JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|found| !found.is_undefined() && !found.is_null())
}

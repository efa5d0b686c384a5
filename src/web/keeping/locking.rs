//! The lock: by the button, in all tabs, and by itself where nobody is there. To lock is to end the keeper and to load the
//! page again.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::{Access, Keeping, Ring};
use crate::web::host::{address, document, idle};
use crate::web::route::Route;

/// A tablet that nobody touches for so long locks itself, where the site says nothing else.
const IDLE_SECONDS: u32 = 5 * 60;
/// What a site may say: less could not be worked with, and more would be a tablet that never locks.
const IDLE_BOUNDS: (u32, u32) = (5, 60 * 60);
/// When a page that was to be loaded again and is still there is loaded once more, for somebody may have stopped the
/// browser: later than a slow network answers, which would have to begin anew.
const STILL_HERE_MS: u32 = 30_000;

impl Keeping {
    /// Heeds whether somebody is there: asks before it locks.
    pub(super) fn heed(&self, presence: idle::Presence) {
        match presence {
            idle::Presence::There => self.0.doubt.set(false),
            idle::Presence::Doubtful => self.0.doubt.set(true),
            idle::Presence::Gone => self.lock(),
        }
    }

    /// Whether it is asked if somebody is still there.
    pub(crate) fn is_in_doubt(&self) -> bool {
        self.0.doubt.is_raised()
    }

    /// Calls back whenever that changes, until the ring is dropped.
    pub(crate) fn ring_for_doubt(&self, callback: Rc<dyn Fn()>) -> Ring {
        self.0.doubt.bell.ring(callback)
    }

    /// Locks, in every tab: whoever gives the tablet away does not think of a tab that they no longer see.
    pub(crate) fn lock_all(&self) {
        if let Some(tabs) = &*self.0.tabs.borrow() {
            tabs.lock();
        }
        self.lock();
    }

    /// Locks: the keeper is ended, and the page loaded again.
    ///
    /// What is still on its way to the disk is waited for; what cannot be written is lost with or without it, and
    /// whoever locks by the button was told so before.
    pub(crate) fn lock(&self) {
        let this = self.clone();
        spawn_local(async move {
            let writers = this.0.writers.borrow().clone();
            for writer in &writers {
                writer.settled().await;
            }
            this.forget();
            this.0.keeper.end();
            address::go(&Route::Unlock.href());
            loop {
                address::reload();
                TimeoutFuture::new(STILL_HERE_MS).await;
            }
        });
    }

    /// From now on nobody works here, and the page has nothing of what they see: it is loaded again in a moment, but whoever
    /// comes next may stop the browser before it is.
    fn forget(&self) {
        self.0.locking.set(true);
        self.0.access.replace(Access::Asking);
        self.0.drafts.take();
        self.0.writers.take();
        let on_lock = self.0.on_lock.borrow().clone();
        if let Some(on_lock) = on_lock {
            on_lock();
        }
        self.0.bell.strike();
    }

    /// Calls back when the page is locked, for whoever holds what was answered.
    pub(crate) fn on_lock(&self, callback: impl Fn() + 'static) {
        self.0.on_lock.replace(Some(Rc::new(callback)));
    }

    /// Whether the page is being left because it was locked. Then nothing may hold it up: what could not be written is lost
    /// with the keeper, and whoever was asked would be the next one who has the tablet.
    pub(crate) fn is_locking(&self) -> bool {
        self.0.locking.get()
    }
}

/// After how many seconds a tablet locks itself: the site's `intake-lock-after`.
pub(super) fn after_seconds() -> u32 {
    let told = document::meta("intake-lock-after").and_then(|text| text.trim().parse().ok());
    let (least, most) = IDLE_BOUNDS;
    told.unwrap_or(IDLE_SECONDS).clamp(least, most)
}

//! Notices that nobody is at the tablet, or that nobody is just writing.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Interval;
use gloo::utils::{document, window};

use super::clock;

/// What counts as somebody being there.
const SIGNS: [&str; 4] = ["pointerdown", "keydown", "input", "touchstart"];
/// How often it is looked whether somebody was. A timer set for the end would stand still while the tablet sleeps.
const LOOK_EVERY_MS: u32 = 5_000;

/// Watches until it is dropped.
pub(crate) struct Watch {
    _looking: Interval,
    _listeners: Vec<EventListener>,
}

/// Calls back once nobody was there for so many seconds, and when the tablet wakes up after as long.
pub(crate) fn watch(seconds: i64, left: impl Fn() + Clone + 'static) -> Watch {
    let seen = Rc::new(Cell::new(clock::unix_seconds()));
    let look = {
        let seen = Rc::clone(&seen);
        move || {
            let now = clock::unix_seconds();
            // A clock that was set back must not keep it open.
            if now - seen.get() >= seconds || now < seen.get() {
                seen.set(now);
                left();
            }
        }
    };
    let mut listeners = {
        let (seen, look) = (Rc::clone(&seen), look.clone());
        on_signs(move || {
            // The first touch after a long sleep must not count as having been there.
            look();
            seen.set(clock::unix_seconds());
        })
    };
    let woken = look.clone();
    listeners.push(EventListener::new(&document(), "visibilitychange", move |_| woken()));
    Watch { _looking: Interval::new(LOOK_EVERY_MS, look), _listeners: listeners }
}

/// When somebody touched the page or wrote last, known as long as this lives.
pub(crate) struct LastSign {
    at: Rc<Cell<f64>>,
    _listeners: Vec<EventListener>,
}

impl LastSign {
    /// Listens from now on, as if there had been a sign just now.
    pub(crate) fn listen() -> Self {
        let at = Rc::new(Cell::new(clock::milliseconds()));
        let noted = Rc::clone(&at);
        Self { at, _listeners: on_signs(move || noted.set(clock::milliseconds())) }
    }

    /// How many milliseconds ago that was.
    pub(crate) fn ago_ms(&self) -> f64 {
        clock::milliseconds() - self.at.get()
    }
}

/// Calls back at every sign, before anything else hears of it.
fn on_signs(seen: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    let listen = |sign: &&'static str| {
        let seen = seen.clone();
        EventListener::new_with_options(&window(), *sign, options, move |_| seen())
    };
    SIGNS.iter().map(listen).collect()
}

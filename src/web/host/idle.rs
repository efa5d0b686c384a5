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
const LOOK_EVERY_MS: u32 = 1_000;
/// How long before the end it is asked whether somebody is still there, in milliseconds; half of the time, where that is
/// less.
const NOTICE_MS: f64 = 30_000.0;

/// Whether somebody is there, as far as can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Somebody was, not long ago.
    #[default]
    There,
    /// Nobody was for nearly as long as that is borne.
    Doubtful,
    /// Nobody was for too long.
    Gone,
}

impl Presence {
    /// After so many milliseconds without a sign, where so many are borne.
    fn after(idle: f64, limit: f64) -> Self {
        if idle >= limit {
            Self::Gone
        } else if idle >= limit - NOTICE_MS.min(limit / 2.0) {
            Self::Doubtful
        } else {
            Self::There
        }
    }
}

/// A moment, by both of the tablet's clocks, in milliseconds.
#[derive(Clone, Copy)]
struct Moment {
    /// By the clock on the wall, which somebody or the network may set.
    wall: f64,
    /// By the watch that runs since the page was opened, and may stand still while the tablet sleeps.
    watch: f64,
}

impl Moment {
    fn now() -> Self {
        Self { wall: clock::unix_milliseconds(), watch: clock::milliseconds() }
    }

    /// How long it is after another one: what either clock says at least. A clock that is set back so keeps no tablet open,
    /// and locks none under the hands of somebody who writes; one that sleeps is left alone as long as it sleeps.
    fn since(self, then: Self) -> f64 {
        (self.wall - then.wall).max(self.watch - then.watch)
    }
}

/// Watches until it is dropped.
pub(crate) struct Watch {
    _looking: Interval,
    _listeners: Vec<EventListener>,
}

/// Tells whenever it is otherwise whether somebody is there, who may be away for so many seconds; also when the tablet
/// wakes up after as long.
pub(crate) fn watch(seconds: u32, told: impl Fn(Presence) + Clone + 'static) -> Watch {
    let limit = f64::from(seconds) * 1_000.0;
    let seen = Rc::new(Cell::new(Moment::now()));
    let stands = Rc::new(Cell::new(Presence::default()));
    let look = {
        let seen = Rc::clone(&seen);
        move || {
            let now = Presence::after(Moment::now().since(seen.get()), limit);
            if stands.replace(now) != now {
                told(now);
            }
        }
    };
    let mut listeners = {
        let look = look.clone();
        on_signs(move || {
            // The first touch after a long sleep must not count as having been there.
            look();
            seen.set(Moment::now());
            look();
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

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: f64 = 300_000.0;

    /// What it comes to so many seconds later by either clock.
    fn after(wall: f64, watch: f64) -> Presence {
        let then = Moment { wall: 1_000_000_000.0, watch: 5_000.0 };
        let now = Moment { wall: then.wall + wall * 1_000.0, watch: then.watch + watch * 1_000.0 };
        Presence::after(now.since(then), LIMIT)
    }

    #[test]
    fn it_is_asked_half_a_minute_before_the_end_and_the_end_is_at_its_time() {
        for (seconds, presence) in [
            (0.0, Presence::There),
            (269.9, Presence::There),
            (270.0, Presence::Doubtful),
            (299.9, Presence::Doubtful),
            (300.0, Presence::Gone),
            (9_000.0, Presence::Gone),
        ] {
            assert_eq!(after(seconds, seconds), presence, "{seconds}");
        }
        assert_eq!(
            Presence::after(2_400.0, 5_000.0),
            Presence::There,
            "a site that locks soon asks in its second half"
        );
        assert_eq!(Presence::after(2_500.0, 5_000.0), Presence::Doubtful);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_and_keeps_nothing_open() {
        assert_eq!(after(-2.0, 0.7), Presence::There, "the network has corrected the time");
        assert_eq!(after(-86_400.0, 300.0), Presence::Gone, "somebody has set it back by a day");
    }

    #[test]
    fn sleep_counts_though_the_watch_stands_still() {
        assert_eq!(after(600.0, 1.0), Presence::Gone);
    }
}

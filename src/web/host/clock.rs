//! What time it is, by the tablet's clock. Compiled for another machine, where the page's logic is tested without a
//! browser, it stands still.

use js_sys::Date;

use crate::value::{DateTime, PartialDate};

/// The date where the tablet is.
pub(crate) fn today() -> PartialDate {
    let now = Date::new_0();
    let part = |number: u32| u8::try_from(number).unwrap_or(0);
    u16::try_from(now.get_full_year())
        .ok()
        .and_then(|year| PartialDate::day(year, part(now.get_month() + 1), part(now.get_date())))
        .unwrap_or(PartialDate::EPOCH)
}

/// The moment, in UTC to the second.
pub(crate) fn now() -> DateTime {
    if cfg!(not(target_family = "wasm")) {
        return DateTime::EPOCH;
    }
    let seconds = (Date::now() / 1000.0).floor();
    #[allow(clippy::cast_possible_truncation, reason = "a float is cut to the bounds of the integer")]
    let moment = DateTime::from_unix_seconds(seconds as i64);
    moment.unwrap_or(DateTime::EPOCH)
}

/// Milliseconds since the page was opened, for measuring how long something takes: it never goes backwards.
pub(crate) fn milliseconds() -> f64 {
    gloo::utils::window().performance().map_or_else(Date::now, |watch| watch.now())
}

/// Milliseconds since 1970, as the clock stands: it may be set.
pub(crate) fn unix_milliseconds() -> f64 {
    Date::now()
}

/// Seconds since 1970.
#[allow(clippy::cast_possible_truncation, reason = "a float is cut to the bounds of the integer")]
pub(crate) fn unix_seconds() -> i64 {
    (Date::now() / 1000.0).floor() as i64
}

/// Milliseconds since the page was opened. Unlike the clock nobody can set them: beside the clock's time they tell when
/// that was wrong.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float is cut to the bounds of the integer"
)]
pub(crate) fn elapsed_ms() -> u64 {
    if cfg!(not(target_family = "wasm")) {
        return 0;
    }
    gloo::utils::window().performance().map_or(0, |performance| performance.now() as u64)
}

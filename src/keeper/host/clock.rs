//! What time it is, by the tablet's clock.

use crate::value::DateTime;

/// Milliseconds by the tablet's clock, to tell what was before what.
pub(in crate::keeper) fn milliseconds() -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float is cut to the bounds of the integer"
    )]
    let now = js_sys::Date::now() as u64;
    now
}

/// The moment, in UTC to the second, as it stands in a record.
pub(in crate::keeper) fn now() -> String {
    let seconds = (js_sys::Date::now() / 1000.0).floor();
    #[allow(clippy::cast_possible_truncation, reason = "a float is cut to the bounds of the integer")]
    let moment = DateTime::from_unix_seconds(seconds as i64);
    moment.unwrap_or(DateTime::EPOCH).to_string()
}

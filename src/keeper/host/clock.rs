//! What time it is, by the tablet's clock.

use crate::value::DateTime;

/// The moment, in UTC to the second, as it stands in a record.
pub(in crate::keeper) fn now() -> String {
    let seconds = (js_sys::Date::now() / 1000.0).floor();
    #[allow(clippy::cast_possible_truncation, reason = "a float is cut to the bounds of the integer")]
    let moment = DateTime::from_unix_seconds(seconds as i64);
    moment.unwrap_or(DateTime::EPOCH).to_string()
}

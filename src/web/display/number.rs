use crate::value::{Decimal, Interval};

/// A number without needless zeros.
pub(crate) fn number_text(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The one number that an interval holds, or its ends.
pub(crate) fn interval_text(interval: Interval) -> String {
    match interval.as_point() {
        Some(point) => number_text(point),
        None => format!("{}–{}", number_text(interval.lo), number_text(interval.hi)),
    }
}

//! Calendar and clock arithmetic.

use super::Item;
use crate::expression::Kind;
use crate::expression::syntax::Unit;
use crate::value::{DateTime, Decimal, PartialDate, TimeOfDay};

const DAY: i64 = 86_400;

/// Whether values of a kind can be moved by a unit: a date has no hours, a time of day no days and no seconds.
pub(in crate::expression) fn shift_allowed(kind: &Kind, unit: Unit) -> bool {
    match kind {
        Kind::Date => unit >= Unit::Day,
        Kind::Time => matches!(unit, Unit::Minute | Unit::Hour),
        Kind::DateTime => true,
        Kind::Boolean | Kind::Number { .. } | Kind::Text(_) | Kind::Quantity | Kind::Rows(_) => false,
    }
}

/// Seconds of a unit that always has the same length.
const fn seconds(unit: Unit) -> Option<i64> {
    match unit {
        Unit::Second => Some(1),
        Unit::Minute => Some(60),
        Unit::Hour => Some(3600),
        Unit::Day => Some(DAY),
        Unit::Week => Some(7 * DAY),
        Unit::Month | Unit::Year => None,
    }
}

/// Months of the two units that are counted in the calendar.
fn months(count: i32, unit: Unit) -> Option<i32> {
    if unit == Unit::Year { count.checked_mul(12) } else { Some(count) }
}

impl Item<'_> {
    /// The date, time or moment so many units later; a time of day goes round the clock.
    pub(super) fn shifted(self, count: i32, unit: Unit) -> Option<Self> {
        match (self, seconds(unit)) {
            (Item::Date(date), None) => date.plus_months(months(count, unit)?).map(Item::Date),
            (Item::Date(date), Some(length)) => {
                let days = i32::try_from(i64::from(count) * (length / DAY)).ok()?;
                date.plus_days(days).map(Item::Date)
            }
            (Item::Time(time), Some(length)) => {
                let minutes = i64::from(time.minutes()) + i64::from(count) * (length / 60);
                let minutes = minutes.rem_euclid(24 * 60);
                let [hour, minute] = [minutes / 60, minutes % 60].map(|part| u8::try_from(part).ok());
                TimeOfDay::new(hour?, minute?).map(Item::Time)
            }
            (Item::Moment(moment), Some(length)) => {
                moment.plus_seconds(i64::from(count) * length).map(Item::Moment)
            }
            (Item::Moment(moment), None) => {
                let day = moment.date().plus_months(months(count, unit)?)?.day_number()?;
                let clock = moment.unix_seconds().rem_euclid(DAY);
                DateTime::from_unix_seconds(i64::from(day) * DAY + clock).map(Item::Moment)
            }
            _ => None,
        }
    }
}

/// Whole units from one value to another of its kind, negative if the other is earlier.
///
/// What is not known of a partial date counts only if it makes a difference: someone born in 1947 is surely 79 on
/// 31 December 2026.
pub(in crate::expression) fn duration(from: &Item<'_>, to: &Item<'_>, unit: Unit) -> Option<Decimal> {
    match (from, to) {
        (Item::Date(from), Item::Date(to)) => {
            let longest = between_dates(from.earliest(), to.latest(), unit)?;
            let shortest = between_dates(from.latest(), to.earliest(), unit)?;
            (longest == shortest).then(|| longest.into())
        }
        (Item::Moment(from), Item::Moment(to)) => between_moments(*from, *to, unit).map(Decimal::from),
        (Item::Time(from), Item::Time(to)) => {
            let apart = (i64::from(to.minutes()) - i64::from(from.minutes())) * 60;
            seconds(unit).map(|length| (apart / length).into())
        }
        _ => None,
    }
}

fn between_dates(from: PartialDate, to: PartialDate, unit: Unit) -> Option<i64> {
    let days = i64::from(to.day_number()?) - i64::from(from.day_number()?);
    match unit {
        Unit::Year => from.months_until(to).map(|months| i64::from(months / 12)),
        Unit::Month => from.months_until(to).map(i64::from),
        Unit::Week => Some(days / 7),
        Unit::Day => Some(days),
        Unit::Hour | Unit::Minute | Unit::Second => None,
    }
}

fn between_moments(from: DateTime, to: DateTime, unit: Unit) -> Option<i64> {
    let apart = to.unix_seconds() - from.unix_seconds();
    if let Some(length) = seconds(unit) {
        return Some(apart / length);
    }
    // The last day counts only if the clock has come as far as on the first.
    let clock = |moment: DateTime| moment.unix_seconds().rem_euclid(DAY);
    let last = match (apart >= 0, clock(to) < clock(from), clock(to) > clock(from)) {
        (true, true, _) => to.date().plus_days(-1)?,
        (false, _, true) => to.date().plus_days(1)?,
        _ => to.date(),
    };
    between_dates(from.date(), last, unit)
}

use yew::AttrValue;

use crate::value::{Decimal, Interval, PartialDate};
use crate::web::text::{Texts, spoken_date};

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

/// How long ago something was, in words that a person would use.
pub(crate) fn ago_text(texts: &Texts, days: u32) -> AttrValue {
    let (key, count) = match days {
        0 => ("ago.today", 0),
        1..=13 => ("ago.days", days),
        14..=59 => ("ago.weeks", days / 7),
        60..=729 => ("ago.months", days * 12 / 365),
        _ => ("ago.years", days / 365),
    };
    texts.fill(key, &[("n", &count.to_string())])
}

/// A date of the wire format in words; as it stands if it is none.
pub(crate) fn date_text(texts: &Texts, wire: &str) -> AttrValue {
    wire.parse::<PartialDate>().map_or_else(|()| wire.to_owned().into(), |date| spoken_date(texts, date))
}

/// A moment of the wire format in words: the day, and the time of day at that place.
pub(crate) fn moment_text(texts: &Texts, wire: &str) -> Option<AttrValue> {
    let (day, time) = wire.split_once('T')?;
    let clock = time.get(..5)?;
    Some(texts.fill("date.moment", &[("date", &date_text(texts, day)), ("time", clock)]))
}

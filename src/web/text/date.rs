use yew::AttrValue;

use super::Texts;
use crate::value::PartialDate;

/// A date in words, with as much of it as is known.
pub(crate) fn spoken_date(texts: &Texts, date: PartialDate) -> AttrValue {
    let year = date.year_number().to_string();
    let Some(month) = date.month_number() else {
        return texts.fill("date.year", &[("year", &year)]);
    };
    let month = texts.say(&format!("month.{month}"));
    match date.day_of_month() {
        None => texts.fill("date.month", &[("year", &year), ("month", &month)]),
        Some(day) => texts.fill("date.day", &[("year", &year), ("month", &month), ("day", &day.to_string())]),
    }
}

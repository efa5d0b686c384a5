use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::calendar::{day_number, days_in_month, from_day_number};

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// `YYYY`
    Year,
    /// `YYYY-MM`
    Month,
    /// `YYYY-MM-DD`
    Day,
}

/// A calendar date of which the day, or the month and the day, may be unknown: `YYYY[-MM[-DD]]`, years 0001–9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: u16,
    /// 0 where unknown.
    month: u8,
    /// 0 where unknown.
    day: u8,
}

impl PartialDate {
    /// 1970-01-01.
    pub const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// A date of day precision; none if there is no such day.
    #[must_use]
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// A date of month precision; none if there is no such month.
    #[must_use]
    pub fn month(year: u16, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && days_in_month(year, month) > 0).then_some(Self { year, month, day: 0 })
    }

    /// A date of year precision; none outside of 1–9999.
    #[must_use]
    pub fn year(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }

    /// The date of that many days after 1970-01-01.
    #[must_use]
    pub fn from_day_number(days: i32) -> Option<Self> {
        let (year, month, day) = from_day_number(days);
        Self::day(u16::try_from(year).ok()?, month, day)
    }

    /// How much of it is known.
    #[must_use]
    pub const fn precision(self) -> DatePrecision {
        match (self.month, self.day) {
            (0, _) => DatePrecision::Year,
            (_, 0) => DatePrecision::Month,
            _ => DatePrecision::Day,
        }
    }

    /// The year.
    #[must_use]
    pub const fn year_number(self) -> u16 {
        self.year
    }

    /// The month, 1–12, where known.
    #[must_use]
    pub const fn month_number(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// The day of the month, where known.
    #[must_use]
    pub const fn day_of_month(self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }

    /// The first day that it can be.
    #[must_use]
    pub const fn earliest(self) -> Self {
        let month = if self.month == 0 { 1 } else { self.month };
        Self { year: self.year, month, day: if self.day == 0 { 1 } else { self.day } }
    }

    /// The last day that it can be.
    #[must_use]
    pub const fn latest(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year, month) } else { self.day };
        Self { year: self.year, month, day }
    }

    /// The date with no more than this much of it.
    #[must_use]
    pub const fn truncated(self, precision: DatePrecision) -> Self {
        match precision {
            DatePrecision::Year => Self { year: self.year, month: 0, day: 0 },
            DatePrecision::Month => Self { year: self.year, month: self.month, day: 0 },
            DatePrecision::Day => self,
        }
    }

    /// Days since 1970-01-01; none unless the day is known.
    #[must_use]
    pub const fn day_number(self) -> Option<i32> {
        match self.precision() {
            DatePrecision::Day => Some(day_number(self.year, self.month, self.day)),
            DatePrecision::Year | DatePrecision::Month => None,
        }
    }

    /// Compares part by part, as FHIRPath does: none where what is known does not decide.
    ///
    /// `1947` against `1948-03` is decided by the year; `1947` against `1947-03` is not.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        if self.year != other.year {
            return Some(self.year.cmp(&other.year));
        }
        for (ours, theirs) in [(self.month, other.month), (self.day, other.day)] {
            match (ours, theirs) {
                (0, 0) => return Some(Ordering::Equal),
                (0, _) | (_, 0) => return None,
                (ours, theirs) if ours != theirs => return Some(ours.cmp(&theirs)),
                _ => {}
            }
        }
        Some(Ordering::Equal)
    }

    /// Adds months (12 to a year), keeping the day or the last one that the month has; the precision stays.
    ///
    /// A date of year precision counts whole years only, cut towards zero, as FHIRPath's calendar arithmetic does.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Self> {
        if self.month == 0 {
            let year = i32::from(self.year).checked_add(months / 12)?;
            return Self::year(u16::try_from(year).ok()?);
        }
        let index = (i32::from(self.year) * 12 + i32::from(self.month) - 1).checked_add(months)?;
        let year = u16::try_from(index.div_euclid(12)).ok()?;
        let month = u8::try_from(index.rem_euclid(12) + 1).ok()?;
        match self.day {
            0 => Self::month(year, month),
            day => Self::day(year, month, day.min(days_in_month(year, month))),
        }
    }

    /// Adds days; a date that does not know its day counts 30 days to a month and 365 to a year, cut towards zero.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        match self.day_number() {
            Some(number) => Self::from_day_number(number.checked_add(days)?),
            None if self.month == 0 => self.plus_months((days / 365).checked_mul(12)?),
            None => self.plus_months(days / 30),
        }
    }

    /// Whole months from this date to a later one, negative to an earlier one; none unless both know their month
    /// and, where one knows its day, the other does too.
    #[must_use]
    pub fn months_until(self, later: Self) -> Option<i32> {
        if self.month == 0 || later.month == 0 || (self.day == 0) != (later.day == 0) {
            return None;
        }
        let months = (i32::from(later.year) - i32::from(self.year)) * 12 + i32::from(later.month)
            - i32::from(self.month);
        // A person born on 29 February is a year older on 1 March: the day has not come on the 28th.
        Some(match months {
            months if months > 0 && later.day < self.day => months - 1,
            months if months < 0 && later.day > self.day => months + 1,
            months => months,
        })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        fn digits<T: FromStr>(text: Option<&str>, length: usize) -> Result<Option<T>, ()> {
            text.map(|text| {
                (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
                    .then(|| text.parse().map_err(|_| ()))
                    .ok_or(())?
            })
            .transpose()
        }
        let mut parts = text.splitn(3, '-');
        let year = digits(parts.next(), 4)?.ok_or(())?;
        match (digits(parts.next(), 2)?, digits(parts.next(), 2)?) {
            (Some(month), Some(day)) => Self::day(year, month, day),
            (Some(month), None) => Self::month(year, month),
            (None, _) => Self::year(year),
        }
        .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["1947", "1947-02", "1947-02-11", "2000-02-29", "0001", "9999-12-31"] {
            assert_eq!(date(good).to_string(), good);
        }
        for bad in [
            "31/31/2020",
            "2020-02-30",
            "1900-02-29",
            "2020-13",
            "2020-1-1",
            "0000",
            "20200101",
            "",
            "2020-",
            "+123",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_not_known_does_not_decide_a_comparison() {
        assert_eq!(date("1947").compare(date("1948-03")), Some(Ordering::Less));
        assert_eq!(date("1947").compare(date("1947-03")), None);
        assert_eq!(date("1947-03").compare(date("1947-03-01")), None);
        assert_eq!(date("1947-03").compare(date("1947-04-01")), Some(Ordering::Less));
        assert_eq!(date("1947").compare(date("1947")), Some(Ordering::Equal));
        assert_eq!(date("1947-03-02").compare(date("1947-03-01")), Some(Ordering::Greater));
    }

    #[test]
    fn months_keep_the_day_or_the_last_that_there_is() {
        assert_eq!(date("2024-01-31").plus_months(1), Some(date("2024-02-29")));
        assert_eq!(date("2008-02-29").plus_months(12 * 18), Some(date("2026-02-28")));
        assert_eq!(date("1947").plus_months(23), Some(date("1948")));
        assert_eq!(date("9999-12-31").plus_days(1), None);
        assert_eq!(date("2026-02-28").plus_days(1), Some(date("2026-03-01")));
    }

    #[test]
    fn a_leap_day_child_is_a_year_older_on_the_first_of_march() {
        let born = date("2008-02-29");
        assert_eq!(born.months_until(date("2026-02-28")).map(|months| months / 12), Some(17));
        assert_eq!(born.months_until(date("2026-03-01")).map(|months| months / 12), Some(18));
    }
}

use std::fmt;
use std::str::FromStr;

use crate::value::PartialDate;

/// A year, a quarter or a month. Periods are fixed: of two that overlap by all but a day, the difference is a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `2026`
    Year(u16),
    /// `2026-Q4`
    Quarter(u16, u8),
    /// `2026-11`
    Month(u16, u8),
}

impl Period {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(self, day: PartialDate) -> bool {
        let month = day.month_number();
        match self {
            Self::Year(year) => day.year_number() == year,
            Self::Quarter(year, quarter) => {
                day.year_number() == year && month.is_some_and(|month| (month - 1) / 3 + 1 == quarter)
            }
            Self::Month(year, wanted) => day.year_number() == year && month == Some(wanted),
        }
    }

    /// The day after it; none after the year 9999.
    #[must_use]
    pub fn next_day(self) -> Option<PartialDate> {
        let (year, month) = match self {
            Self::Year(year) => (year, 12),
            Self::Quarter(year, quarter) => (year, quarter * 3),
            Self::Month(year, month) => (year, month),
        };
        PartialDate::day(year, month, 1)?.plus_months(1)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let year = |text: &str| match text.len() {
            4 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse::<u16>().map_err(|_| ()),
            _ => Err(()),
        };
        let Some((first, rest)) = text.split_once('-') else { return year(text).map(Self::Year) };
        let year = year(first)?;
        match rest.strip_prefix('Q') {
            Some(quarter) => match quarter {
                "1" | "2" | "3" | "4" => Ok(Self::Quarter(year, quarter.parse().map_err(|_| ())?)),
                _ => Err(()),
            },
            None => match PartialDate::month(year, rest.parse().map_err(|_| ())?)
                .and_then(PartialDate::month_number)
            {
                Some(month) if rest.len() == 2 => Ok(Self::Month(year, month)),
                _ => Err(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_as_it_is_read_and_holds_its_days() {
        let holds = |period: &str, day: &str| period.parse::<Period>().unwrap().holds(day.parse().unwrap());
        for text in ["2026", "2026-Q4", "2026-11"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
            assert!(holds(text, "2026-11-23"), "{text}");
            assert!(!holds(text, "2025-11-23"), "{text}");
        }
        for (text, day) in [("2026", "2027-01-01"), ("2026-Q3", "2026-10-01"), ("2026-02", "2026-03-01")] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.next_day().unwrap().to_string(), day);
        }
        assert_eq!("9999".parse::<Period>().unwrap().next_day(), None);
        assert!(!holds("2026-Q4", "2026-09-30") && !holds("2026-11", "2026-12-01"));
        for bad in ["26", "2026-Q5", "2026-13", "2026-1", "2026-11-23", "", "２０２６"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}

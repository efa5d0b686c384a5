//! The project's text formats as patterns of ECMA 262 that need no look-around, so that linear-time engines take them.

use std::sync::OnceLock;

/// `0001` to `9999`.
const YEAR: &str = "([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})";

/// Years with a 29 February: divisible by 4, and by 400 where by 100.
const LEAP_YEAR: &str =
    "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)";

/// `HH:MM`, 00:00 to 23:59.
pub(super) const TIME: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/// `geo:latitude,longitude` (RFC 5870) on the globe, with an optional uncertainty in metres.
pub(super) const LOCATION: &str = "^geo:-?0*([0-8]?[0-9](\\.[0-9]+)?|90(\\.0+)?),\
    -?0*((1[0-7][0-9]|[0-9]?[0-9])(\\.[0-9]+)?|180(\\.0+)?)\
    (;u=0*([0-9]{1,8}(\\.[0-9]+)?|100000000(\\.0+)?))?$";

/// The id of bytes that are kept apart.
pub(super) const ATTACHMENT: &str = "^sha256:[0-9a-f]{64}$";

/// `YYYY-MM-DD`, days that exist only.
pub(super) fn full_date() -> &'static str {
    static PATTERN: OnceLock<String> = OnceLock::new();
    PATTERN.get_or_init(|| format!("^({})$", days()))
}

/// `YYYY[-MM[-DD]]`, days that exist only.
pub(super) fn partial_date() -> &'static str {
    static PATTERN: OnceLock<String> = OnceLock::new();
    PATTERN.get_or_init(|| format!("^({YEAR}(-(0[1-9]|1[0-2]))?|{})$", days()))
}

fn days() -> String {
    [
        format!("{YEAR}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"),
        format!("{YEAR}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"),
        format!("{YEAR}-02-(0[1-9]|1[0-9]|2[0-8])"),
        format!("{LEAP_YEAR}-02-29"),
    ]
    .join("|")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::value::{PartialDate, TimeOfDay};

    #[test]
    fn the_patterns_know_the_calendar_as_the_engine_does() {
        let partial = regex_lite::Regex::new(partial_date()).unwrap();
        let full = regex_lite::Regex::new(full_date()).unwrap();
        let years = [0, 1, 4, 10, 99, 100, 400, 999, 1000, 1600, 1700, 1900, 1904, 1999, 2000, 2023, 2024, 2100, 9999];
        for year in years {
            for month in 0..=13 {
                for day in 0..=32 {
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    let known = text.parse::<PartialDate>().is_ok();
                    assert_eq!(partial.is_match(&text), known, "{text}");
                    assert_eq!(full.is_match(&text), known, "{text}");
                }
                let text = format!("{year:04}-{month:02}");
                assert_eq!(partial.is_match(&text), text.parse::<PartialDate>().is_ok(), "{text}");
                assert!(!full.is_match(&text));
            }
            let text = format!("{year:04}");
            assert_eq!(partial.is_match(&text), text.parse::<PartialDate>().is_ok(), "{text}");
        }
        for text in ["", "2024-1-01", "2024-01-1", "24-01-01", "2024/01/01", "2024-01-01T00:00", " 2024", "2024\n"] {
            assert_eq!(partial.is_match(text), text.parse::<PartialDate>().is_ok(), "{text}");
        }
    }

    #[test]
    fn the_pattern_knows_the_clock_as_the_engine_does() {
        let time = regex_lite::Regex::new(TIME).unwrap();
        for hour in 0..30 {
            for minute in 0..70 {
                let text = format!("{hour:02}:{minute:02}");
                assert_eq!(time.is_match(&text), text.parse::<TimeOfDay>().is_ok(), "{text}");
            }
        }
    }
}

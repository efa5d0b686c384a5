use std::fmt;
use std::str::FromStr;

use super::PartialDate;

/// A time of day in whole minutes, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    minutes: u16,
}

impl TimeOfDay {
    /// The time of an hour (0–23) and a minute (0–59).
    #[must_use]
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then(|| Self { minutes: u16::from(hour) * 60 + u16::from(minute) })
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.minutes
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.as_bytes() {
            &[h1 @ b'0'..=b'2', h0 @ b'0'..=b'9', b':', m1 @ b'0'..=b'5', m0 @ b'0'..=b'9'] => {
                Self::new((h1 - b'0') * 10 + h0 - b'0', (m1 - b'0') * 10 + m0 - b'0').ok_or(())
            }
            _ => Err(()),
        }
    }
}

/// A moment in UTC, to the second: `YYYY-MM-DDTHH:MM:SSZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    seconds: i64,
}

impl DateTime {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { seconds: 0 };

    const DAY: i64 = 86_400;

    /// The first second of a day in UTC; none unless the day is known.
    #[must_use]
    pub fn start_of(date: PartialDate) -> Option<Self> {
        Some(Self { seconds: i64::from(date.day_number()?) * Self::DAY })
    }

    /// The moment that many seconds after 1970-01-01T00:00:00Z; none outside of the years 0001 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let days = i32::try_from(seconds.div_euclid(Self::DAY)).ok()?;
        PartialDate::from_day_number(days).map(|_| Self { seconds })
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The moment that many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Option<Self> {
        Self::from_unix_seconds(self.seconds.checked_add(seconds)?)
    }

    /// The date in UTC.
    #[must_use]
    pub fn date(self) -> PartialDate {
        let days = i32::try_from(self.seconds.div_euclid(Self::DAY)).unwrap_or(0);
        PartialDate::from_day_number(days).unwrap_or(PartialDate::EPOCH)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.seconds.rem_euclid(Self::DAY);
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.date(), second / 3600, second / 60 % 60, second % 60)
    }
}

impl FromStr for DateTime {
    type Err = ();

    /// Reads RFC 3339 with `Z` or an offset; fractions of a second are cut off.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (date, rest) = text.split_once(['T', 't']).ok_or(())?;
        let date: PartialDate = date.parse()?;
        let days = date.day_number().ok_or(())?;
        let zone = rest.find(['Z', 'z', '+', '-']).ok_or(())?;
        let (clock, zone) = rest.split_at_checked(zone).ok_or(())?;
        let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
        let (minutes, seconds) = clock.rsplit_once(':').ok_or(())?;
        let time: TimeOfDay = minutes.parse()?;
        let seconds = match seconds.as_bytes() {
            &[s1 @ b'0'..=b'5', s0 @ b'0'..=b'9'] => i64::from((s1 - b'0') * 10 + s0 - b'0'),
            _ => return Err(()),
        };
        let offset = match zone.split_at_checked(1).ok_or(())? {
            ("Z" | "z", "") => 0,
            ("+", zone) => i64::from(zone.parse::<TimeOfDay>()?.minutes()),
            ("-", zone) => -i64::from(zone.parse::<TimeOfDay>()?.minutes()),
            _ => return Err(()),
        };
        Self::from_unix_seconds(
            i64::from(days) * Self::DAY + (i64::from(time.minutes()) - offset) * 60 + seconds,
        )
        .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_text_and_an_offset_is_taken_off() {
        let moment: DateTime = "2026-11-23T10:05:09+08:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-23T02:05:09Z");
        assert_eq!("2026-11-23T02:05:09.250Z".parse::<DateTime>().unwrap(), moment);
        for bad in
            ["2026-11T02:05:09Z", "2026-11-23T24:00:00Z", "2026-11-23T02:05:09", "2026-11-23 02:05:09Z", ""]
        {
            assert!(bad.parse::<DateTime>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_time_of_day_is_two_digits_each() {
        assert_eq!("23:59".parse::<TimeOfDay>().unwrap().to_string(), "23:59");
        for bad in ["24:00", "7:30", "07:60", "07:30:00", "０７:30"] {
            assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
        }
    }
}

//! By when somebody must act on an alert.

use crate::plan::AlertGrade;
use crate::value::{DateTime, PartialDate};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const WORKING_DAYS: u32 = 10;

/// The moment by which an alert of this grade must be acted on, counted from the end of the interview.
///
/// `ended_at` is RFC 3339. Working days are Monday to Friday of the interview's own calendar: the date as written,
/// with its offset, decides which day it is. Public holidays are a matter of the year and the place, and not known
/// here. None if `ended_at` is no moment.
pub(super) fn due(grade: AlertGrade, ended_at: &str) -> Option<DateTime> {
    let ended: DateTime = ended_at.parse().ok()?;
    match grade {
        AlertGrade::R0 => Some(ended),
        AlertGrade::R1 => ended.plus_seconds(24 * HOUR),
        AlertGrade::R2 => ended.plus_seconds(72 * HOUR),
        AlertGrade::R3 => {
            let written: PartialDate = ended_at.split(['T', 't']).next()?.parse().ok()?;
            ended.plus_seconds(i64::from(days_until_working_day(written, WORKING_DAYS)?) * DAY)
        }
    }
}

/// How many calendar days it takes until so many working days have passed.
fn days_until_working_day(from: PartialDate, working_days: u32) -> Option<u32> {
    let start = from.day_number()?;
    let mut left = working_days;
    let mut days = 0;
    while left > 0 {
        days += 1;
        let number = start.checked_add(i32::try_from(days).ok()?)?;
        // Day 0, 1970-01-01, was a Thursday: 0 is Monday here.
        if (number + 3).rem_euclid(7) < 5 {
            left -= 1;
        }
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn due_text(grade: AlertGrade, ended_at: &str) -> String {
        due(grade, ended_at).unwrap().to_string()
    }

    #[test]
    fn alerts_are_due_at_once_in_a_day_in_three_or_in_ten_working_days() {
        // A Monday.
        let ended = "2026-11-23T10:00:00Z";
        assert_eq!(due_text(AlertGrade::R0, ended), "2026-11-23T10:00:00Z");
        assert_eq!(due_text(AlertGrade::R1, ended), "2026-11-24T10:00:00Z");
        assert_eq!(due_text(AlertGrade::R2, ended), "2026-11-26T10:00:00Z");
        assert_eq!(due_text(AlertGrade::R3, ended), "2026-12-07T10:00:00Z");
        // A Saturday: the next Monday is the first working day.
        assert_eq!(due_text(AlertGrade::R3, "2026-11-28T10:00:00Z"), "2026-12-11T10:00:00Z");
    }

    #[test]
    fn the_day_is_that_of_the_place_where_the_interview_was() {
        // Monday morning in Guizhou is still Sunday in UTC.
        assert_eq!(due_text(AlertGrade::R3, "2026-11-23T07:00:00+08:00"), "2026-12-06T23:00:00Z");
        assert_eq!(due(AlertGrade::R1, "yesterday"), None);
    }
}

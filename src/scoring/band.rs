//! Where a total lies among the bands, and with that its status.

use super::{ScoreResult, ScoreStatus, Total, TotalKind};
use crate::plan::{Band, Score};
use crate::value::Interval;

/// The result of a total: its band, the band's level, the status. Adjustments come after.
pub(super) fn place(score: &Score, total: Total) -> ScoreResult {
    let of_value = total.value.and_then(|value| find(&score.bands, Interval::point(value)));
    let of_interval = find(&score.bands, total.interval);
    let (status, band) = match total.kind {
        TotalKind::NotAssessed => (ScoreStatus::NotAssessed, None),
        TotalKind::Invalid => (ScoreStatus::Invalid, None),
        TotalKind::Complete => (ScoreStatus::Complete, of_value),
        TotalKind::Prorated => (ScoreStatus::Prorated, of_value),
        TotalKind::Open if of_interval.is_some() => (ScoreStatus::Determined, of_interval),
        // Without bands, what it comes to is what is certain: the highest of several may be so before all are answered.
        TotalKind::Open if score.bands.is_empty() && total.interval.as_point().is_some() => {
            (ScoreStatus::Determined, None)
        }
        TotalKind::Open | TotalKind::Withheld => (ScoreStatus::Indeterminate, None),
    };
    let level = band.and_then(|band| score.bands.get(band)).and_then(|band| band.level);
    ScoreResult {
        value: total.value,
        interval: total.interval,
        answered: total.answered,
        of: total.of,
        status,
        band,
        level,
        base_level: level,
        applied: Vec::new(),
        provisional_on: Vec::new(),
        // Without bands, a rule compares the value itself.
        band_provisional: total.kind == TotalKind::Prorated
            && (of_value != of_interval || (score.bands.is_empty() && total.interval.lo < total.interval.hi)),
        level_open: false,
    }
}

/// The band in which the whole interval lies.
fn find(bands: &[Band], interval: Interval) -> Option<usize> {
    bands.iter().position(|band| band.from <= interval.lo && interval.hi <= band.to)
}

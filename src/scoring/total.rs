//! From the items' points to a value and an interval, under the score's missing rule.

use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::parts::Part;
use super::{Total, TotalKind};
use crate::plan::{Method, MissingRule, Score};
use crate::value::{Decimal, Interval};

/// Digits to which a share of a sum, times the number of shares, is the sum again.
const EXACT: u32 = 20;

/// The total of a score that counts items.
pub(super) fn of_items(score: &Score, parts: &[Part]) -> Total {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let of = count(parts.len());
    let answered = count(parts.iter().filter(|part| part.points.is_some()).count());
    let stands = parts.iter().any(|part| part.stands);
    if answered == of && answered > 0 && !stands {
        // Nothing is open: both ends of the interval are the value.
        let value = known(score, parts, |part| part.points);
        let interval = value.map_or(score.range, Interval::point);
        let kind = if value.is_some() { TotalKind::Complete } else { TotalKind::Open };
        return Total { value, interval, answered, of, kind };
    }
    let interval = interval(score, parts).unwrap_or(score.range);
    let total = |value: Option<Decimal>, kind| Total { value, interval, answered, of, kind };

    if answered == 0 {
        return total(None, TotalKind::NotAssessed);
    }
    let complete = if stands { TotalKind::Prorated } else { TotalKind::Complete };
    match score.missing {
        _ if answered == of => match known(score, parts, |part| part.points) {
            Some(value) => total(Some(value), complete),
            None => total(None, TotalKind::Open),
        },
        MissingRule::Interval => total(None, TotalKind::Open),
        MissingRule::None => total(None, TotalKind::Withheld),
        MissingRule::BlankZero { max_blank } if of - answered > max_blank => total(None, TotalKind::Invalid),
        MissingRule::BlankZero { .. } => {
            let value = known(score, parts, |part| part.points.or(Some(Decimal::ZERO)));
            total(value, if value.is_some() { complete } else { TotalKind::Open })
        }
        MissingRule::Prorate { min_answered } if answered < min_answered => total(None, TotalKind::Open),
        MissingRule::Prorate { .. } => match prorated(score, parts, interval) {
            Some(value) => total(Some(value), TotalKind::Prorated),
            None => total(None, TotalKind::Open),
        },
    }
}

/// What an expression came to.
pub(super) struct Computed {
    pub(super) value: Option<Decimal>,
    /// Whether the value of a score that it reads stands in for missing items.
    pub(super) stands: bool,
    pub(super) bounds: Option<Interval>,
    /// How many of the questions on which it rests are answered.
    pub(super) answered: u32,
    pub(super) of: u32,
}

/// The total of a score that an expression computes. Whether something is missing is the expression's to say: it
/// may well be decided without every question that it names.
pub(super) fn of_expression(score: &Score, computed: Computed) -> Total {
    let Computed { value, stands, bounds, answered, of } = computed;
    let value = value.map(|value| rounded(score, value));
    let bounds = bounds.map(|bounds| Interval::new(rounded(score, bounds.lo), rounded(score, bounds.hi)));
    let interval = match value {
        Some(value) if !stands => Interval::point(value),
        _ => bounds.unwrap_or(score.range),
    };
    let kind = match (value, score.missing) {
        _ if of > 0 && answered == 0 => TotalKind::NotAssessed,
        (Some(_), _) if stands => TotalKind::Prorated,
        (Some(_), _) => TotalKind::Complete,
        (None, MissingRule::None) => TotalKind::Withheld,
        (None, MissingRule::BlankZero { max_blank }) if of - answered > max_blank => TotalKind::Invalid,
        (None, _) => TotalKind::Open,
    };
    match kind {
        TotalKind::NotAssessed => Total { value: None, interval: score.range, answered, of, kind },
        _ => Total { value, interval, answered, of, kind },
    }
}

/// The least and the most that the open items allow; none if that is too large to compute.
fn interval(score: &Score, parts: &[Part]) -> Option<Interval> {
    let end = |low: bool| {
        known(score, parts, |part| {
            part.points.filter(|_| !part.stands).or_else(|| {
                // A negative weight turns the range round.
                Some(if low == (part.weight >= Decimal::ZERO) { part.range.lo } else { part.range.hi })
            })
        })
    };
    match score.method {
        Method::Count => {
            let surely = |part: &Part| match part.points.filter(|_| !part.stands) {
                Some(points) => !points.is_zero(),
                None => part.range.lo > Decimal::ZERO || part.range.hi < Decimal::ZERO,
            };
            let possibly = |part: &Part| match part.points.filter(|_| !part.stands) {
                Some(points) => !points.is_zero(),
                None => !part.range.lo.is_zero() || !part.range.hi.is_zero(),
            };
            let count =
                |test: &dyn Fn(&Part) -> bool| Decimal::from(parts.iter().filter(|part| test(part)).count());
            Some(Interval::new(count(&surely), count(&possibly)))
        }
        _ => Some(Interval::new(end(true)?, end(false)?)),
    }
}

/// The score's method over the points that `points` gives for each item; none if one has none or the result is too
/// large.
fn known(score: &Score, parts: &[Part], points: impl Fn(&Part) -> Option<Decimal>) -> Option<Decimal> {
    let value = match score.method {
        Method::Sum | Method::Weighted => weighted_sum(parts, &points)?,
        Method::Mean => weighted_sum(parts, &points)?.checked_div(weights(parts.iter())?)?,
        Method::Count => {
            let mut count = 0_u32;
            for part in parts {
                count += u32::from(!points(part)?.is_zero());
            }
            Decimal::from(count)
        }
        Method::Max => {
            let mut highest: Option<Decimal> = None;
            for part in parts {
                let weighted = points(part)?.checked_mul(part.weight)?;
                highest = Some(highest.map_or(weighted, |highest| highest.max(weighted)));
            }
            highest?
        }
        Method::Expression(_) => return None,
    };
    Some(rounded(score, value))
}

fn weighted_sum(parts: &[Part], points: impl Fn(&Part) -> Option<Decimal>) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(points(part)?.checked_mul(part.weight)?))
}

fn weights<'a>(mut parts: impl Iterator<Item = &'a Part>) -> Option<Decimal> {
    parts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.weight))
}

/// The answered items stand for the missing ones: their mean, times the number of items for a sum, rounded to the
/// step between two possible values. The highest of several has no such stand-in.
fn prorated(score: &Score, parts: &[Part], interval: Interval) -> Option<Decimal> {
    let answered: Vec<Part> = parts.iter().filter(|part| part.points.is_some()).copied().collect();
    let sum = || {
        weighted_sum(&answered, |part| part.points)?
            .checked_mul(weights(parts.iter())?)?
            .checked_div(weights(answered.iter())?)
    };
    let value = match score.method {
        Method::Sum | Method::Weighted => to_step(sum()?, score.range.lo, score.step)?,
        // A mean's own step can be a third, which has no last digit: the sum is rounded, and then divided.
        Method::Mean => {
            let weights = weights(parts.iter())?;
            let exact = |share: Decimal| Some(share.checked_mul(weights)?.round_dp(EXACT).normalize());
            to_step(sum()?, exact(score.range.lo)?, exact(score.step)?)?.checked_div(weights)?
        }
        Method::Count => {
            let counted = known(score, &answered, |part| part.points)?;
            let whole = counted.checked_mul(Decimal::from(parts.len()))?;
            to_step(whole.checked_div(Decimal::from(answered.len()))?, score.range.lo, score.step)?
        }
        Method::Max | Method::Expression(_) => return None,
    };
    // Items with unequal ranges could carry the mean beyond what the missing ones can add.
    Some(rounded(score, value).clamp(interval.lo, interval.hi))
}

/// Rounds to `least` plus a multiple of `step`, half away from zero.
fn to_step(value: Decimal, least: Decimal, step: Decimal) -> Option<Decimal> {
    if step <= Decimal::ZERO {
        return Some(value);
    }
    let offset = least.checked_rem(step)?;
    let steps = value.checked_sub(offset)?.checked_div(step)?;
    steps.round_dp_with_strategy(0, MidpointAwayFromZero).checked_mul(step)?.checked_add(offset)
}

fn rounded(score: &Score, value: Decimal) -> Decimal {
    match score.rounding {
        Some(digits) => value.round_dp_with_strategy(digits, MidpointAwayFromZero),
        None => value,
    }
}

#[cfg(test)]
#[path = "total_tests.rs"]
pub(super) mod tests;

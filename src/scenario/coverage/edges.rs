//! The lowest and the highest value of a score in each of its bands.

use std::collections::BTreeSet;

use crate::plan::{AnswerKind, Band, Item, ItemPoints, Method, Plan, Score};
use crate::value::{Decimal, Interval, Value};

/// No more values than this are told apart; a score with more is taken to move in its steps.
const MOST: usize = 20_000;

/// The lowest and the highest value that the score can have in a band; none if it can have none there.
///
/// The bands 41 to 60 and 61 to 99 of a score in steps of 5 end at 60 and begin at 65: an edge is a value that some
/// answers give.
pub(super) fn of(plan: &Plan, score: &Score, band: &Band) -> Option<(Decimal, Decimal)> {
    if let Some(values) = values(plan, score) {
        let mut inside = values.range(band.from..=band.to);
        let lower = *inside.next()?;
        return Some((lower, inside.next_back().copied().unwrap_or(lower)));
    }
    let Interval { lo, hi } = score.range;
    let from = lo.checked_add(
        steps(band.from.max(lo).checked_sub(lo)?, score.step)?.ceil().checked_mul(score.step)?,
    )?;
    let to = lo
        .checked_add(steps(band.to.min(hi).checked_sub(lo)?, score.step)?.floor().checked_mul(score.step)?)?;
    (from <= to).then_some((from, to))
}

fn steps(distance: Decimal, step: Decimal) -> Option<Decimal> {
    distance.checked_div(step)
}

/// Every value that answers to all items give; none if there are too many, or an expression says.
fn values(plan: &Plan, score: &Score) -> Option<BTreeSet<Decimal>> {
    let mut sums = BTreeSet::from([Decimal::ZERO]);
    let points: Vec<BTreeSet<Decimal>> =
        score.items.iter().map(|item| weighted(plan, score, item)).collect::<Option<_>>()?;
    match score.method {
        Method::Expression(_) => return None,
        Method::Max => {
            let least = points.iter().filter_map(|points| points.first()).max()?;
            let all = points.iter().flatten().copied();
            return Some(all.filter(|value| value >= least).collect());
        }
        Method::Sum | Method::Weighted | Method::Mean | Method::Count => {
            for points in &points {
                let next =
                    sums.iter().flat_map(|sum| points.iter().map(move |points| sum.checked_add(*points)));
                sums = next.collect::<Option<_>>()?;
                if sums.len() > MOST {
                    return None;
                }
            }
        }
    }
    let weights: Decimal = score.items.iter().map(|item| item.weight).sum();
    let rounded = |value: Decimal| match score.rounding {
        Some(digits) => {
            value.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        }
        None => value,
    };
    let means = matches!(score.method, Method::Mean);
    sums.into_iter().map(|sum| Some(rounded(if means { sum.checked_div(weights)? } else { sum }))).collect()
}

/// What an item can add.
fn weighted(plan: &Plan, score: &Score, item: &Item) -> Option<BTreeSet<Decimal>> {
    let points: Vec<Decimal> = match &item.points {
        ItemPoints::Condition(_, points) => vec![Decimal::ZERO, *points],
        // The values of a score stand for too many answers to be counted out.
        ItemPoints::Score(_) => return None,
        ItemPoints::Question(id) => match &plan.question(*id).kind {
            AnswerKind::Boolean => vec![Decimal::ZERO, Decimal::ONE],
            AnswerKind::Number { .. } => {
                let count = u32::try_from(item.range.hi.checked_sub(item.range.lo)?.trunc()).ok()?;
                if usize::try_from(count).ok()? > MOST {
                    return None;
                }
                (0..=count).map(|more| item.range.lo.checked_add(more.into())).collect::<Option<_>>()?
            }
            _ => plan
                .choices(*id)
                .map(|choice| match (choice.score, &choice.value) {
                    (Some(score), _) => Some(score),
                    (None, Value::Number(number)) => Some(*number),
                    (None, _) => None,
                })
                .collect::<Option<_>>()?,
        },
    };
    let Interval { lo, hi } = item.range;
    points
        .into_iter()
        .map(|points| {
            let points = if item.reverse { lo.checked_add(hi)?.checked_sub(points)? } else { points };
            match score.method {
                Method::Count => Some(Decimal::from(u8::from(!points.is_zero()))),
                _ => points.checked_mul(item.weight),
            }
        })
        .collect()
}

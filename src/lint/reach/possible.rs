//! Every value that a score can have, counted out from its items.

use std::collections::BTreeSet;

use crate::plan::{AnswerKind, ChoiceSource, Item, ItemPoints, Method, Plan, Score};
use crate::value::{Decimal, Value};

/// More values than this are not counted out.
const MOST: usize = 4_096;

/// The points that an item can have, after reversing and weighting, each once; none if they cannot be listed.
pub(in crate::lint) fn item_points(plan: &Plan, item: &Item) -> Option<BTreeSet<Decimal>> {
    let points: Vec<Decimal> = match &item.points {
        ItemPoints::Condition(_, points) => vec![Decimal::ZERO, *points],
        // The values of a score stand for too many answers to be counted out.
        ItemPoints::Score(_) => return None,
        ItemPoints::Question(id) => {
            let question = plan.question(*id);
            match &question.kind {
                AnswerKind::Boolean => vec![Decimal::ZERO, Decimal::ONE],
                AnswerKind::Number { integer: true } => {
                    let (mut next, most) =
                        (question.constraints.minimum?.ceil(), question.constraints.maximum?);
                    let mut points = Vec::new();
                    while next <= most {
                        points.push(next);
                        next = next.checked_add(Decimal::ONE)?;
                        if points.len() > MOST {
                            return None;
                        }
                    }
                    points
                }
                AnswerKind::Choice { choices: ChoiceSource::Own(choices), .. } => choices
                    .iter()
                    .map(|choice| {
                        choice.score.or(match choice.value {
                            Value::Number(number) => Some(number),
                            _ => None,
                        })
                    })
                    .collect::<Option<_>>()?,
                _ => return None,
            }
        }
    };
    let turned = |points: Decimal| {
        let points = if item.reverse {
            item.range.lo.checked_add(item.range.hi)?.checked_sub(points)?
        } else {
            points
        };
        Some(points.checked_mul(item.weight)?.normalize())
    };
    points.into_iter().map(turned).collect()
}

/// Every value that a score can have when all its items are answered, in order; none if they cannot be listed.
pub(in crate::lint) fn values(plan: &Plan, score: &Score) -> Option<Vec<Decimal>> {
    let items: Vec<BTreeSet<Decimal>> =
        score.items.iter().map(|item| item_points(plan, item)).collect::<Option<_>>()?;
    let zero = BTreeSet::from([Decimal::ZERO]);
    let combined = |start: BTreeSet<Decimal>, join: &dyn Fn(Decimal, Decimal) -> Option<Decimal>| {
        let mut reached = start;
        let mut work = 0_usize;
        for points in &items {
            work = work.saturating_add(reached.len().saturating_mul(points.len()));
            if work > MOST * 64 {
                return None;
            }
            let mut next = BTreeSet::new();
            for before in &reached {
                for own in points {
                    next.insert(join(*before, *own)?.normalize());
                }
            }
            if next.len() > MOST {
                return None;
            }
            reached = next;
        }
        Some(reached)
    };
    let reached = match score.method {
        Method::Sum | Method::Weighted => combined(zero, &Decimal::checked_add)?,
        Method::Max => combined(items.first()?.clone(), &|one, other| Some(one.max(other)))?,
        Method::Count => {
            combined(zero, &|count, own| count.checked_add(Decimal::from(u8::from(!own.is_zero()))))?
        }
        Method::Mean => {
            let weight =
                score.items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(item.weight))?;
            let sums = combined(zero, &Decimal::checked_add)?;
            sums.into_iter().map(|sum| sum.checked_div(weight)).collect::<Option<_>>()?
        }
        Method::Expression(_) => return None,
    };
    let rounded = |value: Decimal| match score.rounding {
        Some(digits) => {
            value.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        }
        None => value,
    };
    Some(reached.into_iter().map(rounded).collect::<BTreeSet<_>>().into_iter().collect())
}

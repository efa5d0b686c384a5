//! The points of single items.

use crate::expression::{Facts, Reading, RowId};
use crate::plan::{Item, ItemPoints, Plan, QuestionId, Score};
use crate::value::{Decimal, Interval, Truth, Value};

/// One item as it stands: its points after reversing and before the weight, or the range that is still open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) points: Option<Decimal>,
    pub(super) range: Interval,
    pub(super) weight: Decimal,
}

/// Every item of a score as it stands, in order.
pub(super) fn read(plan: &Plan, score: &Score, facts: &dyn Facts) -> Vec<Part> {
    score.items.iter().map(|item| part(item, points(plan, item, facts))).collect()
}

/// The points that an item counts now, after reversing and before its weight; none while it has none.
#[must_use]
pub fn item_points(plan: &Plan, item: &Item, facts: &dyn Facts) -> Option<Decimal> {
    part(item, points(plan, item, facts)).points
}

/// The points of an item before reversing; none while it has none.
pub(super) fn points(plan: &Plan, item: &Item, facts: &dyn Facts) -> Option<Decimal> {
    match &item.points {
        ItemPoints::Question(question) => match facts.read(plan.field_of(*question), RowId::FORM) {
            Reading::Known(value) => points_of_answer(plan, *question, value),
            Reading::Within(_) | Reading::Missing => None,
        },
        ItemPoints::Condition(when, points) => match when.test(facts, RowId::FORM) {
            Truth::True => Some(*points),
            Truth::False => Some(Decimal::ZERO),
            Truth::Unknown => None,
        },
    }
}

fn points_of_answer(plan: &Plan, question: QuestionId, value: &Value) -> Option<Decimal> {
    let choice_score = |value: &Value| plan.choice(question, value).and_then(|choice| choice.score);
    match value {
        Value::Boolean(yes) => Some(if *yes { Decimal::ONE } else { Decimal::ZERO }),
        Value::Number(number) => choice_score(value).or(Some(*number)),
        Value::Text(_) => choice_score(value),
        // Several choices: each adds its points.
        Value::Codes(codes) => codes
            .iter()
            .try_fold(Decimal::ZERO, |sum, code| sum.checked_add(choice_score(&Value::Text(code.clone()))?)),
        Value::Date(_) | Value::Time(_) => None,
    }
}

/// Points outside of the item's range come from an answer that breaks its constraints: it counts as missing until
/// it is put right, for otherwise the interval would promise what the value does not keep.
fn part(item: &Item, points: Option<Decimal>) -> Part {
    let Interval { lo, hi } = item.range;
    let points = points
        .filter(|points| (lo..=hi).contains(points))
        .and_then(|points| if item.reverse { lo.checked_add(hi)?.checked_sub(points) } else { Some(points) });
    Part { points, range: item.range, weight: item.weight }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::total::tests::item;

    #[test]
    fn a_reversed_item_counts_from_the_other_end() {
        let reversed = Item { reverse: true, ..item(1, 5) };
        assert_eq!(part(&reversed, Some(Decimal::from(2))).points, Some(Decimal::from(4)));
        assert_eq!(part(&reversed, None).points, None);
    }

    #[test]
    fn points_outside_of_the_range_count_as_missing() {
        assert_eq!(part(&item(0, 3), Some(Decimal::from(4))).points, None);
        assert_eq!(part(&item(0, 3), Some(Decimal::from(3))).points, Some(Decimal::from(3)));
    }
}

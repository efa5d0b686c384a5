//! The points of single items.

use crate::expression::{Facts, Reading, RowId};
use crate::plan::{Item, ItemPoints, Plan, QuestionId, Score};
use crate::value::{Decimal, Interval, Truth, Value};

/// One item as it stands: its points after reversing and before the weight, or the range that is still open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) points: Option<Decimal>,
    /// Whether the points stand in for missing ones of an inner score, whose range is still open.
    pub(super) stands: bool,
    pub(super) range: Interval,
    pub(super) weight: Decimal,
}

/// Every item of a score as it stands, in order.
pub(super) fn read(plan: &Plan, score: &Score, facts: &dyn Facts) -> Vec<Part> {
    score.items.iter().map(|item| part(item, state(plan, item, facts))).collect()
}

/// The points that an item counts now, after reversing and before its weight; none while it has none.
#[must_use]
pub fn item_points(plan: &Plan, item: &Item, facts: &dyn Facts) -> Option<Decimal> {
    part(item, state(plan, item, facts)).points
}

/// What is known of the points of an item before reversing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Known(Decimal),
    /// A score whose value stands in for its missing items, and what those allow.
    StandsIn(Decimal, Interval),
    /// A score some of whose items are missing.
    Within(Interval),
    /// Any of its range.
    Open,
}

impl State {
    fn of(points: Option<Decimal>) -> Self {
        points.map_or(Self::Open, Self::Known)
    }
}

/// The points of an item before reversing.
pub(super) fn state(plan: &Plan, item: &Item, facts: &dyn Facts) -> State {
    match &item.points {
        ItemPoints::Question(question) => match facts.read(plan.field_of(*question), RowId::FORM) {
            Reading::Known(value) => State::of(points_of_answer(plan, *question, value)),
            Reading::Within(_) | Reading::Missing => State::Open,
        },
        ItemPoints::Score(score) => match facts.read(plan.score_field(*score), RowId::FORM) {
            Reading::Known(Value::Number(number)) => match facts.stand_in(plan.score_field(*score)) {
                Some(open) => State::StandsIn(*number, open),
                None => State::Known(*number),
            },
            Reading::Within(interval) => State::Within(interval),
            Reading::Known(_) | Reading::Missing => State::Open,
        },
        ItemPoints::Condition(when, points) => match when.test(facts, RowId::FORM) {
            Truth::True => State::Known(*points),
            Truth::False => State::Known(Decimal::ZERO),
            Truth::Unknown => State::Open,
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
fn part(item: &Item, state: State) -> Part {
    let Interval { lo, hi } = item.range;
    let turned = |points: Decimal| {
        if item.reverse { lo.checked_add(hi)?.checked_sub(points) } else { Some(points) }
    };
    let inside = |points: Decimal| Some(points).filter(|points| (lo..=hi).contains(points));
    let within = |bounds: Interval| {
        let ends = turned(bounds.lo).zip(turned(bounds.hi));
        let within = ends.map(|(one, other)| Interval::new(one, other));
        within.filter(|within| lo <= within.lo && within.hi <= hi).unwrap_or(item.range)
    };
    let (points, range) = match state {
        State::Known(points) => (inside(points), item.range),
        State::StandsIn(points, bounds) => (inside(points), within(bounds)),
        State::Within(bounds) => (None, within(bounds)),
        State::Open => (None, item.range),
    };
    let stands = points.is_some() && matches!(state, State::StandsIn(..));
    Part { points: points.and_then(turned), stands, range, weight: item.weight }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::total::tests::item;

    #[test]
    fn a_reversed_item_counts_from_the_other_end() {
        let reversed = Item { reverse: true, ..item(1, 5) };
        assert_eq!(part(&reversed, State::Known(Decimal::from(2))).points, Some(Decimal::from(4)));
        assert_eq!(part(&reversed, State::Open).points, None);
    }

    #[test]
    fn a_score_within_bounds_stays_within_them_when_it_is_turned_round() {
        let within = |lo: i64, hi: i64| State::Within(Interval::new(lo.into(), hi.into()));
        let reversed = Item { reverse: true, ..item(0, 10) };
        assert_eq!(part(&reversed, within(6, 9)).range, Interval::new(1.into(), 4.into()));
        assert_eq!(part(&item(0, 10), within(6, 9)).range, Interval::new(6.into(), 9.into()));
        assert_eq!(
            part(&item(0, 8), within(6, 9)).range,
            Interval::new(0.into(), 8.into()),
            "not to be relied on"
        );
    }

    #[test]
    fn points_outside_of_the_range_count_as_missing() {
        assert_eq!(part(&item(0, 3), State::Known(Decimal::from(4))).points, None);
        assert_eq!(part(&item(0, 3), State::Known(Decimal::from(3))).points, Some(Decimal::from(3)));
    }
}

//! What else could have been answered to a question.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::scale::Scale;
use crate::expression::Facts;
use crate::plan::{AnswerKind, Constraints, Plan, QuestionId};
use crate::session::{Node, Session};
use crate::value::{Decimal, Value};

/// No more other answers than this are looked at for one question.
const MOST: usize = 24;

/// Longer lists of choices are not sorted.
const MOST_SORTED: usize = 500;

/// What else could be answered, the nearest first: the opposite, the other choices; of what lies on a line the ends of
/// its range, what lies beside the answers that a condition names, and answers farther and farther away. Of a free text
/// only what a condition names.
pub(super) fn alternatives(
    session: &Session,
    node: Node,
    scale: Option<Scale>,
    compared: &[Value],
) -> Vec<Value> {
    let plan = session.plan();
    let question = plan.question(node.question());
    let now = session.raw_value(node);
    let others: Vec<Value> = match (&question.kind, scale) {
        (_, Some(scale)) => {
            let today = Value::Date(session.today());
            let compared: Vec<&Value> = compared.iter().chain([&today]).collect();
            on_line(scale, &question.constraints, now, &compared, session)
        }
        (AnswerKind::Boolean, _) => vec![Value::Boolean(false), Value::Boolean(true)],
        (AnswerKind::Choice { .. }, _) => choice(session, node, now, compared),
        (AnswerKind::Choices { .. }, _) => {
            let codes = match now {
                Some(Value::Codes(codes)) => codes.as_slice(),
                _ => &[],
            };
            let offered = session.choices(node);
            let toggled = codes.iter().chain(offered.iter().map(|choice| &choice.code));
            // "None of these" is not left standing beside what would be chosen.
            let alone = offered.iter().map(|choice| Value::Codes(vec![Arc::clone(&choice.code)]));
            toggled.map(|code| with_or_without(codes, code)).take(MOST / 2).chain(alone).collect()
        }
        (AnswerKind::Text(_), _) => {
            compared.iter().filter(|value| matches!(value, Value::Text(_))).cloned().collect()
        }
        _ => Vec::new(),
    };
    let mut kept: Vec<Value> = Vec::with_capacity(MOST);
    for other in others {
        if kept.len() < MOST && Some(&other) != now && !other.is_blank() && !kept.contains(&other) {
            kept.push(other);
        }
    }
    kept
}

/// The other choices. Those with points come in the order of how far they are from the one that was made; of a long list
/// those that a condition names come first.
fn choice(session: &Session, node: Node, now: Option<&Value>, compared: &[Value]) -> Vec<Value> {
    let plan = session.plan();
    let offered = session.choices(node);
    let values = || offered.iter().map(|choice| choice.value.clone());
    let points = now.and_then(|now| points(plan, node.question(), now));
    if let Some(points) = points.filter(|_| offered.len() <= MOST_SORTED) {
        let mut values: Vec<Value> = values().collect();
        values.sort_by_key(|value| {
            points_between(plan, node.question(), value, points).unwrap_or(Decimal::MAX)
        });
        return values;
    }
    if offered.len() <= MOST {
        return values().collect();
    }
    let named: BTreeSet<&str> = compared
        .iter()
        .filter_map(|value| match value {
            Value::Text(text) => Some(&**text),
            _ => None,
        })
        .collect();
    let named = offered.iter().filter(|choice| named.contains(&*choice.code));
    named.map(|choice| choice.value.clone()).chain(values().take(MOST)).collect()
}

fn on_line(
    scale: Scale,
    range: &Constraints,
    now: Option<&Value>,
    compared: &[&Value],
    session: &Session,
) -> Vec<Value> {
    // Every place is a whole number of steps.
    let now = now.and_then(|now| scale.place(now)).map(|place| place.trunc());
    let from = now.unwrap_or_else(|| scale.middle(session.today()));
    let beside = |place: Decimal| {
        [
            place.ceil().checked_sub(Decimal::ONE),
            Some(place.floor()),
            Some(place.ceil()),
            place.floor().checked_add(Decimal::ONE),
        ]
    };
    let turns = compared.iter().filter_map(|value| scale.place(value)).flat_map(beside);
    let ends = [range.minimum, range.maximum].into_iter().flatten();
    let ends = ends.filter_map(|end| scale.place(&Value::Number(end))).flat_map(beside);
    let open_ends = [range.exclusive_minimum, range.exclusive_maximum].into_iter().flatten();
    let open_ends = open_ends.filter_map(|end| scale.place(&Value::Number(end))).flat_map(beside);
    let far = scale
        .reaches()
        .iter()
        .flat_map(|reach| [from.checked_sub(Decimal::from(*reach)), from.checked_add(Decimal::from(*reach))]);
    let places = turns.chain(open_ends).chain(ends).chain(far).flatten().chain([from]);
    let mut places: Vec<Decimal> = places.collect();
    places.sort_by_key(|place| place.checked_sub(from).map_or(Decimal::MAX, |far| far.abs()));
    places.dedup();
    places.into_iter().filter_map(|place| scale.at(place)).filter(|value| fits(range, value)).collect()
}

/// Whether a number keeps its range. Whatever else is asked of it, an assessment says.
fn fits(range: &Constraints, value: &Value) -> bool {
    let Value::Number(number) = value else { return true };
    range.minimum.is_none_or(|least| *number >= least)
        && range.maximum.is_none_or(|most| *number <= most)
        && range.exclusive_minimum.is_none_or(|least| *number > least)
        && range.exclusive_maximum.is_none_or(|most| *number < most)
}

fn with_or_without(codes: &[Arc<str>], code: &Arc<str>) -> Value {
    let mut other = codes.to_vec();
    match other.iter().position(|chosen| chosen == code) {
        Some(index) => drop(other.remove(index)),
        None => other.push(Arc::clone(code)),
    }
    Value::Codes(other)
}

fn points(plan: &Plan, id: QuestionId, value: &Value) -> Option<Decimal> {
    match (plan.choice(id, value)?.score, value) {
        (Some(score), _) => Some(score),
        (None, Value::Number(number)) => Some(*number),
        (None, _) => None,
    }
}

fn points_between(plan: &Plan, id: QuestionId, value: &Value, from: Decimal) -> Option<Decimal> {
    Some(points(plan, id, value)?.checked_sub(from)?.abs())
}

//! What else could have been answered to a question.

use std::sync::Arc;

use crate::plan::{AnswerKind, Constraints, Plan, QuestionId};
use crate::session::{Node, Session};
use crate::value::{Decimal, Value};

/// No more other answers than this are looked at for one question.
const MOST: usize = 24;

/// What else could be answered, the nearest first: the opposite, the other choices; of a number the ends of its range
/// and what lies beside the numbers at which a condition may turn.
pub(super) fn alternatives(session: &Session, node: Node, turns: &[Decimal]) -> Vec<Value> {
    let plan = session.plan();
    let question = plan.question(node.question());
    let now = session.value(node);
    let mut others: Vec<Value> = match &question.kind {
        AnswerKind::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
        AnswerKind::Choice { .. } => {
            let mut values: Vec<Value> =
                session.choices(node).into_iter().map(|choice| choice.value.clone()).collect();
            // Choices with points come in the order of how far they are from the one that was made.
            if let Some(points) = now.and_then(|now| points(plan, node.question(), now)) {
                values.sort_by_key(|value| {
                    points_between(plan, node.question(), value, points).unwrap_or(Decimal::MAX)
                });
            }
            values
        }
        AnswerKind::Choices { .. } => {
            let codes = match now {
                Some(Value::Codes(codes)) => codes.as_slice(),
                _ => &[],
            };
            let offered = session.choices(node);
            let toggled = offered.iter().map(|choice| with_or_without(codes, &choice.code));
            // "None of these" is not left standing beside what would be chosen.
            let alone = offered.iter().map(|choice| Value::Codes(vec![Arc::clone(&choice.code)]));
            toggled.chain(alone).collect()
        }
        AnswerKind::Number { integer } => {
            numbers(&question.constraints, *integer, now, turns).into_iter().map(Value::Number).collect()
        }
        AnswerKind::Text(_)
        | AnswerKind::Date(_)
        | AnswerKind::Time
        | AnswerKind::Repeat(_)
        | AnswerKind::Note => Vec::new(),
    };
    let mut kept: Vec<Value> = Vec::with_capacity(others.len());
    for other in others.drain(..) {
        if Some(&other) != now && !other.is_blank() && !kept.contains(&other) {
            kept.push(other);
        }
    }
    kept.truncate(MOST);
    kept
}

fn numbers(range: &Constraints, whole: bool, now: Option<&Value>, turns: &[Decimal]) -> Vec<Decimal> {
    let beside =
        |turn: &Decimal| [turn.checked_sub(Decimal::ONE), Some(*turn), turn.checked_add(Decimal::ONE)];
    let ends = [range.minimum, range.maximum];
    let mut numbers: Vec<Decimal> = turns.iter().flat_map(beside).chain(ends).flatten().collect();
    numbers.retain(|number| {
        range.minimum.is_none_or(|least| *number >= least)
            && range.maximum.is_none_or(|most| *number <= most)
            && (!whole || number.is_integer())
    });
    if let Some(Value::Number(now)) = now {
        numbers.sort_by_key(|number| number.checked_sub(*now).map_or(Decimal::MAX, |far| far.abs()));
    }
    numbers
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

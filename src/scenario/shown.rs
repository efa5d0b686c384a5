//! Values of a scenario: from the file, and as a message shows them.

use std::sync::Arc;

use crate::json::{Item, View};
use crate::plan::{AnswerKind, Plan, QuestionId};
use crate::value::{Decimal, Interval, Value};

/// The value of a question that a JSON value stands for; none if it is of another type.
pub(super) fn answer(plan: &Plan, id: QuestionId, item: Item<'_>) -> Option<Value> {
    match &plan.question(id).kind {
        AnswerKind::Boolean => item.boolean().map(Value::Boolean),
        AnswerKind::Number { .. } | AnswerKind::Choice { numbers: true, .. } => item.decimal().map(Value::Number),
        AnswerKind::Text(_) | AnswerKind::Choice { .. } => item.text().map(Value::text),
        AnswerKind::Date(_) => item.text()?.parse().ok().map(Value::Date),
        AnswerKind::Time => item.text()?.parse().ok().map(Value::Time),
        AnswerKind::Choices { .. } => {
            matches!(item.view(), View::Array).then_some(())?;
            item.items().map(|code| code.text().map(Arc::from)).collect::<Option<_>>().map(Value::Codes)
        }
        AnswerKind::Repeat(_) | AnswerKind::Note => None,
    }
}

/// Whether a JSON value is `null`.
pub(super) fn is_null(item: Item<'_>) -> bool {
    matches!(item.view(), View::Null)
}

/// A value in a message.
pub(super) fn value(value: Option<&Value>) -> String {
    match value {
        None => "no value".to_owned(),
        Some(Value::Boolean(value)) => value.to_string(),
        Some(Value::Number(value)) => value.normalize().to_string(),
        Some(Value::Text(text)) => format!("'{text}'"),
        Some(Value::Codes(codes)) => format!("[{}]", codes.join(", ")),
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::Time(time)) => time.to_string(),
    }
}

/// A number in a message.
pub(super) fn number(number: Option<Decimal>) -> String {
    number.map_or_else(|| "null".to_owned(), |number| number.normalize().to_string())
}

/// An interval in a message.
pub(super) fn interval(interval: Interval) -> String {
    format!("[{}, {}]", interval.lo.normalize(), interval.hi.normalize())
}

/// A JSON value of a file in a message.
pub(super) fn json(item: Item<'_>) -> String {
    item.to_value().to_string()
}

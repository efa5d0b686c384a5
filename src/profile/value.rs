//! Answers as they stand on the wire.

use serde_json::Value as Json;

use super::wire::Number;
use crate::value::Value;

/// An answer as JSON: text, codes and dates as strings, numbers with at most 15 significant digits.
pub(super) fn to_json(value: &Value) -> Json {
    match value {
        Value::Boolean(yes) => Json::Bool(*yes),
        Value::Number(number) => Number::new(*number).to_value(),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Codes(codes) => codes.iter().map(|code| Json::String(code.to_string())).collect(),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Time(time) => Json::String(time.to_string()),
    }
}

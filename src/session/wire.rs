//! Answers as JSON.

use std::sync::Arc;

use rust_decimal::RoundingStrategy;
use serde_json::{Number, Value as Json};

use crate::plan::{AnswerKind, Question};
use crate::value::{Decimal, PartialDate, Value};

/// The most digits of a number on the wire: what every reader of JSON keeps.
pub const WIRE_DIGITS: u32 = 15;

/// Whole numbers below this have no more than [`WIRE_DIGITS`] digits.
const SHORT: u64 = 10_u64.pow(WIRE_DIGITS);

/// A number on the wire: at most 15 significant digits, rounded half away from zero.
#[must_use]
pub fn number_to_json(number: Decimal) -> Json {
    // Nearly every number is a short whole one.
    if number.scale() == 0
        && let Ok(whole) = i64::try_from(number.mantissa())
        && whole.unsigned_abs() < SHORT
    {
        return whole.into();
    }
    let rounded = number
        .round_sf_with_strategy(WIRE_DIGITS, RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(number)
        .normalize();
    if rounded.is_integer()
        && let Ok(whole) = i64::try_from(rounded)
    {
        return whole.into();
    }
    rounded.to_string().parse().ok().and_then(Number::from_f64).map_or(Json::Null, Json::Number)
}

/// An answer on the wire.
#[must_use]
pub fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Boolean(answer) => (*answer).into(),
        Value::Number(number) => number_to_json(*number),
        Value::Text(text) => (&**text).into(),
        Value::Codes(codes) => codes.iter().map(|code| Json::from(&**code)).collect(),
        Value::Date(date) => date.to_string().into(),
        Value::Time(time) => time.to_string().into(),
    }
}

/// Why JSON is no answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It is of another type than the question takes.
    Type,
    /// It is a text, but not written as the question takes it.
    Format,
}

/// An answer from the wire; whether it is offered and within bounds is checked elsewhere.
pub(super) fn value_from_json(question: &Question, json: &Json) -> Result<Value, Misfit> {
    match (&question.kind, json) {
        (AnswerKind::Boolean, Json::Bool(answer)) => Ok(Value::Boolean(*answer)),
        (AnswerKind::Number { .. } | AnswerKind::Choice { numbers: true, .. }, Json::Number(number)) => {
            decimal(number).map(Value::Number).ok_or(Misfit::Type)
        }
        (AnswerKind::Text(_) | AnswerKind::Choice { numbers: false, .. }, Json::String(text)) => {
            Ok(Value::text(text.as_str()))
        }
        (AnswerKind::Date(_), Json::String(text)) => {
            text.parse::<PartialDate>().map(Value::Date).map_err(|()| Misfit::Format)
        }
        (AnswerKind::Time, Json::String(text)) => text.parse().map(Value::Time).map_err(|()| Misfit::Format),
        (AnswerKind::Choices { .. }, Json::Array(codes)) => codes
            .iter()
            .map(|code| code.as_str().map(Arc::from))
            .collect::<Option<Vec<_>>>()
            .map(Value::Codes)
            .ok_or(Misfit::Type),
        _ => Err(Misfit::Type),
    }
}

/// The shortest decimal that is this number, which is what was written.
pub(super) fn decimal(number: &Number) -> Option<Decimal> {
    if let Some(whole) = number.as_i64().filter(|whole| whole.unsigned_abs() < SHORT) {
        return Some(whole.into());
    }
    let text = crate::json::canonical::number_text(number);
    match text.contains(['e', 'E']) {
        true => Decimal::from_scientific(&text).ok(),
        false => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_on_the_wire_has_fifteen_digits_at_most() {
        let wire = |text: &str| number_to_json(text.parse().unwrap()).to_string();
        assert_eq!(wire("80.00"), "80");
        assert_eq!(wire("0.10"), "0.1");
        assert_eq!(wire("2.6666666666666666666666666667"), "2.66666666666667");
        assert_eq!(wire("-0.5"), "-0.5");
        assert_eq!(wire("-0"), "0");
        assert_eq!(wire("-999999999999999"), "-999999999999999");
        assert_eq!(wire("1234567890123456"), "1234567890123460");
    }
}

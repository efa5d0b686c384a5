//! What two evaluators gave, brought to one form.

use serde_json::{Value as Json, json};

use crate::expression::program::Program;
use crate::expression::testing::{Answers, Form};
use crate::expression::{Expected, Kind, RowId, compile};
use crate::value::{Decimal, Value};

/// Digits that leave the engine: what is beyond them is no difference.
const DIGITS: u32 = 15;

/// An expression of the form that is compared on; none if it is not well-typed.
pub(super) fn compiled(form: &Form, text: &str) -> Option<Program> {
    let scope = form.scope(None);
    compile(text, &scope, &Expected::Any).0
}

/// What the engine gives: a list of booleans and texts, empty if nothing is known.
pub(super) fn ours(program: &Program, answers: &Answers) -> Json {
    json!(match program.value(answers, RowId::FORM) {
        None => Vec::new(),
        Some(Value::Boolean(boolean)) => vec![json!(boolean)],
        Some(Value::Number(number)) => vec![json!(rounded(number))],
        Some(Value::Text(text)) => vec![json!(&*text)],
        Some(Value::Codes(codes)) => codes.iter().map(|code| json!(&**code)).collect(),
        Some(Value::Date(date)) => vec![json!(date.to_string())],
        Some(Value::Time(time)) => vec![json!(time.to_string())],
    })
}

/// Whether two results are the same, but for the last digit of a number: fhirpath.js hands it out in binary.
pub(super) fn agree(program: &Program, ours: &Json, theirs: &Json) -> bool {
    if ours == theirs {
        return true;
    }
    let number = |items: &Json| Decimal::from_str_exact(items[0].as_str()?).ok();
    match (&program.ty().kind, number(ours), number(theirs)) {
        (Kind::Number { .. }, Some(ours), Some(theirs)) => {
            (ours - theirs).abs() <= ours.abs() * Decimal::new(1, DIGITS - 1)
        }
        _ => false,
    }
}

/// What fhirpath.js gave for it, with numbers as the engine writes them, and blank text as nothing: that is what it is
/// wherever an expression stands.
pub(super) fn theirs(program: &Program, items: &Json) -> Json {
    let Some(items) = items.as_array() else { return items.clone() };
    let ty = program.ty();
    match (&ty.kind, items.as_slice()) {
        (Kind::Number { .. }, [Json::String(text)]) => {
            let number = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text));
            json!([number.map_or_else(|_| text.clone(), rounded)])
        }
        (Kind::Text(_), [Json::String(text)]) if !ty.many && text.trim().is_empty() => json!([]),
        _ => json!(items),
    }
}

fn rounded(number: Decimal) -> String {
    let number = number.round_sf(DIGITS).unwrap_or(number).normalize();
    // Zero has no sign.
    if number.is_zero() { "0".to_owned() } else { number.to_string() }
}

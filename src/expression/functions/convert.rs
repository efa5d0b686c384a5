//! Conversions. What cannot be converted gives nothing.

use super::{Form, Function, Gives, NUMBER, ScalarForm, TEXT, WHOLE, Want};
use crate::expression::Kind;
use crate::expression::run::Item;
use crate::value::Decimal;

const fn of_value(gives: Kind, run: for<'a> fn(&[Item<'a>]) -> Option<Item<'a>>) -> Form {
    let gives = Gives::Kind(gives);
    Form::Scalar(ScalarForm { receiver: Want::Value, arguments: &[], required: 0, gives, run })
}

/// A number written in digits, with at most a sign and a fraction: no exponent, no separators.
fn read_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let bounded = digits.starts_with(|first: char| first.is_ascii_digit()) && !digits.ends_with('.');
    if plain && bounded { Decimal::from_str_exact(text.strip_prefix('+').unwrap_or(text)).ok() } else { None }
}

pub(super) const TO_STRING: Function = Function {
    name: "toString",
    signature: "a.toString()",
    summary: "The value as text.",
    standard: true,
    examples: &[
        ("1.50.toString()", "'1.5'"),
        ("true.toString()", "'true'"),
        ("@2026-11.toString()", "'2026-11'"),
    ],
    form: of_value(TEXT, |items| items.first()?.written().map(Item::made)),
};

pub(super) const TO_DECIMAL: Function = Function {
    name: "toDecimal",
    signature: "a.toDecimal()",
    summary: "The number that a text writes; 1 and 0 for yes and no.",
    standard: true,
    examples: &[("'1.5'.toDecimal()", "1.5"), ("'1,5'.toDecimal()", "{}"), ("true.toDecimal()", "1")],
    form: of_value(NUMBER, |items| {
        Some(Item::Number(match items.first()? {
            Item::Boolean(boolean) => Decimal::from(u8::from(*boolean)),
            Item::Number(number) => *number,
            Item::Text(text) => read_number(text.as_str())?,
            Item::Date(_) | Item::Time(_) | Item::Moment(_) | Item::Row(_) => return None,
        }))
    }),
};

pub(super) const TO_INTEGER: Function = Function {
    name: "toInteger",
    signature: "a.toInteger()",
    summary: "The whole number that a text writes; 1 and 0 for yes and no.",
    standard: true,
    examples: &[("'-15'.toInteger()", "-15"), ("'1.5'.toInteger()", "{}"), ("false.toInteger()", "0")],
    form: of_value(WHOLE, |items| {
        let number = match items.first()? {
            Item::Boolean(boolean) => Decimal::from(u8::from(*boolean)),
            Item::Number(number) => *number,
            Item::Text(text) if !text.as_str().contains('.') => read_number(text.as_str())?,
            _ => return None,
        };
        number.is_integer().then_some(Item::Number(number))
    }),
};

pub(super) const TO_DATE: Function = Function {
    name: "toDate",
    signature: "a.toDate()",
    summary: "The date that a text writes, or the date of a moment (in UTC).",
    standard: true,
    examples: &[
        ("'2026-11-23'.toDate()", "@2026-11-23"),
        ("'1947'.toDate()", "@1947"),
        ("'31/12/2020'.toDate()", "{}"),
    ],
    form: of_value(Kind::Date, |items| {
        Some(Item::Date(match items.first()? {
            Item::Date(date) => *date,
            Item::Moment(moment) => moment.date(),
            Item::Text(text) => text.as_str().parse().ok()?,
            _ => return None,
        }))
    }),
};

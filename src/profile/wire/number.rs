use serde::{Deserialize, Serialize};

use crate::json::canonical::number_text;
use crate::session::number_to_json;
use crate::value::Decimal;

/// A number on the wire: a JSON number of at most 15 significant digits, which every reader of JSON keeps exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(serde_json::Number);

impl Number {
    /// Rounds to 15 significant digits, half away from zero.
    #[must_use]
    pub fn new(value: Decimal) -> Self {
        match number_to_json(value) {
            serde_json::Value::Number(number) => Self(number),
            // A decimal is always finite: there is no other case.
            _ => Self(serde_json::Number::from(0)),
        }
    }

    /// As a JSON value.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::Value::Number(self.0.clone())
    }

    /// As an exact decimal; none if it is larger than a decimal can be.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        let text = number_text(&self.0);
        text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self::new(value)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&number_text(&self.0))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn written(text: &str) -> String {
        serde_json::to_string(&Number::new(text.parse().unwrap())).unwrap()
    }

    #[test]
    fn numbers_have_fifteen_digits_and_round_half_away_from_zero() {
        assert_eq!(written("80"), "80");
        assert_eq!(written("80.000"), "80");
        assert_eq!(written("-0.5"), "-0.5");
        assert_eq!(written("2.6666666666666666666666666667"), "2.66666666666667");
        assert_eq!(written("0.1234567890123445"), "0.123456789012345");
        assert_eq!(written("-0.1234567890123445"), "-0.123456789012345");
        assert_eq!(written("123456789012345678"), "123456789012346000");
    }

    #[test]
    fn a_number_reads_back_as_the_decimal_it_was() {
        for text in ["0", "80", "2.5", "0.00000001", "-1234567.25"] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(Number::new(decimal).decimal(), Some(decimal.normalize()));
        }
    }
}

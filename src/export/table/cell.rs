use serde_json::Value;

use crate::json::canonical::number_text;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, as it is: whatever writes it sees to it that no spreadsheet takes it for a formula.
    Text(String),
    /// A number as JSON writes it.
    Number(String),
    /// Yes or no.
    Boolean(bool),
}

impl Cell {
    /// A text; nothing for an empty one.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A text that may be missing.
    pub(super) fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::text(text))
    }

    /// What JSON says; several values with a blank between them, as codes hold none.
    pub(super) fn json(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null | Value::Object(_)) => Self::Empty,
            Some(Value::Bool(answer)) => Self::Boolean(*answer),
            Some(Value::Number(number)) => Self::Number(number_text(number)),
            Some(Value::String(text)) => Self::text(text.as_str()),
            Some(Value::Array(values)) => {
                let texts: Vec<String> =
                    values.iter().map(|value| Self::json(Some(value)).to_text()).collect();
                Self::text(texts.join(" "))
            }
        }
    }

    /// A number.
    pub(super) fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// As a text without any protection.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Boolean(answer) => answer.to_string(),
        }
    }
}

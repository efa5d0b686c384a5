use std::cmp::Ordering;
use std::sync::Arc;

use crate::expression::RowId;
use crate::value::{DateTime, Decimal, PartialDate, TimeOfDay, Value};

/// A text: of the facts or the program, or made while evaluating.
#[derive(Clone)]
pub(in crate::expression) enum Text<'a> {
    Kept(&'a Arc<str>),
    Made(Arc<str>),
    Word(&'static str),
}

impl Text<'_> {
    pub(in crate::expression) fn as_str(&self) -> &str {
        match self {
            Self::Kept(text) => text,
            Self::Made(text) => text,
            Self::Word(text) => text,
        }
    }

    pub(in crate::expression) fn into_shared(self) -> Arc<str> {
        match self {
            Self::Kept(text) => Arc::clone(text),
            Self::Made(text) => text,
            Self::Word(text) => text.into(),
        }
    }
}

/// One value while evaluating; a missing one is `None` around it.
#[derive(Clone)]
pub(in crate::expression) enum Item<'a> {
    Boolean(bool),
    Number(Decimal),
    Text(Text<'a>),
    Date(PartialDate),
    Time(TimeOfDay),
    Moment(DateTime),
    Row(RowId),
}

impl<'a> Item<'a> {
    /// What a single value is to an expression: blank text is nothing.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        Some(match value {
            Value::Boolean(boolean) => Self::Boolean(*boolean),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) if text.trim().is_empty() => return None,
            Value::Text(text) => Self::Text(Text::Kept(text)),
            Value::Date(date) => Self::Date(*date),
            Value::Time(time) => Self::Time(*time),
            Value::Codes(_) => return None,
        })
    }

    pub(in crate::expression) fn made(text: impl Into<Arc<str>>) -> Self {
        Self::Text(Text::Made(text.into()))
    }

    /// The value, of those kinds that answers can have.
    pub(in crate::expression) fn into_value(self) -> Option<Value> {
        Some(match self {
            Self::Boolean(boolean) => Value::Boolean(boolean),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(text.into_shared()),
            Self::Date(date) => Value::Date(date),
            Self::Time(time) => Value::Time(time),
            Self::Moment(_) | Self::Row(_) => return None,
        })
    }

    pub(in crate::expression) fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(in crate::expression) fn whole(&self) -> Option<i32> {
        self.number().filter(Decimal::is_integer).and_then(|number| number.try_into().ok())
    }

    pub(in crate::expression) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The text that `toString()` gives.
    pub(in crate::expression) fn written(&self) -> Option<String> {
        Some(match self {
            Self::Boolean(boolean) => (if *boolean { "true" } else { "false" }).to_owned(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Text(text) => text.as_str().to_owned(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Moment(moment) => moment.to_string(),
            Self::Row(_) => return None,
        })
    }

    /// How two values of one kind are ordered; none where a partial date does not decide, or the kinds differ.
    pub(in crate::expression) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.as_str().cmp(b.as_str())),
            (Self::Date(a), Self::Date(b)) => a.compare(*b),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(b)),
            (Self::Row(a), Self::Row(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Surely the same value.
    pub(in crate::expression) fn same(&self, other: &Self) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }
}

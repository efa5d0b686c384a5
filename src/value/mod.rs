//! Answers and absences: the values that everything else reads and computes.
//!
//! Nothing here knows of questions, files or screens. Numbers are exact decimals, dates know their precision,
//! and "unknown" is a value of its own ([`Truth::Unknown`]), never a default.

mod absence;
mod calendar;
mod date;
mod informant;
mod interval;
mod time;
mod truth;
mod word;

use std::sync::Arc;

pub use absence::Absence;
pub use date::{DatePrecision, PartialDate};
pub use informant::Informant;
pub use interval::Interval;
pub use rust_decimal::Decimal;
pub use time::{DateTime, TimeOfDay};
pub use truth::Truth;
pub use word::Word;
pub(crate) use word::words;

/// One answer as a person gave it, or one value as the engine computed it.
///
/// "Unanswered" is `Option::None` around a `Value`, never a variant: a blank text and an empty multiple choice are
/// normalised to it by [`Value::is_blank`]'s callers, while `false` and `0` are answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Boolean(bool),
    /// A number; an integer choice too.
    Number(Decimal),
    /// Text, the code of a single choice, an attachment's id, a `geo:` location.
    Text(Arc<str>),
    /// The codes of a multiple choice, or of a ranking in rank order.
    Codes(Vec<Arc<str>>),
    /// A calendar date of any precision.
    Date(PartialDate),
    /// A time of day, in minutes.
    Time(TimeOfDay),
}

impl Value {
    /// Text from anything that can be shared as one.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether this stands for "nothing was said": blank text or an empty multiple choice.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Codes(codes) => codes.is_empty(),
            Self::Boolean(_) | Self::Number(_) | Self::Date(_) | Self::Time(_) => false,
        }
    }
}

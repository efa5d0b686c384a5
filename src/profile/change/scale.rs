//! Answers that lie on a line: numbers, dates, times of day.

use crate::plan::{AnswerKind, Question};
use crate::value::{DatePrecision, Decimal, PartialDate, TimeOfDay, Value};

/// No finer than a thousandth: what a caseworker measures.
const FINEST: u32 = 3;

/// How the answers to a question lie on a line, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Numbers, with the step between two of them.
    Numbers(Decimal),
    Days,
    Months,
    Years,
    Minutes,
}

impl Scale {
    /// The scale of a question, as fine as its answer and what that is compared with; none for what lies on no line.
    pub(super) fn of(question: &Question, now: Option<&Value>, compared: &[Value]) -> Option<Self> {
        match question.kind {
            AnswerKind::Number { integer } => {
                let digits = |value: &Value| match value {
                    Value::Number(number) if !integer => number.normalize().scale().min(FINEST),
                    _ => 0,
                };
                let finest = now.into_iter().chain(compared).map(digits).max().unwrap_or(0);
                Some(Self::Numbers(
                    question.constraints.multiple_of.unwrap_or_else(|| Decimal::new(1, finest)),
                ))
            }
            AnswerKind::Date(_) => match now {
                Some(Value::Date(date)) => Some(match date.precision() {
                    DatePrecision::Year => Self::Years,
                    DatePrecision::Month => Self::Months,
                    DatePrecision::Day => Self::Days,
                }),
                _ => Some(Self::Days),
            },
            AnswerKind::Time => Some(Self::Minutes),
            AnswerKind::Boolean
            | AnswerKind::Text(_)
            | AnswerKind::Choice { .. }
            | AnswerKind::Choices { .. }
            | AnswerKind::Repeat(_)
            | AnswerKind::Note => None,
        }
    }

    /// Where an answer lies, in steps.
    pub(super) fn place(self, value: &Value) -> Option<Decimal> {
        match (self, value) {
            (Self::Numbers(step), Value::Number(number)) => number.checked_div(step),
            (Self::Days, Value::Date(date)) => date.earliest().day_number().map(Decimal::from),
            (Self::Months, Value::Date(date)) => Some(Decimal::from(
                i32::from(date.year_number()) * 12 + i32::from(date.earliest().month_number()?) - 1,
            )),
            (Self::Years, Value::Date(date)) => Some(date.year_number().into()),
            (Self::Minutes, Value::Time(time)) => Some(time.minutes().into()),
            _ => None,
        }
    }

    /// The answer at a place; none where there is none.
    pub(super) fn at(self, place: Decimal) -> Option<Value> {
        if let Self::Numbers(step) = self {
            return place.checked_mul(step).map(|number| Value::Number(number.normalize()));
        }
        let whole = i32::try_from(place.round()).ok()?;
        match self {
            Self::Numbers(_) => None,
            Self::Days => PartialDate::from_day_number(whole).map(Value::Date),
            Self::Months => {
                let year = u16::try_from(whole.div_euclid(12)).ok()?;
                let month = u8::try_from(whole.rem_euclid(12) + 1).ok()?;
                PartialDate::month(year, month).map(Value::Date)
            }
            Self::Years => PartialDate::year(u16::try_from(whole).ok()?).map(Value::Date),
            Self::Minutes => {
                let (hour, minute) = (whole.div_euclid(60), whole.rem_euclid(60));
                TimeOfDay::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?).map(Value::Time)
            }
        }
    }

    /// How far to look from an answer, in steps: near first, and so far that whatever decides lies between two of them.
    pub(super) const fn reaches(self) -> &'static [u32] {
        match self {
            Self::Numbers(_) => &[1, 10, 100, 1_000, 10_000, 100_000, 1_000_000],
            Self::Days => &[1, 7, 30, 365, 3_650, 36_500],
            Self::Months => &[1, 3, 12, 60, 120, 1_200],
            Self::Years => &[1, 2, 5, 10, 20, 50, 100],
            Self::Minutes => &[1, 5, 15, 60, 180, 720],
        }
    }

    /// Where to begin if nothing is answered.
    pub(super) fn middle(self, today: PartialDate) -> Decimal {
        match self {
            Self::Numbers(_) => Decimal::ZERO,
            Self::Days | Self::Months | Self::Years => self.place(&Value::Date(today)).unwrap_or_default(),
            Self::Minutes => Decimal::from(12 * 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_lies_where_it_is_found_again() {
        let date = |text: &str| Value::Date(text.parse().unwrap());
        for (scale, value) in [
            (Scale::Numbers(Decimal::new(5, 1)), Value::Number(Decimal::new(365, 1))),
            (Scale::Days, date("2024-02-29")),
            (Scale::Months, date("2024-12")),
            (Scale::Months, date("2025-01")),
            (Scale::Years, date("1947")),
            (Scale::Minutes, Value::Time(TimeOfDay::new(23, 59).unwrap())),
        ] {
            assert_eq!(scale.at(scale.place(&value).unwrap()), Some(value));
        }
        assert_eq!(Scale::Minutes.at(Decimal::from(24 * 60)), None);
        assert_eq!(Scale::Years.at(Decimal::from(10_000)), None);
    }
}

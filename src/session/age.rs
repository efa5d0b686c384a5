//! The age at the assessment date.

use super::{Age, Node, Session};
use crate::plan::{Plan, QuestionId};
use crate::value::{DatePrecision, Decimal, Interval, PartialDate, Value};

impl Session {
    pub(super) fn age_now(&self, plan: &Plan) -> Age {
        let answer = |question: Option<QuestionId>| self.value(Node::form(question?));
        let Some(Value::Date(born)) = answer(plan.subject.birth_date) else { return Age::Unknown };
        let precision = match answer(plan.subject.birth_precision) {
            Some(Value::Text(word)) => match &**word {
                "day" => DatePrecision::Day,
                "month" => DatePrecision::Month,
                // An estimate is no more than a year.
                _ => DatePrecision::Year,
            },
            _ => DatePrecision::Day,
        };
        let born = born.truncated(precision);
        let years = |born: PartialDate| {
            let months = born.months_until(self.world.today)?;
            (born.day_number() <= self.world.today.day_number()).then(|| Decimal::from(months / 12))
        };
        match (years(born.latest()), years(born.earliest())) {
            (Some(least), Some(most)) if least == most => Age::Known(Value::Number(least)),
            (Some(least), Some(most)) => Age::Within(Interval::new(least, most)),
            // Born this year or not at all.
            (None, Some(most)) if most.is_zero() => Age::Known(Value::Number(most)),
            // Born some time this year: the last day that it can be has not come.
            (None, Some(most)) => Age::Within(Interval::new(Decimal::ZERO, most)),
            _ => Age::Unknown,
        }
    }
}

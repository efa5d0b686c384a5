//! Who the profile is about, from the answers that the questionnaire names and the record's references.

use super::acts;
use super::wire::{Age, Number, Subject};
use crate::expression::{Facts as _, Reading, RowId};
use crate::plan::QuestionId;
use crate::session::{Node, Record, Session, value_to_json};
use crate::value::{DatePrecision, Decimal, Truth, Value};

/// How years are counted: from birthday to birthday. A person born on 29 February is a year older on 1 March.
const AGE_RULE: &str = "birthday";

/// The subject of a profile whose texts are in `language`.
pub(super) fn subject(session: &Session, record: &Record, language: &str) -> Subject {
    let described = &session.plan().subject;
    let stated = |name: &str| acts::member(record, "subject", name);
    let reference = |name: &str| stated(name).and_then(|reference| reference.as_str()).map(str::to_owned);
    let value = |question: Option<QuestionId>| question.and_then(|id| session.value(Node::form(id)));
    let text = |question| {
        value(question)
            .map(value_to_json)
            .map(|json| json.as_str().map_or_else(|| crate::json::canonical::to_string(&json), str::to_owned))
    };
    let mut groups: Vec<String> = described.groups.iter().map(ToString::to_string).collect();
    for group in stated("groups")
        .and_then(|groups| groups.as_array())
        .into_iter()
        .flatten()
        .filter_map(|group| group.as_str())
    {
        if !groups.iter().any(|known| known == group) {
            groups.push(group.to_owned());
        }
    }
    let written_precision = match value(described.birth_date) {
        Some(Value::Date(date)) => Some(precision(date.precision()).to_owned()),
        _ => None,
    };
    Subject {
        person_ref: reference("person_ref"),
        household_ref: reference("household_ref"),
        groups,
        sex: text(described.sex),
        birth_date: text(described.birth_date),
        birth_precision: text(described.birth_precision).or(written_precision),
        age_years: age(&session.read(session.plan().age_field(), RowId::FORM)),
        age_rule: AGE_RULE.to_owned(),
        ethnic_group: text(described.ethnic_group),
        language: Some(language.to_owned()),
        legal_flags: described
            .legal_flags
            .iter()
            .map(|(name, program)| {
                let flag = match program.test(session, RowId::FORM) {
                    Truth::True => Some(true),
                    Truth::False => Some(false),
                    Truth::Unknown => None,
                };
                (name.to_string(), flag)
            })
            .collect(),
    }
}

fn age(reading: &Reading<'_>) -> Option<Age> {
    let years = |years: Decimal| Number::new(years);
    match reading {
        Reading::Known(Value::Number(known)) => Some(Age::Years(years(*known))),
        Reading::Within(interval) => match interval.as_point() {
            Some(known) => Some(Age::Years(years(known))),
            None => Some(Age::Between([years(interval.lo), years(interval.hi)])),
        },
        Reading::Known(_) | Reading::Missing => None,
    }
}

const fn precision(precision: DatePrecision) -> &'static str {
    match precision {
        DatePrecision::Year => "year",
        DatePrecision::Month => "month",
        DatePrecision::Day => "day",
    }
}

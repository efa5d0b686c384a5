//! The keywords of JSON Schema, checked at every keystroke.

use std::collections::BTreeSet;

use super::issue::{Issue, IssueKind};
use crate::plan::{AnswerKind, DateShape, Plan, Question, QuestionId, TextShape};
use crate::value::{Decimal, Value};

/// Whether JSON is an answer that a question takes, apart from checks.
pub(crate) fn takes(plan: &Plan, id: QuestionId, json: &serde_json::Value) -> bool {
    super::wire::value_from_json(plan.question(id), json)
        .is_ok_and(|value| value_issues(plan, id, &value).is_empty())
}

/// The answer that JSON is to a question, if it is one. Whether it is offered and within bounds is checked elsewhere.
#[must_use]
pub fn answer_from_json(plan: &Plan, id: QuestionId, json: &serde_json::Value) -> Option<Value> {
    super::wire::value_from_json(plan.question(id), json).ok()
}

/// What is wrong with a value, apart from checks. The value is of the question's type.
pub(super) fn value_issues(plan: &Plan, id: QuestionId, value: &Value) -> Vec<Issue> {
    let question = plan.question(id);
    let mut issues = Vec::new();
    match (&question.kind, value) {
        (AnswerKind::Number { integer }, Value::Number(number)) => {
            number_issues(question, *integer, *number, &mut issues);
        }
        (AnswerKind::Text(shape), Value::Text(text)) => text_issues(question, *shape, text, &mut issues),
        (AnswerKind::Date(DateShape::Full), Value::Date(date)) if date.day_number().is_none() => {
            issues.push(Issue::of(IssueKind::Format));
        }
        (AnswerKind::Choice { .. }, value) if plan.choice(id, value).is_none() => {
            issues.push(Issue::of(IssueKind::Choice));
        }
        (AnswerKind::Choices { .. }, Value::Codes(codes)) => {
            if codes.iter().any(|code| plan.choice(id, &Value::Text(code.clone())).is_none()) {
                issues.push(Issue::of(IssueKind::Choice));
            }
            if codes.iter().collect::<BTreeSet<_>>().len() < codes.len() {
                issues.push(Issue::of(IssueKind::UniqueItems));
            }
            count_issues(question, codes.len(), &mut issues);
        }
        _ => {}
    }
    issues
}

/// What is wrong with the number of items of a multiple choice, or of rows.
pub(super) fn count_issues(question: &Question, count: usize, issues: &mut Vec<Issue>) {
    let constraints = &question.constraints;
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    if let Some(least) = constraints.min_items.filter(|least| count < *least) {
        issues.push(Issue::limit(IssueKind::MinItems, least.into()));
    }
    if let Some(most) = constraints.max_items.filter(|most| count > *most) {
        issues.push(Issue::limit(IssueKind::MaxItems, most.into()));
    }
}

fn number_issues(question: &Question, integer: bool, number: Decimal, issues: &mut Vec<Issue>) {
    let constraints = &question.constraints;
    if integer && !number.is_integer() {
        issues.push(Issue::of(IssueKind::Integer));
    }
    if significant_digits(number) > 15 {
        issues.push(Issue::limit(IssueKind::Digits, 15.into()));
    }
    let bounds = [
        (
            IssueKind::Minimum,
            constraints.minimum,
            (|number, limit| number < limit) as fn(Decimal, Decimal) -> bool,
        ),
        (IssueKind::Maximum, constraints.maximum, |number, limit| number > limit),
        (IssueKind::ExclusiveMinimum, constraints.exclusive_minimum, |number, limit| number <= limit),
        (IssueKind::ExclusiveMaximum, constraints.exclusive_maximum, |number, limit| number >= limit),
        (IssueKind::MultipleOf, constraints.multiple_of, |number, step| {
            number.checked_rem(step).is_none_or(|rest| !rest.is_zero())
        }),
    ];
    for (kind, limit, passed) in bounds {
        if let Some(limit) = limit.filter(|limit| passed(number, *limit)) {
            issues.push(Issue::limit(kind, limit));
        }
    }
}

fn text_issues(question: &Question, shape: TextShape, text: &str, issues: &mut Vec<Issue>) {
    let formed = match shape {
        TextShape::Plain => true,
        TextShape::Attachment => is_attachment(text),
        TextShape::Location => is_location(text),
    };
    if !formed {
        issues.push(Issue::of(IssueKind::Format));
    }
    let constraints = &question.constraints;
    // JSON Schema counts code points.
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if let Some(least) = constraints.min_length.filter(|least| length < *least) {
        issues.push(Issue::limit(IssueKind::MinLength, least.into()));
    }
    if let Some(most) = constraints.max_length.filter(|most| length > *most) {
        // No pattern is held to a text that is too long anyway: it may be of any length.
        return issues.push(Issue::limit(IssueKind::MaxLength, most.into()));
    }
    if constraints.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
        issues.push(Issue::of(IssueKind::Pattern));
    }
}

/// Digits from the first that is not 0 to the last that is not 0 after the point.
fn significant_digits(number: Decimal) -> usize {
    let digits = number.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

fn is_attachment(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hash| {
        hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

/// `geo:lat,lon` with an optional `;u=metres`, within the globe.
fn is_location(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("geo:") else { return false };
    let (place, uncertainty) = match rest.split_once(";u=") {
        Some((place, uncertainty)) => (place, Some(uncertainty)),
        None => (rest, None),
    };
    let plain = |text: &str, most: i64| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let shaped = digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.ends_with(|last: char| last.is_ascii_digit())
            && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        shaped && text.parse::<Decimal>().is_ok_and(|number| number.abs() <= Decimal::from(most))
    };
    place.split_once(',').is_some_and(|(latitude, longitude)| plain(latitude, 90) && plain(longitude, 180))
        && uncertainty.is_none_or(|metres| !metres.starts_with('-') && plain(metres, 100_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_say_nothing_do_not_count() {
        for (number, digits) in
            [("0", 0), ("100", 1), ("0.00120", 2), ("123456789012345", 15), ("1.234567890123456", 16)]
        {
            assert_eq!(significant_digits(number.parse().unwrap()), digits, "{number}");
        }
    }

    #[test]
    fn a_location_is_on_the_globe() {
        for good in ["geo:26.6,106.7", "geo:-26.65,106", "geo:26.6,106.7;u=12"] {
            assert!(is_location(good), "{good}");
        }
        for bad in
            ["geo:91,0", "geo:0,181", "geo:1", "geo:1,2;u=", "geo:1,2;u=-3", "1,2", "geo:1.,2", "geo:+1,2"]
        {
            assert!(!is_location(bad), "{bad}");
        }
    }
}

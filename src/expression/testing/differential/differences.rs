//! Where the language and fhirpath.js differ on purpose: `tests/differential/differences.json`, which says of each
//! difference why it is one. What can differ for that reason is told here by a test as narrow as the reason.

use serde_json::Value as Json;

use super::both::Both;

/// A difference that is declared, if two results differ for one of the reasons.
pub(super) fn declared(text: &Both, ours: &Json, theirs: &Json) -> Option<&'static str> {
    DIFFERENCES.iter().find(|(_, differs)| differs(text, ours, theirs)).map(|(id, _)| *id)
}

type Differs = fn(&Both, &Json, &Json) -> bool;

pub(super) const DIFFERENCES: &[(&str, Differs)] = &[
    ("extreme-of-partial-dates", |text, _, _| extreme_of_partial_dates(&text.ours)),
    ("membership-of-partial-dates", |text, _, _| text.ours.contains(" in (@2024-02-29 |")),
    ("characters-beyond-16-bits", |text, _, _| {
        text.ours.contains('😀')
            && ["length(", "substring(", "<", ">"].iter().any(|part| text.ours.contains(part))
    }),
    ("rest-of-a-quotient", |text, ours, theirs| {
        let divides = ["/", "avg(", "prorate("].iter().any(|part| text.ours.contains(part));
        let cuts = ["floor(", "ceiling(", "truncate(", "round(", "div", "mod"]
            .iter()
            .any(|part| text.ours.contains(part));
        // A whole number that was cut off one too low can then go on into anything.
        text.ours.contains("/ 3 * 3).floor()")
            || divides && cuts && one_step(ours, theirs)
            || divides && next_to_nothing(ours) && (next_to_nothing(theirs) || text.ours.contains(" mod "))
    }),
];

/// Both are known, and they are neighbours among the whole numbers, or two booleans that such neighbours may decide:
/// a number is looked at that is the whole one here, and a little less or more there.
fn one_step(ours: &Json, theirs: &Json) -> bool {
    match (&ours[0], &theirs[0]) {
        (Json::Bool(ours), Json::Bool(theirs)) => ours != theirs,
        (Json::String(ours), Json::String(theirs)) => match (ours.parse::<i64>(), theirs.parse::<i64>()) {
            (Ok(ours), Ok(theirs)) => (ours - theirs).abs() == 1,
            _ => false,
        },
        _ => false,
    }
}

/// A number that is 0, but for the last digits of a quotient in it. Of the same remainder the other may be next to the
/// divisor.
fn next_to_nothing(result: &Json) -> bool {
    let number = result[0].as_str().and_then(|number| number.parse::<f64>().ok());
    number.is_some_and(|number| number.abs() < 1e-24)
}

/// `min` or `max` of two dates, of which one is not precise to the day, or may not be.
fn extreme_of_partial_dates(text: &str) -> bool {
    let dates =
        ["@", "w1", "w2", "p1", "p2", "born", "since", "begun", "today(", "%form.w", "%form.p", "$this"];
    let partial = [
        "@2024,",
        "@2024)",
        "@2024-02,",
        "@2024-02)",
        "@1947,",
        "@1947)",
        "@2026-11,",
        "@2026-11)",
        "p1",
        "p2",
        "since",
    ];
    ["min(", "max("].iter().any(|name| {
        text.split(name).skip(1).any(|arguments| {
            let arguments: String = arguments.split_inclusive(')').take(2).collect();
            dates.iter().any(|date| arguments.starts_with(date))
                && partial.iter().any(|part| arguments.contains(part))
        })
    })
}

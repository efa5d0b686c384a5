//! What a command costs, in steps of the engine: a count that is the same on every machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

#[path = "support/large.rs"]
mod large;
mod support;

use intake::session::{Command, Node};
use intake::value::{Decimal, Value};
use support::interview::{Interview, form};

fn number(number: i64) -> Option<Value> {
    Some(Value::Number(Decimal::from(number)))
}

/// The steps of one answer in the middle of a form of so many questions, for one that has dependents and one that has
/// none.
fn costs_of_answers(questions: usize) -> [u64; 3] {
    let mut interview = Interview::of(&large::large_form(questions));
    let section = questions / 40;
    let busy = interview.node(&format!("q{section}_0"));
    let idle = interview.node(&format!("q{section}_9"));
    let first = interview.cost(Command::Answer { node: busy, value: number(7) });
    let again = interview.cost(Command::Answer { node: busy, value: number(8) });
    let date = Value::Date("2026-01-02".parse().unwrap());
    [first, again, interview.cost(Command::Answer { node: idle, value: Some(date) })]
}

#[test]
fn an_answer_costs_its_dependents_whatever_the_size_of_the_form() {
    let costs = costs_of_answers(1_000);
    assert_eq!(costs_of_answers(10_000), costs);
    // The question, a visibility, two calculations, and what these decide; two steps each.
    assert!(costs[0] <= 14 && costs[1] <= 14, "{costs:?}");
    assert_eq!(costs[2], 0, "nothing depends on it");
}

/// The steps of adding the row after so many, of filling it, and of removing it.
fn costs_of_rows(before: usize) -> [u64; 5] {
    let mut interview = Interview::of(&large::roster_form(false));
    let people = interview.node("people");
    let add = || Command::AddRow { repeat: people, at: None };
    for row in 1..before {
        interview.apply(add());
        interview.answer(&format!("/people/{}/ref", row - 1), format!("p{row}").as_str());
    }
    let added = interview.cost(add());
    let last = before - 1;
    let node = |interview: &Interview, column: &str| interview.node(&format!("/people/{last}/{column}"));
    let key = node(&interview, "ref");
    let named = interview.cost(Command::Answer { node: key, value: Some(Value::text("the last")) });
    let works = node(&interview, "works");
    let shown = interview.cost(Command::Answer { node: works, value: Some(Value::Boolean(true)) });
    let pay = node(&interview, "pay");
    let paid = interview.cost(Command::Answer { node: pay, value: number(3) });
    let row = *interview.session.rows(people).last().unwrap();
    [added, named, shown, paid, interview.cost(Command::RemoveRow { row })]
}

#[test]
fn row_five_hundred_costs_what_row_five_costs() {
    let costs = costs_of_rows(5);
    assert_eq!(costs_of_rows(500), costs);
    assert!(costs.iter().all(|cost| *cost <= 40), "{costs:?}");
}

#[test]
fn opening_costs_each_task_once() {
    for questions in [1_000, 10_000] {
        let interview = Interview::of(&large::large_form(questions));
        // A section and a relevance each, and the expressions; queued and run.
        let tasks = questions as u64 + questions as u64 / 20 + questions as u64 * 3 / 10 + 10;
        let work = interview.session.work();
        assert!(work <= 3 * tasks, "{work} steps for {tasks} tasks");
    }
}

const LIST: usize = 100_000;

/// A cascade over lists of a hundred thousand places.
fn cascade() -> Interview {
    let entries: Vec<String> = (0..LIST)
        .map(|place| {
            format!(r#"{{"code": "p{place}", "title": "Place {place}", "county": "c{}"}}"#, place / 100)
        })
        .collect();
    let more = format!(
        r#", "lists": {{"places": {{"entries": [{}]}},
             "counties": {{"entries": [{}]}}}}"#,
        entries.join(","),
        (0..LIST / 100)
            .map(|county| format!(r#"{{"code": "c{county}", "title": "C"}}"#))
            .collect::<Vec<_>>()
            .join(",")
    );
    Interview::of(&form(
        r#""county": {"title": "County", "choicesFrom": "counties"},
           "place": {"title": "Place", "choicesFrom": "places", "choiceFilter": "%choice.county = county"},
           "said": {"title": "Said", "type": "string", "calculate": "choiceLabel(place)"}"#,
        &more,
    ))
}

#[test]
fn a_cascade_over_a_hundred_thousand_places_looks_at_those_of_one_county() {
    let mut interview = cascade();
    let place = interview.node("place");
    assert!(interview.session.choices(place).is_empty(), "no county, no place");
    interview.answer("county", "c7").answer("place", "p742");
    let codes = |interview: &Interview| -> Vec<String> {
        interview.session.choices(place).iter().map(|choice| choice.code.to_string()).collect()
    };
    assert_eq!(codes(&interview), (700..800).map(|place| format!("p{place}")).collect::<Vec<_>>());
    assert!(interview.issues("place").is_empty());
    assert_eq!(interview.session.answer_text(interview.node("said")).unwrap(), "Place 742");
    let county = interview.node("county");
    let cost = interview.cost(Command::Answer { node: county, value: Some(Value::text("c8")) });
    assert!(cost < 20, "{cost}");
    assert_eq!(interview.issues("place"), ["choice"], "the place is in another county");
    assert_eq!(codes(&interview).len(), 100);
}

#[test]
fn a_question_about_no_row_costs_nothing_in_rows() {
    let mut interview = Interview::of(&large::roster_form(true));
    for _ in 0..100 {
        interview.add_row("people");
    }
    interview.answer("/people/50/works", true);
    let node = interview.node("/people/50/ref");
    assert!(interview.cost(Command::Answer { node, value: Some(Value::text("x")) }) <= 12);
    let hidden = Node::new(
        interview.session.plan().find_question("people.pay").unwrap(),
        interview.session.row_at("/people/7").unwrap(),
    );
    assert_eq!(
        interview.cost(Command::Answer { node: hidden, value: number(3) }),
        0,
        "a hidden answer wakes nobody"
    );
}

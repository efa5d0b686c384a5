//! What scenarios show of a questionnaire, and what only comes by.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use intake::diagnostic::SourceId;
use intake::json;
use intake::scenario::{self, Run};
use serde_json::{Value, json};

fn questionnaire() -> String {
    json!({
        "$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test",
        "languages": ["en"], "unevaluatedProperties": false,
        "allOf": [{"id": "one", "title": "One", "properties": {
            "alone": {"title": "Alone", "type": "boolean"},
            "help": {"title": "Help", "type": "boolean", "visibleIf": "alone"},
            "any": {"title": "Any", "type": "boolean", "visibleIf": "alone.exists()"},
            "a": {"title": "A", "type": "integer", "oneOf": [{"const": 0, "title": "0"}, {"const": 5, "title": "5"}]},
            "b": {"title": "B", "type": "integer", "oneOf": [{"const": 0, "title": "0"}, {"const": 10, "title": "10"}],
                  "checks": [{"id": "odd", "assert": "b = 0 or a = 5", "message": "Odd.", "severity": "warning"}]},
        }}],
        "scores": {"s": {"title": "S", "items": ["a", "b"], "method": "sum", "fidelity": "adapted", "bands": [
            {"id": "low", "from": 0, "to": 7}, {"id": "none", "from": 8, "to": 9}, {"id": "high", "from": 10, "to": 15},
        ]}},
        "rules": [{"id": "R", "title": "R", "levels": [{"when": "s >= 5", "level": 1}, {"when": "s >= 10", "level": 2}],
                   "need": {"domain": "D05", "code": "c", "label": "C", "basis": "normative"}}],
    })
    .to_string()
}

fn run(steps: Value, unreachable: Value) -> Run {
    let (plan, _, found) = support::compile(&questionnaire());
    let plan = plan.unwrap_or_else(|| panic!("{found:?}"));
    let file = json!({
        "$schema": "scenarios-1.schema.json", "questionnaire": "test", "unreachable": unreachable,
        "scenarios": [{"name": "case", "today": "2026-11-23", "steps": steps}],
    });
    let text = file.to_string();
    let (document, _) = json::read(&text, SourceId(0));
    let (scenarios, faults) = scenario::read(&document);
    assert!(faults.is_empty(), "{faults:?}");
    let run = scenario::run(&plan, &scenarios.unwrap());
    let failures = &run.outcomes[0].failures;
    assert!(failures.is_empty(), "{failures:?}");
    run
}

fn gaps(run: &Run) -> Vec<String> {
    let gaps = run.coverage.gaps.iter();
    gaps.map(|gap| format!("{}: {}{}", gap.what, gap.outcome, if gap.seen { ", seen" } else { "" })).collect()
}

/// Steps that show everything.
fn everything() -> Vec<Value> {
    let score = |value: i64, band: &str| json!({"s": {"value": value, "band": band}});
    vec![
        json!({"expect": {"hidden": ["help", "any"], "rules": {"R": "undetermined"}}}),
        json!({"set": {"alone": false, "a": 0, "b": 0}}),
        json!({"expect": {"hidden": ["help"], "visible": ["any"], "noIssues": ["b"], "scores": score(0, "low"), "rules": {"R": "not_fired"}}}),
        json!({"set": {"alone": true, "a": 5}}),
        json!({"expect": {"visible": ["help"], "scores": score(5, "low"), "needs": [{"domain": "D05", "level": 1}]}}),
        json!({"set": {"a": 0, "b": 10}}),
        json!({"expect": {"warnings": {"b": "odd"}, "scores": score(10, "high"), "needs": [{"domain": "D05", "level": 2}]}}),
        json!({"set": {"a": 5}}),
        json!({"expect": {"scores": score(15, "high")}}),
    ]
}

#[test]
fn steps_that_show_everything_make_a_hundred_per_cent() {
    let run = run(json!(everything()), json!([]));
    assert_eq!((run.coverage.percent(), gaps(&run)), (100, vec![]));
    let proven: Vec<_> =
        run.coverage.impossible.iter().map(|not| (not.what.as_str(), not.outcome, not.proven)).collect();
    assert_eq!(proven, [("band s.none", "lower edge", true), ("visibleIf of any", "unknown", true)]);
}

#[test]
fn what_comes_by_without_being_asserted_is_a_gap() {
    let mut steps = everything();
    steps[4] = json!({"expect": {"visible": ["help"], "scores": {"s": {"status": "complete"}}, "domains": {"D05": 1}}});
    let run = run(json!(steps), json!([]));
    // What is not asserted at 5 points is the rule at level 1, and that its second condition is not met.
    assert_eq!(gaps(&run), ["rule R level 1: true, seen", "band s.low: upper edge, seen"]);
    assert!(run.coverage.percent() < 100);
    let finding = run.coverage.gaps[0].diagnostic();
    assert_eq!(finding.place.unwrap().pointer, "/rules/0/levels/0/when");
}

#[test]
fn every_expectation_that_is_taken_away_is_missed() {
    let whole = everything();
    for (at, step) in whole.iter().enumerate() {
        let Some(expected) = step.get("expect").and_then(Value::as_object) else { continue };
        for aspect in expected.keys() {
            let mut steps = whole.clone();
            steps[at]["expect"].as_object_mut().unwrap().remove(aspect);
            if steps[at]["expect"].as_object().unwrap().is_empty() {
                steps.remove(at);
            }
            let run = run(json!(steps), json!([]));
            assert!(!run.coverage.gaps.is_empty(), "{aspect} of step {at} shows nothing");
        }
    }
}

#[test]
fn what_is_declared_out_of_reach_is_listed_and_not_believed_blindly() {
    let mut steps = everything();
    steps.truncate(7);
    let declared = |what: &str, outcome: &str| json!([{"what": what, "outcome": outcome, "reason": "a and b exclude each other"}]);
    let believed = run(json!(steps), declared("band s.high", "upper edge"));
    assert_eq!((believed.coverage.percent(), believed.faults.len()), (100, 0));
    assert!(believed.coverage.impossible.iter().any(|not| not.what == "band s.high" && !not.proven));
    for (what, outcome, says) in [
        ("band s.low", "lower edge", "was seen `lower edge` all the same"),
        ("band s.hihg", "upper edge", "did you mean `band s.high`?"),
        ("rule R", "held", "has no outcome `held`"),
        ("band s.none", "lower edge", "is proven to be out of reach"),
    ] {
        let refused = run(json!(steps), declared(what, outcome));
        assert!(refused.faults[0].message.contains(says), "{:?}", refused.faults);
    }
}

#[test]
fn a_calculation_that_can_be_hidden_can_also_be_unknown() {
    let document = |hidden: &str| {
        json!({
            "$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test",
            "languages": ["en"], "unevaluatedProperties": false,
            "allOf": [{"id": "one", "title": "One", "properties": {
                "a": {"title": "A", "type": "boolean"},
                "known": {"title": "Known", "type": "boolean", "calculate": "a.exists()", "visibleIf": hidden},
                "b": {"title": "B", "type": "boolean", "visibleIf": "known"},
            }}],
        })
    };
    let proven = |document: Value| {
        let mut document = document;
        if document["allOf"][0]["properties"]["known"]["visibleIf"] == json!("") {
            document["allOf"][0]["properties"]["known"].as_object_mut().unwrap().remove("visibleIf");
        }
        let (plan, _, found) = support::compile(&document.to_string());
        let plan = plan.unwrap_or_else(|| panic!("{found:?}"));
        let text = json!({
            "$schema": "scenarios-1.schema.json", "questionnaire": "test",
            "scenarios": [{"name": "case", "today": "2026-11-23", "steps": [{"expect": {"hidden": ["b"]}}]}],
        })
        .to_string();
        let (read, _) = json::read(&text, SourceId(0));
        let run = scenario::run(&plan, &scenario::read(&read).0.unwrap());
        run.coverage.impossible.iter().any(|not| not.what == "visibleIf of b" && not.outcome == "unknown")
    };
    assert!(proven(document("")), "whether something is answered is always known");
    assert!(!proven(document("a")), "but not while the question that says so is hidden");
}

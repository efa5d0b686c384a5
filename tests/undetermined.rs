//! A rule that the answers do not decide is in the profile, with what to ask; it never looks like one that is decided.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests fail by panicking"
)]

mod support;

use std::sync::Arc;

use intake::plan::Plan;
use intake::profile::{assess, verify};
use serde_json::{Value, json};
use support::small::{need, plan, record, whole, yes_no};

fn profile(plan: &Arc<Plan>, answers: Value) -> Value {
    let profile = assess(plan, &record(&answers)).unwrap().to_value();
    let lookup = |_: &str, hash: &str| (hash == plan.content_hash()).then(|| Arc::clone(plan));
    assert_eq!(verify(&lookup, &profile), [], "what was just assessed verifies");
    profile
}

/// What the only rule asks for; none if the profile does not list it.
fn asks(profile: &Value) -> Option<Vec<&str>> {
    let ask = profile["undetermined"].get(0)?["ask"].as_array()?;
    Some(ask.iter().filter_map(Value::as_str).collect())
}

#[test]
fn a_date_that_is_too_imprecise_is_asked_for_again() {
    let born = json!({"born": {"title": "Born", "type": "string", "format": "partial-date"}});
    let plan = plan(born, json!({}), &[need("R1", "born + 60 years <= today()", 1)]);
    let open = profile(&plan, json!({"born": "1966"}));
    assert_eq!(asks(&open), Some(vec!["/born"]));
    assert_eq!(
        (&open["domain_levels"]["D05"], &open["domain_status"]["D05"]),
        (&json!(null), &json!("not_assessed"))
    );
    assert_eq!(asks(&profile(&plan, json!({"born": "1965"}))), None);
}

#[test]
fn a_division_by_zero_is_no_decision() {
    let questions = json!({"missed": whole(30), "days": whole(30)});
    let rules = [need("R1", "missed / days > 0.5", 1), need("R2", "missed > 20", 2)];
    let open = profile(&plan(questions, json!({}), &rules), json!({"missed": 0, "days": 0}));
    assert_eq!(asks(&open), Some(vec!["/days", "/missed"]));
    assert_eq!(open["domain_status"]["D05"], "partial", "a 0 that is not all decided is not complete");
}

#[test]
fn a_sum_over_no_rows_asks_for_rows() {
    let questions = json!({"ways": {"title": "Ways", "type": "array", "items": {"type": "object",
        "unevaluatedProperties": false, "properties": {"km": whole(99)}}}});
    let plan = plan(questions, json!({}), &[need("R1", "ways.km.sum() >= 10", 1)]);
    assert_eq!(asks(&profile(&plan, json!({}))), Some(vec!["/ways"]));
    assert_eq!(asks(&profile(&plan, json!({"ways": [{}]}))), Some(vec!["/ways/0/km"]));
    assert_eq!(asks(&profile(&plan, json!({"ways": [{"km": 3}]}))), None);
}

#[test]
fn rows_that_an_answer_counts_are_asked_for_by_that_answer() {
    let questions = json!({"n": whole(9), "ways": {"title": "Ways", "type": "array", "countFrom": "n",
        "items": {"type": "object", "unevaluatedProperties": false, "properties": {"km": whole(99)}}}});
    let plan = plan(questions, json!({}), &[need("R1", "ways.km.sum() >= 10", 1)]);
    assert_eq!(asks(&profile(&plan, json!({}))), Some(vec!["/n"]), "nobody adds such rows by hand");
    assert_eq!(asks(&profile(&plan, json!({"n": 1}))), Some(vec!["/ways/0/km"]));
}

#[test]
fn a_score_that_nobody_assessed_asks_for_its_questions() {
    let score = json!({"e": {"title": "E", "method": "expression", "min": 0, "max": 6, "expression": "coalesce(a, 0) + coalesce(c, 0)", "rounding": 0, "fidelity": "adapted"}});
    let plan =
        plan(json!({"a": whole(3), "c": whole(3)}), json!({"scores": score}), &[need("R1", "e >= 3", 1)]);
    assert_eq!(asks(&profile(&plan, json!({}))), Some(vec!["/a", "/c"]));
}

#[test]
fn what_was_rightly_never_asked_is_not_asked_for() {
    let mut deep = yes_no();
    deep["visibleIf"] = json!("asked");
    let plan = plan(json!({"asked": yes_no(), "deep": deep}), json!({}), &[need("R1", "deep", 1)]);
    assert_eq!(asks(&profile(&plan, json!({"asked": false}))), None);
    assert_eq!(asks(&profile(&plan, json!({}))), Some(vec!["/asked"]), "a hidden question is not named");
}

#[test]
fn a_need_is_at_least_that_while_another_of_its_rules_is_open() {
    let rules = [need("R1", "a", 1), need("R2", "a and c", 2)];
    let plan = plan(json!({"a": yes_no(), "c": yes_no()}), json!({}), &rules);
    let level = |answers: Value| {
        let profile = profile(&plan, answers);
        (profile["needs"][0]["level"].clone(), profile["needs"][0]["provisional"].clone())
    };
    assert_eq!(level(json!({"a": true})), (json!(1), json!(true)));
    assert_eq!(level(json!({"a": true, "c": false})), (json!(1), json!(false)));
    assert_eq!(level(json!({"a": true, "c": true})), (json!(2), json!(false)));
}

#[test]
fn a_prorated_mean_falls_into_its_band() {
    let score = json!({"m": {"title": "M", "items": ["a", "c", "d"], "method": "mean", "fidelity": "adapted",
        "missing": {"rule": "prorate", "minAnswered": 2},
        "bands": [{"id": "low", "from": 0, "to": 0.9, "level": 0}, {"id": "high", "from": 1, "to": 4, "level": 1}]}});
    let questions = json!({"a": whole(4), "c": whole(4), "d": whole(4)});
    let plan = plan(questions, json!({"scores": score}), &[need("R1", "m >= 1", 1)]);
    let profile = profile(&plan, json!({"a": 1, "c": 1}));
    assert_eq!(
        (&profile["scores"]["m"]["value"], &profile["scores"]["m"]["band"]["id"]),
        (&json!(1), &json!("high"))
    );
    assert_eq!(profile["needs"][0]["level"], 1);
}

//! Scores of scores: what the missing items of the inner ones leave open, the outer one leaves open too, and no more.
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
use intake::profile::assess;
use serde_json::{Map, Value, json};
use support::small::{need, plan, record, whole};

fn profile(plan: &Arc<Plan>, answers: &Value) -> Value {
    assess(plan, &record(answers)).unwrap().to_value()
}

/// Value, interval, how many of its items are answered, and status.
fn score(profile: &Value, id: &str) -> Value {
    let score = &profile["scores"][id];
    json!([
        score["value"],
        score["interval"][0],
        score["interval"][1],
        score["answered"],
        score["of"],
        score["status"]
    ])
}

fn sum(items: &[&str]) -> Value {
    json!({"title": "S", "items": items, "method": "sum", "fidelity": "adapted"})
}

/// Two scores of two items each, and one over both.
fn two(total: Value, rules: &[Value]) -> Arc<Plan> {
    let questions = json!({"a": whole(3), "b": whole(3), "c": whole(3), "d": whole(3)});
    plan(
        questions,
        json!({"scores": {"s1": sum(&["a", "b"]), "s2": sum(&["c", "d"]), "total": total}}),
        rules,
    )
}

fn computed(expression: &str) -> Value {
    json!({"title": "T", "method": "expression", "expression": expression, "min": -100, "max": 100, "fidelity": "adapted"})
}

#[test]
fn a_score_may_be_an_item_of_another() {
    let plan = two(sum(&["s1", "s2"]), &[need("R", "total >= 8", 2)]);
    let all = profile(&plan, &json!({"a": 3, "b": 3, "c": 2, "d": 0}));
    assert_eq!(score(&all, "total"), json!([8, 8, 8, 2, 2, "complete"]));
    let open = profile(&plan, &json!({"a": 3, "b": 3, "c": 2}));
    assert_eq!(score(&open, "total"), json!([null, 8, 11, 1, 2, "indeterminate"]));
    assert_eq!(open["needs"][0]["level"], 2, "whatever `d` is");
    let fields: Vec<&Value> = open["needs"][0]["evidence"][0]["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["field"])
        .collect();
    assert_eq!(fields, ["/a", "/b", "/c"]);
    let unknown = profile(&plan, &json!({"a": 3, "b": 1, "c": 2}));
    assert_eq!(unknown["undetermined"][0]["ask"], json!(["/d"]));
}

#[test]
fn an_inner_score_can_be_weighted_and_counted_from_the_other_end() {
    let items = json!([{"name": "s1", "weight": 2}, {"name": "s2", "reverse": true}]);
    let plan = two(json!({"title": "T", "items": items, "method": "weighted", "fidelity": "adapted"}), &[]);
    let open = profile(&plan, &json!({"a": 1, "b": 1, "c": 2}));
    // Twice 2, and 6 less what lies from 2 to 5.
    assert_eq!(score(&open, "total"), json!([null, 5, 8, 1, 2, "indeterminate"]));
}

#[test]
fn an_expression_over_scores_is_open_only_as_far_as_they_are() {
    for (expression, least, most) in [
        ("s1 + s2", 5, 8),
        ("s1 - s2", -2, 1),
        ("-s2 * 2", -10, -4),
        ("s1 * s2", 6, 15),
        ("(s1 + s2) / 1", 5, 8),
        ("s1 + d", 3, 6),
    ] {
        let plan = two(computed(expression), &[]);
        let open = profile(&plan, &json!({"a": 2, "b": 1, "c": 2}));
        assert_eq!(open["scores"]["total"]["interval"], json!([least, most]), "{expression}");
    }
    let plan = two(computed("s1 + s2"), &[need("R", "total >= 5", 1)]);
    let open = profile(&plan, &json!({"a": 2, "b": 1, "c": 2}));
    assert_eq!(open["needs"][0]["level"], 1);
    let divided = profile(&two(computed("s1 / s2"), &[]), &json!({"a": 2, "b": 1, "c": 0}));
    assert_eq!(score(&divided, "total"), json!([null, -100, 100, 3, 4, "indeterminate"]), "s2 may be 0");
}

#[test]
fn what_a_function_leaves_out_is_not_taken_for_final() {
    // `b` would add to the sum once it is answered, and a rounded third is no third.
    for (expression, answers, least, most) in [
        ("sum(a, b) + d", json!({"a": 3, "c": 1}), -100, 100),
        ("twice + d", json!({"a": 3, "c": 1}), -100, 100),
        ("s1 / 3 * 3", json!({"a": 3, "c": 1}), 3, 6),
    ] {
        let mut questions = json!({"a": whole(3), "b": whole(3), "c": whole(3), "d": whole(3)});
        questions["twice"] = json!({"title": "T", "type": "number", "calculate": "sum(a, b) * 2"});
        let scores = json!({"scores": {"s1": sum(&["a", "b"]), "s2": sum(&["c", "d"]), "total": computed(expression)}});
        let open = profile(&plan(questions, scores, &[]), &answers);
        assert_eq!(open["scores"]["total"]["interval"], json!([least, most]), "{expression}");
    }
}

#[test]
fn a_total_over_a_prorated_score_is_no_more_certain_than_that() {
    let mut inner = sum(&["a", "b", "c"]);
    inner["missing"] = json!({"rule": "prorate", "minAnswered": 2});
    for total in [sum(&["inner", "d"]), computed("inner + d")] {
        let questions = json!({"a": whole(3), "b": whole(3), "c": whole(3), "d": whole(3)});
        let scores = json!({"scores": {"inner": inner, "total": total}});
        let plan = plan(questions, scores, &[need("R", "total >= 6", 1)]);
        let prorated = profile(&plan, &json!({"a": 2, "b": 2, "d": 1}));
        let total = &prorated["scores"]["total"];
        // 4 of two items, so 6 of three, of which 4 to 7 are possible; and 1.
        assert_eq!(
            (&total["value"], &total["interval"], &total["status"]),
            (&json!(7), &json!([5, 8]), &json!("prorated"))
        );
        assert_eq!(prorated["needs"][0]["level"], 1);
        let complete = profile(&plan, &json!({"a": 2, "b": 2, "c": 2, "d": 1}));
        assert_eq!(
            (&complete["scores"]["total"]["value"], &complete["scores"]["total"]["status"]),
            (&json!(7), &json!("complete"))
        );
    }
}

#[test]
fn membership_is_decided_by_the_interval_too() {
    let rules = [need("R", "total in (1 | 2)", 1), need("S", "(total in (1 | 2)).not()", 2)];
    let plan = two(computed("s1 + s2"), &rules);
    let open = profile(&plan, &json!({"a": 2, "b": 1, "c": 2}));
    assert_eq!(open["needs"][0]["level"], 2, "5 to 8 is neither 1 nor 2");
    let unknown = profile(&plan, &json!({"a": 0, "b": 0, "c": 0}));
    assert_eq!(unknown["needs"], json!([]));
    assert_eq!(unknown["undetermined"][0]["ask"], json!(["/d"]));
}

#[test]
fn the_highest_of_several_is_certain_once_one_is_as_high_as_can_be() {
    let highest = json!({"title": "M", "items": ["a", "b", "c"], "method": "max", "fidelity": "adapted"});
    let plan = two(highest, &[]);
    assert_eq!(
        score(&profile(&plan, &json!({"a": 3, "b": 2})), "total"),
        json!([null, 3, 3, 2, 3, "determined"])
    );
    assert_eq!(
        score(&profile(&plan, &json!({"a": 2, "b": 2})), "total"),
        json!([null, 2, 3, 2, 3, "indeterminate"])
    );
}

#[test]
fn scores_in_a_ring_and_names_that_are_none_are_told() {
    let told = |scores: Value| {
        let form = json!({
            "$schema": "questionnaire-1.schema.json", "id": "small", "version": "1", "title": "Small",
            "languages": ["en"], "unevaluatedProperties": false, "scores": scores,
            "allOf": [{"id": "one", "title": "One", "properties": {"a": whole(3)}}],
        });
        let (plan, _, found) = support::compile(&form.to_string());
        assert!(plan.is_none());
        found.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; ")
    };
    let ring = told(json!({"one": sum(&["two", "a"]), "two": sum(&["one"])}));
    assert!(
        ring.contains("score `one` → the score `two` → the score `one`")
            || ring.contains("score `two` → the score `one` → the score `two`"),
        "{ring}"
    );
    let itself = told(json!({"one": sum(&["one", "a"])}));
    assert!(itself.contains("score `one` → the score `one`"), "{itself}");
    let unknown = told(json!({"mobility": sum(&["a"]), "all": sum(&["mobilty"])}));
    assert!(
        unknown.contains("no question and no score named `mobilty`: did you mean `mobility`?"),
        "{unknown}"
    );
}

#[test]
fn a_total_means_something_else_once_an_inner_score_counts_otherwise() {
    let definition = |inner: &[&str], total: &Value| {
        let questions = json!({"a": whole(3), "b": whole(3)});
        let plan = plan(questions, json!({"scores": {"inner": sum(inner), "total": total}}), &[]);
        plan.score(plan.find_score("total").unwrap()).definition.clone()
    };
    let moved = |first: &str, second: &str| {
        let section = |name: &str| json!({"id": name, "title": "S", "properties": {name: whole(3)}});
        let form = json!({
            "$schema": "questionnaire-1.schema.json", "id": "small", "version": "1", "title": "Small",
            "languages": ["en"], "unevaluatedProperties": false, "scores": {"total": sum(&["a", "b"])},
            "allOf": [section(first), section(second)],
        });
        let plan = support::compile(&form.to_string()).0.unwrap();
        plan.score(plan.find_score("total").unwrap()).definition.clone()
    };
    assert_eq!(moved("a", "b"), moved("b", "a"), "where a question stands does not matter");
    for total in [sum(&["inner"]), computed("inner + 1")] {
        assert_eq!(definition(&["a"], &total), definition(&["a"], &total));
        assert_ne!(definition(&["a"], &total), definition(&["a", "b"], &total));
    }
}

/// One thing that rests on the next for thousands of steps: what is to be asked stands at the end of it.
#[test]
fn a_long_chain_says_what_to_ask() {
    const LONG: usize = 3_000;
    let ask = |questions: Map<String, Value>, scores: Value, when: &str| {
        let plan = plan(Value::Object(questions), json!({"scores": scores}), &[need("R", when, 1)]);
        profile(&plan, &json!({"q": 3}))["undetermined"][0]["ask"].clone()
    };
    let base = || -> Map<String, Value> {
        let questions = json!({"q": whole(5), "p": whole(5)});
        questions.as_object().unwrap().clone()
    };
    let (mut calculated, mut asked, mut scores, mut items) = (base(), base(), Map::new(), Map::new());
    for at in 0..LONG {
        let before = at.wrapping_sub(1);
        let gate = if at == 0 { "p > 1".to_owned() } else { format!("v{before}") };
        let from = |letter: &str| if at == 0 { "q + p".to_owned() } else { format!("{letter}{before} + 0") };
        calculated.insert(format!("c{at}"), json!({"title": "C", "type": "integer", "calculate": from("c")}));
        asked.insert(format!("v{at}"), json!({"title": "V", "type": "boolean", "visibleIf": gate}));
        scores.insert(format!("s{at}"), computed(&from("s")));
        let inner = if at == 0 { vec!["q".to_owned(), "p".to_owned()] } else { vec![format!("i{before}")] };
        items.insert(format!("i{at}"), sum(&inner.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    let last = LONG - 1;
    assert_eq!(ask(calculated, json!({}), &format!("c{last} > 5")), json!(["/p"]));
    assert_eq!(ask(asked, json!({}), &format!("v{last}")), json!(["/p"]));
    assert_eq!(ask(base(), Value::Object(scores), &format!("s{last} > 5")), json!(["/p"]));
    assert_eq!(ask(base(), Value::Object(items), &format!("i{last} > 5")), json!(["/p"]));
}

//! What would change a need: the smallest sets of other answers, and none that does not.
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
use intake::profile::{assess, what_would_change};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::small::{need, plan, record, whole, yes_no};

/// The need that every rule here raises.
const NEED: &str = "D05.help.normative";

#[test]
fn an_answer_that_leaves_a_rule_open_has_not_changed_the_need() {
    let mut c = yes_no();
    c["visibleIf"] = json!("a = false");
    let plan =
        plan(json!({"a": yes_no(), "d": yes_no(), "c": c}), json!({}), &[need("R1", "(a and d) or c", 1)]);
    // a = false asks c, and c may be yes.
    assert_eq!(changes(&plan, &json!({"a": true, "d": true})), [[("/d".to_owned(), json!(false))]]);
}

#[test]
fn one_number_inside_of_its_range_is_a_smaller_set_than_two_answers() {
    let questions = json!({"n": whole(10), "x": yes_no(), "y": yes_no()});
    let plan = plan(questions, json!({}), &[need("R1", "(n < 3 or n > 8) and (x or y)", 1)]);
    assert_eq!(changes(&plan, &json!({"n": 2, "x": true, "y": true})), [[("/n".to_owned(), json!(3))]]);
}

#[test]
fn the_number_that_is_told_is_the_nearest_on_either_side() {
    let plan = plan(json!({"n": whole(20)}), json!({}), &[need("R1", "n >= 3 and n <= 9", 1)]);
    assert_eq!(changes(&plan, &json!({"n": 8})), [[("/n".to_owned(), json!(10))]]);
    assert_eq!(changes(&plan, &json!({"n": 4})), [[("/n".to_owned(), json!(2))]]);
}

#[test]
fn a_rule_that_is_still_open_does_not_hide_what_would_change_the_need() {
    let rules = [need("R1", "a >= 2", 1), need("R2", "b", 3)];
    let plan = plan(json!({"a": whole(5), "b": yes_no()}), json!({}), &rules);
    // Whatever `a` is, `b` could still be yes.
    let both = [("/a".to_owned(), json!(1)), ("/b".to_owned(), json!(false))];
    assert_eq!(changes(&plan, &json!({"a": 3})), [both]);
}

#[test]
fn what_was_never_answered_can_be_what_would_change_a_need() {
    let plan = plan(json!({"n": whole(5)}), json!({}), &[need("R1", "n.empty()", 1)]);
    assert_eq!(changes(&plan, &json!({})), [[("/n".to_owned(), json!(0))]]);
}

#[test]
fn an_answer_that_makes_a_question_be_asked_no_more_would_change_the_need() {
    let mut x = whole(10);
    x["visibleIf"] = json!("b");
    let plan = plan(json!({"b": yes_no(), "x": x}), json!({}), &[need("R1", "x > 3", 1)]);
    let sets = changes(&plan, &json!({"b": true, "x": 5}));
    assert_eq!(sets, [[("/x".to_owned(), json!(3))], [("/b".to_owned(), json!(false))]]);
}

#[test]
fn an_answer_that_is_not_asked_yet_helps_together_with_what_asks_it() {
    let mut c = yes_no();
    c["visibleIf"] = json!("a = false");
    let plan = plan(json!({"a": yes_no(), "c": c}), json!({}), &[need("R1", "a or c", 1)]);
    let both = [("/a".to_owned(), json!(false)), ("/c".to_owned(), json!(false))];
    assert_eq!(changes(&plan, &json!({"a": true})), [both]);
}

#[test]
fn a_date_that_would_change_a_need_is_the_nearest_one() {
    let date = json!({"title": "Since", "type": "string", "format": "date"});
    let plan = plan(json!({"d": date}), json!({}), &[need("R1", "d + 10 years <= today()", 1)]);
    // Assessed on 2026-11-23: nine years and 364 days are not ten years.
    assert_eq!(changes(&plan, &json!({"d": "2010-01-01"})), [[("/d".to_owned(), json!("2016-11-24"))]]);
}

#[test]
fn a_text_is_changed_to_what_a_condition_names() {
    let text = json!({"title": "Who", "type": "string"});
    let plan = plan(json!({"t": text}), json!({}), &[need("R1", "t != 'daughter'", 1)]);
    assert_eq!(changes(&plan, &json!({"t": "nobody"})), [[("/t".to_owned(), json!("daughter"))]]);
}

#[test]
fn the_other_numbers_of_a_calculation_are_found_too() {
    let mut measure = json!({"title": "M", "type": "number", "minimum": 0, "maximum": 300});
    let mut half = json!({"title": "H", "type": "number"});
    half["calculate"] = json!("m / 2");
    measure["title"] = json!("Measure");
    let plan = plan(json!({"m": measure, "h": half}), json!({}), &[need("R1", "h > 20.25", 1)]);
    assert_eq!(changes(&plan, &json!({"m": 90.25})), [[("/m".to_owned(), json!(40.5))]]);
}

/// The sets of answers that would change the need.
fn changes(plan: &Arc<Plan>, answers: &Value) -> Vec<Vec<(String, Value)>> {
    let sets = what_would_change(plan, &record(answers), NEED).unwrap();
    sets.into_iter().map(|set| set.into_iter().map(|one| (one.field, one.value)).collect()).collect()
}

#[test]
fn a_number_is_moved_along_its_steps() {
    let fives = json!({"title": "N", "type": "integer", "minimum": 0, "maximum": 100, "multipleOf": 5});
    let plan = plan(json!({"n": fives}), json!({}), &[need("R1", "n >= 13", 1)]);
    assert_eq!(changes(&plan, &json!({"n": 20})), [[("/n".to_owned(), json!(10))]]);
}

#[test]
fn the_farthest_numbers_are_no_danger() {
    let number = json!({"title": "N", "type": "number"});
    let when = "n < 40000000000000000000000000000";
    let plan = plan(json!({"n": number}), json!({}), &[need("R1", when, 1)]);
    let far: Value = serde_json::from_str("-5e28").unwrap();
    for set in changes(&plan, &json!({"n": far})) {
        assert_eq!(set.len(), 1);
    }
}

#[test]
fn no_other_doubt_comes_instead_of_one_that_goes() {
    let mut a = whole(5);
    a["checks"] = json!([
        {"id": "low", "assert": "a > 1", "severity": "warning", "message": "Low"},
        {"id": "high", "assert": "a < 4", "severity": "warning", "message": "High"},
    ]);
    let plan = plan(json!({"a": a}), json!({}), &[need("R1", "a >= 2", 1)]);
    // 4 is doubtful, and so would 1 and 0 be, for another reason.
    assert!(changes(&plan, &json!({"a": 4})).is_empty());
}

/// Every answer that a question of the small form can have.
fn domain(field: &str) -> Vec<Value> {
    if field == "n" { (0..4).map(Value::from).collect() } else { vec![json!(false), json!(true)] }
}

/// The level of the need, and whether a rule that is still open could make it as high as `most`.
fn level(plan: &Arc<Plan>, answers: &Map<String, Value>, levels: &[u8], most: u8) -> (u8, bool) {
    let profile = assess(plan, &record(&Value::Object(answers.clone()))).unwrap().to_value();
    let level = profile["needs"].get(0).map_or(0, |need| need["level"].as_u64().unwrap());
    let open = profile["undetermined"].as_array().into_iter().flatten();
    let mut open = open.map(|rule| levels[index(rule["rule"].as_str().unwrap())]);
    (u8::try_from(level).unwrap(), open.any(|level| level >= most))
}

/// Which rule it is, by its id.
fn index(rule: &str) -> usize {
    rule.trim_start_matches('R').parse().unwrap()
}

/// How many answers the smallest set has that makes the need lower for sure, by trying all of them; none if more than
/// three are needed.
fn smallest(plan: &Arc<Plan>, answers: &Map<String, Value>, levels: &[u8]) -> Option<usize> {
    let (now, _) = level(plan, answers, levels, 0);
    let fields = ["a", "b", "c", "n"];
    let mut best: Option<usize> = None;
    let mut open = vec![(0, answers.clone(), 0)];
    while let Some((at, answers, changed)) = open.pop() {
        if at == fields.len() {
            let (after, may_rise) = level(plan, &answers, levels, now);
            if after < now && !may_rise && best.is_none_or(|best| changed < best) {
                best = Some(changed);
            }
            continue;
        }
        for value in domain(fields[at]) {
            if changed < 3 && answers.get(fields[at]) != Some(&value) {
                let mut other = answers.clone();
                other.insert(fields[at].to_owned(), value);
                open.push((at + 1, other, changed + 1));
            }
        }
        open.push((at + 1, answers, changed));
    }
    best
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "b",
        "c",
        "n > 1",
        "n = 2",
        "not(a)",
        "c.empty()",
        "n.exists()",
        "n < 3 and b",
        "(a and c)",
        "p >= 3",
    ]);
    prop::collection::vec((leaf, any::<bool>()), 1..4).prop_map(|parts| {
        parts.into_iter().fold(String::new(), |text, (leaf, and)| match (text.is_empty(), and) {
            (true, _) => leaf.to_owned(),
            (false, true) => format!("({text}) and {leaf}"),
            (false, false) => format!("({text}) or {leaf}"),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sets_are_the_smallest_that_there_are(
        conditions in prop::collection::vec(condition(), 1..4),
        gate in prop::sample::select(vec!["a", "not(a)", "n > 1", "a or b"]),
        given in prop::collection::vec(prop::option::of(0_usize..4), 4),
    ) {
        let levels: Vec<u8> = (1..=conditions.len()).map(|level| u8::try_from(level).unwrap()).collect();
        let rules: Vec<Value> = conditions.iter().zip(&levels).enumerate()
            .map(|(index, (when, level))| need(&format!("R{index}"), when, *level)).collect();
        let mut c = yes_no();
        c["visibleIf"] = json!(gate);
        let scores = json!({"p": {"title": "P", "items": ["a", "b", "n"], "method": "sum", "fidelity": "adapted"}});
        let plan = plan(
            json!({"a": yes_no(), "b": yes_no(), "n": whole(3), "c": c}), json!({"scores": scores}), &rules,
        );
        let mut answers = Map::new();
        for (field, given) in ["a", "b", "c", "n"].into_iter().zip(given) {
            if let Some(value) = given.and_then(|given| domain(field).get(given).cloned()) {
                answers.insert(field.to_owned(), value);
            }
        }
        let (now, _) = level(&plan, &answers, &levels, 0);
        prop_assume!(now > 0);
        let smallest = smallest(&plan, &answers, &levels);
        let sets = what_would_change(&plan, &record(&Value::Object(answers.clone())), NEED).unwrap();
        prop_assert_eq!(sets.first().map(Vec::len), smallest, "{:?}", sets);
        for set in sets {
            prop_assert_eq!(Some(set.len()), smallest);
            let mut changed = answers.clone();
            changed.extend(set.into_iter().map(|one| (one.field.trim_start_matches('/').to_owned(), one.value)));
            let (after, may_rise) = level(&plan, &changed, &levels, now);
            prop_assert!(after < now && !may_rise, "{changed:?}");
        }
    }
}

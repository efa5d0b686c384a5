//! The published schema and the engine agree: a validator that knows nothing of this project accepts the answers of an
//! interview exactly where the engine finds everything required and nothing that was not asked.
//!
//! Questionnaires, conditions and answers are generated. With `INTAKE_FULL=1` there are fifty times as many cases.
#![cfg(feature = "authority")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::sync::Arc;

use intake::authority::published_schema;
use intake::diagnostic::SourceId;
use intake::plan::Plan;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

const NAMES: [&str; 9] = ["yes_a", "yes_b", "count_a", "count_b", "one_a", "one_b", "many", "text", "points"];

/// The kind of a question, by its name.
fn keywords(name: &str) -> Value {
    let choices = json!([{ "const": "x", "title": "X" }, { "const": "y", "title": "Y" }, { "const": "z", "title": "Z" }]);
    match name.split('_').next().unwrap() {
        "yes" => json!({ "type": "boolean" }),
        "count" => json!({ "type": "integer", "minimum": 0, "maximum": 4 }),
        "one" => json!({ "type": "string", "oneOf": choices }),
        "many" => {
            json!({ "type": "array", "uniqueItems": true, "items": { "type": "string", "oneOf": choices } })
        }
        "points" => {
            json!({ "type": "integer", "oneOf": [{ "const": 0, "title": "0" }, { "const": 1, "title": "1" }, { "const": 2, "title": "2" }] })
        }
        _ => json!({ "type": "string", "maxLength": 5 }),
    }
}

fn answer(name: &str) -> BoxedStrategy<Value> {
    let code = || prop_oneof![Just(json!("x")), Just(json!("y")), Just(json!("z"))];
    match name.split('_').next().unwrap() {
        "yes" => any::<bool>().prop_map(Value::from).boxed(),
        "count" => (0..5).prop_map(Value::from).boxed(),
        "one" => code().boxed(),
        "many" => {
            proptest::sample::subsequence(vec!["x", "y", "z"], 0..=3).prop_map(|codes| json!(codes)).boxed()
        }
        "points" => (0..3).prop_map(Value::from).boxed(),
        _ => prop_oneof![Just(json!("x")), Just(json!("long")), Just(json!(" ")), Just(json!(""))].boxed(),
    }
}

/// A condition on questions that stand before a place, so that nothing waits for itself.
fn condition(names: &'static [&'static str]) -> BoxedStrategy<String> {
    let test = || prop_oneof![Just("<"), Just("<="), Just(">"), Just(">="), Just("="), Just("!=")];
    let equal = || prop_oneof![Just("="), Just("!=")];
    let leaf = proptest::sample::select(names).prop_flat_map(move |name| {
        let own = match name.split('_').next().unwrap() {
            "yes" => prop_oneof![
                Just(name.to_owned()),
                Just(format!("{name} ~ true")),
                equal().prop_map(move |test| format!("{name} {test} true"))
            ]
            .boxed(),
            "count" | "points" => prop_oneof![
                (test(), 0..4).prop_map(move |(test, number)| format!("{name} {test} {number}")),
                (test(), 0..4).prop_map(move |(test, number)| format!("{number} {test} {name}")),
                Just(format!("{name} in (1 | 2)")),
            ]
            .boxed(),
            "one" => prop_oneof![
                equal().prop_map(move |test| format!("{name} {test} 'y'")),
                Just(format!("{name} in ('x' | 'z')")),
                Just(format!("{name} ~ 'y'")),
                Just(format!("{name} !~ 'z'")),
            ]
            .boxed(),
            "many" => Just(format!("{name} contains 'y'")).boxed(),
            _ => equal().prop_map(move |test| format!("{name} {test} 'x'")).boxed(),
        };
        let twin = name.replace("_b", "_a");
        let order = if name.starts_with("count") { test().boxed() } else { equal().boxed() };
        // Of two questions of a kind the second may be held against the first.
        let own = match name.ends_with("_b") && names.contains(&&*twin) {
            true => prop_oneof![3 => own, 1 => order.prop_map(move |test| format!("{twin} {test} {name}"))]
                .boxed(),
            false => own,
        };
        prop_oneof![6 => own, 1 => Just(format!("{name}.exists()")), 1 => Just(format!("{name}.empty()"))]
    });
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop_oneof![Just("and"), Just("or"), Just("xor"), Just("implies")],
                inner.clone()
            )
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})")),
            inner.prop_map(|inner| format!("({inner}).not()")),
        ]
    })
    .boxed()
}

/// What is demanded of a question.
#[derive(Clone, Debug)]
struct Demands {
    visible_if: Option<String>,
    required_if: Option<String>,
    required: bool,
    check: Option<String>,
}

fn demands(names: &'static [&'static str]) -> BoxedStrategy<Demands> {
    if names.is_empty() {
        return any::<bool>()
            .prop_map(|required| Demands { visible_if: None, required_if: None, required, check: None })
            .boxed();
    }
    let some = || proptest::option::of(condition(names));
    (some(), some(), proptest::bool::weighted(0.3), proptest::option::weighted(0.2, condition(names)))
        .prop_map(|(visible_if, required_if, required, check)| Demands {
            visible_if,
            required_if: required_if.filter(|_| !required),
            required,
            check,
        })
        .boxed()
}

/// A questionnaire with one section of these questions, and one of a repeat of the same ones.
fn questionnaire(form: &[Demands], section_if: Option<&str>, row: &[Demands]) -> String {
    let object = |demands: &[Demands]| {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, demand) in NAMES.iter().zip(demands) {
            let mut question = keywords(name);
            question["title"] = json!(name);
            if let Some(condition) = &demand.visible_if {
                question["visibleIf"] = json!(condition);
            }
            if let Some(condition) = &demand.required_if {
                question["requiredIf"] = json!(condition);
            }
            if let Some(condition) = &demand.check {
                question["checks"] = json!([{ "id": "holds", "assert": condition, "message": "Look again" }]);
            }
            if demand.required {
                required.push(*name);
            }
            properties.insert((*name).to_owned(), question);
        }
        (properties, required)
    };
    let (properties, required) = object(form);
    let (columns, needed) = object(row);
    let mut rows = json!({ "id": "rows", "title": "Rows", "properties": { "rows": {
        "title": "Rows", "type": "array", "items": { "type": "object", "properties": columns, "required": needed },
    } } });
    if let Some(condition) = section_if {
        rows["visibleIf"] = json!(condition);
    }
    json!({
        "$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test", "languages": ["en"],
        "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "form", "title": "Form", "properties": properties, "required": required }, rows],
    })
    .to_string()
}

fn answers() -> impl Strategy<Value = Map<String, Value>> {
    let each: Vec<_> = NAMES.iter().map(|name| proptest::option::weighted(0.7, answer(name))).collect();
    each.prop_map(|answers| {
        let named = NAMES.iter().zip(answers);
        named.filter_map(|(name, answer)| Some(((*name).to_owned(), answer?))).collect()
    })
}

/// What the engine finds: what is ignored because it was not asked, and what is required and not there, or wrong.
fn judged(plan: &Arc<Plan>, answers: &Value) -> (Vec<String>, Vec<String>) {
    let record = json!({ "assessed_on": "2026-11-24", "answers": answers }).to_string();
    let (record, found) = intake::session::read_record(&record, SourceId(0));
    let record = record.unwrap_or_else(|| panic!("{found:?}"));
    let profile =
        intake::profile::assess(plan, &record).unwrap_or_else(|found| panic!("{found:?}")).to_value();
    let texts =
        |values: Vec<&Value>| values.into_iter().map(|value| value.as_str().unwrap().to_owned()).collect();
    let missing = profile["missing"].as_array().unwrap().iter();
    let missing = missing.filter(|missing| missing["demand"] == "required").map(|missing| &missing["field"]);
    let mut faults: Vec<String> = texts(missing.collect());
    faults.extend((profile["data_quality"]["errors"] != 0).then(|| "a check does not hold".to_owned()));
    (texts(profile["ignored"].as_array().unwrap().iter().collect()), faults)
}

/// Takes out of the answers what the engine ignored.
fn without(answers: &mut Value, ignored: &[String]) {
    for pointer in ignored {
        let (holder, name) = pointer.rsplit_once('/').unwrap();
        if let Some(holder) = answers.pointer_mut(holder).and_then(Value::as_object_mut) {
            holder.remove(name);
        }
    }
}

#[test]
fn a_validator_of_others_and_the_engine_agree() {
    let cases = if std::env::var_os("INTAKE_FULL").is_some() { 20_000 } else { 400 };
    let demands_of_all = || -> Vec<BoxedStrategy<Demands>> {
        (0..NAMES.len()).map(|index| demands(&NAMES[..index])).collect()
    };
    let given = (
        demands_of_all(),
        proptest::option::of(condition(&NAMES)),
        demands_of_all(),
        proptest::collection::vec((answers(), proptest::collection::vec(answers(), 0..3)), 6),
    );
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let mut verdicts = [0_usize; 4];
    let counted = std::cell::RefCell::new(&mut verdicts);
    runner
        .run(&given, |(form, section_if, row, records)| {
            let text = questionnaire(&form, section_if.as_deref(), &row);
            let (plan, sources, found) = support::compile(&text);
            let plan: Arc<Plan> = plan.unwrap_or_else(|| {
                panic!("{}", found.iter().map(|fault| sources.render(fault)).collect::<String>())
            });
            let published = published_schema(&plan);
            prop_assert_eq!(&published.not_expressed, &[], "all of it can be said");
            let validator = jsonschema::draft202012::new(&published.schema).unwrap();
            for (mut answers, rows) in records {
                answers.insert("rows".into(), rows.into_iter().map(Value::Object).collect());
                let mut answers = Value::Object(answers);
                let (ignored, missing) = judged(&plan, &answers);
                let fine = ignored.is_empty() && missing.is_empty();
                prop_assert_eq!(
                    validator.is_valid(&answers),
                    fine,
                    "{}\n{}\n{:?} {:?}",
                    text,
                    answers,
                    ignored,
                    missing
                );
                let mut counts = counted.borrow_mut();
                counts[usize::from(fine)] += 1;
                // Few answers are right by chance: most of what a schema says shows only without what is hidden.
                without(&mut answers, &ignored);
                let (ignored, missing) = judged(&plan, &answers);
                prop_assert!(ignored.is_empty());
                prop_assert_eq!(
                    validator.is_valid(&answers),
                    missing.is_empty(),
                    "{}\n{}\n{:?}",
                    text,
                    answers,
                    missing
                );
                counts[2 + usize::from(missing.is_empty())] += 1;
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let judged: usize = verdicts.iter().sum();
    assert!(
        verdicts[1] + verdicts[3] > judged / 20 && verdicts[0] + verdicts[2] > judged / 4,
        "{verdicts:?}"
    );
}

#[test]
fn what_cannot_be_said_is_listed_with_the_reason() {
    let text = json!({
        "$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test", "languages": ["en"],
        "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "s", "title": "S", "required": ["d"], "properties": {
            "a": { "title": "A", "type": "integer" },
            "b": { "title": "B", "type": "integer" },
            "twice": { "title": "Twice", "type": "integer", "calculate": "a * 2" },
            "c": { "title": "C", "type": "boolean", "visibleIf": "a > b" },
            "d": { "title": "D", "type": "boolean", "visibleIf": "twice > 3" },
            "e": { "title": "E", "type": "boolean", "safety": true },
            "f": { "title": "F", "type": "string", "format": "date", "requiredIf": "a = 1" },
            "g": { "title": "G", "type": "boolean", "visibleIf": "f > @2020-01-01",
                "checks": [{ "id": "c", "assert": "a != 3", "message": "M" }] },
            "t": { "title": "T", "type": "string", "checks": [{ "id": "c", "assert": "a < 5", "message": "M" }] },
            "h": { "title": "H", "type": "boolean", "checks": [{ "id": "c", "assert": "a < 7", "severity": "warning", "message": "M" }] },
        } }],
    });
    let plan = support::compile(&text.to_string()).0.unwrap();
    let published = published_schema(&plan);
    let listed: Vec<Value> = published
        .not_expressed
        .iter()
        .map(|item| json!([item.pointer.rsplit('/').next(), item.keyword, item.condition, item.reason]))
        .collect();
    assert_eq!(
        Value::from(listed),
        json!([
            ["c", "visibleIf", "a > b", "it compares two questions whose answers are too many to list"],
            ["d", "visibleIf", "twice > 3", "it reads a calculation"],
            ["d", "required", null, "whether the question is asked is not expressed"],
            ["e", "required", null, "an absence is enough, and absences stand outside of the answers"],
            ["g", "visibleIf", "f > @2020-01-01", "it does more than compare answers"],
            ["g", "checks", "a != 3", "whether the question is asked is not expressed"],
            ["h", "checks", "a < 7", "a warning keeps no interview from being finished"],
        ])
    );
    assert_eq!(
        published.schema["allOf"],
        json!([{
            "if": { "allOf": [{ "required": ["a"], "properties": { "a": { "const": 1 } } }] },
            "then": { "required": ["f"], "properties": { "f": {} } },
        }, {
            "not": { "required": ["a"], "properties": { "a": { "minimum": 5 } } },
        }])
    );
}

#[test]
fn what_ships_is_a_valid_schema_and_mostly_said() {
    let plan = support::shipped("elder-needs");
    let published = published_schema(&plan);
    assert!(jsonschema::draft202012::meta::is_valid(&published.schema));
    let conditions = published.schema["allOf"].as_array().unwrap().len();
    let left = published.not_expressed.iter().filter(|item| item.keyword.ends_with("If")).count();
    assert!(conditions > left, "{conditions} said, {left} not");
}

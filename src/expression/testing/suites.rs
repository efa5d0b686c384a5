//! Runs `tests/suites/expression/*.json`, found by walking the folder.
//!
//! A case has an `expression` and either what it gives (`expect`, with `answers`, `absent`, `hidden`, `today`, `row`,
//! `choice`, `labels`; `causes`, `reads`, `canonical`) or what is wrong with it (`problem`, or `problems` for several).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::{Answers, Form};
use crate::expression::{
    Expected, Kind, Problem, Program, Reach, Read, RowId, Type, compile, parse, reference,
};
use crate::value::{Decimal, Truth, Value};

/// Every suite, with the name of its file.
fn suites() -> Vec<(String, Json)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suites/expression");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    assert!(paths.len() > 5);
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let suite = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        (path.file_name().unwrap().to_string_lossy().into_owned(), suite)
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_case_of_every_suite() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, suite) in suites() {
        let form = Form::read(&suite["fields"], &suite["choiceColumns"]);
        for case in suite["cases"].as_array().unwrap() {
            count += 1;
            if let Err(fault) = run(&form, &suite, case) {
                faults.push(format!("{name}: {}\n    {fault}", case["expression"].as_str().unwrap()));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_function_has_cases_of_every_kind() {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, suite) in suites() {
        for case in suite["cases"].as_array().unwrap().iter().filter(|case| case.get("function").is_some()) {
            let [function, kind] = ["function", "kind"].map(|key| case[key].as_str().unwrap().to_owned());
            assert!(case["expression"].as_str().unwrap().contains(&*function), "{case}");
            kinds.entry(function).or_default().insert(kind);
        }
    }
    let names: Vec<&str> = kinds.keys().map(String::as_str).collect();
    let mut known: Vec<&str> = reference().iter().map(|function| function.name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
    for (function, kinds) in &kinds {
        let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
        assert_eq!(kinds, ["edge", "empty", "value", "wrong"], "{function}");
    }
}

fn run(form: &Form, suite: &Json, case: &Json) -> Result<(), String> {
    let text = case["expression"].as_str().unwrap();
    let repeat = case["in"].as_str().or(suite["in"].as_str()).map(|name| form.repeat(name));
    let scope = form.scope(repeat);
    let (program, problems) = compile(text, &scope, &expected(&case["expected"]));
    let wanted = match (&case["problem"], &case["problems"]) {
        (Json::Null, Json::Null) => Vec::new(),
        (Json::Null, several) => several.as_array().unwrap().clone(),
        (one, _) => vec![one.clone()],
    };
    equal("problems", &shown(&problems, &wanted), &wanted)?;
    let Some(program) = program else {
        return if wanted.is_empty() { Err("no program".to_owned()) } else { Ok(()) };
    };
    let (tree, _) = parse(program.canonical());
    equal("canonical text read again", &tree.unwrap().canonical().as_str(), &program.canonical())?;
    if let Some(canonical) = case["canonical"].as_str() {
        equal("canonical text", &program.canonical(), &canonical)?;
    }
    if let Some(reads) = case["reads"].as_array() {
        let found = program.reads().iter().map(|read| json!(read_name(form, read))).collect();
        equal("reads", &sorted(found), &sorted(reads.clone()))?;
    }
    let answers = Answers::read(form, case);
    let row = case["row"].as_str().map_or(RowId::FORM, |path| answers.row(path));
    if case.get("expect").is_some() {
        let found = evaluate(&program, &answers, row)?;
        equal("value", &found, &case["expect"])?;
        let again =
            compile(program.canonical(), &scope, &Expected::Any).0.ok_or("the canonical text fails")?;
        equal("value of the canonical text", &evaluate(&again, &answers, row)?, &found)?;
    }
    if let Some(causes) = case["causes"].as_array() {
        let found = program.value_explained(&answers, row).1;
        let found = found.iter().map(|cause| json!(answers.path(form, *cause))).collect();
        equal("causes", &sorted(found), &sorted(causes.clone()))?;
    }
    if let Some(bounds) = case.get("bounds") {
        let found = program.bounds(&answers, row, &|_| Reach::Final);
        let found = found.map(|bounds| json!([number(bounds.lo), number(bounds.hi)])).unwrap_or_default();
        equal("bounds", &found, bounds)?;
    }
    Ok(())
}

/// Names in the order of the alphabet: what a program gives is in the order of the fields' numbers, which here hangs on
/// how the JSON reader of this build orders an object.
fn sorted(mut names: Vec<Json>) -> Vec<Json> {
    names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    names
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found:?}, not {wanted:?}")) }
}

fn expected(json: &Json) -> Expected {
    let single = |kind| Expected::Value(Type { kind, many: false });
    match json.as_str() {
        None => Expected::Any,
        Some("truth") => Expected::Truth,
        Some("integer") => single(Kind::Number { integer: true }),
        Some("number") => single(Kind::Number { integer: false }),
        Some("text") => single(Kind::Text(None)),
        Some("texts") => Expected::Value(Type { kind: Kind::Text(None), many: true }),
        Some("date") => single(Kind::Date),
        Some(other) => panic!("{other}"),
    }
}

/// The problems, with what the suite says of them.
fn shown(problems: &[Problem], wanted: &[Json]) -> Vec<Json> {
    let mut shown = Vec::new();
    for (index, problem) in problems.iter().enumerate() {
        let mut json = json!({"code": problem.code.as_str(), "message": problem.message});
        let asked = wanted.get(index).cloned().unwrap_or_default();
        if asked.get("at").is_some() {
            json["at"] = json!([problem.span.start, problem.span.end]);
        }
        if asked.get("help").is_some() {
            json["help"] = json!(problem.help);
        }
        shown.push(json);
    }
    shown
}

fn read_name(form: &Form, read: &Read) -> String {
    let outwards = |field, up: &u8| format!("{}{}", "^".repeat((*up).into()), form.name(field));
    match read {
        Read::Field { field, up } => outwards(*field, up),
        Read::Absence { field, up } => format!("absence {}", outwards(*field, up)),
        Read::Column { rows, field } => format!("{}.{}", form.name(*rows), form.name(*field)),
        Read::Rows { field } => format!("rows {}", form.name(*field)),
        Read::Previous { field } => format!("previous {}", form.name(*field)),
        Read::Today => "today".to_owned(),
        Read::Now => "now".to_owned(),
        Read::Language => "language".to_owned(),
    }
}

/// The value; with and without explanation it has to be the same.
fn evaluate(program: &Program, answers: &Answers, row: RowId) -> Result<Json, String> {
    let value = program.value(answers, row);
    let (explained, causes) = program.value_explained(answers, row);
    equal("explained value", &explained, &value)?;
    if value.is_some() {
        equal("causes of a decided value", &causes.len(), &0)?;
    }
    if *program.ty() == (Type { kind: Kind::Boolean, many: false }) {
        let truth = match &value {
            Some(Value::Boolean(boolean)) => Truth::from(*boolean),
            _ => Truth::Unknown,
        };
        equal("truth", &program.test(answers, row), &truth)?;
        equal("explained truth", &program.test_explained(answers, row), &(truth, causes))?;
    }
    Ok(value.map(json_of).unwrap_or_default())
}

fn json_of(value: Value) -> Json {
    match value {
        Value::Boolean(boolean) => json!(boolean),
        Value::Number(decimal) => number(decimal),
        Value::Text(text) => json!(&*text),
        Value::Codes(codes) => json!(codes.iter().map(|code| &**code).collect::<Vec<_>>()),
        Value::Date(date) => json!(date.to_string()),
        Value::Time(time) => json!(time.to_string()),
    }
}

fn number(decimal: Decimal) -> Json {
    serde_json::from_str(&decimal.normalize().to_string()).unwrap()
}

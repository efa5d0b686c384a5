//! The JSON Schema Test Suite, judged by the authority as it is built for a record: draft 2020-12 whatever a schema
//! says, nothing fetched, formats asserted, patterns in linear time.
//!
//! `tests/json_schema_suite/recorded.jsonl` has the tests of the keywords that the project writes into schemas, and
//! runs always; all of the suite is in `target/json-schema-suite`, if `cargo xtask test --full` put it there. What
//! comes out otherwise than the suite says stands in `differences.json` with its reason, and nothing else may.
//! `INTAKE_RECORD=1` records anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::Authority;

/// The files of the suite whose keywords answer schemas and published schemas are made of.
const RECORDED: [&str; 25] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if-then-else",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "not",
    "optional/format/date",
    "optional/non-bmp-regex",
    "pattern",
    "properties",
    "required",
    "type",
    "uniqueItems",
];

/// A schema with values, each of which it allows or not.
struct Group {
    /// The file and the description.
    name: String,
    schema: Json,
    /// Description, value, whether it is allowed.
    tests: Vec<(String, Json, bool)>,
}

/// What came of a suite.
#[derive(Default)]
struct Outcome {
    all: usize,
    same: usize,
    /// Tests that come out otherwise, in the words of their declaration, by reason.
    declared: BTreeMap<String, usize>,
    undeclared: Vec<String>,
    /// Entries of the list of differences that nothing was found for.
    unused: BTreeSet<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/json_schema_suite")
}

/// Where all of the suite is, if it is.
fn whole() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/json-schema-suite");
    let inside = fs::read_dir(installed).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    inside.map(|path| path.join("json/tests/draft2020-12")).find(|path| path.is_dir())
}

fn recorded() -> Vec<Group> {
    let text = fs::read_to_string(folder().join("recorded.jsonl")).unwrap();
    text.lines().map(|line| group(&serde_json::from_str(line).unwrap())).collect()
}

fn group(json: &Json) -> Group {
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    let tests = json["tests"].as_array().unwrap().iter();
    Group {
        name: text(&json["name"]),
        schema: json["schema"].clone(),
        tests: tests.map(|test| (text(&test[0]), test[1].clone(), test[2].as_bool().unwrap())).collect(),
    }
}

/// Every group of the whole suite, in the form in which it is recorded.
fn read_whole(root: &Path) -> Vec<Json> {
    let (mut folders, mut files) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut groups = Vec::new();
    for path in files {
        let file = path.strip_prefix(root).unwrap().with_extension("");
        let file = file.to_string_lossy().replace('\\', "/");
        let suite: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for group in suite.as_array().unwrap() {
            let tests = group["tests"].as_array().unwrap().iter();
            let tests: Json =
                tests.map(|test| json!([test["description"], test["data"], test["valid"]])).collect();
            let name = format!("{file}: {}", group["description"].as_str().unwrap());
            groups.push(json!({ "name": name, "schema": group["schema"], "tests": tests }));
        }
    }
    groups
}

/// Judges every test. What is declared is named by file, by group or by test.
fn judged(groups: &[Group]) -> Outcome {
    let text = fs::read_to_string(folder().join("differences.json")).unwrap();
    let differences: Json = serde_json::from_str(&text).unwrap();
    let reasons: Vec<(&str, &str)> = differences["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|reason| {
            let of = reason["reason"].as_str().unwrap();
            reason["tests"].as_array().unwrap().iter().map(move |test| (test.as_str().unwrap(), of))
        })
        .collect();
    let mut outcome = Outcome::default();
    outcome.unused.extend(reasons.iter().map(|(test, _)| (*test).to_owned()));
    for group in groups {
        let authority = Authority::of_schema(&group.schema);
        for (description, value, allowed) in &group.tests {
            outcome.all += 1;
            let found = match &authority {
                Ok(authority) if authority.allows(value) == *allowed => {
                    outcome.same += 1;
                    continue;
                }
                Ok(_) => format!("is not {}", if *allowed { "allowed" } else { "refused" }),
                Err(why) => why.clone(),
            };
            let test = format!("{}: {description}", group.name);
            let within =
                |of: &str| test.strip_prefix(of).is_some_and(|r| r.is_empty() || r.starts_with(": "));
            match reasons.iter().find(|(of, _)| within(of)) {
                Some((of, reason)) => {
                    *outcome.declared.entry((*reason).to_owned()).or_default() += 1;
                    outcome.unused.remove(*of);
                }
                None => outcome.undeclared.push(format!("{test}: {found}")),
            }
        }
    }
    outcome
}

impl Outcome {
    fn said(&self) -> String {
        let mut text = format!("{} tests, {} as the suite says", self.all, self.same);
        for (reason, count) in &self.declared {
            write!(text, "\n  {count}: {reason}").unwrap();
        }
        text
    }
}

#[test]
fn the_recorded_tests_come_out_as_they_say() {
    let outcome = judged(&recorded());
    assert!(outcome.undeclared.is_empty(), "{}", outcome.undeclared.join("\n"));
    assert!(outcome.all > 500 && outcome.same * 100 >= outcome.all * 95, "{}", outcome.said());
}

#[test]
fn the_whole_suite_comes_out_as_it_says_or_is_listed() {
    let Some(root) = whole() else {
        println!("skipped: the JSON Schema Test Suite is not installed; `cargo xtask test --full` does it");
        return;
    };
    let suite = read_whole(&root);
    if std::env::var_os("INTAKE_RECORD").is_some() {
        let of = |group: &&Json| {
            let name = group["name"].as_str().unwrap();
            RECORDED.iter().any(|file| name.strip_prefix(file).is_some_and(|rest| rest.starts_with(": ")))
        };
        let lines: String = suite.iter().filter(of).map(|group| format!("{group}\n")).collect();
        fs::write(folder().join("recorded.jsonl"), lines).unwrap();
    }
    let outcome = judged(&suite.iter().map(group).collect::<Vec<_>>());
    println!("{}", outcome.said());
    assert!(outcome.undeclared.is_empty(), "{}", outcome.undeclared.join("\n"));
    assert!(outcome.unused.is_empty(), "declared, and comes out as it says: {:?}", outcome.unused);
    assert!(outcome.all > 1_800, "{}", outcome.said());
}

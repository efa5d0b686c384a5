//! The rules about a questionnaire's quality, held to a corpus of questionnaires with one fault each.
//!
//! Every JSON file in `tests/lint/`, and every `questionnaire.json` in a folder there, says under `x-expect` which
//! fault it has and where. It has to be found there, under its code, and nothing else with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use intake::diagnostic::{Diagnostic, SourceId, Sources, codes};
use intake::json::{self, Item};
use intake::lint;
use intake::questionnaire::Loader;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// The files of a folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(fs::read_to_string(self.0.join(path)).ok())
    }
}

/// Every case: its folder and the name of its questionnaire.
fn cases() -> Vec<(PathBuf, String)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cases.push((path, "questionnaire.json".to_owned()));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            cases.push((corpus(), path.file_name().unwrap().to_str().unwrap().to_owned()));
        }
    }
    cases.sort();
    cases
}

/// Code, file, line, column.
type Found = (String, String, usize, usize);

fn expected(folder: &Path, name: &str) -> Found {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let (document, _) = json::read(&text, SourceId(0));
    let expect =
        Item::root(&document).unwrap().get("x-expect").unwrap_or_else(|| panic!("{name} expects nothing"));
    let number = |keyword: &str| expect.get(keyword).and_then(Item::whole).unwrap() as usize;
    let file = expect.text_of("file").unwrap_or(name);
    (expect.text_of("code").unwrap().to_owned(), file.to_owned(), number("line"), number("column"))
}

fn place(sources: &Sources, diagnostic: &Diagnostic) -> Found {
    let place = diagnostic.place.as_ref().unwrap();
    let (line, column) = sources.line_column(place.source, place.span.start);
    (diagnostic.code.to_string(), sources.name(place.source).to_owned(), line, column)
}

#[test]
fn every_fault_is_found_at_its_place_and_nothing_else() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let mut faults = Vec::new();
    for (folder, name) in cases {
        let expected = expected(&folder, &name);
        let (sources, found) = lint::inspect(&Folder(folder.clone()), &name);
        let places: Vec<Found> = found.iter().map(|diagnostic| place(&sources, diagnostic)).collect();
        if places != [expected.clone()] {
            let shown: String = found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
            faults.push(format!("{}/{name}: expected {expected:?}, found\n{shown}", folder.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let covered: BTreeSet<String> = cases().iter().map(|(folder, name)| expected(folder, name).0).collect();
    for rule in lint::reference() {
        assert!(covered.contains(rule.code.as_str()), "`{}` has no case in tests/lint", rule.code);
    }
    let rules: BTreeSet<&str> = lint::reference().iter().map(|rule| rule.code.as_str()).collect();
    for (code, _) in codes::ALL.iter().filter(|(code, _)| code.as_str().starts_with("lint.")) {
        assert!(rules.contains(code.as_str()), "`{code}` is no rule's");
    }
}

#[test]
fn the_shipped_questionnaires_are_clean() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/questionnaires")).unwrap() {
        let id = entry.unwrap().file_name().into_string().unwrap();
        let (sources, found) =
            lint::inspect(&support::Schemas, &format!("questionnaires/{id}/questionnaire.json"));
        let text: String = found.iter().map(|diagnostic| sources.render(diagnostic)).collect();
        assert!(found.is_empty(), "{text}");
    }
}

fn inspected(text: &str) -> Vec<Diagnostic> {
    let files = std::collections::BTreeMap::from([("form.json".to_owned(), text.to_owned())]);
    lint::inspect(&files, "form.json").1
}

/// A form whose questions are written by a function of their number.
fn form(count: usize, question: impl Fn(usize) -> String, rules: &str) -> String {
    let questions: Vec<String> = (0..count).map(question).collect();
    format!(
        r#"{{ "$schema": "questionnaire-1.schema.json", "id": "large", "version": "1.0.0", "title": "Large",
        "languages": ["en"], "unevaluatedProperties": false, "rules": [{rules}],
        "allOf": [{{ "id": "all", "title": "All", "properties": {{ {} }} }}] }}"#,
        questions.join(",\n")
    )
}

#[test]
fn a_large_form_in_one_chain_is_looked_through() {
    let text = form(
        2_000,
        |number| {
            let before = number.saturating_sub(1);
            let condition = match number {
                0 => String::new(),
                1_999 => r#", "visibleIf": "q1998 > 10""#.to_owned(),
                _ => format!(
                    r#", "visibleIf": "q{before} >= 3 or q{before}.empty()", "requiredIf": "q{before} = 4""#
                ),
            };
            format!(
                r#""q{number}": {{ "title": "What is number {number}?", "type": "integer", "minimum": 0, "maximum": 10{condition} }}"#
            )
        },
        "",
    );
    let codes: Vec<&str> = inspected(&text).iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["lint.never-shown"]);
}

#[test]
fn hostile_conditions_end_and_overflow_no_stack() {
    let questions = |number: usize| {
        format!(
            r#""q{number}": {{ "title": "What is {number}?", "type": "integer", "minimum": 0, "maximum": 10 }}"#
        )
    };
    let rule = |id: usize, when: &str| {
        format!(r#"{{ "id": "R{id}", "title": "?", "when": "{when}", "review": {{ "within": 1 }} }}"#)
    };
    // Every way to be true kept apart, every way to be unknown, and as deep as can be read.
    let wide: Vec<String> =
        (0..100).map(|number| format!("(q{number} = 1 or q{} = 2)", (number * 7) % 100)).collect();
    let unknown: Vec<String> =
        (0..100).map(|number| format!("(q{number} > 1 xor q{} < 9)", (number * 3) % 100)).collect();
    let deep = format!("{}q1 > 1{}", "(q0 > 1 implies (".repeat(30), "))".repeat(30));
    let iifs = format!("{}q2 > 1{}", "iif(q1 > 2, q0 > 1, ".repeat(40), ")".repeat(40));
    let rules: Vec<String> = [wide.join(" and "), unknown.join(" or "), deep, iifs]
        .iter()
        .cycle()
        .take(8)
        .enumerate()
        .map(|(id, when)| rule(id, when))
        .collect();
    let found = inspected(&form(100, questions, &rules.join(",")));
    assert!(found.iter().all(|found| !found.is_error()), "{:?}", found.first().map(|found| &found.message));
}

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

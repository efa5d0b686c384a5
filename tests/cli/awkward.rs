//! Hostile and broken JSON in every place where a file can stand: a typed fault each time, and never a panic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use intake::diagnostic::{Diagnostic, SourceId};
use intake::json;

use super::VISIT;
use super::sandbox::{Folder, run};

/// The published corpus, where it is there.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/awkward/json");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there is no corpus in ../shared/fixtures/awkward/json");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// A few of our own, so that something is tested everywhere.
fn own() -> Vec<(String, Vec<u8>)> {
    let deep = "[".repeat(100_000);
    let deep_objects = "{\"a\":".repeat(100_000);
    let texts: [(&str, &str); 16] = [
        ("n_nothing", ""),
        ("n_unclosed", "{\"a\": [1, 2"),
        ("n_no_quotes", "{a: 1}"),
        ("n_trailing_comma", "[1,]"),
        ("n_two_documents", "{} {}"),
        ("n_control_character", "[\"a\u{1}b\"]"),
        ("n_bad_escape", r#"["\x41"]"#),
        ("n_leading_zero", "[012]"),
        ("n_infinity", "[Infinity, -NaN]"),
        ("n_deep_lists", &deep),
        ("n_deep_objects", &deep_objects),
        ("n_lone_surrogate", r#"["\ud800"]"#),
        ("y_prototype", r#"{"__proto__": {"constructor": 1}, "toString": 2}"#),
        ("y_empty_name", r#"{"": 0}"#),
        ("y_null", "null"),
        ("y_list", "[[], {}, 0, \"\", false]"),
    ];
    let mut cases: Vec<(String, Vec<u8>)> =
        texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    cases.push(("n_not_utf_8".to_owned(), b"[\"\xff\xfe\xed\xa0\x80\"]".to_vec()));
    cases.push(("n_utf_16".to_owned(), b"\xff\xfe[\x00]\x00".to_vec()));
    cases
}

fn all() -> Vec<(String, Vec<u8>)> {
    let mut cases = own();
    cases.extend(corpus());
    cases
}

fn visit() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(VISIT)).unwrap()
}

/// Reads and compiles, from texts alone.
fn open(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let (plan, sources, found) = intake::open(&files, "form/questionnaire.json");
    assert!(plan.is_some() || found.iter().any(Diagnostic::is_error), "no plan, and nobody says why");
    for diagnostic in &found {
        let shown = sources.render(diagnostic);
        assert!(shown.contains(diagnostic.code.as_str()) && shown.contains("= help: "), "{shown}");
    }
    found
}

#[test]
fn as_a_questionnaire_and_as_a_part_of_one() {
    let visit = visit();
    for (name, bytes) in all() {
        let (text, mut faults) = json::decode(bytes, SourceId(0));
        faults.extend(json::read(&text, SourceId(0)).1);
        assert_eq!(
            faults.is_empty(),
            name.starts_with('y') && !name.contains("duplicated_key"),
            "{name}: {faults:?}"
        );
        // Valid or not, none of them is a questionnaire.
        assert!(open(&[("form/questionnaire.json", &text)]).iter().any(Diagnostic::is_error), "{name}");
        for (place, wrapped) in [
            ("a title", visit.replacen("\"A short visit\"", &text, 1)),
            ("a section", visit.replacen("\"allOf\": [", &format!("\"allOf\": [ {text}, "), 1)),
            (
                "a question",
                visit.replacen("\"properties\": {", &format!("\"properties\": {{ \"odd\": {text}, "), 1),
            ),
            ("a condition", visit.replacen("\"visibleIf\": \"alone\"", &format!("\"visibleIf\": {text}"), 1)),
            ("a rule", visit.replacen("\"rules\": [", &format!("\"rules\": [ {text}, "), 1)),
            ("a score", visit.replacen("\"scores\": {", &format!("\"scores\": {{ \"odd\": {text}, "), 1)),
            ("a keyword", visit.replacen("\"maxLength\": 20", &format!("\"maxLength\": {text}"), 1)),
        ] {
            assert_ne!(wrapped, visit, "{place}");
            open(&[("form/questionnaire.json", &wrapped)]);
        }
    }
}

#[test]
fn as_an_instrument_a_list_and_a_language_pack() {
    let visit = visit().replacen("\"languages\": [\"en\"]", "\"languages\": [\"en\", \"fr\"]", 1);
    let with_part = visit.replacen("\"allOf\": [", "\"allOf\": [ { \"$ref\": \"part.json\" }, ", 1);
    let with_list =
        visit.replacen("\"allOf\": [", "\"lists\": { \"l\": { \"$ref\": \"part.json\" } }, \"allOf\": [", 1);
    for (name, bytes) in all() {
        let (text, _) = json::decode(bytes, SourceId(0));
        for form in [&with_part, &with_list] {
            let found = open(&[("form/questionnaire.json", form), ("form/part.json", &text)]);
            assert!(found.iter().any(Diagnostic::is_error), "{name}");
        }
        open(&[("form/questionnaire.json", &visit), ("form/fr.json", &text)]);
    }
}

#[test]
fn as_a_record_a_profile_and_a_scenario() {
    let plan = super::assess::plan();
    let scenarios =
        r#"{ "$schema": "scenarios-1.schema.json", "questionnaire": "visit", "scenarios": [ CASE ] }"#;
    for (name, bytes) in all() {
        let (text, _) = json::decode(bytes, SourceId(0));
        let places = [
            text.clone(),
            format!(r#"{{"assessed_on":"2026-11-24","answers":{text}}}"#),
            format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":{text}}}}}"#),
            format!(r#"{{"assessed_on":"2026-11-24","answers":{{"children":{text}}}}}"#),
            format!(r#"{{"assessed_on":"2026-11-24","answers":{{}},"absent":{text}}}"#),
            format!(r#"{{"assessed_on":"2026-11-24","answers":{{}},"overrides":{text}}}"#),
            format!(r#"{{"assessed_on":{text},"answers":{{}}}}"#),
        ];
        for record in places {
            let (read, found) = intake::session::read_record(&record, SourceId(0));
            assert!(read.is_some() || found.iter().any(Diagnostic::is_error), "{name}");
            if let Some(record) = read {
                // Refused or assessed, whatever it is: only a panic would be wrong.
                let _ = intake::profile::assess(&plan, &record);
            }
        }
        let (document, _) = json::read(&text, SourceId(0));
        if let Some(root) = document.root() {
            let findings =
                intake::profile::verify(&|_, _| Some(std::sync::Arc::clone(&plan)), &document.to_value(root));
            assert!(!findings.is_empty(), "{name} is no profile");
        }
        for case in [text.clone(), format!(r#"{{ "name": "a", "today": "2026-11-24", "steps": {text} }}"#)] {
            let suite = scenarios.replace("CASE", &case);
            let (document, syntax) = json::read(&suite, SourceId(0));
            let (read, found) = intake::scenario::read(&document);
            assert!(read.is_some() || found.iter().chain(&syntax).any(Diagnostic::is_error), "{name}");
            if let Some(read) = read {
                let _ = intake::scenario::run(&plan, &read);
            }
        }
    }
}

#[test]
fn the_program_lists_the_faults_of_all_files_in_one_run() {
    let folder = Folder::new();
    let mut rejected = 0;
    for (name, bytes) in all() {
        let name = name.trim_end_matches(".json");
        std::fs::write(folder.path().join(format!("{name}.json")), bytes).unwrap();
        rejected += usize::from(name.starts_with('n'));
    }
    let ran = folder.run(&["check", "--format", "json", "."], "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    let lines = ran.lines();
    let files: std::collections::BTreeSet<&str> =
        lines.iter().filter_map(|line| line["file"].as_str()).collect();
    assert!(files.len() >= rejected, "{} of {rejected} files have a fault", files.len());
    for line in &lines {
        for part in ["code", "file", "line", "column", "message", "help"] {
            assert!(!line[part].is_null(), "no {part}: {line}");
        }
    }
}

#[test]
fn the_program_refuses_each_as_a_record() {
    let folder = Folder::new();
    let mut arguments = vec!["assess".to_owned(), VISIT.to_owned()];
    for (name, bytes) in all() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        arguments.push(path.to_string_lossy().into_owned());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = run(&arguments, "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    assert!(ran.lines().iter().all(|line| line["error"]["code"].is_string()));
}

//! `intake check`: every fault of every file in one run, with place, caret, code and help.

use std::path::Path;

use serde_json::{Value, json};

use super::sandbox::{Folder, Ran, run};

/// A questionnaire with a fault of every family: its text, its names, its types, its conditions, its references.
const FAULTY: &str = r#"{
  "$schema": "questionnaire-1.schema.json",
  "id": "form",
  "version": "1",
  "title": "Form",
  "languages": ["en"],
  "type": "object",
  "allOf": [
    {
      "id": "one",
      "title": "One",
      "properties": {
        "years": { "title": "Age", "type": "integer", "minimum": 0, "maxmum": 120 },
        "smokes": { "title": "Smokes?", "type": "string", "visibleIf": "yaers >= 18 and years => 3",
          "oneOf": [{ "const": "yes", "title": "Yes" }, { "const": "no", "title": "No" }] },
        "packs": { "title": "Packs", "type": "integer", "visibleIf": "smokes = 'Yes'" },
        "a": { "title": "A", "type": "integer", "calculate": "b + 1" },
        "b": { "title": "B", "type": "integer", "calculate": "a + 1" },
        "名": { "title": "名字", "type": "string" }
      },
      "required": ["ghost",]
    },
    { "$ref": "missing.json" }
  ],
  "unevaluatedProperties": false,
  "type": "object"
}
"#;

const FINDINGS: &str = r#"error[json.comma]: a comma too many
  --> form.json:21:27 (/allOf/0/required)
    |
 21 |       "required": ["ghost",]
    |                           ^
  = help: JSON has no comma after the last item

error[json.duplicate-name]: the name stands twice in this object
  --> form.json:26:3
    |
 26 |   "type": "object"
    |   ^^^^^^
  note: first here
  ::: form.json:7:3
   |
 7 |   "type": "object",
   |   ^^^^^^
  = help: rename or remove one of the two

error[dialect.unknown-keyword]: a question has no keyword `maxmum`: did you mean `maximum`?
  --> form.json:13:69 (/allOf/0/properties/years/maxmum)
    |
 13 |         "years": { "title": "Age", "type": "integer", "minimum": 0, "maxmum": 120 },
    |                                                                     ^^^^^^^^
  = help: write `maximum`

error[file.missing]: there is no file `missing.json`
  --> form.json:23:15 (/allOf/1/$ref)
    |
 23 |     { "$ref": "missing.json" }
    |               ^^^^^^^^^^^^^^
  = help: put the path right, or add the file

error[dialect.name]: this is not a name that expressions can use
  --> form.json:19:9 (/allOf/0/properties/名)
    |
 19 |         "名": { "title": "名字", "type": "string" }
    |         ^^^^
  = help: use letters, digits and `_`, beginning with a letter, at most 64 of them

error[plan.unknown-name]: `required` names `ghost`, which is no question here
  --> form.json:21:20 (/allOf/0/required/0)
    |
 21 |       "required": ["ghost",]
    |                    ^^^^^^^
  = help: put the name right, or add what it names

error[expression.unknown-name]: there is no question named `yaers`: did you mean `years`?
  --> form.json:14:73 (/allOf/0/properties/smokes/visibleIf)
    |
 14 |         "smokes": { "title": "Smokes?", "type": "string", "visibleIf": "yaers >= 18 and years => 3",
    |                                                                         ^^^^^
  = help: write `years`

error[expression.operator]: `=>` is not an operator: did you mean `>=`?
  --> form.json:14:95 (/allOf/0/properties/smokes/visibleIf)
    |
 14 |         "smokes": { "title": "Smokes?", "type": "string", "visibleIf": "yaers >= 18 and years => 3",
    |                                                                                               ^^
  = help: write `>=`

error[expression.unknown-choice]: `smokes` has no choice 'Yes': did you mean 'yes'?
  --> form.json:16:80 (/allOf/0/properties/packs/visibleIf)
    |
 16 |         "packs": { "title": "Packs", "type": "integer", "visibleIf": "smokes = 'Yes'" },
    |                                                                                ^^^^^
  = help: write the code of a choice, not its title

error[plan.cycle]: these wait for each other: the value of `a` → the value of `b` → the value of `a`
  --> form.json:17:62 (/allOf/0/properties/a/calculate)
    |
 17 |         "a": { "title": "A", "type": "integer", "calculate": "b + 1" },
    |                                                              ^^^^^^^
  note: the value of `b` is here
  ::: form.json:18:62 (/allOf/0/properties/b/calculate)
    |
 18 |         "b": { "title": "B", "type": "integer", "calculate": "a + 1" },
    |                                                              ^^^^^^^
  = help: break the ring: one of these conditions or calculations must not read the next

1 file checked: 10 errors, 0 warnings
"#;

#[test]
fn every_fault_of_a_questionnaire_comes_in_one_run() {
    let folder = Folder::with(&[("form.json", FAULTY)]);
    let ran = folder.run(&["check", "form.json"], "");
    assert_eq!(ran, Ran { status: Some(1), out: FINDINGS.to_owned(), err: String::new() }, "{}", ran.out);
}

#[test]
fn for_programs_the_same_findings_are_a_line_of_json_each() {
    let folder = Folder::with(&[("form.json", FAULTY)]);
    let ran = folder.run(&["check", "--format", "json", "form.json"], "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    let lines = ran.lines();
    assert_eq!(lines.len(), 10);
    let first = json!({
        "code": "json.comma", "severity": "error", "message": "a comma too many",
        "help": "JSON has no comma after the last item", "file": "form.json",
        "line": 21, "column": 27, "endLine": 21, "endColumn": 28, "pointer": "/allOf/0/required",
    });
    assert_eq!(lines[0], first);
    let places = |name: &str| lines.iter().map(|line| line[name].clone()).collect::<Vec<Value>>();
    assert_eq!(json!(places("line")), json!([21, 26, 13, 23, 19, 21, 14, 14, 16, 17]));
    assert!(places("help").iter().all(Value::is_string));
    assert_eq!(lines[9]["related"][0]["message"], "the value of `b` is here");
}

#[test]
fn what_a_questionnaire_refers_to_is_checked_with_it_and_told_once() {
    let folder = Folder::with(&[
        ("forms/a/questionnaire.json", &form("a", r#"{ "$ref": "../../parts/scale.json" }"#)),
        ("forms/b/questionnaire.json", &form("b", r#"{ "$ref": "../../parts/scale.json" }"#)),
        ("parts/scale.json", &SCALE.replace("minimum", "minimun")),
        ("parts/notes.json", r#"{ "what": "no file of this project" }"#),
    ]);
    let ran = folder.run(&["check", "forms", "parts"], "");
    assert_eq!(ran.status, Some(1), "{}", ran.out);
    assert_eq!(ran.out.matches("error[").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("error[dialect.unknown-keyword]: "), "{}", ran.out);
    assert!(ran.out.contains("  --> parts/scale.json:6:"), "{}", ran.out);
    assert!(ran.out.ends_with("3 files checked: 1 error, 0 warnings\n"), "{}", ran.out);
}

#[test]
fn each_kind_of_file_is_checked_by_its_own_rules() {
    let folder = Folder::with(&[
        (
            "questionnaire.json",
            &form(
                "form",
                r#"{ "id": "s", "title": "S", "properties": { "n": { "title": "N", "type": "integer" } } }"#,
            ),
        ),
        ("scale.json", SCALE),
        ("list.json", r#"{ "$schema": "list-1.schema.json", "id": "l", "entries": [{ "code": "x" }] }"#),
        ("fr.json", r#"{ "$schema": "language-pack-1.schema.json", "language": "fr", "titel": "x" }"#),
        (
            "scenarios.json",
            r#"{ "$schema": "scenarios-1.schema.json", "questionnaire": "form", "scenarios": [{ "name": "a", "step": [] }] }"#,
        ),
        (
            "record.json",
            r#"{ "$schema": "record-1.schema.json", "assessed_on": "2026-11-24", "answer": {} }"#,
        ),
        ("profile.json", r#"{ "$schema": "profile-1.schema.json" }"#),
        ("other.json", r#"{ "no": "schema" }"#),
        ("broken.json", "{"),
    ]);
    let ran = folder.run(&["check", "--format", "json", "."], "");
    assert_eq!(ran.status, Some(1));
    let found: std::collections::BTreeSet<(String, String)> = ran
        .lines()
        .iter()
        .map(|line| (line["file"].as_str().unwrap().to_owned(), line["code"].as_str().unwrap().to_owned()))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(file, code)| (file.as_str(), code.as_str())).collect();
    assert_eq!(
        found,
        [
            ("broken.json", "json.syntax"),
            ("fr.json", "dialect.missing-keyword"),
            ("fr.json", "dialect.unknown-keyword"),
            ("list.json", "dialect.missing-keyword"),
            ("profile.json", "dialect.missing-keyword"),
            ("record.json", "record.unknown-key"),
            ("scenarios.json", "dialect.missing-keyword"),
            ("scenarios.json", "dialect.unknown-keyword"),
        ]
    );
}

#[test]
fn a_file_that_is_named_has_to_say_what_it_is() {
    let folder = Folder::with(&[("other.json", r#"{ "no": "schema" }"#)]);
    let ran = folder.run(&["check", "other.json"], "");
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.starts_with("error[file.kind]: `$schema` does not say what kind of file this is\n"));
}

#[test]
fn warnings_count_only_for_who_is_strict() {
    let section =
        r#"{ "id": "s", "title": "S", "properties": { "n": { "title": "N", "type": "integer" } } }"#;
    let text = form("form", section).replace(r#"["en"]"#, r#"["en", "fr"]"#);
    let pack = r#"{ "$schema": "language-pack-1.schema.json", "language": "fr", "for": "form", "title": "Questions",
        "sections": { "s": { "title": "S" } } }"#;
    let folder = Folder::with(&[("form.json", &text), ("fr.json", pack)]);
    let ran = folder.run(&["check", "form.json"], "");
    assert!(
        ran.status == Some(0) && ran.out.ends_with("1 file checked: 0 errors, 1 warning\n"),
        "{}",
        ran.out
    );
    assert_eq!(folder.run(&["check", "--strict", "form.json"], "").status, Some(1));
}

#[test]
fn what_ships_is_clean() {
    let ran = run(&["check", "--strict", "schemas"], "");
    assert_eq!(ran.status, Some(0), "{}", ran.out);
    assert!(ran.out.ends_with(" files checked: 0 errors, 0 warnings\n"), "{}", ran.out);
}

#[test]
fn files_are_shown_as_they_were_named() {
    let folder = Folder::with(&[("deep/er/form.json", "{")]);
    let below = folder.path().join("deep");
    let full = below.join("er/form.json").to_string_lossy().into_owned();
    for (from, argument, shown) in [
        (folder.path(), "deep/er/form.json", "deep/er/form.json"),
        (folder.path(), "./deep/./er/form.json", "deep/er/form.json"),
        (below.as_path(), "../deep/er/form.json", "er/form.json"),
        (Path::new("/"), full.as_str(), full.as_str()),
    ] {
        let output = super::sandbox::command(from, &["check", argument]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("  --> {shown}:1:")), "{argument}: {text}");
    }
}

/// A questionnaire around one section.
fn form(id: &str, section: &str) -> String {
    format!(
        r#"{{
  "$schema": "questionnaire-1.schema.json", "id": "{id}", "version": "1", "title": "Form", "languages": ["en"],
  "type": "object", "allOf": [{section}], "unevaluatedProperties": false
}}"#
    )
}

const SCALE: &str = r#"{
  "$schema": "instrument-1.schema.json",
  "id": "scale",
  "version": "1.0.0",
  "title": "Scale",
  "properties": { "i1": { "title": "One", "type": "integer", "minimum": 0 } },
  "licence": "MIT OR Apache-2.0",
  "source": "made for the tests"
}
"#;

//! `intake check --fix`: what can be put right is put right, and nothing else is touched.

use std::fs;

use super::sandbox::{Folder, run};

/// Oddly set on purpose: what is not at fault has to stay as it is.
const FAULTY: &str = r#"{
    "$schema": "questionnaire-1.schema.json",
  "id": "form", "version": "1.0.0", "title": "Form",   "languages": ["en"],
  "allOf": [
    { "id": "one", "title": "One",
      "properties": {
        "pain": { "title": "How bad  is the pain? ", "type": "integer", "minimum": 0, "maximum": 10 },
        "place": { "title": "Where does it hurt?",
                   "visibleIf": "pain.exists() or pain.empty()",
                   "type": "string" },
        "carer": { "type": "string", "title": "Who cares for you?", "visibleIf": "pain > 3", "requiredIf": "pain = 0" },
        "alone": { "title": "Alone?", "type": "boolean", "allow": { "lint.long-item": "Short." } }
      } }
  ],
  "scores": { "p": { "title": "Pain", "items": ["pain"], "method": "sum", "fidelity": "adapted",
    "bands": [ { "id": "low", "from": 0, "to": 4 }, { "id": "high", "from": 5, "to": 12.0 } ] } },
  "unevaluatedProperties": false
}
"#;

const FIXED: &str = r#"{
    "$schema": "questionnaire-1.schema.json",
  "id": "form", "version": "1.0.0", "title": "Form",   "languages": ["en"],
  "allOf": [
    { "id": "one", "title": "One",
      "properties": {
        "pain": { "title": "How bad is the pain?", "type": "integer", "minimum": 0, "maximum": 10 },
        "place": { "title": "Where does it hurt?",
                   "type": "string" },
        "carer": { "type": "string", "title": "Who cares for you?", "visibleIf": "pain > 3" },
        "alone": { "title": "Alone?", "type": "boolean" }
      } }
  ],
  "scores": { "p": { "title": "Pain", "items": ["pain"], "method": "sum", "fidelity": "adapted",
    "bands": [ { "id": "low", "from": 0, "to": 4 }, { "id": "high", "from": 5, "to": 10 } ] } },
  "unevaluatedProperties": false
}
"#;

fn text(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn safe_fixes_are_applied_once_and_leave_the_rest_as_it_was_set() {
    let folder = Folder::with(&[("form.json", FAULTY)]);
    let ran = folder.run(&["check", "--fix", "form.json"], "");
    assert_eq!(text(&folder, "form.json"), FIXED, "{}", ran.out);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (Some(0), "5 fixes applied\n1 file checked: 0 errors, 0 warnings\n")
    );
    let again = folder.run(&["check", "--fix", "form.json"], "");
    assert_eq!(again.out, "0 fixes applied\n1 file checked: 0 errors, 0 warnings\n");
    assert_eq!(text(&folder, "form.json"), FIXED);
}

#[test]
fn what_is_only_probably_meant_needs_a_word_more() {
    let guess = FIXED
        .replace("\"visibleIf\": \"pain > 3\"", "\"visibleIf\": \"pian > 3\"")
        .replace("carer\"", "phone\"");
    let folder = Folder::with(&[("form.json", &guess)]);
    assert_eq!(folder.run(&["check", "--fix", "form.json"], "").status, Some(1));
    assert_eq!(text(&folder, "form.json"), guess, "a guess was applied unasked");
    let ran = folder.run(&["check", "--fix", "--suggestions", "form.json"], "");
    assert_eq!(ran.out, "2 fixes applied\n1 file checked: 0 errors, 0 warnings\n");
    let meant = guess.replace("pian", "pain").replace(
        "\"visibleIf\": \"pain > 3\"",
        "\"visibleIf\": \"pain > 3\", \"sensitivity\": \"identifying\"",
    );
    assert_eq!(text(&folder, "form.json"), meant);
}

#[test]
fn only_files_that_were_named_are_changed() {
    let main = FIXED
        .replace("    { \"id\": \"one\"", "    { \"$ref\": \"shared/extra.json\" },\n    { \"id\": \"one\"");
    let extra = r#"{ "$schema": "instrument-1.schema.json", "id": "extra", "version": "1.0.0", "title": "Extra",
      "licence": "MIT", "source": "Own.", "properties": { "tired": { "title": "Are you  tired?", "type": "boolean" } } }"#;
    let folder = Folder::with(&[("form.json", &main), ("shared/extra.json", extra)]);
    folder.run(&["check", "--fix", "form.json"], "");
    assert_eq!(text(&folder, "shared/extra.json"), extra);
    folder.run(&["check", "--fix", "."], "");
    assert_eq!(text(&folder, "shared/extra.json"), extra.replace("you  tired", "you tired"));
}

#[test]
fn programs_get_the_edits() {
    let folder = Folder::with(&[("form.json", FAULTY)]);
    let found = folder.run(&["check", "--format", "json", "form.json"], "").lines();
    let band = found.iter().find(|finding| finding["code"] == "lint.band-beyond").unwrap();
    let edit = &band["fix"]["edits"][0];
    assert_eq!(band["fix"]["safe"], true);
    assert_eq!(
        (&edit["file"], &edit["line"], &edit["text"]),
        (&"form.json".into(), &16.into(), &"10".into())
    );
    let (start, end) = (edit["start"].as_u64().unwrap() as usize, edit["end"].as_u64().unwrap() as usize);
    assert_eq!(FAULTY.get(start..end), Some("12.0"));
}

#[test]
fn a_rule_explains_itself() {
    let ran = run(&["explain", "lint.later-question"], "");
    assert_eq!(ran.status, Some(0));
    assert!(ran.out.contains("Finds a `visibleIf` that reads a question asked later."), "{}", ran.out);
}

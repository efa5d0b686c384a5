//! `intake test`: the scenarios that an author writes beside a questionnaire.

use super::VISIT;
use super::sandbox::{Folder, run};

fn scenarios(cases: &str) -> Folder {
    let visit = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(VISIT);
    let text = format!(
        r#"{{
  "$schema": "scenarios-1.schema.json",
  "questionnaire": "visit",
  "scenarios": [
    {cases}
  ]
}}
"#
    );
    Folder::with(&[
        ("visit/questionnaire.json", &std::fs::read_to_string(visit).unwrap()),
        ("visit/scenarios.json", &text),
    ])
}

const GOOD: &str = r#"{ "name": "low mood", "today": "2026-11-24",
      "steps": [{ "set": { "low": 2, "tired": 1 } }, { "expect": { "scores": { "mood": 3 }, "domains": { "D06": 2 } } }] }"#;

#[test]
fn what_is_as_expected_passes() {
    let ran = scenarios(GOOD).run(&["test", "."], "");
    let shown = "visit: coverage 7 % (rules 0 of 6, conditions 0 of 3, bands 1 of 4, checks 0 of 0)\n  `--coverage 100` lists what no scenario shows\n";
    assert_eq!(
        (ran.status, ran.out, ran.err.as_str()),
        (Some(0), format!("ok      low mood\n{shown}1 passed, 0 failed\n"), "")
    );
}

#[test]
fn what_is_not_shown_is_listed_with_its_place_where_it_is_asked_for() {
    let folder = scenarios(GOOD);
    let ran = folder.run(&["test", ".", "--coverage", "100"], "");
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("warning[scenario.coverage]: rule "), "{}", ran.out);
    assert!(ran.out.contains("  --> visit/questionnaire.json:"), "{}", ran.out);
    assert!(ran.out.contains("the scenarios show 7 %, and 100 % are asked for"), "{}", ran.out);
    assert_eq!(folder.run(&["test", ".", "--coverage", "7"], "").status, Some(0));
    let json = folder.run(&["test", ".", "--format", "json"], "");
    let report = &json.lines()[0];
    assert_eq!(report["coverage"]["percent"].as_u64(), Some(7));
    assert_eq!(report["coverage"]["kinds"]["bands"]["shown"].as_u64(), Some(1));
}

#[test]
fn what_is_not_is_told_with_its_place() {
    let bad = GOOD.replace("\"D06\": 2", "\"D06\": 1").replace("low mood", "wrong level");
    let ran = scenarios(&format!("{GOOD},\n    {bad}")).run(&["test", "visit"], "");
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.out.starts_with("ok      low mood\nFAILED  wrong level\nerror[scenario.failed]: "),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("  --> visit/scenarios.json:8:"), "{}", ran.out);
    assert!(ran.out.ends_with("1 passed, 1 failed\n"), "{}", ran.out);
    let json = scenarios(&bad).run(&["test", "--format", "json", "visit"], "");
    assert_eq!((json.status, json.lines()[0]["code"].as_str()), (Some(1), Some("scenario.failed")));
}

#[test]
fn a_questionnaire_that_cannot_be_used_fails_its_scenarios() {
    let folder = scenarios(GOOD);
    folder.write("visit/questionnaire.json", "{");
    let ran = folder.run(&["test", "."], "");
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("visit/questionnaire.json:1:"), "{}", ran.out);
    assert!(ran.out.ends_with("0 passed, 1 failed\n"), "{}", ran.out);
}

#[test]
fn what_ships_passes() {
    let ran = run(&["test", "schemas"], "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.ends_with(" passed, 0 failed\n"), "{}", ran.out);
}

//! `intake schema`: plain JSON Schema, for validators of others.

use serde_json::json;

use super::VISIT;
use super::sandbox::run;

#[test]
fn the_schema_is_plain_and_says_what_it_could_not() {
    let ran = run(&["schema", VISIT], "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for ours in ["visibleIf", "requiredIf", "calculate", "checks", "absence", "safety"] {
        assert!(!ran.out.contains(&format!("\"{ours}\"")), "{ours}");
    }
    assert_eq!(schema["properties"]["helper"]["enum"], json!(["kin", "neighbour", "nobody"]));
}

#[test]
fn a_condition_becomes_if_and_else_and_what_cannot_be_said_is_listed() {
    let ran = run(&["schema", VISIT], "");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let expected = json!([
        { "required": ["name"], "properties": { "name": { "pattern": "\\S" } } },
        {
            "if": { "required": ["alone"], "properties": { "alone": { "const": true } } },
            "else": { "properties": { "helper": false } },
        },
    ]);
    assert_eq!(schema["allOf"], expected);
    let ran = run(&["schema", "--not-expressed", VISIT], "");
    let line = json!({
        "pointer": "/allOf/1/properties/hit", "keyword": "required", "condition": null,
        "reason": "an absence is enough, and absences stand outside of the answers",
    });
    assert_eq!((ran.status, ran.out), (Some(0), format!("{line}\n")));
}

#[test]
fn the_schema_by_which_records_are_judged_has_no_conditions() {
    let ran = run(&["schema", "--answers-only", VISIT], "");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.status, Some(0));
    assert!(schema.get("allOf").is_none() && schema.get("required").is_none());
}

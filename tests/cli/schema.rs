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
fn the_schema_by_which_records_are_judged_has_no_conditions() {
    let ran = run(&["schema", "--answers-only", VISIT], "");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.status, Some(0));
    assert!(schema.get("allOf").is_none() && schema.get("required").is_none());
}

//! Questionnaires of a few questions and rules, written where they are tested.

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::Plan;
use intake::session::{Record, read_record};
use serde_json::{Value, json};

/// A rule that raises a need for help.
pub fn need(id: &str, when: &str, level: u8) -> Value {
    let need =
        json!({"domain": "D05", "code": "help", "label": "Help", "level": level, "basis": "normative"});
    json!({"id": id, "title": id, "when": when, "need": need})
}

/// A whole number from 0 on.
pub fn whole(most: i64) -> Value {
    json!({"title": "N", "type": "integer", "minimum": 0, "maximum": most})
}

/// A question of yes or no.
pub fn yes_no() -> Value {
    json!({"title": "B", "type": "boolean"})
}

/// A questionnaire of one section.
pub fn plan(questions: Value, more: Value, rules: &[Value]) -> Arc<Plan> {
    let mut form = json!({
        "$schema": "questionnaire-1.schema.json", "id": "small", "version": "1", "title": "Small", "languages": ["en"],
        "allOf": [{"id": "one", "title": "One", "properties": questions}], "unevaluatedProperties": false, "rules": rules,
    });
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (plan, sources, found) = super::compile(&form.to_string());
    plan.unwrap_or_else(|| panic!("{}", found.iter().map(|one| sources.render(one)).collect::<String>()))
}

/// Answers of 2026-11-23.
pub fn record(answers: &Value) -> Record {
    let text = json!({"assessed_on": "2026-11-23", "answers": answers}).to_string();
    read_record(&text, SourceId(0)).0.unwrap()
}

//! One fault never hides another: whatever keyword is missing somewhere in a questionnaire, a name that is wrong in a
//! condition beside it is told in the same run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files, and fail by panicking"
)]

mod support;

use serde_json::{Value, json};

/// A condition or a calculation in every place that can have one.
fn form() -> Value {
    json!({
        "$schema": "questionnaire-1.schema.json",
        "id": "form", "version": "1", "title": "Form", "languages": ["en"], "type": "object",
        "allOf": [
            {
                "id": "zero", "title": "Zero",
                "properties": { "born": { "title": "Born", "type": "string", "format": "date" } }
            },
            {
                "id": "one", "title": "One", "visibleIf": "born.exists() or born.empty()",
                "properties": {
                    "years": { "title": "Years", "type": "integer", "minimum": 0, "maximum": 120 },
                    "smokes": {
                        "title": "Smokes?", "type": "string", "visibleIf": "years > 1", "requiredIf": "years > 2",
                        "readOnlyIf": "years > 3", "choiceFilter": "years > 4",
                        "oneOf": [{ "const": "yes", "title": "Yes" }, { "const": "no", "title": "No" }],
                        "checks": [{ "id": "c5", "assert": "years > 5", "message": "m", "severity": "warning" }]
                    },
                    "sum": { "title": "Sum", "type": "integer", "calculate": "years + 6" },
                    "rows": {
                        "title": "Rows", "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "a": { "title": "A", "type": "integer" },
                                "b": { "title": "B", "type": "integer", "visibleIf": "a > 7" }
                            }
                        }
                    }
                },
                "required": ["years"],
                "checks": [{ "id": "c8", "assert": "years > 8", "message": "m", "severity": "error" }]
            }
        ],
        "unevaluatedProperties": false,
        "subject": { "birthDate": "born", "legalFlags": { "old": "years > 9" } },
        "scores": {
            "total": { "title": "T", "method": "expression", "expression": "years + 10", "min": 0, "max": 200,
                       "fidelity": "adapted" }
        },
        "rules": [
            { "id": "R1", "title": "t", "when": "years > 11",
              "need": { "domain": "D01", "code": "c", "label": "l", "level": 1 } },
            { "id": "R2", "title": "t", "alert": { "code": "c", "label": "l" },
              "levels": [{ "when": "years > 12", "grade": "R1" }] },
            { "id": "R3", "title": "t", "when": "years > 13", "review": { "within": 7 } },
            { "id": "R4", "title": "t", "when": "years > 14", "recommend": { "service": "S01" } },
            { "id": "R5", "title": "t", "when": "years > 15", "notAssessed": { "domain": "D02", "reason": "r" } }
        ]
    })
}

const KEYWORDS: [&str; 9] = [
    "visibleIf",
    "requiredIf",
    "readOnlyIf",
    "choiceFilter",
    "assert",
    "calculate",
    "old",
    "expression",
    "when",
];

/// The pointers of all conditions and calculations.
fn expressions(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let pointer = format!("{at}/{name}");
        if child.is_string() && KEYWORDS.contains(&name.as_str()) {
            found.push(pointer);
        } else {
            expressions(child, &pointer, found);
        }
    }
}

/// The pointers of whatever stands beside a place, or beside something that it stands in.
fn beside(form: &Value, pointer: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inner = pointer;
    while let Some((outer, name)) = inner.rsplit_once('/') {
        if let Some(members) = form.pointer(outer).and_then(Value::as_object) {
            found.extend(members.keys().filter(|key| *key != name).map(|key| format!("{outer}/{key}")));
        }
        inner = outer;
    }
    found
}

fn remove(form: &mut Value, pointer: &str) {
    let (outer, name) = pointer.rsplit_once('/').unwrap();
    form.pointer_mut(outer).unwrap().as_object_mut().unwrap().remove(name).unwrap();
}

/// Whether the fault of an expression is told at its place.
fn is_told(form: &Value, pointer: &str) -> bool {
    let (_, sources, diagnostics) = support::compile(&serde_json::to_string_pretty(form).unwrap());
    diagnostics.iter().any(|one| {
        let text = sources.render(one);
        text.contains("nobody_knows") && text.contains(&format!("({pointer})"))
    })
}

#[test]
fn the_form_has_no_fault_of_its_own() {
    let (plan, sources, diagnostics) = support::compile(&form().to_string());
    let text: String = diagnostics.iter().map(|one| sources.render(one)).collect();
    assert!(plan.is_some(), "{text}");
}

#[test]
fn a_missing_keyword_hides_no_wrong_name() {
    let form = form();
    let mut places = Vec::new();
    expressions(&form, "", &mut places);
    assert_eq!(places.len(), 16, "{places:?}");
    let mut hidden = Vec::new();
    for pointer in &places {
        let mut wrong = form.clone();
        *wrong.pointer_mut(pointer).unwrap() = json!("nobody_knows > 1");
        assert!(is_told(&wrong, pointer), "{pointer} is not told even by itself");
        for other in beside(&form, pointer) {
            let mut both = wrong.clone();
            remove(&mut both, &other);
            if !is_told(&both, pointer) {
                hidden.push(format!("{pointer} without {other}"));
            }
        }
    }
    assert!(hidden.is_empty(), "hidden:\n{}", hidden.join("\n"));
}

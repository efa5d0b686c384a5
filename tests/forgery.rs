//! Whatever is changed in a profile after it was written is found: every value, one by one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use std::sync::Arc;

use intake::plan::Plan;
use intake::profile::{assess, assess_with_why, verify};
use intake::session::{Record, read_record};
use serde_json::{Value, json};

const MAIN: &str = include_str!("data/elder-main.record.json");

/// Values that may differ, each with the reason why.
const FREE: [(&str, &str); 2] = [
    ("/provenance/engine/name", "another engine may write the same profile"),
    ("/provenance/engine/version", "another version may write the same profile"),
];

/// A record that fills nearly every member of a profile.
fn full() -> Record {
    let mut record: Value = serde_json::from_str(MAIN).unwrap();
    let members = record.as_object_mut().unwrap();
    let more = json!({
        "profile_id": "p-1", "supersedes": "p-0", "kind": "reassessment", "language": "zh-CN",
        "subject": {"person_ref": "x-17", "household_ref": "h-3", "groups": ["pilot"]},
        "informants": {"/adl_eating": "proxy"},
        "overrides": [
            {"domain": "D05", "level": 3, "by": "w1", "computed": 1},
            {"domain": "D09", "level": 3, "by": "w1", "computed": null},
            {"domain": "D08", "level": 1, "by": "w1", "reason": "sings with neighbours", "supervisor": "s1"},
        ],
        "alerts": [
            {"rule": "ELD-R15a", "acknowledged": {"by": "w1", "action": "stayed"}, "grade": "R0",
                "earlier": [{"acknowledged": {"by": "w0", "action": "called"}, "notified": ["s1"], "grade": "R1"}]},
            {"rule": "safety.unscreened", "field": "/elder_hit", "notified": ["s1"]},
        ],
        "consent": {"case_service": "granted"},
        "strengths": [{"text": "sings", "grade": "centrepiece"}],
        "goals": [{"text": "to the market alone", "attainment": 0}],
        "plan": [{"service": "S05", "start": "2026-12"}],
        "reassessment": {"previous": "p-0", "deltas": [{"score": "adl10", "change": -5, "comparable": true}]},
        "provenance": {
            "agency": "a", "assessors": [{"ref": "w1", "qualification": "ability_assessor"}],
            "started_at": "2026-11-23T09:00:00+08:00", "ended_at": "2026-11-23T10:00:00+08:00",
            "offline": true, "sessions": 1,
        },
    });
    members.extend(more.as_object().unwrap().clone());
    members["answers"].as_object_mut().unwrap().remove("elder_hit");
    members["absent"] = json!({"/elder_hit": "declined"});
    let (record, found) = read_record(&record.to_string(), intake::diagnostic::SourceId(0));
    record.unwrap_or_else(|| panic!("{found:?}"))
}

fn findings(plan: &Arc<Plan>, profile: &Value) -> Vec<(String, String, String)> {
    let lookup =
        |id: &str, hash: &str| (id == &*plan.id && hash == plan.content_hash()).then(|| Arc::clone(plan));
    let found = verify(&lookup, profile).into_iter();
    found.map(|finding| (finding.code.to_string(), finding.pointer, finding.message)).collect()
}

/// The pointers of every scalar.
fn scalars(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                scalars(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                scalars(value, &format!("{at}/{index}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

fn mutated(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        _ => json!("x"),
    }
}

#[test]
fn every_value_that_is_changed_is_found_with_code_place_and_reason() {
    let plan = support::shipped("elder-needs");
    let honest = assess(&plan, &full()).unwrap().to_value();
    assert_eq!(findings(&plan, &honest), []);
    let mut places = Vec::new();
    scalars(&honest, "", &mut places);
    assert!(places.len() > 700, "{} places", places.len());
    let mut undetected = Vec::new();
    for place in &places {
        let mut forged = honest.clone();
        let value = forged.pointer_mut(place).unwrap();
        *value = mutated(value);
        let found = findings(&plan, &forged);
        if found.is_empty() {
            undetected.push(place.as_str());
        }
        for (code, _, message) in found {
            assert!(!code.is_empty() && message.len() > 10, "{place}: {code} {message}");
        }
    }
    assert_eq!(undetected, FREE.map(|(place, _)| place));
}

/// The answers have come to more than a level was lowered from: the override stands in the profile, and lowers nothing.
#[test]
fn a_level_that_the_answers_have_overtaken_verifies() {
    let plan = support::shipped("elder-needs");
    let lowered = |computed: &Value| {
        let mut record: Value = serde_json::from_str(MAIN).unwrap();
        record["overrides"] = json!([{"domain": "D05", "level": 0, "by": "w1", "computed": computed}]);
        read_record(&record.to_string(), intake::diagnostic::SourceId(0)).0
    };
    for seen in [json!(null), json!(1)] {
        let profile = assess(&plan, &lowered(&seen).unwrap()).unwrap().to_value();
        assert_eq!(
            (&profile["domain_levels"]["D05"], &profile["overrides"][0]["computed"]),
            (&json!(2), &seen)
        );
        assert_eq!(findings(&plan, &profile), []);
        let mut forged = profile.clone();
        forged["overrides"][0].as_object_mut().unwrap().remove("computed");
        assert_ne!(findings(&plan, &forged), [], "lowered without a word");
    }
    for bad in [json!(4), json!(-1), json!(1.5), json!("1"), json!(true), json!([1])] {
        assert!(lowered(&bad).is_none(), "{bad}");
    }
}

#[test]
fn every_member_that_is_taken_out_is_found() {
    let plan = support::shipped("elder-needs");
    let honest = assess(&plan, &full()).unwrap().to_value();
    let objects =
        ["", "/subject", "/questionnaire", "/needs/0", "/needs/0/evidence/0", "/scores/adl10", "/alerts/0"];
    for at in objects {
        for name in honest.pointer(at).unwrap().as_object().unwrap().keys() {
            let mut forged = honest.clone();
            forged.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(name);
            assert_ne!(findings(&plan, &forged), [], "{at}/{name}");
        }
    }
}

#[test]
fn what_is_said_would_change_a_need_is_checked_too() {
    let plan = support::shipped("elder-needs");
    let mut profile = assess_with_why(&plan, &full()).unwrap().to_value();
    assert_eq!(findings(&plan, &profile), []);
    let needs = profile["needs"].as_array_mut().unwrap();
    let need = needs.iter().position(|need| !need["would_change"].as_array().unwrap().is_empty()).unwrap();
    needs[need]["would_change"][0][0]["value"] = json!("forged");
    let found = findings(&plan, &profile);
    let place = format!("/needs/{need}/would_change/0/0/value");
    assert!(found.iter().any(|(code, at, _)| code == "verify.mismatch" && *at == place), "{found:?}");
}

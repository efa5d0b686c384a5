//! The record inside of a profile: whoever receives a profile can assess it again without any other file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json, to_value};

use super::wire::{Alert, AlertStatus, Kind, MandatoryReport, Profile};
use crate::json;
use crate::value::{Absence, Informant, Word};

/// The record that a profile carries: what was answered and what people did, and nothing that was computed.
pub(super) fn record_of(profile: &Map<String, Value>) -> Value {
    let mut record = Map::new();
    record.insert("record_version".to_owned(), 1.into());
    let mut copy = |name: &str, value: Option<&Value>| {
        if let Some(value) = value.filter(|value| !value.is_null()) {
            record.insert(name.to_owned(), value.clone());
        }
    };
    for name in [
        "profile_id",
        "kind",
        "supersedes",
        "assessed_on",
        "answers",
        "absent",
        "informants",
        "accounts",
        "strengths",
        "overrides",
        "goals",
        "plan",
        "consent",
    ] {
        copy(name, profile.get(name));
    }
    let part = |name: &str, member: &str| profile.get(name).and_then(|part| part.get(member));
    copy("language", part("questionnaire", "language"));
    let pick = |from: &str, names: &[&str]| -> Value {
        let picked = names.iter().filter_map(|name| Some(((*name).to_owned(), part(from, name)?.clone())));
        Value::Object(picked.filter(|(_, value)| !value.is_null()).collect())
    };
    copy("questionnaire", Some(&pick("questionnaire", &["id", "version"])));
    copy("subject", Some(&pick("subject", &["person_ref", "household_ref", "groups"])));
    copy("reassessment", Some(&pick("reassessment", &["previous", "deltas"])));
    let provenance = profile.get("provenance").and_then(Value::as_object).map(|provenance| {
        let own = provenance.iter().filter(|(name, _)| *name != "engine");
        Value::Object(own.map(|(name, value)| (name.clone(), value.clone())).collect())
    });
    copy("provenance", provenance.as_ref());
    let acts: Vec<Value> =
        profile.get("alerts").and_then(Value::as_array).into_iter().flatten().filter_map(act_of).collect();
    copy("alerts", Some(&Value::Array(acts)));
    Value::Object(record)
}

/// The canonical text of the record that a profile of this engine carries: of what [`record_of`] gives, but without
/// making values of it first, which was more than half of what the fingerprint costs.
pub(super) fn text_in(profile: &Profile) -> String {
    let acts = profile.alerts.iter().filter(|alert| has_act(alert));
    let mut provenance = Cow::Borrowed(&profile.provenance.record);
    if provenance.contains_key("engine") {
        provenance.to_mut().remove("engine");
    }
    let carried = Carried {
        absent: &profile.absent,
        accounts: &profile.accounts,
        alerts: acts.filter_map(|alert| act_of(&to_value(alert).unwrap_or_default())).collect(),
        answers: &profile.answers,
        assessed_on: &profile.assessed_on,
        consent: &profile.consent,
        goals: &profile.goals,
        informants: &profile.informants,
        kind: profile.kind,
        language: &profile.questionnaire.language,
        overrides: &profile.overrides,
        plan: &profile.plan,
        profile_id: profile.profile_id.as_deref(),
        provenance,
        questionnaire: Asked { id: &profile.questionnaire.id, version: &profile.questionnaire.version },
        reassessment: Before {
            deltas: &profile.reassessment.deltas,
            previous: profile.reassessment.previous.as_deref(),
        },
        record_version: 1,
        strengths: &profile.strengths,
        subject: References {
            groups: &profile.subject.groups,
            household_ref: profile.subject.household_ref.as_deref(),
            person_ref: profile.subject.person_ref.as_deref(),
        },
        supersedes: profile.supersedes.as_deref(),
    };
    let mut text = String::with_capacity(ROOM);
    // Only a map with keys that are not text could fail, and there is none.
    let _ = json::canonical::write(&carried, &mut text);
    text
}

/// Most carried records are no longer.
const ROOM: usize = 4 * 1024;

/// The members of a carried record, in the order in which they are written.
#[derive(Serialize)]
struct Carried<'a> {
    absent: &'a BTreeMap<String, Word<Absence>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    accounts: &'a Map<String, Value>,
    alerts: Vec<Value>,
    answers: &'a Map<String, Value>,
    assessed_on: &'a str,
    consent: &'a Map<String, Value>,
    goals: &'a [Value],
    informants: &'a BTreeMap<String, Word<Informant>>,
    kind: Word<Kind>,
    language: &'a str,
    overrides: &'a [Value],
    plan: &'a [Value],
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<&'a str>,
    provenance: Cow<'a, Map<String, Value>>,
    questionnaire: Asked<'a>,
    reassessment: Before<'a>,
    record_version: u32,
    strengths: &'a [Value],
    subject: References<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<&'a str>,
}

#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Before<'a> {
    deltas: &'a [Value],
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<&'a str>,
}

#[derive(Serialize)]
struct References<'a> {
    groups: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    household_ref: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_ref: Option<&'a str>,
}

/// Whether somebody did anything about an alert: nearly always, nobody did.
fn has_act(alert: &Alert) -> bool {
    alert.notified.is_some()
        || alert.acted_grade.is_some()
        || alert.acknowledged.is_some()
        || !alert.earlier.is_empty()
        || alert.mandatory_report.0 == MandatoryReport::Made
        || alert.status.0 == AlertStatus::Withdrawn
}

/// What people did about an alert, as a record states it; none if nobody did anything.
fn act_of(alert: &Value) -> Option<Value> {
    let member = |name: &str| alert.get(name).filter(|value| !value.is_null());
    let word = |name: &str| member(name).and_then(Value::as_str);
    let made = word("mandatory_report") == Some(MandatoryReport::Made.word());
    let withdrawn = word("status") == Some(AlertStatus::Withdrawn.word());
    let acted =
        ["notified", "acknowledged", "acted_grade", "earlier"].into_iter().any(|name| member(name).is_some());
    if !acted && !made && !withdrawn {
        return None;
    }
    let mut act = Map::new();
    for name in ["rule", "field", "notified", "acknowledged", "earlier"] {
        if let Some(value) = member(name) {
            act.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(grade) = member("acted_grade") {
        act.insert("grade".to_owned(), grade.clone());
    }
    if made {
        act.insert("mandatory_report_made".to_owned(), json!(true));
    }
    Some(Value::Object(act))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_that_of_the_record_as_a_value() {
        let act = json!({"by": "w1", "at": "2026-11-23T10:00:00Z"});
        let alert = json!({"rule": "R1", "grade": "R1", "code": "c", "label": "l", "due": null, "status": "open",
            "notified": null, "acknowledged": null, "mandatory_report": "required"});
        let mut acted = alert.clone();
        acted["acknowledged"] = act.clone();
        acted["acted_grade"] = "R2".into();
        acted["field"] = "/a".into();
        acted["earlier"] = json!([{"acknowledged": {"by": "w0"}, "grade": "R3"}]);
        let mut made = alert.clone();
        made["mandatory_report"] = "made".into();
        let bare = r#"{
            "profile_version": 1, "profile_id": null, "kind": "initial", "supersedes": null, "status": "complete",
            "subject": {"groups": [], "sex": null, "birth_date": null, "birth_precision": null, "age_years": null,
                "age_rule": "birthday", "ethnic_group": null, "language": "en", "legal_flags": {}},
            "questionnaire": {"id": "q", "version": "1", "language": "en", "content_hash": "c", "rules_hash": "r"},
            "assessed_on": "2026-11-23", "answers": {}, "absent": {}, "informants": {}, "ignored": [], "missing": [],
            "answers_hash": null, "scores": {}, "needs": [], "domain_levels": {}, "domain_status": {},
            "undetermined": [], "not_assessed": [], "recommendations": [], "alerts": [], "unscreened": [],
            "strengths": [], "overrides": [], "goals": [], "plan": [], "consent": {},
            "data_quality": {"asked": 0, "answered": 0, "absent": {}, "missing": 0, "errors": 0, "warnings": 0},
            "reassessment": {"previous": null, "next_on": null, "reason": null, "deltas": []},
            "provenance": {"engine": {"name": "intake", "version": "1"}}
        }"#;
        let mut bare: Value = serde_json::from_str(bare).unwrap();
        bare["alerts"] = json!([alert]);
        let mut full = bare.clone();
        for (member, value) in [
            ("profile_id", json!("p-1")),
            ("kind", json!("reassessment")),
            ("supersedes", json!("p-0")),
            ("answers", json!({"b": 1.5, "a": ["x", "\u{1f600}"], "rows": [{"c": true}]})),
            ("absent", json!({"/d": "declined"})),
            ("informants", json!({"/b": "proxy"})),
            ("accounts", json!({"/b": {"own": {"value": 2}, "observed": {"absent": "declined"}}})),
            ("alerts", json!([acted, alert, made])),
            ("strengths", json!([{"text": "s"}])),
            (
                "overrides",
                json!([{"domain": "D01", "level": 2, "computed": null}, {"domain": "D02", "level": 2, "computed": 1}]),
            ),
            ("goals", json!(["g"])),
            ("plan", json!([{"service": "S01"}])),
            ("consent", json!({"case_service": "granted"})),
        ] {
            full[member] = value;
        }
        full["subject"]["person_ref"] = "p".into();
        full["subject"]["household_ref"] = "h".into();
        full["reassessment"]["previous"] = "p-9".into();
        full["reassessment"]["deltas"] = json!([{"field": "/b"}]);
        full["provenance"]["station"] = "st1".into();
        for profile in [bare, full] {
            let read: Profile = serde_json::from_value(profile.clone()).unwrap();
            let record = record_of(profile.as_object().unwrap());
            assert_eq!(text_in(&read), json::canonical::to_string(&record));
        }
    }

    #[test]
    fn what_people_did_is_taken_out_of_an_alert_again() {
        let untouched =
            json!({"rule": "R", "notified": null, "acknowledged": null, "mandatory_report": "required"});
        assert_eq!(act_of(&untouched), None);
        let acted =
            json!({"rule": "R", "acknowledged": {"by": "w1"}, "mandatory_report": "made", "status": "open"});
        let expected = json!({"rule": "R", "acknowledged": {"by": "w1"}, "mandatory_report_made": true});
        assert_eq!(act_of(&acted), Some(expected));
    }
}

//! The record inside of a profile: whoever receives a profile can assess it again without any other file.

use serde_json::{Map, Value, json, to_value};

use super::wire::{AlertStatus, MandatoryReport, Profile};

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

/// The record that a profile of this engine carries. Only the parts that hold some of it become values: what was
/// computed is many times as much.
pub(super) fn record_in(profile: &Profile) -> Value {
    record_of(&carrying(profile))
}

fn carrying(profile: &Profile) -> Map<String, Value> {
    let mut members = Map::new();
    let mut put = |name: &str, part: serde_json::Result<Value>| {
        // Only a map with keys that are not text could fail, and there is none.
        members.insert(name.to_owned(), part.unwrap_or_default());
    };
    put("profile_id", to_value(&profile.profile_id));
    put("kind", to_value(profile.kind));
    put("supersedes", to_value(&profile.supersedes));
    put("assessed_on", to_value(&profile.assessed_on));
    put("answers", to_value(&profile.answers));
    put("absent", to_value(&profile.absent));
    put("informants", to_value(&profile.informants));
    if !profile.accounts.is_empty() {
        put("accounts", to_value(&profile.accounts));
    }
    put("strengths", to_value(&profile.strengths));
    put("overrides", to_value(&profile.overrides));
    put("goals", to_value(&profile.goals));
    put("plan", to_value(&profile.plan));
    put("consent", to_value(&profile.consent));
    put("questionnaire", to_value(&profile.questionnaire));
    put("subject", to_value(&profile.subject));
    put("reassessment", to_value(&profile.reassessment));
    put("provenance", to_value(&profile.provenance));
    put("alerts", to_value(&profile.alerts));
    members
}

/// What people did about an alert, as a record states it; none if nobody did anything.
fn act_of(alert: &Value) -> Option<Value> {
    let member = |name: &str| alert.get(name).filter(|value| !value.is_null());
    let word = |name: &str| member(name).and_then(Value::as_str);
    let made = word("mandatory_report") == Some(MandatoryReport::Made.word());
    let withdrawn = word("status") == Some(AlertStatus::Withdrawn.word());
    if member("notified").is_none() && member("acknowledged").is_none() && !made && !withdrawn {
        return None;
    }
    let mut act = Map::new();
    for name in ["rule", "field", "notified", "acknowledged"] {
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

//! From a record to a profile and back: the worked case of the elder questionnaire, what is missing, what is forged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::sync::Arc;

use intake::diagnostic::Sources;
use intake::plan::{Domain, Plan};
use intake::profile::{Profile, assess, explain, verify, what_would_change};
use intake::session::{Record, read_record};
use intake::value::Word;
use serde_json::{Value, json};

const MAIN: &str = include_str!("data/elder-main.record.json");

fn elder() -> Arc<Plan> {
    support::shipped("elder-needs")
}

fn record(json: &Value) -> Record {
    let text = json.to_string();
    let mut sources = Sources::new();
    let source = sources.add("record.json", text.as_str());
    let (record, diagnostics) = read_record(&text, source);
    record.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn main_record() -> Value {
    serde_json::from_str(MAIN).unwrap()
}

/// The main record with something else in it; null takes it out.
fn main_with(changes: Value) -> Value {
    let mut record = main_record();
    merge(&mut record, changes);
    record
}

fn merge(target: &mut Value, changes: Value) {
    for (name, change) in changes.as_object().unwrap().clone() {
        let members = target.as_object_mut().unwrap();
        match change {
            Value::Null => drop(members.remove(&name)),
            Value::Object(_) => merge(members.entry(name).or_insert_with(|| json!({})), change),
            change => drop(members.insert(name, change)),
        }
    }
}

fn assessed(json: &Value) -> Profile {
    assess(&elder(), &record(json)).unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn level(profile: &Profile, domain: Domain) -> Option<u8> {
    profile.domain_levels[&Word(domain)]
}

/// Codes and pointers of what `verify` finds.
fn verified(profile: &Value) -> Vec<(String, String)> {
    let plan = elder();
    let lookup =
        |id: &str, hash: &str| (id == &*plan.id && hash == plan.content_hash()).then(|| Arc::clone(&plan));
    verify(&lookup, profile).into_iter().map(|finding| (finding.code.to_string(), finding.pointer)).collect()
}

#[test]
fn the_worked_case_has_its_scores_and_levels() {
    let profile = assessed(&main_record());
    for (score, value) in [
        ("adl10", 80),
        ("iadl8", 4),
        ("mood9", 8),
        ("lonely3", 7),
        ("network6", 7),
        ("food8", 2),
        ("homehaz", 2),
    ] {
        let stated = serde_json::to_value(&profile.scores[score].value).unwrap();
        assert_eq!(stated, json!(value), "{score}");
    }
    let expected = [
        (Domain::D01, Some(2)),
        (Domain::D02, Some(1)),
        (Domain::D03, Some(1)),
        (Domain::D04, Some(2)),
        (Domain::D05, Some(2)),
        (Domain::D06, Some(1)),
        (Domain::D07, Some(1)),
        (Domain::D08, Some(2)),
        (Domain::D09, None),
        (Domain::D10, None),
        (Domain::D11, Some(2)),
        (Domain::D12, Some(0)),
    ];
    for (domain, expected) in expected {
        assert_eq!(level(&profile, domain), expected, "{domain}");
    }
}

#[test]
fn every_need_names_its_rules_and_the_answers_behind_them() {
    let profile = assessed(&main_record());
    for need in &profile.needs {
        assert_eq!(need.rules.len(), need.evidence.len(), "{}", need.id);
        for evidence in &need.evidence {
            assert!(!evidence.answers.is_empty(), "{} of {}", evidence.rule, need.id);
            for answer in &evidence.answers {
                let name = answer.field.trim_start_matches('/');
                assert_eq!(answer.value.as_ref(), profile.answers.get(name), "{}", answer.field);
            }
        }
    }
    let help = profile.needs.iter().find(|need| need.code == "daily_help").unwrap();
    let rule = help.evidence.iter().find(|evidence| evidence.rule == "ELD-R01").unwrap();
    assert_eq!(rule.scores[0].id, "adl10");
    assert_eq!(rule.answers.len(), 10);
    assert!(rule.answers.iter().all(|answer| answer.points.is_some()));
}

#[test]
fn the_same_record_gives_the_same_bytes_and_verifies() {
    let profile = assessed(&main_record());
    let text = profile.to_canonical_json();
    assert_eq!(text, assessed(&main_record()).to_canonical_json());
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(verified(&value), []);
    let read: Profile = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(read.to_canonical_json(), text);
}

#[test]
fn what_is_forged_is_found_with_its_place() {
    let honest = assessed(&main_record()).to_value();
    let forged = |changes: Value| {
        let mut profile = honest.clone();
        merge(&mut profile, changes);
        verified(&profile)
    };
    let found = |findings: &[(String, String)], code: &str, pointer: &str| {
        assert!(findings.iter().any(|(c, p)| c == code && p == pointer), "{code} {pointer} in {findings:?}");
    };
    found(&forged(json!({"scores": {"adl10": {"value": 95}}})), "verify.score-forged", "/scores/adl10/value");
    found(&forged(json!({"answers": {"floor": 7}})), "verify.answers-hash", "/answers_hash");
    found(
        &forged(json!({"answers": {"adl_eating": "sometimes"}})),
        "record.unlisted-choice",
        "/answers/adl_eating",
    );
    found(&forged(json!({"answers": {"floor": "six"}})), "record.wrong-type", "/answers/floor");
    found(&forged(json!({"answers": {"flor": 6}})), "record.unknown-key", "/answers/flor");
    found(&forged(json!({"domain_levels": {"D01": 0}})), "verify.mismatch", "/domain_levels/D01");
    found(&forged(json!({"extra": 1})), "verify.mismatch", "/extra");
    found(&forged(json!({"profile_version": 2})), "verify.shape", "/profile_version");
    let other = json!({"questionnaire": {"content_hash": "sha256:0"}});
    found(&forged(other), "verify.unknown-questionnaire", "/questionnaire");
    assert_eq!(forged(json!({"provenance": {"engine": {"version": "9"}}})), []);
}

#[test]
fn an_answer_to_a_question_that_was_not_asked_is_ignored_and_does_not_verify() {
    let record = main_with(json!({"answers": {"abuse_now": true}, "absent": {"/abuse_now": null}}));
    let profile = assessed(&record);
    assert_eq!(profile.ignored, ["/abuse_now"]);
    assert!(!profile.answers.contains_key("abuse_now"));
    let findings = verified(&profile.to_value());
    assert!(findings.contains(&("record.not-asked".into(), "/answers/abuse_now".into())), "{findings:?}");
}

#[test]
fn a_declined_safety_question_is_unscreened_and_never_a_no() {
    let changes = json!({
        "answers": {"elder_hit": null}, "absent": {"/elder_hit": "declined"},
        "provenance": {"ended_at": "2026-11-23T10:00:00+08:00"},
    });
    let profile = assessed(&main_with(changes));
    assert_eq!(profile.unscreened, ["elder_hit"]);
    let alert = profile.alerts.iter().find(|alert| alert.rule == "safety.unscreened").unwrap();
    assert_eq!(serde_json::to_value(alert.grade).unwrap(), "R2");
    assert_eq!(alert.field.as_deref(), Some("/elder_hit"));
    assert_eq!(alert.due.as_deref(), Some("2026-11-26T02:00:00Z"));
    let status = serde_json::to_value(profile.domain_status[&Word(Domain::D01)]).unwrap();
    assert_eq!(status, "partial");
    let open = profile.undetermined.iter().find(|open| open.rule == "ELD-R15").unwrap();
    assert_eq!(open.ask, ["/elder_hit"]);
    assert_eq!(verified(&profile.to_value()), []);
}

/// Where the alerts of refused safety questions stand: the question, the status, and who acted.
fn refusals(profile: &Profile) -> Vec<(&str, &str, Value)> {
    assert_eq!(verified(&profile.to_value()), []);
    let own = profile.alerts.iter().filter(|alert| alert.rule == "safety.unscreened");
    own.map(|alert| {
        let by = alert.acknowledged.as_ref().map_or(Value::Null, |act| act["by"].clone());
        (alert.field.as_deref().unwrap_or("any"), alert.status.0.word(), by)
    })
    .collect()
}

#[test]
fn who_took_on_one_refused_question_has_not_taken_on_the_next() {
    let refused = |names: &[&str], acts: Value| {
        let mut record = main_record();
        for name in names {
            record["answers"].as_object_mut().unwrap().remove(*name);
            merge(&mut record, json!({ "absent": { (format!("/{name}")): "declined" } }));
        }
        record["alerts"] = acts;
        assessed(&record)
    };
    let act = |field: &str, by: &str| json!({"rule": "safety.unscreened", "field": field, "acknowledged": {"by": by}, "grade": "R2"});
    let first = json!([act("/elder_hit", "w1")]);
    assert_eq!(
        refusals(&refused(&["elder_hit"], first.clone())),
        [("/elder_hit", "acknowledged", json!("w1"))]
    );
    let more = refused(&["elder_hit", "elder_afraid"], first.clone());
    assert_eq!(
        refusals(&more),
        [("/elder_hit", "acknowledged", json!("w1")), ("/elder_afraid", "open", Value::Null)]
    );
    assert_eq!(serde_json::to_value(more.reassessment.reason).unwrap(), "open_alert");
    // All are answered: what was done is still told, for each.
    let both = json!([act("/elder_hit", "w1"), act("/elder_afraid", "w2")]);
    assert_eq!(
        refusals(&refused(&[], both)),
        [("/elder_hit", "withdrawn", json!("w1")), ("/elder_afraid", "withdrawn", json!("w2"))]
    );

    // An act that does not say which question it was about: of each that has none of its own, nobody knows better.
    let mut any = act("", "w0");
    any.as_object_mut().unwrap().remove("field");
    assert_eq!(
        refusals(&refused(&["elder_hit", "elder_afraid"], json!([any, act("/elder_hit", "w1")]))),
        [("/elder_hit", "acknowledged", json!("w1")), ("/elder_afraid", "acknowledged", json!("w0"))]
    );
    assert_eq!(
        refusals(&refused(&["elder_hit"], json!([any, act("/elder_hit", "w1")]))),
        [("/elder_hit", "acknowledged", json!("w1")), ("any", "withdrawn", json!("w0"))]
    );
    assert_eq!(refusals(&refused(&[], json!([any]))), [("any", "withdrawn", json!("w0"))]);
    // An alert that was only raised says nothing of its own.
    let raised = json!({"rule": "safety.unscreened", "field": "/elder_hit"});
    assert_eq!(
        refusals(&refused(&["elder_hit"], json!([raised, any]))),
        [("/elder_hit", "acknowledged", json!("w0"))]
    );
}

#[test]
fn who_acted_before_an_alert_became_more_urgent_is_still_told() {
    let earlier = json!([{"acknowledged": {"by": "w1", "note": "stayed with her"}, "notified": {"by": ["s1"]}, "grade": "R1"}]);
    let act = json!({"rule": "ELD-R15a", "acknowledged": {"by": "w2"}, "grade": "R0", "earlier": earlier});
    for now in [true, false] {
        let profile =
            assessed(&main_with(json!({"answers": {"elder_hit": true, "abuse_now": now}, "alerts": [act]})));
        let alert = profile.to_value()["alerts"][0].clone();
        assert_eq!((&alert["rule"], &alert["earlier"]), (&json!("ELD-R15a"), &earlier));
        assert_eq!(verified(&profile.to_value()), []);
    }
    // Taken back, it tells the same.
    let profile = assessed(&main_with(json!({"alerts": [act]})));
    let alert = profile.alerts.iter().find(|alert| alert.rule == "ELD-R15a").unwrap();
    assert_eq!((alert.status.0.word(), alert.earlier.len()), ("withdrawn", 1));
    assert_eq!(verified(&profile.to_value()), []);
}

#[test]
fn nothing_answered_is_nothing_assessed() {
    let profile = assessed(&json!({"assessed_on": "2026-11-23", "answers": {}}));
    assert!(profile.domain_levels.values().all(Option::is_none));
    assert!(profile.needs.is_empty());
    assert_eq!(serde_json::to_value(profile.status).unwrap(), "in_progress");
    assert!(!profile.missing.is_empty());
    assert_eq!(verified(&profile.to_value()), []);
}

#[test]
fn overrides_raise_freely_and_lower_with_reason_and_supervisor() {
    let raised = assessed(&main_with(json!({"overrides": [{"domain": "D05", "level": 3, "by": "w1"}]})));
    assert_eq!(level(&raised, Domain::D05), Some(3));
    assert_eq!(raised.computed_domain_levels.as_ref().unwrap()[&Word(Domain::D05)], Some(2));
    assert_eq!(verified(&raised.to_value()), []);
    let bare = record(&main_with(json!({"overrides": [{"domain": "D05", "level": 1, "by": "w1"}]})));
    let findings = assess(&elder(), &bare).unwrap_err();
    assert!(findings.iter().all(|finding| finding.code.as_str() == "record.override"), "{findings:?}");
}

#[test]
fn an_alert_on_which_somebody_acted_never_vanishes() {
    let act = json!({"rule": "ELD-R15a", "acknowledged": {"by": "w1", "action": "stayed"}});
    let hit =
        assessed(&main_with(json!({"answers": {"elder_hit": true, "abuse_now": false}, "alerts": [act]})));
    let alert = hit.alerts.iter().find(|alert| alert.rule == "ELD-R15a").unwrap();
    assert_eq!(serde_json::to_value(alert.status).unwrap(), "acknowledged");
    assert_eq!(verified(&hit.to_value()), []);
    let taken_back = assessed(&main_with(json!({"alerts": [act]})));
    let alert = taken_back.alerts.iter().find(|alert| alert.rule == "ELD-R15a").unwrap();
    assert_eq!(serde_json::to_value(alert.status).unwrap(), "withdrawn");
    assert_eq!(verified(&taken_back.to_value()), []);
}

#[test]
fn an_alert_on_which_nobody_acted_never_vanishes_either() {
    // What the page notes of an alert that it showed, and that a changed answer took back.
    for act in [json!({"rule": "ELD-R15a"}), json!({"rule": "ELD-R15a", "grade": "R0"})] {
        let taken_back = assessed(&main_with(json!({"alerts": [act]})));
        let alert = taken_back.alerts.iter().find(|alert| alert.rule == "ELD-R15a").unwrap();
        assert_eq!(serde_json::to_value(alert.status).unwrap(), "withdrawn");
        assert_eq!(verified(&taken_back.to_value()), []);
        let hit = assessed(&main_with(
            json!({"answers": {"elder_hit": true, "abuse_now": false}, "alerts": [act]}),
        ));
        assert_eq!(verified(&hit.to_value()), []);
    }
}

#[test]
fn an_alert_that_has_become_more_urgent_is_open_again() {
    let with = |now: bool, grade: Value| {
        let act = json!({"rule": "ELD-R15a", "acknowledged": {"by": "w1"}, "grade": grade});
        let profile = assessed(&main_with(json!({
            "answers": {"elder_hit": true, "abuse_now": now}, "absent": {"/abuse_now": null}, "alerts": [act],
        })));
        assert_eq!(verified(&profile.to_value()), []);
        let alert = profile.alerts.iter().find(|alert| alert.rule == "ELD-R15a").unwrap();
        (alert.grade.0.word(), alert.status.0.word())
    };
    assert_eq!(with(false, json!("R1")), ("R1", "acknowledged"));
    assert_eq!(with(true, json!("R1")), ("R0", "open"), "who took on a day has not taken on now");
    assert_eq!(with(true, json!("R0")), ("R0", "acknowledged"));
}

#[test]
fn what_would_change_a_need_really_changes_it() {
    let (plan, main) = (elder(), record(&main_record()));
    let profile = assess(&plan, &main).unwrap();
    for need in &profile.needs {
        for set in what_would_change(&plan, &main, &need.id).unwrap() {
            let mut changed = main.clone();
            for change in &set {
                changed.answers.insert(change.field.trim_start_matches('/').to_owned(), change.value.clone());
            }
            let after = assess(&plan, &changed).unwrap();
            let level = after.needs.iter().find(|after| after.id == need.id).map_or(0, |after| after.level);
            assert!(level < need.level, "{} with {set:?}", need.id);
        }
    }
    let medicines = what_would_change(&plan, &main, "D04.medicines.normative").unwrap();
    assert_eq!(medicines.len(), 1);
    assert_eq!(
        (medicines[0][0].field.as_str(), &medicines[0][0].value),
        ("/iadl_medicines", &json!("alone"))
    );
}

#[test]
fn an_explanation_names_rules_scores_and_answers_in_words() {
    let text = explain(&elder(), &record(&main_record())).unwrap();
    for expected in ["Help with everyday activities", "ELD-R01", "would be lower with", "points"] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
}

#[test]
#[cfg(feature = "authority")]
fn profiles_and_records_are_what_their_schemas_describe() {
    let schema = |name: &str| -> Value {
        let path = format!("{}/schemas/wire/{name}-1.schema.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let validator =
        |name: &str| jsonschema::options().should_validate_formats(true).build(&schema(name)).unwrap();
    let (records, profiles) = (validator("record"), validator("profile"));
    let changes = json!({
        "answers": {"elder_hit": null}, "absent": {"/elder_hit": "declined"}, "informants": {"/adl_eating": "proxy"},
        "provenance": {"ended_at": "2026-11-23T10:00:00+08:00", "assessors": [{"ref": "w1"}]},
        "overrides": [{"domain": "D05", "level": 3, "by": "w1"}], "consent": {"case_service": "granted"},
        "goals": [{"text": "walk to the market"}], "strengths": [{"text": "sings", "grade": "usable"}],
    });
    let bare = json!({"assessed_on": "2026-11-23", "answers": {}});
    for json in [main_record(), main_with(changes), bare] {
        for (what, validator, value) in [
            ("record", &records, record(&json).to_value()),
            ("profile", &profiles, assessed(&json).to_value()),
        ] {
            let faults: Vec<_> = validator
                .iter_errors(&value)
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{what}: {faults:#?}");
        }
    }
    let mut forged = assessed(&main_record()).to_value();
    merge(&mut forged, json!({"needs_more": 1}));
    assert!(!profiles.is_valid(&forged), "a profile is a closed object");
}

#[test]
fn the_names_of_a_profiles_members_are_those_of_its_schema() {
    let schema = std::fs::read_to_string("schemas/wire/profile-1.schema.json").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut names: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut known = intake::profile::wire::PROFILE_MEMBERS.to_vec();
    names.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, names);
}

#[test]
fn what_is_explained_names_the_row_in_which_it_was_said() {
    let people = json!({"people": {"title": "Who lives here", "itemTitle": "Person {name}", "type": "array",
        "items": {"type": "object", "unevaluatedProperties": false, "properties": {
            "name": {"title": "Name", "type": "string"}, "sick": support::small::yes_no(),
            "visits": {"title": "Visits", "type": "array", "items": {"type": "object",
                "unevaluatedProperties": false, "properties": {"paid": support::small::yes_no()}}}}}}});
    let rules = [
        support::small::need("R1", "people.where(sick).count() >= 2", 1),
        support::small::need("R2", "people.visits.where(paid).count() >= 1", 1),
    ];
    let plan = support::small::plan(people, json!({}), &rules);
    let sick = |name: &str, visits: Value| json!({"name": name, "sick": true, "visits": visits});
    let record = support::small::record(&json!({"people": [
        sick("An", json!([])), {"name": "Bo", "sick": false}, sick("An", json!([{}, {"paid": true}]))]}));
    let words = explain(&plan, &record).unwrap();
    for part in ["- Person An (1): ", "would be lower with Person An (3): ", "- Person An (3): Visits (2): "]
    {
        assert!(words.contains(part), "{part}\n{words}");
    }
}

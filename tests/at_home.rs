//! What of a profile may lie on a table at home.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files, and fail by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::{Domain, Outcome, Plan, Sensitivity};
use intake::profile::{self, AtHome, Before, Previous, Profile, Withheld, sensitivity};
use intake::session::{Record, read_record};
use serde_json::{Value, json};

fn record(value: &Value) -> Record {
    let (record, diagnostics) = read_record(&value.to_string(), SourceId(0));
    record.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn assessed(plan: &Arc<Plan>, answers: Value) -> Profile {
    let record =
        record(&json!({ "assessed_on": "2026-08-23", "profile_id": "p-august", "answers": answers }));
    profile::assess(plan, &record).unwrap()
}

fn ids(at_home: &AtHome) -> Vec<&str> {
    at_home.needs().iter().map(|need| need.id.as_str()).collect()
}

/// An older person who cannot manage alone, is low, and is afraid of somebody at home.
fn august() -> Profile {
    assessed(&support::shipped("elder-needs"), burdened())
}

fn burdened() -> Value {
    let mut answers = json!({
        "birth_date": "1947-02-11", "adl_eating": "independent", "adl_bathing": "dependent",
        "adl_grooming": "independent", "adl_dressing": "with_help", "adl_bowel": "continent",
        "adl_bladder": "occasional", "adl_toilet": "with_help", "adl_transfer": "minor_help",
        "adl_walking": "with_help", "adl_stairs": "unable", "living_arrangement": "spouse", "elder_afraid": true
    });
    for item in 1..=9 {
        answers[format!("mood_i{item}")] = json!(if item == 9 { 0 } else { 2 });
    }
    answers
}

/// What may be told of a follow-up in which everything is still needed, and of what else it states.
fn november(before: &Profile, told: Option<&BTreeSet<String>>, change: impl Fn(&mut Value)) -> AtHome {
    let plan = support::shipped("follow-up");
    let mut begun = record(&json!({ "assessed_on": "2026-11-23" }));
    profile::prefill(&plan, before, &mut begun);
    let mut rows = begun.answers["needs"].take();
    for row in rows.as_array_mut().unwrap() {
        row["level_now"] = json!(2);
    }
    change(&mut rows);
    begun.answers.insert("needs".to_owned(), rows);
    let begun = profile::state_changes(&plan, &begun, Previous { profile: before, plan: None }).unwrap();
    let profile = profile::assess(&plan, &begun).unwrap();
    AtHome::new(&plan, &profile, told.map(|told| Before { profile: before, told }))
}

fn told_of(before: &Profile) -> BTreeSet<String> {
    let at_home = AtHome::new(&support::shipped("elder-needs"), before, None);
    ids(&at_home).into_iter().map(str::to_owned).collect()
}

/// The rules of a shipped questionnaire whose needs may be told: whoever makes the list longer should have thought of
/// who reads it, and whoever makes it shorter of what the person does not get to read.
#[test]
fn these_needs_may_lie_on_a_table() {
    let told = |id: &str| -> Vec<String> {
        let plan = support::shipped(id);
        let confided = plan.question_ids().filter(|id| {
            let question = plan.question(*id);
            let alone = question.ask_alone || plan.section(question.section).ask_alone;
            question.safety || alone || sensitivity(&plan, *id) >= Sensitivity::Sensitive
        });
        let withheld = Withheld::new(&plan, confided);
        let told = plan.rule_ids().filter(|id| !withheld.rule(*id)).map(|id| plan.rule(id));
        told.filter(|rule| matches!(&rule.outcome, Outcome::Need(need) if need.domain != Domain::D01))
            .map(|rule| rule.id.to_string())
            .collect()
    };
    let elder = ["ELD-R01", "ELD-R02", "ELD-R03", "ELD-R04", "ELD-R07", "ELD-R14", "ELD-R18"];
    assert_eq!(told("elder-needs"), elder);
    assert_eq!(told("child-needs"), ["CHD-R09"]);
    let household = [
        "HH-R01.hukou_moved",
        "HH-R01.med_ins_moved",
        "HH-R01.pension_moved",
        "HH-R01.dibao_moved",
        "HH-R01.school_moved",
        "HH-R04",
        "HH-R05",
        "HH-R07",
        "HH-R08",
        "HH-R09",
        "HH-R10",
    ];
    assert_eq!(told("new-resident-household"), household);
    assert_eq!(told("follow-up"), [""; 0], "without the time before");
}

#[test]
fn a_need_that_rests_on_what_was_confided_is_not_told() {
    let august = august();
    let all: Vec<&str> = august.needs.iter().map(|need| need.id.as_str()).collect();
    assert_eq!(all, ["D01.protection.normative", "D05.daily_help.normative", "D06.low_mood.normative"]);
    let at_home = AtHome::new(&support::shipped("elder-needs"), &august, None);
    assert_eq!(ids(&at_home), ["D05.daily_help.normative"]);
}

#[test]
fn what_was_agreed_for_a_need_that_is_gone_is_not_told() {
    let elder = support::shipped("elder-needs");
    let mut calm = burdened();
    calm["elder_afraid"] = json!(false);
    calm["mood_i1"] = json!(0);
    calm["mood_i2"] = json!(0);
    let gone = assessed(&elder, calm);
    assert!(gone.needs.iter().all(|need| need.id == "D05.daily_help.normative"));
    for profile in [august(), gone] {
        let at_home = AtHome::new(&elder, &profile, None);
        for told in [
            json!({ "text": "See my sister" }),
            json!("See my sister"),
            json!({ "text": "Wash by myself", "need": "D05.daily_help.normative" }),
            json!({ "text": "Wash by myself", "need": null }),
            json!({ "service": "S01" }),
            json!({ "service": "S12", "need": "D05.daily_help.normative" }),
            json!({ "service": "S08", "frequency": "no rule asks for it, and nothing about learning was confided" }),
            json!({ "text": "Knows everybody", "domain": "D08" }),
            json!({ "text": "Singing", "choice": { "question": "interests", "code": "singing" } }),
            json!({ "text": "Sings", "choice": { "question": "interests" } }),
        ] {
            assert!(at_home.may_tell(&told), "{told}");
        }
        for kept in [
            json!({ "text": "Sleep elsewhere", "need": "D01.protection.normative" }),
            json!({ "text": "Laugh again", "need": "D06.low_mood.normative" }),
            json!({ "text": "Whatever", "need": "D05.unknown.normative" }),
            json!({ "text": "Whatever", "need": 5 }),
            json!({ "service": "S15" }),
            json!({ "service": "S15", "need": "D05.daily_help.normative" }),
            json!({ "service": "S16", "provider": "the clinic" }),
            json!({ "service": "S01", "need": "D01.protection.normative" }),
            json!({ "text": "Got away from him", "domain": "D01" }),
            json!({ "text": "Hit nobody", "choice": { "question": "elder_hit", "code": "no" } }),
            json!({ "text": "In her own words", "choice": { "question": "elder_hit" } }),
            json!({ "text": "Who knows", "choice": { "question": "no_such_question", "code": "a" } }),
        ] {
            assert!(!at_home.may_tell(&kept), "{kept}");
        }
    }
}

#[test]
fn the_day_to_come_again_is_told_where_it_follows_from_what_is_told() {
    let elder = support::shipped("elder-needs");
    let told = |answers: Value, more: Value| {
        let mut all = json!({ "assessed_on": "2026-08-23", "profile_id": "p-august", "answers": answers });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let profile = profile::assess(&elder, &record(&all)).unwrap();
        assert!(profile.reassessment.next_on.is_some());
        AtHome::new(&elder, &profile, None).next_on().map(str::to_owned)
    };
    let mut calm = burdened();
    calm["elder_afraid"] = json!(false);
    calm["mood_i1"] = json!(0);
    calm["mood_i2"] = json!(0);
    assert_eq!(told(calm.clone(), json!({})).as_deref(), Some("2026-09-22"), "a month, for help day by day");
    assert_eq!(told(burdened(), json!({})), None, "an alert, and a need about protection");
    let raised = |domain: &str, level: u8| json!({ "overrides": [{ "domain": domain, "level": level }] });
    assert_eq!(told(calm.clone(), raised("D06", 3)), None, "somebody has seen more than can be told");
    assert_eq!(told(calm.clone(), raised("D05", 3)), None, "nor is it told what they have seen there");
    assert!(told(calm.clone(), raised("D06", 1)).is_some(), "something else, which is less pressing");
    calm.as_object_mut().unwrap().remove("elder_afraid");
    assert_eq!(
        told(calm, json!({ "absent": { "/elder_afraid": "declined" } })),
        None,
        "somebody asks again soon"
    );
}

/// A service that is recommended for what was confided is as confidential as one that a need asks for.
#[test]
fn a_service_that_is_recommended_for_what_was_confided_is_not_told() {
    let question = |title: &str, more: bool| json!({ "title": title, "type": "boolean", "askAlone": more });
    let recommend = |id: &str, when: &str, service: &str| json!({ "id": id, "title": id, "when": when, "recommend": { "service": service } });
    let text = json!({
        "$schema": "https://example.org/questionnaire-1.schema.json", "id": "own", "version": "1.0.0",
        "title": "Own", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "all", "title": "All", "properties": {
            "drinks": question("Drinks", true), "lonely": question("Lonely", false) } }],
        "rules": [recommend("R1", "drinks", "S01"), recommend("R2", "lonely", "S01")],
    });
    let (plan, sources, faults) = support::compile(&text.to_string());
    let faults: String = faults.iter().map(|fault| sources.render(fault)).collect();
    let plan = plan.unwrap_or_else(|| panic!("{faults}"));
    let may_tell = |answers: Value| {
        let profile = assessed(&plan, answers);
        AtHome::new(&plan, &profile, None).may_tell(&json!({ "service": "S01" }))
    };
    assert!(!may_tell(json!({ "drinks": true, "lonely": false })), "something confidential asks for it");
    assert!(may_tell(json!({ "drinks": false, "lonely": true })), "something open does");
    assert!(may_tell(json!({ "drinks": false, "lonely": false })), "nothing does, and something open can");
}

#[test]
fn a_follow_up_tells_of_the_needs_that_could_be_told_last_time_and_of_no_other() {
    let before = august();
    let told = told_of(&before);
    let same = |_: &mut Value| ();
    let at_home = november(&before, Some(&told), same);
    assert_eq!(ids(&at_home), ["D05.still_needed.normative"]);
    let step = |service: &str| json!({ "service": service });
    assert!(at_home.may_tell(&step("S01")), "the need asks for it");
    assert!(at_home.may_tell(&step("S04")), "errands are of the same kind as the need");
    assert!(at_home.may_tell(&json!({ "service": "S12", "need": "D05.still_needed.normative" })));
    for kept in ["S10", "S15", "S16"] {
        assert!(!at_home.may_tell(&step(kept)), "{kept}");
    }
    assert!(!at_home.may_tell(&json!({ "text": "Laugh again", "need": "D06.still_needed.normative" })));

    // Where it is not known what may be told, nothing may.
    let unknown = november(&before, None, same);
    assert_eq!(ids(&unknown), [""; 0]);
    assert!(!unknown.may_tell(&step("S01")));
    assert!(unknown.may_tell(&json!({ "text": "See my sister" })));
}

#[test]
fn a_row_that_is_not_what_was_taken_over_is_not_told() {
    let before = august();
    let told = told_of(&before);
    let by_hand = november(&before, Some(&told), |rows| {
        let row = json!({ "domain": "D08", "need_label": "Company", "level_now": 2 });
        rows.as_array_mut().unwrap().push(row);
    });
    assert_eq!(ids(&by_hand), ["D05.still_needed.normative"]);
    let turned = november(&before, Some(&told), |rows| {
        for row in rows.as_array_mut().unwrap() {
            row["domain"] = json!("D06");
        }
    });
    assert_eq!(ids(&turned), [""; 0]);
}

/// An agency's own follow-up marks nothing, and shows too little to tell one need from another.
#[test]
fn what_is_taken_over_is_confidential_whatever_the_author_wrote() {
    let own = |columns: &Value| {
        let text = json!({
            "$schema": "https://example.org/questionnaire-1.schema.json", "id": "own", "version": "1.0.0",
            "title": "Own", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
            "allOf": [{ "id": "all", "title": "All", "properties": {
                "day": { "title": "Day", "type": "string", "format": "date", "prefill": "/assessed_on" },
                "sex": { "title": "Sex", "type": "string", "maxLength": 9, "prefill": "/subject/sex" },
                "flags": { "title": "Flags", "type": "string", "maxLength": 9, "prefill": "/subject/legal_flags/a" },
                "room": { "title": "Who was there", "type": "string", "maxLength": 9,
                    "prefill": "/provenance/people_present" },
                "was_hit": { "title": "Last time", "type": "boolean", "prefill": "/answers/elder_hit" },
                "name": { "title": "Name", "type": "string", "maxLength": 9, "prefill": "/answers/full_name",
                    "sensitivity": "identifying" },
                "levels": { "title": "Levels", "type": "integer", "prefill": "/domain_levels/D06" },
                "needs": { "title": "Needs", "type": "array", "maxItems": 9, "prefill": "/needs",
                    "items": { "type": "object", "unevaluatedProperties": false, "properties": columns } } } }],
            "rules": [{ "id": "R1", "title": "Still", "levels": [{ "when": "needs.still.max() >= 1", "level": 1 }],
                "need": { "domain": "D05", "code": "still", "label": "Still", "basis": "felt", "services": [] } }],
        });
        let (plan, sources, faults) = support::compile(&text.to_string());
        let faults: String = faults.iter().map(|fault| sources.render(fault)).collect();
        plan.unwrap_or_else(|| panic!("{faults}"))
    };
    let still = json!({ "title": "Still", "type": "integer" });
    let level = json!({ "title": "Then", "type": "integer", "prefill": "/level" });
    let id = json!({ "title": "Which", "type": "string", "maxLength": 99, "prefill": "/id" });
    let vague = own(&json!({ "then": level, "still": still }));
    let plain = |name: &str| {
        let question = vague.question_named(None, name).unwrap();
        sensitivity(&vague, question) < Sensitivity::Sensitive
    };
    let all = ["day", "sex", "name", "flags", "room", "was_hit", "levels", "needs"];
    assert_eq!(all.map(plain), [true, true, true, false, false, false, false, false]);
    let of_last_time = vague.question_named(None, "was_hit").unwrap();
    assert_eq!(
        sensitivity(&vague, of_last_time),
        Sensitivity::HighlySensitive,
        "nobody knows what was asked then"
    );

    let before = august();
    let told = told_of(&before);
    let told_by = |plan: &Arc<Plan>| {
        let mut begun = record(&json!({ "assessed_on": "2026-11-23" }));
        profile::prefill(plan, &before, &mut begun);
        for row in begun.answers["needs"].as_array_mut().unwrap() {
            row["still"] = json!(1);
        }
        let profile = profile::assess(plan, &begun).unwrap();
        assert_eq!(profile.needs.len(), 1);
        let before = Some(Before { profile: &before, told: &told });
        AtHome::new(plan, &profile, before).needs().len()
    };
    let levels: Vec<u8> = before.needs.iter().map(|need| need.level).collect();
    assert_eq!(levels, [3, 2, 3], "the level alone tells which one is about daily life");
    assert_eq!(told_by(&own(&json!({ "which": id, "still": still }))), 1);
    assert_eq!(told_by(&vague), 1);
    assert_eq!(
        told_by(&own(&json!({ "basis": { "title": "By whom", "type": "string", "maxLength": 9,
        "prefill": "/basis" }, "still": still }))),
        0,
        "all three are seen by the same"
    );
}

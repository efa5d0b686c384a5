//! A follow-up works on the profile of the time before.
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

use intake::diagnostic::SourceId;
use intake::plan::{Domain, Plan};
use intake::profile::wire::DomainStatus;
use intake::profile::{self, Previous, Profile};
use intake::session::{Record, read_record};
use intake::value::Word;
use serde_json::{Value, json};

fn record(value: Value) -> Record {
    let (record, diagnostics) = read_record(&value.to_string(), SourceId(0));
    record.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// An older person in August: everyday activities 60 points, few people to turn to, two goals.
fn august() -> Profile {
    let plan = support::shipped("elder-needs");
    let record = record(json!({
        "profile_id": "p-august",
        "assessed_on": "2026-08-23",
        "goals": [{ "id": "g1", "text": "Take the lift alone" }, { "id": "g2", "text": "Eat with the neighbour" }],
        "informants": { "/adl_stairs": "proxy" },
        "absent": { "/iadl_money": "declined" },
        "answers": {
            "birth_date": "1947-02-11",
            "adl_eating": "independent", "adl_bathing": "dependent", "adl_grooming": "independent",
            "adl_dressing": "with_help", "adl_bowel": "continent", "adl_bladder": "occasional",
            "adl_toilet": "with_help", "adl_transfer": "minor_help", "adl_walking": "with_help",
            "adl_stairs": "unable", "lonely_i1": 3, "lonely_i2": 2, "lonely_i3": 2, "living_arrangement": "spouse"
        }
    }));
    profile::assess(&plan, &record).unwrap()
}

fn november(plan: &Arc<Plan>, answers: Value, previous: &Profile) -> Profile {
    let record = record(json!({ "assessed_on": "2026-11-23", "answers": answers }));
    let record = profile::follow_on(plan, &record, Previous { profile: previous, plan: None }).unwrap();
    profile::assess(plan, &record).unwrap()
}

fn delta<'p>(profile: &'p Profile, kind: &str, id: &str) -> &'p Value {
    let found = profile.reassessment.deltas.iter().find(|delta| delta["kind"] == kind && delta["id"] == id);
    found.unwrap_or_else(|| panic!("no delta of {kind} {id}"))
}

#[test]
fn needs_goals_and_scores_of_the_time_before_arrive() {
    let plan = support::shipped("follow-up");
    let before = august();
    let after = november(&plan, json!({ "lonely_i1": 1, "lonely_i2": 1, "lonely_i3": 1 }), &before);
    assert_eq!(after.answers["previous_profile"], "p-august");
    assert_eq!(after.answers["previous_on"], "2026-08-23");
    let needs: Vec<(&str, &str, u64)> = after.answers["needs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap();
            (text("need_id"), text("domain"), row["level_before"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(needs, [("D05.daily_help.normative", "D05", 2), ("D08.company.normative", "D08", 1)]);
    assert_eq!(after.answers["goals"][1]["goal_text"], "Eat with the neighbour");
    let again = after.answers["scores_again"].as_array().unwrap();
    assert!(again.contains(&json!("adl10")) && again.contains(&json!("lonely3")), "{again:?}");
    assert!(!again.contains(&json!("food8")), "what was not assessed is not looked at again");
    let open: Vec<&str> = after.missing.iter().map(|missing| missing.field.as_str()).collect();
    assert!(open.contains(&"/contact_at") && open.contains(&"/adl_eating"), "{open:?}");
}

#[test]
fn what_the_worker_answered_is_never_overwritten() {
    let plan = support::shipped("follow-up");
    let answers = json!({ "previous_profile": "by hand", "needs": [{ "need_id": "x", "level_before": 1 }] });
    let after = november(&plan, answers, &august());
    assert_eq!(after.answers["previous_profile"], "by hand");
    assert_eq!(after.answers["needs"].as_array().unwrap().len(), 1);
}

#[test]
fn a_score_that_counts_in_the_same_way_is_compared_across_questionnaires() {
    let plan = support::shipped("follow-up");
    let after = november(&plan, json!({ "lonely_i1": 1, "lonely_i2": 1, "lonely_i3": 2 }), &august());
    assert_eq!(
        *delta(&after, "score", "lonely3"),
        json!({
            "kind": "score", "id": "lonely3", "comparable": true,
            "before": 7, "after": 4, "change": -3, "band_before": "b6_9", "band_after": "b3_5"
        })
    );
    assert_eq!(
        *delta(&after, "score", "adl10"),
        json!({ "kind": "score", "id": "adl10", "comparable": false, "why": "not_assessed_now" })
    );
    // Other rules decide in a follow-up, so levels are not subtracted.
    assert_eq!(delta(&after, "domain", "D05")["comparable"], false);
}

#[test]
fn a_score_that_counts_otherwise_or_does_not_say_how_is_not_compared() {
    let plan = support::shipped("follow-up");
    let answers = || json!({ "lonely_i1": 1, "lonely_i2": 1, "lonely_i3": 2 });
    let mut before = august();
    before.scores.get_mut("lonely3").unwrap().definition = Some("sha256:other".to_owned());
    let after = november(&plan, answers(), &before);
    assert_eq!(delta(&after, "score", "lonely3")["why"], "definition_changed");
    assert_eq!(delta(&after, "score", "lonely3").get("change"), None);
    before.scores.get_mut("lonely3").unwrap().definition = None;
    let after = november(&plan, answers(), &before);
    assert_eq!(delta(&after, "score", "lonely3")["why"], "definition_unknown");
}

#[test]
fn the_same_questionnaire_again_compares_domains_and_needs_too() {
    let plan = support::shipped("elder-needs");
    let answers = json!({ "birth_date": "1947-02-11", "lonely_i1": 1, "lonely_i2": 1, "lonely_i3": 1,
        "net_f1": 5, "net_f2": 5, "net_f3": 5, "net_r1": 5, "net_r2": 5, "net_r3": 5 });
    let after = november(&plan, answers, &august());
    let domain = delta(&after, "domain", "D08");
    assert_eq!((&domain["before"], &domain["after"], &domain["change"]), (&json!(1), &json!(0), &json!(-1)));
    assert_eq!(delta(&after, "need", "D08.company.normative")["after"], 0);
    assert_eq!(delta(&after, "need", "D05.daily_help.normative")["why"], "not_assessed_now");
    let wire = serde_json::to_value(&after).unwrap();
    assert_eq!(wire["kind"], "reassessment");
    assert_eq!(wire["reassessment"]["previous"], "p-august");
}

/// What is asked of violence, each with the same answer; nothing is a refusal.
fn of_violence(profile_id: &str, said: Option<&str>) -> Record {
    let asked = ["elder_hit", "elder_neglect", "elder_money_taken", "elder_afraid", "elder_scammed"];
    let calm = json!({ "falls_12m": 0, "unsteady_walking": false, "worried_about_falling": false, "stove_left_on_30d": 0,
        "living_arrangement": "spouse", "orientation_ok": true, "word_recall_n": 3, "got_lost": false });
    let mut answers = calm.as_object().unwrap().clone();
    let mut absent = serde_json::Map::new();
    for name in asked {
        match said {
            Some(hurt) => drop(answers.insert(name.to_owned(), json!(hurt == name))),
            None => drop(absent.insert(format!("/{name}"), json!("declined"))),
        }
    }
    if said.is_some_and(|said| asked.contains(&said)) {
        answers.insert("abuse_now".to_owned(), json!(false));
    }
    record(
        json!({ "profile_id": profile_id, "assessed_on": "2026-11-23", "answers": answers, "absent": absent }),
    )
}

#[test]
fn a_refusal_is_no_improvement_and_an_answer_after_one_no_decline() {
    let plan = support::shipped("elder-needs");
    let assess = |record: &Record| profile::assess(&plan, record).unwrap();
    let after = |before: &Record, now: &Record| {
        let previous = assess(before);
        let record = profile::state_changes(&plan, now, Previous { profile: &previous, plan: None }).unwrap();
        assess(&record)
    };
    let hit = of_violence("p-hit", Some("elder_hit"));
    let (refused, none) = (of_violence("p-refused", None), of_violence("p-none", Some("nothing")));
    assert_eq!(assess(&hit).domain_levels[&Word(Domain::D01)], Some(3));
    let open = assess(&refused);
    assert_eq!(open.domain_levels[&Word(Domain::D01)], Some(0));
    assert_eq!(open.domain_status[&Word(Domain::D01)], Word(DomainStatus::Partial));

    let unknown = |why: &str| json!({ "kind": "domain", "id": "D01", "comparable": false, "why": why });
    assert_eq!(*delta(&after(&hit, &refused), "domain", "D01"), unknown("not_assessed_now"));
    assert_eq!(*delta(&after(&refused, &hit), "domain", "D01"), unknown("not_assessed_before"));
    // What was answered both times is compared as ever.
    assert_eq!(delta(&after(&hit, &none), "domain", "D01")["change"], -3);
    assert_eq!(delta(&after(&none, &hit), "domain", "D01")["change"], 3);
    let profile = after(&hit, &refused);
    let lookup = |_: &str, _: &str| Some(Arc::clone(&plan));
    assert_eq!(profile::verify(&lookup, &profile.to_value()), []);
}

#[test]
fn a_follow_up_verifies_without_the_time_before() {
    let plan = support::shipped("follow-up");
    let after = november(&plan, json!({ "contact_at": "2026-11-23" }), &august());
    let lookup = |_: &str, _: &str| Some(Arc::clone(&plan));
    assert_eq!(profile::verify(&lookup, &after.to_value()), []);
}

#[test]
fn answers_of_the_last_time_come_with_their_age_and_whether_they_still_mean_the_same() {
    let plan = support::shipped("elder-needs");
    let mut before = august();
    let today = "2026-11-23".parse().unwrap();
    let last = profile::last_time(&plan, Previous { profile: &before, plan: None }, today);
    let of = |name: &str| last.iter().find(|last| last.name == name).unwrap();
    let stairs = of("adl_stairs");
    assert_eq!(
        (stairs.value.clone(), stairs.days, stairs.comparable),
        (Some(json!("unable")), Some(92), true)
    );
    assert_eq!(stairs.informant.code(), "proxy");
    assert_eq!(of("iadl_money").absent.map(|absence| absence.code()), Some("declined"));
    before.questionnaire.content_hash = "sha256:an earlier version".to_owned();
    let unknown = profile::last_time(&plan, Previous { profile: &before, plan: None }, today);
    assert!(unknown.iter().all(|last| !last.comparable));
    let known = profile::last_time(&plan, Previous { profile: &before, plan: Some(&plan) }, today);
    assert!(known.iter().all(|last| last.comparable));
}

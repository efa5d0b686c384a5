//! Worked cases of scores, ages and rules, on small questionnaires of their own: the engine alone has to get them
//! right, whatever a shipped questionnaire says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::Plan;
use intake::profile::{assess, verify};
use intake::session::read_record;
use serde_json::{Value, json};

fn plan(properties: &Value, more: &Value) -> Arc<Plan> {
    let mut document = json!({
        "$schema": "questionnaire-1.schema.json", "id": "case", "version": "1", "title": "Case",
        "languages": ["en"], "unevaluatedProperties": false,
        "allOf": [{"id": "one", "title": "One", "properties": properties}],
    });
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (plan, sources, diagnostics) = support::compile(&document.to_string());
    let faults: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    plan.unwrap_or_else(|| panic!("does not compile:\n{faults}"))
}

fn profile(plan: &Arc<Plan>, record: &Value) -> Value {
    let (record, found) = read_record(&record.to_string(), SourceId(0));
    let profile = assess(plan, &record.unwrap_or_else(|| panic!("{found:?}"))).unwrap().to_value();
    let lookup = |_: &str, hash: &str| (hash == plan.content_hash()).then(|| Arc::clone(plan));
    assert_eq!(verify(&lookup, &profile), [], "what was just assessed verifies");
    profile
}

fn on(plan: &Arc<Plan>, day: &str, answers: Value) -> Value {
    profile(plan, &json!({"assessed_on": day, "answers": answers}))
}

fn need(id: &str, when: &str, domain: &str, code: &str, level: u8) -> Value {
    let need = json!({"domain": domain, "code": code, "label": code, "level": level, "basis": "normative"});
    json!({"id": id, "title": id, "when": when, "need": need})
}

fn alert(id: &str, when: &str, grade: &str) -> Value {
    json!({"id": id, "title": id, "when": when, "alert": {"code": "act", "label": "Act", "grade": grade}})
}

fn choices(title: &str, codes: &[&str]) -> Value {
    let choices: Vec<Value> = codes.iter().map(|code| json!({"const": code, "title": code})).collect();
    json!({"title": title, "type": "string", "oneOf": choices})
}

fn whole(title: &str, least: i64, most: i64) -> Value {
    json!({"title": title, "type": "integer", "minimum": least, "maximum": most})
}

fn rules(profile: &Value) -> Vec<&str> {
    let rules = |list: &str, name: &str| -> Vec<&str> {
        let entries = profile[list].as_array().unwrap().iter();
        entries
            .flat_map(|entry| match &entry[name] {
                Value::Array(rules) => rules.iter().filter_map(Value::as_str).collect(),
                rule => rule.as_str().into_iter().collect::<Vec<_>>(),
            })
            .collect()
    };
    rules("needs", "rules").into_iter().chain(rules("alerts", "rule")).collect()
}

const FUNCTIONS: [&str; 6] = ["seeing", "hearing", "walking", "remembering", "selfcare", "communicating"];

fn functions() -> Arc<Plan> {
    let questions: serde_json::Map<String, Value> =
        FUNCTIONS.iter().map(|name| (format!("func_{name}"), whole(name, 1, 4))).collect();
    let items: Vec<String> = FUNCTIONS.iter().map(|name| format!("func_{name}")).collect();
    plan(
        &Value::Object(questions),
        &json!({
            "scores": {"func6": {
                "title": "Functions", "items": items, "method": "max", "fidelity": "structure_only",
                "bands": [{"id": "no", "from": 1, "to": 2}, {"id": "yes", "from": 3, "to": 4}],
            }},
            "rules": [need("CHD-R12", "func6 >= 3", "D05", "function", 2)],
        }),
    )
}

/// Status and band of the six functions; a word among the levels is an absence.
fn function_band(levels: [Value; 6]) -> (Value, Value, bool) {
    let (mut answers, mut absent) = (serde_json::Map::new(), serde_json::Map::new());
    for (name, level) in FUNCTIONS.iter().zip(levels) {
        if level.is_string() {
            absent.insert(format!("/func_{name}"), level);
        } else {
            answers.insert(format!("func_{name}"), level);
        }
    }
    let profile =
        profile(&functions(), &json!({"assessed_on": "2026-11-23", "answers": answers, "absent": absent}));
    let score = &profile["scores"]["func6"];
    (score["status"].clone(), score["band"]["id"].clone(), rules(&profile) == ["CHD-R12"])
}

#[test]
fn six_functions_are_a_yes_as_soon_as_one_is_much() {
    let n = |levels: [i64; 6]| levels.map(|level| json!(level));
    assert_eq!(function_band(n([2, 2, 2, 2, 2, 2])), (json!("complete"), json!("no"), false));
    assert_eq!(function_band(n([1, 1, 3, 1, 1, 1])), (json!("complete"), json!("yes"), true));
    let mut open = n([1, 1, 1, 1, 1, 1]);
    open[2] = json!("dont_know");
    assert_eq!(function_band(open), (json!("indeterminate"), Value::Null, false));
    let mut cannot = n([1, 4, 1, 1, 1, 1]);
    cannot[2] = json!("declined");
    assert_eq!(function_band(cannot), (json!("determined"), json!("yes"), true));
}

fn child() -> Arc<Plan> {
    let parents = ["home", "away_work", "dead", "missing", "no_contact", "prison", "serious_illness"];
    let cannot = |parent: &str| {
        format!("({parent} = 'no_contact' or {parent} = 'prison' or {parent} = 'serious_illness')")
    };
    let gone = |parent: &str| format!("({parent} = 'dead' or {parent} = 'missing')");
    let (father, mother) = (cannot("father_state"), cannot("mother_state"));
    let unattended = format!(
        "age < 18 and (({father} and {mother}) or ({} and {mother}) or ({} and {father}))",
        gone("father_state"),
        gone("mother_state")
    );
    plan(
        &json!({
            "birth_date": {"title": "Born", "type": "string", "format": "partial-date"},
            "birth_precision": choices("How sure", &["day", "month", "year", "estimated"]),
            "father_state": choices("Father", &parents),
            "mother_state": choices("Mother", &parents),
            "can_guard_remaining_parent": {"title": "Can the one at home look after the child", "type": "boolean"},
            "alone_now": {"title": "Alone now", "type": "boolean", "safety": true},
            "alone_often": {"title": "Often alone", "type": "boolean", "safety": true},
        }),
        &json!({
            "subject": {
                "birthDate": "birth_date", "birthPrecision": "birth_precision",
                "legalFlags": {
                    "minor": "age < 18",
                    "left_behind": "age < 16 and ((father_state = 'away_work' and mother_state = 'away_work') or ((father_state = 'away_work' or mother_state = 'away_work') and can_guard_remaining_parent = false))",
                    "de_facto_unattended": unattended,
                    "guardian_consent": "age < 14",
                    "guardian_and_assent": "age >= 14 and age < 18",
                },
            },
            "rules": [
                {"id": "CHD-A02", "title": "Alone", "levels": [
                    {"when": "age < 8 and alone_often", "grade": "R1"},
                    {"when": "age < 8 and alone_now", "grade": "R0"},
                ], "alert": {"code": "alone", "label": "A small child alone"}},
                {"id": "CHD-R14", "title": "Look again", "when": "age < 16 and father_state = 'away_work' and mother_state = 'away_work'",
                 "review": {"within": 30}},
            ],
        }),
    )
}

#[test]
fn a_child_is_left_behind_until_the_day_before_sixteen() {
    let away = json!({"birth_date": "2010-03-15", "father_state": "away_work", "mother_state": "away_work"});
    let before = on(&child(), "2026-03-14", away.clone());
    assert_eq!(before["subject"]["age_years"], json!(15));
    assert_eq!(before["subject"]["legal_flags"]["left_behind"], json!(true));
    assert_eq!(before["reassessment"]["next_on"], json!("2026-04-13"), "within 30 days");
    let birthday = on(&child(), "2026-03-15", away);
    assert_eq!(birthday["subject"]["age_years"], json!(16));
    assert_eq!(birthday["subject"]["legal_flags"]["left_behind"], json!(false));
    assert_eq!(birthday["subject"]["legal_flags"]["minor"], json!(true));
}

#[test]
fn consent_of_the_guardian_until_fourteen_and_then_the_childs_own_too() {
    let born = json!({"birth_date": "2012-03-15"});
    for (day, age, alone, both) in [("2026-03-14", 13, true, false), ("2026-03-15", 14, false, true)] {
        let profile = on(&child(), day, born.clone());
        assert_eq!(profile["subject"]["age_years"], json!(age));
        assert_eq!(profile["subject"]["legal_flags"]["guardian_consent"], json!(alone));
        assert_eq!(profile["subject"]["legal_flags"]["guardian_and_assent"], json!(both));
    }
}

#[test]
fn a_child_under_eight_is_not_left_alone() {
    let often = json!({"birth_date": "2018-03-15", "alone_often": true, "alone_now": false});
    let seven = on(&child(), "2026-03-14", often.clone());
    assert_eq!((&seven["subject"]["age_years"], &seven["alerts"][0]["grade"]), (&json!(7), &json!("R1")));
    let eight = on(&child(), "2026-03-15", often);
    assert_eq!((&eight["subject"]["age_years"], rules(&eight)), (&json!(8), vec![]));
    let now = json!({"birth_date": "2018-03-15", "alone_often": true, "alone_now": true});
    assert_eq!(on(&child(), "2026-03-14", now)["alerts"][0]["grade"], json!("R0"));
}

#[test]
fn a_leap_day_child_is_a_year_older_on_the_first_of_march() {
    let born = json!({"birth_date": "2008-02-29"});
    for (day, age, minor) in [("2026-02-28", 17, true), ("2026-03-01", 18, false)] {
        let profile = on(&child(), day, born.clone());
        assert_eq!(profile["subject"]["age_years"], json!(age));
        assert_eq!(profile["subject"]["legal_flags"]["minor"], json!(minor));
    }
}

#[test]
fn a_year_of_birth_gives_an_age_between_and_what_it_does_not_decide_is_flagged() {
    let year = json!({
        "birth_date": "2010", "father_state": "away_work", "mother_state": "away_work",
        "alone_now": false, "alone_often": false,
    });
    let profile = on(&child(), "2026-06-01", year);
    assert_eq!(profile["subject"]["age_years"], json!([15, 16]));
    assert_eq!(profile["subject"]["legal_flags"]["left_behind"], Value::Null);
    assert_eq!(profile["subject"]["legal_flags"]["minor"], json!(true));
    assert_eq!(profile["undetermined"], json!([{"rule": "CHD-R14", "ask": ["/birth_date"]}]));
    assert_eq!(profile["reassessment"]["reason"], json!("no_need"));
    let said = json!({"birth_date": "2010-06-01", "birth_precision": "year"});
    let profile = on(&child(), "2026-06-01", said);
    assert_eq!(profile["subject"]["age_years"], json!([15, 16]), "as precise as is said");
}

#[test]
fn a_child_is_unattended_if_neither_parent_can_care() {
    let flag = |father: &str, mother: &str| {
        let answers = json!({"birth_date": "2015-01-01", "father_state": father, "mother_state": mother});
        on(&child(), "2026-06-01", answers)["subject"]["legal_flags"]["de_facto_unattended"].clone()
    };
    assert_eq!(flag("prison", "no_contact"), json!(true));
    assert_eq!(flag("dead", "serious_illness"), json!(true));
    assert_eq!(flag("dead", "home"), json!(false));
    assert_eq!(flag("dead", "dead"), json!(false), "that is an orphan, for whom other law holds");
}

fn household() -> Arc<Plan> {
    let mut questions = serde_json::Map::new();
    questions.insert("labour_force_n".into(), whole("Who can work", 0, 20));
    questions.insert("stable_jobs_n".into(), whole("Who has steady work", 0, 20));
    for index in 1..=10 {
        questions.insert(format!("orient_{index}"), json!({"title": index.to_string(), "type": "boolean"}));
    }
    for index in 1..=6 {
        questions.insert(format!("belong_{index}"), whole(&index.to_string(), 0, 4));
    }
    let names = |stem: &str, most: usize| -> Vec<String> {
        (1..=most).map(|index| format!("{stem}_{index}")).collect()
    };
    plan(
        &Value::Object(questions),
        &json!({
            "scores": {
                "orient10": {"title": "Finding the way", "items": names("orient", 10), "method": "sum", "fidelity": "adapted"},
                "belong6": {"title": "Belonging", "items": names("belong", 6), "method": "sum", "fidelity": "adapted"},
            },
            "rules": [
                need("HH-R05", "labour_force_n >= 1 and stable_jobs_n = 0", "D10", "steady_work", 2),
                {"id": "HH-R06", "title": "Nobody can work", "when": "labour_force_n = 0",
                 "notAssessed": {"domain": "D10", "reason": "Nobody in the household can work."}},
                {"id": "HH-R06a", "title": "Income support", "when": "labour_force_n = 0",
                 "recommend": {"check": "income_support", "label": "See whether income support is paid."}},
                {"id": "HH-R07", "title": "Orientation", "levels": [
                    {"when": "orient10 <= 7", "level": 1}, {"when": "orient10 <= 4", "level": 2},
                 ], "need": {"domain": "D08", "code": "orientation", "label": "Finding the way", "basis": "normative"}},
                {"id": "HH-R08", "title": "Belonging", "levels": [
                    {"when": "belong6 <= 15", "level": 1}, {"when": "belong6 < 10", "level": 2},
                 ], "need": {"domain": "D08", "code": "belonging", "label": "Belonging", "basis": "normative"}},
            ],
        }),
    )
}

#[test]
fn the_household_case_takes_the_highest_level_and_never_a_sum() {
    let mut answers = json!({"labour_force_n": 2, "stable_jobs_n": 0});
    for index in 1..=10 {
        answers[format!("orient_{index}")] = json!(index <= 4);
    }
    for (index, points) in [1, 1, 2, 0, 1, 2].into_iter().enumerate() {
        answers[format!("belong_{}", index + 1)] = json!(points);
    }
    let profile = on(&household(), "2026-11-23", answers);
    assert_eq!(profile["domain_levels"]["D10"], json!(2));
    assert_eq!(profile["scores"]["orient10"]["value"], json!(4));
    assert_eq!(profile["scores"]["belong6"]["value"], json!(7));
    assert_eq!(profile["domain_levels"]["D08"], json!(2));
    assert_eq!(rules(&profile), ["HH-R07", "HH-R08", "HH-R05"]);
}

#[test]
fn where_nobody_can_work_work_is_not_assessed_rather_than_no_need() {
    let profile = on(&household(), "2026-11-23", json!({"labour_force_n": 0}));
    assert_eq!(profile["domain_levels"]["D10"], Value::Null);
    assert_eq!(profile["domain_status"]["D10"], json!("not_assessed"));
    assert_eq!(profile["not_assessed"][0]["domain"], json!("D10"));
    assert_eq!(profile["recommendations"][0]["check"], json!("income_support"));
    let working = on(&household(), "2026-11-23", json!({"labour_force_n": 1, "stable_jobs_n": 1}));
    assert_eq!(working["domain_levels"]["D10"], json!(0), "decided, and no need");
}

#[test]
fn a_weighted_mean_has_the_range_and_the_step_of_its_weights() {
    let plan = plan(
        &json!({"a": whole("A", 0, 4), "b": whole("B", 0, 4), "c": whole("C", 0, 4)}),
        &json!({"scores": {
            "mean": {"title": "Mean", "items": [{"name": "a", "weight": 3}, "b"], "method": "mean", "fidelity": "adapted"},
            "weighted": {"title": "Weighted", "items": [{"name": "a", "weight": 2}, {"name": "b", "weight": 0.5}], "method": "weighted", "fidelity": "adapted"},
            "part": {"title": "Part", "items": ["a", "b", "c"], "method": "mean", "missing": {"rule": "prorate", "minAnswered": 2}, "fidelity": "adapted"},
            "both": {"title": "Both", "expression": "mean + weighted", "method": "expression", "min": 0, "max": 14, "fidelity": "adapted"},
        }}),
    );
    let nothing = on(&plan, "2026-11-23", json!({}));
    assert_eq!(nothing["scores"]["both"]["status"], json!("not_assessed"), "nothing behind it is answered");
    assert_eq!(nothing["scores"]["mean"]["max"], json!(4));
    let profile = on(&plan, "2026-11-23", json!({"a": 4, "b": 1}));
    assert_eq!(profile["scores"]["mean"]["value"], json!(3.25));
    assert_eq!(profile["scores"]["weighted"]["value"], json!(8.5));
    assert_eq!(profile["scores"]["weighted"]["method"], json!("weighted"));
    // 2.5 is no mean of three whole numbers: 7.5 ÷ 3 goes to 8 ÷ 3.
    assert_eq!(profile["scores"]["part"]["value"], json!(2.66666666666667));
    assert_eq!(
        (&profile["scores"]["both"]["value"], &profile["scores"]["both"]["of"]),
        (&json!(11.75), &json!(2))
    );
}

#[test]
fn a_number_that_would_change_a_need_is_the_nearest_one() {
    let plan = plan(
        &json!({"days": whole("Days", 0, 36500)}),
        &json!({"rules": [need("R", "days > 30", "D07", "contact", 1), alert("A", "days > 100", "R3")]}),
    );
    let (record, _) = read_record(r#"{"assessed_on": "2026-11-23", "answers": {"days": 400}}"#, SourceId(0));
    let changes =
        intake::profile::what_would_change(&plan, &record.unwrap(), "D07.contact.normative").unwrap();
    let told = serde_json::to_value(changes).unwrap();
    assert_eq!(told, json!([[{"field": "/days", "value": 30}]]));
}

#[test]
fn consent_is_what_was_answered_and_may_only_be_withdrawn_beside_it() {
    let words = ["granted", "declined", "not_asked", "withdrawn"];
    let plan = plan(
        &json!({
            "consent_photo": choices("Photo", &words), "consent_case_service": choices("Service", &words),
            "consent_until": {"title": "Until", "type": "string", "format": "date"},
        }),
        &json!({}),
    );
    let record = |consent: Value| {
        json!({
            "assessed_on": "2026-11-23",
            "answers": {"consent_photo": "declined", "consent_case_service": "granted", "consent_until": "2027-11-23"},
            "consent": consent,
        })
    };
    let answered = profile(&plan, &record(json!({})));
    assert_eq!(answered["consent"], json!({"photo": "declined", "case_service": "granted"}));
    let withdrawn = profile(&plan, &record(json!({"case_service": "withdrawn"})));
    assert_eq!(withdrawn["consent"]["case_service"], json!("withdrawn"));
    let (forged, _) = read_record(&record(json!({"photo": "granted"})).to_string(), SourceId(0));
    let findings = assess(&plan, &forged.unwrap()).unwrap_err();
    assert_eq!(
        (findings[0].code.as_str(), findings[0].pointer.as_str()),
        ("record.consent", "/consent/photo")
    );
}

#[test]
fn what_was_done_about_an_alert_is_never_lost() {
    let plan = plan(
        &json!({"rows": {"title": "Rows", "type": "array", "items": {"type": "object", "properties": {
            "hurt": {"title": "Hurt", "type": "boolean", "safety": true},
        }}}}),
        &json!({}),
    );
    let record = |act: Value| json!({"assessed_on": "2026-11-23", "answers": {}, "alerts": [act]});
    let gone = json!({"rule": "safety.unscreened", "field": "/rows/0/hurt", "acknowledged": {"by": "w1"}});
    let profile = profile(&plan, &record(gone));
    assert_eq!(profile["alerts"][0]["status"], json!("withdrawn"), "though its row is gone");
    for act in [json!({"rule": "NO-SUCH-RULE"}), json!({"rule": "safety.unscreened", "field": "/rows"})] {
        let (record, _) = read_record(&record(act).to_string(), SourceId(0));
        let findings = assess(&plan, &record.unwrap()).unwrap_err();
        assert_eq!(findings[0].code.as_str(), "record.alert");
    }
    let unknown = record(json!({"rule": "safety.unscreened", "acknowleged": {"by": "w1"}}));
    let (_, found) = read_record(&unknown.to_string(), SourceId(0));
    assert!(found.iter().any(|found| found.code.as_str() == "record.unknown-key"), "{found:?}");
}

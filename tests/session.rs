//! What an interview does, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use intake::session::{Command, Node, Refusal, Session, check_record, read_record};
use intake::value::{Absence, Informant};
use support::interview::{Interview, form, world};

fn interview(properties: &str) -> Interview {
    Interview::of(&form(properties, ""))
}

const SMOKING: &str = r#"
    "smokes": {"title": "Do you smoke?", "type": "boolean"},
    "daily": {"title": "How many a day?", "type": "integer", "minimum": 1, "maximum": 100, "visibleIf": "smokes"},
    "many": {"title": "More than a packet?", "type": "boolean", "calculate": "daily > 20"}"#;

#[test]
fn a_hidden_answer_is_kept_aside_and_comes_back() {
    let mut interview = interview(SMOKING);
    assert!(!interview.asked("daily"), "unknown hides");
    interview.answer("smokes", true).answer("daily", 30);
    assert_eq!(interview.session.record().answers.len(), 2);
    interview.answer("smokes", false);
    assert!(!interview.asked("daily"));
    assert_eq!(interview.number("daily"), None, "empty for all logic");
    assert!(!interview.session.record().answers.contains_key("daily"), "and not in the record");
    interview.answer("smokes", true);
    assert_eq!(interview.number("daily"), Some(30));
}

#[test]
fn an_answer_touches_only_what_depends_on_it() {
    let mut interview = interview(SMOKING);
    interview.answer("smokes", true);
    assert_eq!(interview.changed(), ["/smokes", "/daily"]);
    interview.answer("daily", 5);
    assert_eq!(interview.changed(), ["/daily", "/many"]);
    interview.answer("daily", 6);
    assert_eq!(interview.changed(), ["/daily"], "what stays the same wakes nobody");
    interview.answer("daily", 6);
    assert!(interview.last.is_empty());
}

#[test]
fn an_absence_and_a_value_exclude_each_other() {
    let mut interview = interview(SMOKING);
    interview.answer("smokes", true).absent("daily", Absence::Declined);
    let daily = interview.node("daily");
    assert_eq!(interview.session.absence(daily), Some(Absence::Declined));
    interview.answer("daily", 3);
    assert_eq!(interview.session.absence(daily), None);
    interview.absent("daily", Absence::DontKnow);
    assert_eq!(interview.number("daily"), None);
    let record = interview.session.record();
    assert_eq!(record.absent.get("/daily"), Some(&Absence::DontKnow));
    assert!(!record.answers.contains_key("daily"));
}

#[test]
fn a_placeholder_reads_as_a_person_would_say_it() {
    let text = form(
        r#"
    "smokes": {"title": "Do you smoke?", "type": "boolean"},
    "helps": {"title": "Help", "type": "array", "uniqueItems": true, "items": {"type": "string", "oneOf": [
        {"const": "food", "title": "meals"}, {"const": "visit", "title": "a visitor"}]}},
    "weight": {"title": "Weight", "type": "number"},
    "sum_up": {"title": "Smokes: {smokes}; wants {helps}; {weight} kg", "widget": "note"}"#,
        "",
    );
    let mut interview = Interview::of(&text);
    assert_eq!(interview.title("sum_up"), "Smokes: …; wants …; … kg", "nothing is said of what is not known");
    interview.answer("smokes", true).answer("weight", 61).answer("helps", ["food", "visit"]);
    assert_eq!(interview.title("sum_up"), "Smokes: yes; wants meals, a visitor; 61 kg");
    interview.answer("smokes", false);
    assert!(interview.changed().contains(&"/sum_up".to_owned()), "{:?}", interview.changed());
    assert_eq!(interview.title("sum_up"), "Smokes: no; wants meals, a visitor; 61 kg");

    let mut chinese = Interview::of(&text.replace(r#""languages": ["en"]"#, r#""languages": ["zh-CN"]"#));
    chinese.answer("smokes", true).answer("helps", ["food", "visit"]);
    assert_eq!(chinese.title("sum_up"), "Smokes: 是; wants meals、a visitor; … kg");
    chinese.answer("smokes", false);
    assert!(chinese.title("sum_up").starts_with("Smokes: 否;"), "{}", chinese.title("sum_up"));
}

#[test]
fn a_value_is_needed_only_while_its_question_is_asked() {
    let text = form(SMOKING, "").replace(r#""title": "One","#, r#""title": "One", "required": ["daily"],"#);
    let mut interview = Interview::of(&text);
    assert!(interview.session.can_finish());
    interview.answer("smokes", true);
    assert!(!interview.session.can_finish());
    interview.absent("daily", Absence::Declined);
    assert!(!interview.session.can_finish(), "required means a value");
    interview.answer("daily", 4);
    assert!(interview.session.can_finish());
}

#[test]
fn a_safety_question_blocks_until_there_is_a_word() {
    let mut interview =
        interview(r#""hit": {"title": "Has anyone hit you?", "type": "boolean", "safety": true}"#);
    assert!(!interview.session.can_finish());
    interview.absent("hit", Absence::Declined);
    assert!(interview.session.can_finish());
}

#[test]
fn constraints_and_checks_are_told_by_kind_and_severity() {
    let mut interview = interview(
        r#""floor": {"title": "Which floor?", "type": "integer", "minimum": 1, "maximum": 40},
           "lift": {"title": "Is there a lift?", "type": "boolean",
                    "checks": [{"id": "high", "assert": "floor <= 6 or lift", "message": "That is high", "severity": "warning"}]}"#,
    );
    interview.answer("floor", 41);
    assert_eq!(interview.issues("floor"), ["maximum"]);
    assert!(!interview.session.can_finish());
    interview.answer("floor", 12).answer("lift", false);
    assert_eq!(interview.issues("lift"), ["check"]);
    assert!(interview.session.can_finish(), "a warning does not block");
    interview.answer("lift", ());
    assert!(interview.issues("lift").is_empty(), "unknown holds");
}

const MEMBERS: &str = r#"
    "members": {"title": "Who lives here?", "type": "array", "maxItems": 3, "uniqueKey": ["ref"], "itemTitle": "{name}",
        "items": {"type": "object", "unevaluatedProperties": false, "required": ["ref"], "properties": {
            "ref": {"title": "Number", "type": "string"},
            "name": {"title": "Name", "type": "string"},
            "years": {"title": "Age", "type": "integer", "minimum": 0, "maximum": 120},
            "school": {"title": "Does {name} go to school?", "type": "boolean", "visibleIf": "years < %form.limit"}}}},
    "limit": {"title": "School age", "type": "integer", "default": 16},
    "children": {"title": "Children", "type": "integer", "calculate": "members.where(years < 16).count()"}"#;

#[test]
fn each_row_has_its_own_logic_and_aggregates_see_all() {
    let mut interview = interview(MEMBERS);
    interview.add_row("members").add_row("members");
    interview.answer("/members/0/years", 9).answer("/members/1/years", 40);
    assert!(interview.asked("/members/0/school"));
    assert!(!interview.asked("/members/1/school"));
    assert_eq!(interview.number("children"), Some(1));
    interview.answer("/members/0/name", "Mei");
    let school = interview.node("/members/0/school");
    let title = &interview.session.plan().question(school.question()).title;
    assert_eq!(interview.session.text(title, school.row), "Does Mei go to school?");
    interview.answer("limit", 50);
    assert!(interview.asked("/members/1/school"), "an outer answer reaches every row");
    interview.remove_row("/members/0");
    assert_eq!(interview.number("children"), Some(0));
}

#[test]
fn a_removed_row_never_comes_back_under_its_number() {
    let mut interview = interview(MEMBERS);
    interview.add_row("members");
    let first = interview.session.row_at("/members/0").unwrap();
    interview.remove_row("/members/0").add_row("members");
    let second = interview.session.row_at("/members/0").unwrap();
    assert_ne!(first, second);
    let years = interview.session.plan().find_question("members.years").unwrap();
    let gone = Command::Answer { node: Node::new(years, first), value: None };
    assert_eq!(interview.session.apply(gone), Err(Refusal::NoSuchNode));
}

#[test]
fn rows_have_a_key_a_limit_and_an_order() {
    let mut interview = interview(MEMBERS);
    for reference in ["a", "b", "a", "d"] {
        interview.add_row("members");
        let last = interview.session.rows(interview.node("members")).len() - 1;
        interview.answer(&format!("/members/{last}/ref"), reference);
    }
    assert_eq!(interview.issues("members"), ["maxItems", "uniqueKey"]);
    let last = interview.session.row_at("/members/3").unwrap();
    interview.apply(Command::MoveRow { row: last, to: 0 });
    interview.remove_row("/members/3");
    assert!(interview.issues("members").is_empty());
    let rows = interview.session.record().answers["members"].to_string();
    assert_eq!(rows, r#"[{"ref":"d"},{"ref":"a"},{"ref":"b"}]"#);
}

#[test]
fn rows_can_be_counted_by_an_answer() {
    let mut interview = interview(
        r#""n": {"title": "How many?", "type": "integer", "minimum": 0, "maximum": 9},
           "each": {"title": "Each", "type": "array", "countFrom": "n", "items": {"type": "object", "properties": {
              "x": {"title": "X", "type": "integer"}}, "unevaluatedProperties": false}},
           "total": {"title": "Total", "type": "integer", "calculate": "each.x.sum()"}"#,
    );
    interview.answer("n", 3).answer("/each/2/x", 7);
    assert_eq!(interview.number("total"), Some(7));
    interview.answer("n", 2);
    assert_eq!(interview.number("total"), None);
    interview.answer("n", 3);
    assert_eq!(interview.number("total"), Some(7), "the surplus row was only put aside");
}

#[test]
fn a_ring_is_printed_as_a_ring() {
    let text = form(
        r#""a": {"title": "A", "type": "integer", "calculate": "b + 1"},
           "b": {"title": "B", "type": "integer", "calculate": "c + 1"},
           "c": {"title": "C", "type": "integer", "calculate": "a + 1"},
           "d": {"title": "D", "type": "integer", "calculate": "a + 1"}"#,
        "",
    );
    let (plan, _, diagnostics) = support::compile(&text);
    assert!(plan.is_none());
    let [ring] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(ring.code.as_str(), "plan.cycle");
    assert!(
        ring.message.contains("`a`") && ring.message.contains("`c`") && !ring.message.contains("`d`"),
        "{}",
        ring.message
    );
}

#[test]
fn a_score_decides_by_its_interval() {
    let item = |name: &str| {
        format!(r#""{name}": {{"title": "{name}", "type": "integer", "minimum": 0, "maximum": 3}}"#)
    };
    let more = r#", "scores": {"two": {"title": "Two", "items": ["a", "b"], "method": "sum", "fidelity": "adapted"}}"#;
    let asked = r#""rest": {"title": "Rest", "type": "boolean", "visibleIf": "two >= 3"}"#;
    let mut interview = Interview::of(&form(&format!("{}, {}, {asked}", item("a"), item("b")), more));
    interview.answer("a", 2);
    assert!(!interview.asked("rest"), "2 to 5 does not decide");
    interview.answer("a", 3);
    assert!(interview.asked("rest"), "3 to 6 does");
}

fn age_on(today: &str, born: &str, precision: Option<&str>) -> Option<i64> {
    let text = form(
        r#""born": {"title": "Born", "type": "string", "format": "partial-date"},
           "precision": {"title": "Sure?", "oneOf": [{"const": "day", "title": "Day"}, {"const": "year", "title": "Year"}]},
           "years": {"title": "Age", "type": "integer", "calculate": "age"},
           "old": {"title": "Old", "type": "boolean", "calculate": "age >= 60"}"#,
        r#", "subject": {"birthDate": "born", "birthPrecision": "precision"}"#,
    );
    let mut interview = Interview::on(support::compile(&text).0.unwrap(), today);
    interview.date("born", born);
    if let Some(precision) = precision {
        interview.answer("precision", precision);
    }
    interview.number("years")
}

#[test]
fn the_age_is_that_of_the_assessment_date() {
    assert_eq!(age_on("2026-03-14", "2010-03-15", None), Some(15));
    assert_eq!(age_on("2026-03-15", "2010-03-15", None), Some(16));
    assert_eq!(age_on("2026-02-28", "2008-02-29", None), Some(17));
    assert_eq!(age_on("2026-03-01", "2008-02-29", None), Some(18));
    assert_eq!(age_on("2026-11-23", "1947", None), None, "78 or 79");
    assert_eq!(age_on("2026-12-31", "1947", None), Some(79));
    assert_eq!(
        age_on("2026-11-23", "1947-02-11", Some("year")),
        None,
        "the worker said that the day is not sure"
    );
    assert_eq!(age_on("2026-11-23", "2027-01-01", None), None, "not born yet");
}

#[test]
fn a_record_gives_back_the_interview_that_made_it() {
    let mut interview = interview(&format!("{SMOKING}, {MEMBERS}"));
    interview.answer("smokes", true).absent("daily", Absence::Declined).add_row("members");
    interview.answer("/members/0/years", 9).answer("/members/0/school", true);
    let node = interview.node("/members/0/school");
    interview.apply(Command::Inform { node, informant: Informant::Proxy });
    let record = interview.session.record();
    let text = record.to_value().to_string();
    let (read, faults) = read_record(&text, intake::diagnostic::SourceId(0));
    assert!(faults.is_empty(), "{faults:?}");
    let read = read.unwrap();
    assert_eq!(read, record);
    let plan = interview.session.plan().clone();
    assert_eq!(check_record(&plan, &read), []);
    let (restored, ignored) = Session::restore(plan, world("2026-11-23"), &read);
    assert_eq!((restored.record(), ignored), (record, vec![]));
}

#[test]
fn a_record_with_a_fault_is_refused_with_its_place() {
    let (plan, ..) = support::compile(&form(
        &format!(
            r#"{SMOKING}, {MEMBERS}, "tea": {{"title": "Tea", "oneOf": [{{"const": "green", "title": "Green"}}]}}, "none": {{"title": "N", "type": "string", "absence": []}}"#
        ),
        "",
    ));
    let plan = plan.unwrap();
    for (fault, code, pointer) in [
        (r#""answers": {"tea": "black"}"#, "record.unlisted-choice", "/answers/tea"),
        (r#""answers": {"smokes": "yes"}"#, "record.wrong-type", "/answers/smokes"),
        (r#""answers": {"smoke": true}"#, "record.unknown-key", "/answers/smoke"),
        (r#""answers": {"smokes": null}"#, "record.null", "/answers/smokes"),
        (r#""answers": {"many": true}"#, "record.calculated", "/answers/many"),
        (r#""answers": {"daily": 1.5}"#, "record.wrong-type", "/answers/daily"),
        (r#""answers": {"daily": 101}"#, "record.constraint", "/answers/daily"),
        (r#""answers": {"members": [{"years": -1}]}"#, "record.constraint", "/answers/members/0/years"),
        (r#""answers": {"members": [{"nick": "x"}]}"#, "record.unknown-key", "/answers/members/0/nick"),
        (
            r#""answers": {"smokes": true}, "absent": {"/smokes": "declined"}"#,
            "record.value-and-absence",
            "/absent/~1smokes",
        ),
        (r#""absent": {"/none": "declined"}"#, "record.absence-code", "/absent/~1none"),
        (r#""absent": {"/members/0/ref": "declined"}"#, "record.pointer", "/absent/~1members~10~1ref"),
        (r#""questionnaire": {"id": "other"}"#, "record.questionnaire", "/questionnaire/id"),
    ] {
        let text = format!(r#"{{"assessed_on": "2026-11-23", {fault}}}"#);
        let (record, faults) = read_record(&text, intake::diagnostic::SourceId(0));
        assert!(faults.is_empty(), "{fault}: {faults:?}");
        let findings = check_record(&plan, &record.unwrap());
        let found: Vec<(&str, &str)> =
            findings.iter().map(|finding| (finding.code.as_str(), finding.pointer.as_str())).collect();
        assert_eq!(found, [(code, pointer)], "{fault}");
        assert!(!findings[0].message.contains("black"), "an answer stands in a message");
    }
    for (text, code) in [
        (r#"{"answers": {}}"#, "record.assessed-on"),
        (r#"{"assessed_on": "31/31/2020"}"#, "record.assessed-on"),
        (r#"{"assessed_on": "2026-11"}"#, "record.assessed-on"),
        (r#"{"assessed_on": "2026-11-23", "answers": {"daily": 1.2345678901234567}}"#, "record.constraint"),
        (r#"{"assessed_on": "2026-11-23", "absent": {"/smokes": "forgot"}}"#, "record.absence-code"),
        (r#"{"assessed_on": "2026-11-23", "answrs": {}}"#, "record.unknown-key"),
        (r#"{"assessed_on": "2026-11-23", "answers": {"a": 1, "a": 2}}"#, "json.duplicate-name"),
        ("[]", "record.shape"),
    ] {
        let (record, faults) = read_record(text, intake::diagnostic::SourceId(0));
        assert!(record.is_none(), "{text}");
        assert_eq!(faults[0].code.as_str(), code, "{text}");
    }
}

#[test]
fn answers_to_questions_that_were_not_asked_are_named() {
    let (plan, ..) = support::compile(&form(&format!("{SMOKING}, {MEMBERS}"), ""));
    let plan = plan.unwrap();
    let text = r#"{"assessed_on": "2026-11-23", "absent": {},
                   "answers": {"smokes": false, "daily": 5, "members": [{"years": 40, "school": true}]}}"#;
    let record = read_record(text, intake::diagnostic::SourceId(0)).0.unwrap();
    assert_eq!(check_record(&plan, &record), []);
    let (_, ignored) = Session::restore(plan, world("2026-11-23"), &record);
    assert_eq!(ignored, ["/daily", "/members/0/school"]);
}

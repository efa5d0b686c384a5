//! Who is told of an answer: those whom it changes, however large the form.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{Store, Topic};
use crate::plan::{AlertGrade, LanguageId, Plan, ScoreId};
use crate::profile::wire::AlertStatus;
use crate::profile::{self, UNSCREENED};
use crate::session::{Command, Journal, Node, World};
use crate::value::{Absence, Decimal, Informant, Value};

/// A form with many questions, one of which depends on another, and a score.
fn plan(questions: usize) -> Arc<Plan> {
    let plain: String = (0..questions)
        .map(|number| format!(r#""q{number}": {{ "type": "integer", "title": "Question {number}" }},"#))
        .collect();
    let text = format!(
        r#"{{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "many", "version": "1.0.0", "title": "Many", "languages": ["en"],
          "allOf": [
            {{ "id": "one", "title": "One", "properties": {{ {plain}
              "more": {{ "type": "boolean", "title": "More?" }},
              "which": {{ "type": "string", "title": "Which?", "visibleIf": "more" }} }} }},
            {{ "id": "two", "title": "Two", "properties": {{ "other": {{ "type": "integer", "title": "Other" }} }} }}
          ],
          "unevaluatedProperties": false
        }}"#
    );
    compiled(&text)
}

fn compiled(text: &str) -> Arc<Plan> {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
    let (plan, sources, faults) = crate::open(&files, "questionnaire.json");
    plan.unwrap_or_else(|| panic!("{}", faults.iter().map(|fault| sources.render(fault)).collect::<String>()))
}

/// A store, and a list of the topics that were told about.
fn watched(plan: &Arc<Plan>) -> (Store, Rc<RefCell<Vec<Topic>>>, Vec<super::Subscription>) {
    let world = World {
        today: "2026-11-23".parse().unwrap(),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
        language: LanguageId(0),
    };
    let session = Journal::begin(Arc::clone(plan), world);
    let store = Store::new("many".into(), "".into(), session, crate::value::DateTime::EPOCH);
    let told = Rc::new(RefCell::new(Vec::new()));
    let nodes = plan.question_ids().map(|question| Topic::Node(Node::form(question)));
    let sections = plan.section_ids().map(Topic::Section);
    let scores = plan.score_ids().map(|score: ScoreId| Topic::Score(score));
    let others = [Topic::Form, Topic::Announcement, Topic::Outcome];
    let subscriptions = nodes
        .chain(sections)
        .chain(scores)
        .chain(others)
        .map(|topic| {
            let told = Rc::clone(&told);
            store.subscribe(topic, Rc::new(move || told.borrow_mut().push(topic)))
        })
        .collect();
    (store, told, subscriptions)
}

fn node(plan: &Plan, name: &str) -> Node {
    Node::form(plan.question_named(None, name).unwrap())
}

#[test]
fn an_answer_wakes_its_question_and_no_other() {
    for size in [10, 2000] {
        let plan = plan(size);
        let (store, told, _subscriptions) = watched(&plan);
        let one = node(&plan, "q7");
        // The first answer also moves the section's count.
        store.answer(one, Some(Value::Number(Decimal::ZERO)));
        assert_eq!(told.borrow().len(), 2);
        for digit in 1..=3 {
            told.borrow_mut().clear();
            store.answer(one, Some(Value::Number(Decimal::from(digit))));
            assert_eq!(*told.borrow(), [Topic::Node(one)], "in a form of {size} questions");
        }
        told.borrow_mut().clear();
        store.answer(one, Some(Value::Number(Decimal::from(3))));
        assert!(told.borrow().is_empty(), "the same answer again is no news");
    }
}

#[test]
fn a_question_that_comes_is_woken_with_the_one_that_brings_it() {
    let plan = plan(2000);
    let (store, told, _subscriptions) = watched(&plan);
    store.show_section(crate::plan::SectionId(0));
    store.answer(node(&plan, "more"), Some(Value::Boolean(true)));
    let mut told = told.borrow().clone();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            Topic::Node(node(&plan, "more")),
            Topic::Node(node(&plan, "which")),
            Topic::Section(crate::plan::SectionId(0)),
            Topic::Announcement,
        ]
    );
}

#[test]
fn where_nothing_must_be_answered_progress_counts_what_is_asked() {
    let plan = plan(2);
    let (store, ..) = watched(&plan);
    // q0, q1, more and other; "which" is not asked.
    assert_eq!(store.progress(), Some((0, 4)));
    store.answer(node(&plan, "more"), Some(Value::Boolean(true)));
    assert_eq!(store.progress(), Some((1, 5)));
    store.answer(node(&plan, "more"), None);
    assert_eq!(store.progress(), Some((0, 4)));
    assert_eq!(store.tally(crate::plan::SectionId(0)).figure(), None, "no section shows 0/0");
}

/// A store of a form whose alert hangs on a number of the form, or on a text in any row.
fn watching() -> (Arc<Plan>, Store) {
    let text = r#"{
      "$schema": "../../dialect/questionnaire-1.schema.json",
      "id": "watching", "version": "1.0.0", "title": "Watching", "languages": ["en"],
      "allOf": [{ "id": "one", "title": "One", "properties": {
        "pain": { "type": "integer", "title": "Pain", "minimum": 0, "maximum": 10 },
        "people": { "type": "array", "title": "People", "items": { "type": "object", "properties": {
          "safe": { "type": "boolean", "title": "Safe?" } } } } } }],
      "rules": [{ "id": "R1", "title": "Act", "levels": [
          { "when": "pain >= 9 or people.exists(safe = false)", "grade": "R0" }],
        "alert": { "code": "act", "label": "Act", "script": "Act." } }],
      "unevaluatedProperties": false
    }"#;
    let plan = compiled(text);
    let (store, ..) = watched(&plan);
    (plan, store)
}

#[test]
fn what_cannot_wait_is_raised_again_and_taken_back_as_a_slip_only_where_it_is_the_slip() {
    let (plan, store) = watching();
    let pain = node(&plan, "pain");
    let people = node(&plan, "people");
    let safe = plan.question_named(Some(people.question()), "safe").unwrap();
    let again = |last| {
        store.raise_again(last);
        store.open_alert().map(|open| open.trigger)
    };
    assert_eq!(again(Some(pain)), None, "nothing holds yet");

    store.answer(pain, Some(Value::Number(Decimal::from(9))));
    assert_eq!(again(Some(pain)), Some(Some(pain)));
    assert_eq!(again(None), Some(None), "nobody knows where the worker was");
    assert_eq!(again(Some(people)), Some(None), "another question than the one that raises it");

    store.dispatch(Command::AddRow { repeat: people, at: None });
    let row = *store.session().rows(people).last().unwrap();
    let of_row = Node::new(safe, row);
    store.answer(of_row, Some(Value::Boolean(false)));
    assert_eq!(again(Some(of_row)), Some(None), "the number raises it too");
    assert_eq!(again(Some(pain)), Some(None), "the row raises it too");
    store.answer(pain, None);
    assert_eq!(again(Some(of_row)), Some(Some(of_row)), "the answer in a row alone");
    store.answer(of_row, Some(Value::Boolean(true)));
    assert_eq!(again(Some(of_row)), None, "nothing holds any more");
}

/// A store of a form with people, whom something safety hangs on is asked of.
fn people() -> (Arc<Plan>, Store, Node) {
    let text = r#"{
      "$schema": "../../dialect/questionnaire-1.schema.json",
      "id": "people", "version": "1.0.0", "title": "People", "languages": ["en"],
      "allOf": [{ "id": "one", "title": "One", "properties": {
        "people": { "type": "array", "title": "People", "maxItems": 9, "items": { "type": "object",
          "unevaluatedProperties": false, "properties": {
            "mark": { "type": "string", "title": "Mark", "widget": "hidden" },
            "hit": { "type": "boolean", "title": "Hit?", "safety": true } } } } } }],
      "unevaluatedProperties": false
    }"#;
    let plan = compiled(text);
    let (store, ..) = watched(&plan);
    let people = node(&plan, "people");
    (plan, store, people)
}

#[test]
fn what_was_done_about_one_persons_refusal_goes_with_that_person() {
    let (plan, store, people) = people();
    let hit = plan.question_named(Some(people.question()), "hit").unwrap();
    let add = || {
        store.dispatch(Command::AddRow { repeat: people, at: None });
        *store.session().rows(people).last().unwrap()
    };
    let refuse = |row| {
        store.dispatch(Command::Absent { node: Node::new(hit, row), absence: Some(Absence::Declined) });
    };
    let take_on = |row, by: &str| {
        let field = store.session().pointer(Node::new(hit, row));
        store.state(|acts| {
            let by = serde_json::json!({ "by": by });
            acts.act_on_alert(UNSCREENED, Some(&field), |act| act.acknowledge(by, None, AlertGrade::R2));
        });
    };
    let told = || -> Vec<(String, AlertStatus, Option<String>)> {
        let record = store.record(crate::value::DateTime::EPOCH);
        let alerts = profile::assess(&plan, &record).unwrap().alerts.into_iter();
        let by = |said: serde_json::Value| said["by"].as_str().map(str::to_owned);
        alerts.map(|one| (one.field.unwrap(), one.status.0, one.acknowledged.and_then(by))).collect()
    };
    let is = |field: &str, status, by: Option<&str>| (field.to_owned(), status, by.map(str::to_owned));
    use AlertStatus::{Acknowledged, Open, Withdrawn};

    let (an, bo, cy) = (add(), add(), add());
    for (row, by) in [(an, "of An"), (cy, "of Cy")] {
        refuse(row);
        take_on(row, by);
    }
    store.dispatch(Command::RemoveRow { row: an });
    refuse(bo);
    let after = [
        is("/people/0/hit", Open, None),
        is("/people/1/hit", Acknowledged, Some("of Cy")),
        is("/people/2/hit", Withdrawn, Some("of An")),
    ];
    assert_eq!(told(), after);

    // Who comes next has refused for themselves too.
    refuse(add());
    let added = [
        after[0].clone(),
        after[1].clone(),
        is("/people/2/hit", Open, None),
        is("/people/3/hit", Withdrawn, Some("of An")),
    ];
    assert_eq!(told(), added);

    store.dispatch(Command::MoveRow { row: cy, to: 0 });
    store.dispatch(Command::RemoveRow { row: bo });
    store.dispatch(Command::RemoveRow { row: cy });
    let left = told();
    assert_eq!(left[0], is("/people/0/hit", Open, None));
    let history: std::collections::BTreeSet<_> = left[1..].iter().map(|one| (one.1, one.2.clone())).collect();
    let both = [(Withdrawn, Some("of An".to_owned())), (Withdrawn, Some("of Cy".to_owned()))];
    assert_eq!((left.len(), history), (3, both.into()));
}

#[test]
fn a_new_row_does_not_wait_for_a_question_that_nobody_sees() {
    let (plan, store, people) = people();
    store.dispatch(Command::AddRow { repeat: people, at: None });
    let row = *store.session().rows(people).last().unwrap();
    store.focus_row(people, row);
    let hit = plan.question_named(Some(people.question()), "hit").unwrap();
    assert_eq!(store.awaited(), Some(Node::new(hit, row)));
}

#[test]
fn to_say_who_answers_ends_nothing_that_is_under_way() {
    let plan = plan(2);
    let (store, ..) = watched(&plan);
    let [typed, timed] = ["q0", "q1"].map(|name| node(&plan, name));
    store.keep_draft(typed, std::rc::Rc::from(["12 kg".to_owned()]), super::Unreadable::Number);
    store.start_watch(timed, 5.0);
    for node in [typed, timed] {
        store.dispatch(Command::Inform { node, informant: Informant::Proxy });
    }
    assert_eq!(store.drafts().typed(typed).as_deref(), Some(&["12 kg".to_owned()][..]));
    assert_eq!(store.stop_watch(timed), Some(5.0));
    for node in [typed, timed] {
        store.answer(node, Some(Value::Number(Decimal::ZERO)));
    }
    assert_eq!((store.drafts().typed(typed), store.stop_watch(timed)), (None, None));
}

#[test]
fn whom_the_questionnaire_was_told_of_is_in_the_room() {
    let people = super::Person::ALL.map(|person| person.code());
    let choices: Vec<String> = people
        .iter()
        .chain(&["twin"])
        .map(|code| format!(r#"{{ "const": "{code}", "title": "{code}" }}"#))
        .collect();
    let text = format!(
        r#"{{
          "$schema": "../../dialect/questionnaire-1.schema.json",
          "id": "room", "version": "1.0.0", "title": "Room", "languages": ["en"],
          "allOf": [{{ "id": "one", "title": "One", "properties": {{ "people_present": {{ "type": "array",
            "title": "Who?", "uniqueItems": true, "items": {{ "oneOf": [{}] }} }} }} }}],
          "unevaluatedProperties": false
        }}"#,
        choices.join(",")
    );
    let plan = compiled(&text);
    let (store, ..) = watched(&plan);
    let question = node(&plan, "people_present");
    let codes = |codes: &[&str]| Some(Value::Codes(codes.iter().map(|code| Arc::from(*code)).collect()));
    store.answer(question, codes(&["spouse", "twin"]));
    let spouse = std::collections::BTreeSet::from([super::Person::Spouse]);
    assert_eq!((store.present(), store.acts().present()), (Some(spouse.clone()), Some(spouse)));
    store.answer(question, None);
    assert_eq!((store.present(), store.acts().present()), (None, None), "nobody has said");
    store.answer(question, codes(&["twin"]));
    store.say_present(std::collections::BTreeSet::from([super::Person::Subject]));
    assert_eq!(
        store.session().value(question).cloned(),
        codes(&["person", "twin"]),
        "no other answer is lost"
    );
}

#[test]
fn to_look_at_the_questions_in_any_language_says_nothing() {
    let plan = plan(2);
    let (store, ..) = watched(&plan);
    store.speak("zh-CN");
    assert!(!store.has_said() && !store.is_unsaved());
    store.answer(node(&plan, "q0"), Some(Value::Number(Decimal::ZERO)));
    store.saved();
    assert!(store.has_said() && !store.is_unsaved(), "a file holds it, and it was said all the same");
}

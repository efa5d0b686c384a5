//! Why there is a need, and what would change it: as they stand in the profile, and as the engine comes to them.

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::{LanguageId, Plan, QuestionId};
use intake::profile::{Change, assess, what_would_change};
use intake::session::{Record, answer_from_json, read_record};
use intake::value::Value as Answer;
use serde_json::{Value, json};

use crate::agreed::told;
use crate::elder::Elder;
use crate::harness::Page;

const ENGLISH: LanguageId = LanguageId(0);

fn question(plan: &Plan, field: &str) -> QuestionId {
    let name = field.strip_prefix('/').expect("a pointer");
    plan.question_named(None, name).unwrap_or_else(|| panic!("{field} is in a row"))
}

/// What is asked, and an answer to it, as a person reads them.
fn words(plan: &Arc<Plan>, field: &str, value: &Value) -> (String, String) {
    let id = question(plan, field);
    let asked = plan.question(id);
    let answer = answer_from_json(plan, id, value).expect("an answer");
    let label = plan.choice(id, &answer).map(|choice| choice.label.text(ENGLISH).to_string());
    let answer = label.unwrap_or_else(|| match answer {
        Answer::Boolean(yes) => if yes { "Yes" } else { "No" }.to_owned(),
        _ => value.to_string(),
    });
    let unit = asked.unit.as_ref().filter(|_| value.is_number());
    let unit = unit.map(|unit| format!(" {}", unit.text(ENGLISH))).unwrap_or_default();
    (asked.title.text(ENGLISH).to_string(), format!("{answer}{unit}"))
}

/// The article of a need, open down to its reasons, as a person opens it.
fn opened(page: &Page, id: &str) -> String {
    let own = format!("[id=\"change-{id}\"]");
    for part in [format!(".area:has({own})"), format!(".why:has({own})")] {
        if page.css(&part).attribute("open").is_none() {
            page.css(&format!("{part} > summary")).click();
        }
    }
    format!("article:has({own})")
}

/// Titles and what stands beside them, line by line.
fn facts(page: &Page, article: &str) -> Vec<(String, Vec<String>)> {
    let lines = |text: &str| {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let titles = page.texts(&format!("{article} .fact dt"));
    let values = page.texts(&format!("{article} .fact dd"));
    assert_eq!(titles.len(), values.len());
    titles.into_iter().zip(values.iter().map(|text| lines(text))).collect()
}

/// What the page must say that a need rests on.
fn expected_facts(plan: &Arc<Plan>, need: &Value) -> Vec<(String, Vec<String>)> {
    let mut facts = Vec::new();
    for evidence in need["evidence"].as_array().unwrap() {
        for score in evidence["scores"].as_array().unwrap() {
            let scale = plan.scores.iter().find(|scale| score["id"] == *scale.id).expect("a score");
            let value = match &score["value"] {
                Value::Null => format!("{}–{}", score["interval"][0], score["interval"][1]),
                value => value.to_string(),
            };
            let band = scale.bands.iter().find(|band| score["band"] == *band.id);
            let band = band.and_then(|band| Some(band.title.as_ref()?.text(ENGLISH).to_string()));
            let lines = [format!("Score {value}")].into_iter().chain(band).collect();
            facts.push((scale.title.text(ENGLISH).to_string(), lines));
        }
        for answer in evidence["answers"].as_array().unwrap() {
            let field = answer["field"].as_str().unwrap();
            let (title, said) = match answer.get("value") {
                Some(value) => words(plan, field, value),
                None => (words_of_title(plan, field), "Not answered yet".to_owned()),
            };
            let points = answer.get("points").map(|points| format!("Points: {points}"));
            facts.push((title, [said].into_iter().chain(points).collect()));
        }
    }
    facts
}

fn words_of_title(plan: &Plan, field: &str) -> String {
    plan.question(question(plan, field)).title.text(ENGLISH).to_string()
}

fn read(record: &Value) -> Record {
    read_record(&record.to_string(), SourceId(0)).0.expect("a record")
}

/// Whether a need is lower, or gone, with other answers.
fn is_less_with(plan: &Arc<Plan>, record: &Value, need: &Value, set: &[Change]) -> bool {
    let mut record = record.clone();
    for change in set {
        record["answers"][change.field.trim_start_matches('/')] = change.value.clone();
    }
    let profile = assess(plan, &read(&record)).expect("a profile");
    let now = profile.needs.iter().find(|other| need["id"] == *other.id);
    now.is_none_or(|now| u64::from(now.level) < need["level"].as_u64().unwrap())
}

#[test]
fn a_need_opens_to_what_it_rests_on_and_to_what_would_change_it() {
    let elder = Elder::at_start();
    let page = &elder.page;
    for (name, answer) in [("lonely_i1", 3), ("lonely_i2", 3), ("lonely_i3", 2)] {
        elder.go_and_choose(name, json!(answer));
    }
    // All that the same rules read is answered: what is open could raise the need again whatever else were said.
    for name in ["net_f1", "net_f2", "net_f3", "net_r1", "net_r2", "net_r3"] {
        elder.go_and_choose(name, json!(4));
    }
    for item in 1..=8 {
        elder.go_and_choose(&format!("food_i{item}"), json!(item == 1));
    }
    elder.go_to(elder.section_of("falls_12m"));
    elder.type_into("falls_12m", "2");
    page.wait_for("the question that follows", || elder.is_asked("fall_injury"));
    elder.choose("fall_injury", false);
    elder.say_safe();
    let record = elder.finished_record();
    let profile = told(page, 0);
    let needs = profile["needs"].as_array().unwrap();
    assert!(needs.len() >= 3, "{needs:?}");
    let (mut changes, mut together) = (0, 0);
    for need in needs {
        let id = need["id"].as_str().unwrap();
        let article = opened(page, id);
        page.wait_for("the reasons can be seen", || page.css(&format!("{article} .why-body")).is_displayed());
        assert_eq!(page.texts(&format!("{article} h4")), [need["label"].as_str().unwrap()]);
        let rules: Vec<String> = need["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["title"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(page.texts(&format!("{article} .why-rule strong")), rules);
        for one in need["evidence"].as_array().unwrap() {
            let why = one["why"].as_str().unwrap();
            assert!(
                page.texts(&format!("{article} .why-rule p")).iter().any(|text| text == why),
                "{id}: {why}"
            );
        }
        assert_eq!(facts(page, &article), expected_facts(&elder.plan, need), "{id}");

        page.css(&format!("{article} .why button")).click();
        page.wait_for("what would change it", || page.all(&format!("{article} .would-change")).len() == 1);
        assert_eq!(page.focused_id(), format!("change-{id}"), "the button is gone");
        let sets = what_would_change(&elder.plan, &read(&record), id).expect("an answer");
        let told = page.texts(&format!("{article} .would-change li"));
        let expected: Vec<String> = sets
            .iter()
            .map(|set| {
                let one = |change: &Change| {
                    let (title, answer) = words(&elder.plan, &change.field, &change.value);
                    format!("“{title}”: {answer}")
                };
                set.iter().map(one).collect::<Vec<_>>().join(", and ")
            })
            .collect();
        assert_eq!(told, expected, "{id}");
        for set in &sets {
            assert!(is_less_with(&elder.plan, &record, need, set), "{id}: {set:?}");
        }
        if sets.is_empty() {
            let none = "No small change of the answers would: it rests on several of them.";
            assert_eq!(page.texts(&format!("{article} .would-change p")), [none]);
        }
        changes += sets.len();
        together += sets.iter().filter(|set| set.len() > 1).count();
    }
    assert!(
        changes > together && together > 1,
        "single answers, and several together: {changes}, {together}"
    );
    page.assert_no_faults();
}

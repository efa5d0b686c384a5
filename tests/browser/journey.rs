//! The main job, with nothing but a keyboard: an elder assessment from the list of questionnaires to the downloaded
//! profile, which must be what the command line makes of the downloaded answers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use intake::plan::Demand;
use serde_json::{Value, json};

use crate::elder::{Elder, is_way_on};
use crate::harness::{Engine, Key, Page};

#[test]
fn an_elder_assessment_by_keyboard_from_the_first_question_to_the_profile() {
    journey(Page::open());
}

#[test]
fn the_same_journey_in_firefox() {
    if let Some(page) = Page::open_in(Engine::Firefox) {
        journey(page);
    }
}

#[test]
fn the_same_journey_in_webkitgtk() {
    if let Some(page) = Page::open_in(Engine::WebKitGtk) {
        journey(page);
    }
}

fn journey(page: Page) {
    let elder = Elder::on(page);
    let page = &elder.page;

    elder.tab_to("questionnaire", |focus| focus.label == "Begin: Needs of an older person");
    page.press(Key::Enter);
    let mut answered = BTreeSet::new();
    for (index, section) in elder.plan.sections.iter().enumerate() {
        let language = if (5..9).contains(&index) { "zh-CN" } else { "en" };
        if index == 5 {
            switch_language(&elder, "中文", "zh-CN");
        } else if index == 9 {
            switch_language(&elder, "English", "en");
        }
        let title = section.title.text(elder.plan.language(language).unwrap());
        at_heading(&elder, &title);
        if section.ask_alone {
            elder.pass_gate();
            refuse_to_go_on(&elder, section.required_questions(&elder));
        }
        answered.extend(elder.fill_section());
        if index == 1 {
            mistake_and_mend(&elder);
        }
        assert!(is_way_on(&elder.focus()), "{:?}", elder.focus());
        page.press(Key::Enter);
    }
    let expected: BTreeSet<String> = elder.answers.keys().cloned().collect();
    assert_eq!(answered, expected, "every question was reached by the keyboard, and no other was answered");

    at_heading(&elder, "Check the answers");
    elder.tab_to("the end", is_way_on);
    page.press(Key::Enter);
    at_heading(&elder, "Needs profile");
    assert_levels(&elder);

    elder.tab_to("download", |focus| focus.text == "Download the profile");
    page.press(Key::Enter);
    elder.tab_to("download", |focus| focus.text == "Download the answers");
    page.press(Key::Enter);
    let profile = page.downloaded("profile-elder-needs-*.json");
    let record = page.downloaded("record-elder-needs-*.json");
    page.assert_no_faults();

    let answers: Value = serde_json::from_slice(&record).unwrap();
    assert_eq!(answers["answers"], Value::Object(elder.answers.clone()));
    assert_eq!(answers["absent"], json!({}));
    assert_same_bytes(&profile, &assess(&record));
    assert_profile(&serde_json::from_slice(&profile).unwrap());
}

trait RequiredQuestions {
    fn required_questions(&self, elder: &Elder) -> usize;
}

impl RequiredQuestions for intake::plan::Section {
    /// How many questions of a section must be answered while none is.
    fn required_questions(&self, elder: &Elder) -> usize {
        let blocks = |demand: Demand| matches!(demand, Demand::Required | Demand::AnswerOrRefusal);
        let fresh = intake::session::Session::open(
            elder.plan.clone(),
            crate::support::interview::world("2026-11-23"),
        );
        let nodes = self.questions.iter().map(|&question| intake::session::Node::form(question));
        nodes.filter(|&node| fresh.missing(node).is_some_and(blocks)).count()
    }
}

/// A new page has begun when its heading has the focus.
fn at_heading(elder: &Elder, title: &str) {
    elder.page.wait_for(&format!("the heading “{title}” has the focus"), || {
        elder.page.focused_id() == "heading" && elder.page.texts("#heading") == [title]
    });
}

fn switch_language(elder: &Elder, name: &str, tag: &str) {
    // The button that led here is gone before the new page has the focus: a key pressed between the two begins nowhere.
    elder.page.wait_for("the page has begun", || elder.page.focused_id() == "heading");
    elder.tab_back_to("language", |focus| focus.tag == "button" && focus.text == name);
    elder.page.press(Key::Enter);
    elder.page.wait_for("the page is in the language", || {
        elder.page.css("html").attribute("lang").as_deref() == Some(tag)
    });
    assert_eq!(elder.focus().text, name, "the focus stays where it was");
    // Back to the heading, from where the section is filled in.
    elder.page.script("document.getElementById('heading').focus()");
}

/// Going on with open questions that must be answered: a list of them takes the focus, and leads to each.
fn refuse_to_go_on(elder: &Elder, open: usize) {
    let page = &elder.page;
    elder.tab_to("way on", is_way_on);
    page.press(Key::Enter);
    page.wait_for("the list of errors has the focus", || page.focused_id() == "error-summary");
    let links = page.texts("#error-summary li a").len();
    assert_eq!(links, open, "each question that must be answered is listed");
    page.press(Key::Tab);
    let first = elder.focus();
    page.press(Key::Enter);
    elder.at_control("the question has the focus");
    let question = elder.focus().question.unwrap();
    let name = elder.name(&question);
    assert!(first.text.starts_with(&elder.title(&name, "en")), "{} leads to {name}", first.text);
    assert_eq!(elder.errors(&name).len(), 1, "the error stands at the question too");
    page.press_with(&[Key::Shift], Key::Tab);
}

/// A text in a box for a number: told on leaving it, listed on going on, and mended.
fn mistake_and_mend(elder: &Elder) {
    let page = &elder.page;
    elder.tab_back_to("floor", |focus| {
        focus.question.as_deref() == Some(&*elder.id("floor")) && focus.is_control
    });
    page.press_with(&[Key::Control], 'a');
    page.keys("six");
    assert!(elder.errors("floor").is_empty(), "no error while somebody is typing");
    let floor = elder.id("floor");
    elder.tab_to("next question", |focus| focus.question.as_deref() != Some(&*floor));
    page.wait_for("the error is told", || elder.errors("floor").len() == 1);
    page.wait_for("the error stays with its text", || elder.box_of("floor").value() == "six");

    elder.tab_to("way on", is_way_on);
    page.press(Key::Enter);
    page.wait_for("the list of errors has the focus", || page.focused_id() == "error-summary");
    page.press(Key::Tab);
    page.press(Key::Enter);
    page.wait_for("the box has the focus", || elder.focus().question.as_deref() == Some(&*elder.id("floor")));
    page.press_with(&[Key::Control], 'a');
    page.keys("６");
    page.press(Key::Tab);
    page.wait_for("the error is gone", || elder.errors("floor").is_empty());
    assert_eq!(elder.box_of("floor").value(), "6", "the number as it was understood");
    page.wait_for("the list of errors is gone", || page.texts("#error-summary").is_empty());
    elder.tab_to("way on", is_way_on);
}

/// Needs by domain, as a person reads them.
fn assert_levels(elder: &Elder) {
    let names = elder.page.texts(".area-name").into_iter();
    let mut found: Vec<String> =
        names.zip(elder.page.texts(".area-level")).map(|(name, level)| format!("{name}: {level}")).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "Family and carers: Keep an eye on it",
            "Food and money: Keep an eye on it",
            "Friends and belonging: Help needed",
            "Health and getting care: Help needed",
            "Home, water and power: Keep an eye on it",
            "Language, reading and phone: No need found",
            "Learning and growing up: Not looked at",
            "Managing daily life: Help needed",
            "Mind and mood: Keep an eye on it",
            "Papers, rights and benefits: Help needed",
            "Safety and protection: Help needed",
            "Work and skills: Not looked at",
        ]
    );
}

fn assert_profile(profile: &Value) {
    let levels = json!({
        "D01": 2, "D02": 1, "D03": 1, "D04": 2, "D05": 2, "D06": 1, "D07": 1, "D08": 2, "D09": null, "D10": null,
        "D11": 2, "D12": 0,
    });
    assert_eq!(profile["domain_levels"], levels);
    for (score, value) in [
        ("adl10", 80),
        ("iadl8", 4),
        ("mood9", 8),
        ("lonely3", 7),
        ("network6", 7),
        ("food8", 2),
        ("homehaz", 2),
    ] {
        assert_eq!(profile["scores"][score]["value"], value, "{score}");
    }
    for need in profile["needs"].as_array().unwrap() {
        let evidence = need["evidence"].as_array().unwrap();
        assert!(evidence.iter().all(|one| one["rule"].is_string()) && !evidence.is_empty(), "{need}");
    }
}

/// What the command line makes of a record.
fn assess(record: &[u8]) -> Vec<u8> {
    let file = std::env::temp_dir().join(format!("intake-journey-{}.json", std::process::id()));
    std::fs::write(&file, record).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_intake"))
        .arg("assess")
        .arg(questionnaire())
        .arg(&file)
        .output()
        .unwrap();
    let _ = std::fs::remove_file(&file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    output.stdout
}

fn questionnaire() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/questionnaires/elder-needs/questionnaire.json")
}

fn assert_same_bytes(browser: &[u8], native: &[u8]) {
    if browser == native {
        return;
    }
    let at = browser.iter().zip(native).take_while(|(one, other)| one == other).count();
    let near = |bytes: &[u8]| {
        let range = at.saturating_sub(80)..bytes.len().min(at + 80);
        String::from_utf8_lossy(&bytes[range]).into_owned()
    };
    panic!("the profiles differ at byte {at}:\nbrowser: {}\nnative:  {}", near(browser), near(native));
}

#[test]
fn an_address_that_leads_elsewhere_leads_there_when_it_is_opened_first() {
    let page = Page::open();
    for (address, heading) in
        [("#/profile/elder-needs", "Check the answers"), ("#/handout/elder-needs", "Check the answers")]
    {
        page.goto(address);
        // From nothing: the page is drawn together with what leads on from it.
        page.reload();
        page.wait_for(address, || page.texts("h1") == [heading]);
        assert!(page.address().ends_with("#/review/elder-needs"), "{}", page.address());
    }
    page.assert_no_faults();
}

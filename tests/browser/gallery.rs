//! The page with every part of the pages: that it has them all, in every state, and that nobody is trapped by them.

use std::collections::{BTreeMap, BTreeSet};

use intake::expression::RowId;
use intake::plan::Plan;
use intake::questionnaire::dialect::WIDGETS;
use serde_json::Value;

use crate::harness::{Key, Page};
use crate::kept::enter;
use crate::tour::{LANGUAGES, speak};

const QUESTIONNAIRE: &str = include_str!("../../src/web/pages/gallery/questionnaire.json");
const PACK: &str = include_str!("../../src/web/pages/gallery/zh-CN.json");

/// The states, by their names.
pub(crate) const STATES: [&str; 6] =
    ["Empty", "Answered", "With doubts", "With errors", "No answer", "Only to read"];

/// Shows the questions in a state.
pub(crate) fn show(page: &Page, state: &str) {
    let place = STATES.iter().position(|one| *one == state).expect("a state");
    page.script(&format!("document.querySelectorAll('[name=gallery-state]')[{place}].click()"));
    page.wait_for("the questions are drawn", || {
        page.script(&format!("return document.querySelectorAll('[name=gallery-state]')[{place}].checked"))
            == true
            && !page.all(".question").is_empty()
    });
}

fn open() -> Page {
    let page = Page::open();
    page.goto("#/gallery");
    page.wait_for("the gallery", || page.texts("h1") == ["All parts of the pages"]);
    page
}

fn plan() -> std::sync::Arc<Plan> {
    let files = [("gallery/questionnaire.json", QUESTIONNAIRE), ("gallery/zh-CN.json", PACK)];
    let files: BTreeMap<String, String> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    intake::open(&files, "gallery/questionnaire.json").0.expect("its questionnaire")
}

/// Every word of a member anywhere in a document.
fn words<'a>(value: &'a Value, member: &str, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get(member).and_then(Value::as_str));
            members.values().for_each(|value| words(value, member, found));
        }
        Value::Array(items) => items.iter().for_each(|value| words(value, member, found)),
        _ => {}
    }
}

/// A unit test holds the questions to the page's kinds of controls; here they are held to the screen.
#[test]
fn every_way_to_draw_a_question_is_on_the_page() {
    let document: Value = serde_json::from_str(QUESTIONNAIRE).unwrap();
    let mut used = BTreeSet::new();
    words(&document, "widget", &mut used);
    assert_eq!(used, WIDGETS.iter().copied().collect());

    let page = open();
    let plan = plan();
    for state in STATES {
        show(&page, state);
        let unseen: Vec<String> = plan
            .question_ids()
            .map(|id| (id, plan.question(id)))
            .filter(|(_, question)| question.parent.is_none() && question.is_asked())
            .filter(|(_, question)| question.widget.as_deref() != Some("hidden"))
            .filter(|(id, _)| page.all(&format!("#q{}-{}", id.0, RowId::FORM.0)).is_empty())
            .map(|(_, question)| question.name.to_string())
            .collect();
        assert!(unseen.is_empty(), "{state}: {unseen:?}");
    }
    page.assert_no_faults();
}

#[test]
fn every_state_shows_what_it_is_about() {
    let page = open();
    let count = |selector: &str| page.all(selector).len();
    show(&page, "Empty");
    assert_eq!((count(".last-time"), count(".question-locked .gate"), count(".advice") > 0), (4, 1, true));
    show(&page, "Answered");
    assert_eq!((count(".accounts"), count(".question-locked"), count(".teach-back")), (1, 0, 1));
    page.wait_for("the pictures", || count("img.attached") == 3);
    show(&page, "With doubts");
    assert_eq!((count(".message-warning"), count(".question-error")), (4 + 1, 0));
    show(&page, "With errors");
    // A calculation and a note need nobody.
    assert_eq!((count(".question-error") > 20, count(".summary a").min(3)), (true, 3));
    show(&page, "No answer");
    assert!(count(".chip:has(input:checked)") > 20);
    show(&page, "Only to read");
    let open = page.script(
        "return [...document.querySelectorAll('.question .control :is(input, select, textarea)')]
           .filter((one) => !one.disabled && !one.readOnly).map((one) => one.outerHTML.slice(0, 100))",
    );
    assert_eq!(open, serde_json::json!([]));
    page.assert_no_faults();
}

#[test]
fn the_alert_comes_when_it_is_asked_for_and_goes() {
    let page = open();
    for language in LANGUAGES {
        speak(&page, language);
        let button = page.css("#gallery-alert");
        button.click();
        page.css("dialog[open].alert-screen");
        assert!(!page.texts("dialog .alert-contacts li").is_empty());
        page.all("dialog .actions .button")[0].click();
        page.wait_for("it was a mistake", || page.all("dialog").is_empty());
        page.wait_for("the focus is back", || page.focused_id() == "gallery-alert");
        page.press(Key::Enter);
        page.css("dialog[open].alert-screen .choice").click();
        page.all("dialog .actions .button")[1].click();
        page.wait_for("somebody acted", || page.all("dialog").is_empty());
    }
    page.css(".quick-hide").click();
    page.css("dialog.calendar[open] .calendar-today").click();
    page.wait_for("the page is back", || page.all("dialog").is_empty());
    page.assert_no_faults();
}

#[test]
fn it_keeps_nothing() {
    let page = Page::open();
    enter(&page, "Li", None);
    page.goto("#/gallery");
    for state in STATES {
        show(&page, state);
    }
    show(&page, "Empty");
    page.css(".question .control .box").send("a wish");
    page.goto("#/caseload");
    page.wait_for("the list of interviews", || page.texts("h1") == ["My interviews"]);
    assert!(page.all("article").is_empty(), "{:?}", page.texts("article"));
    page.assert_no_faults();
}

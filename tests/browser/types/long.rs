//! A section that is longer than any screen.

use serde_json::{Map, Value, json};

use super::Form;

const QUESTIONS: usize = 40;

fn question(number: usize) -> (String, Value) {
    let asked = json!({ "title": format!("Question {number}"), "type": "string" });
    (format!("q{number:02}"), asked)
}

/// A short section, and then one of these questions, the last of which must be answered.
fn open(long: Map<String, Value>) -> Form {
    let section = |id: &str, title: &str, properties: Map<String, Value>| json!({ "id": id, "title": title, "properties": properties });
    let mut long = section("long", "Long", long);
    long["required"] = json!([format!("q{QUESTIONS}")]);
    let form = Form::of(
        &json!({
            "$schema": "dialect/questionnaire-1.schema.json",
            "id": "long", "version": "1.0.0", "title": "Long", "languages": ["en"], "type": "object",
            "allOf": [section("short", "Short", [question(0)].into_iter().collect()), long],
            "unevaluatedProperties": false,
        })
        .to_string(),
    );
    form.page.wait_for("the first section", || form.page.texts("#heading") == ["Short"]);
    form
}

/// How many questions there are each time that the page has changed, from a touch that opens the long section on.
fn opened(form: &Form) -> Vec<u64> {
    let page = &form.page;
    page.script(
        "window.counts = [];
         new MutationObserver(() => {
           if (document.getElementById('heading')?.textContent === 'Long')
             counts.push(document.querySelectorAll('.question').length);
         }).observe(document.body, { childList: true, subtree: true })",
    );
    page.find("button", "Next: Long").click();
    page.wait_for("the long section", || page.texts("#heading") == ["Long"]);
    page.wait_for("all of it", || page.texts(".question").len() == QUESTIONS);
    serde_json::from_value(page.script("return counts")).unwrap()
}

#[test]
fn a_long_section_is_there_to_its_end_and_a_link_leads_to_its_last_question() {
    let form = open((1..=QUESTIONS).map(question).collect());
    let page = &form.page;
    let counts = opened(&form);
    assert!(
        (5..QUESTIONS as u64).contains(&counts[0]) && counts.last() == Some(&(QUESTIONS as u64)),
        "what fits in the window is seen first, and then all: {counts:?}"
    );
    assert_eq!(page.focused_id(), "heading");
    assert_eq!(page.script("return scrollY"), 0);

    page.find("button", "Check the answers").click();
    page.wait_for("what is missing", || !page.texts("#error-summary").is_empty());
    page.script("location.hash = '#/review/preview'");
    page.wait_for("the review", || page.texts("#heading") == ["Check the answers"]);
    page.all("#error-summary li a")[0].click();
    let last = form.id(&format!("q{QUESTIONS}"));
    page.wait_for("the last question has the focus", || {
        page.script(&format!("return document.getElementById('{last}')?.contains(document.activeElement)"))
            == true
    });
    assert_eq!(page.texts(".question").len(), QUESTIONS);
    page.assert_no_faults();
}

#[test]
fn what_nobody_sees_takes_no_place_among_what_is_seen_first() {
    let hidden = |number: usize| {
        let calculated =
            json!({ "title": "Beside", "type": "integer", "calculate": "1", "widget": "hidden" });
        (format!("beside{number}"), calculated)
    };
    let form = open((0..60).map(hidden).chain((1..=QUESTIONS).map(question)).collect());
    let counts = opened(&form);
    assert!(counts[0] >= 5, "{counts:?}");
    form.page.assert_no_faults();
}

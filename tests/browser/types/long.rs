//! A section that is longer than any screen.

use serde_json::{Map, json};

use super::Form;

const QUESTIONS: usize = 40;

#[test]
fn a_long_section_is_there_to_its_end_and_a_link_leads_to_its_last_question() {
    let question = |number: usize| {
        let asked = json!({ "title": format!("Question {number}"), "type": "string" });
        (format!("q{number:02}"), asked)
    };
    let section = |id: &str, title: &str, properties: Map<String, serde_json::Value>| json!({ "id": id, "title": title, "properties": properties });
    let mut long = section("long", "Long", (1..=QUESTIONS).map(question).collect());
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
    let page = &form.page;
    page.wait_for("the first section", || page.texts("#heading") == ["Short"]);
    page.find("button", "Next: Long").click();
    page.wait_for("the long section", || page.texts("#heading") == ["Long"]);
    page.wait_for("all of it", || page.texts(".question").len() == QUESTIONS);
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

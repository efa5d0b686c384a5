//! Questions that are asked of several: away from their rows they say of whom.

use serde_json::json;

use crate::harness::Page;
use crate::kept::outbox::{Agency, OwnForm};

fn form() -> String {
    json!({
        "$schema": "https://example.org/questionnaire-1.schema.json", "id": "people", "version": "1.0.0",
        "title": "People", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "all", "title": "All", "properties": { "people": {
            "title": "Who lives here?", "itemTitle": "{called}", "type": "array", "items": {
                "type": "object", "unevaluatedProperties": false, "required": ["much"], "properties": {
                    "called": { "title": "Name", "type": "string" },
                    "much": { "title": "How much help?", "type": "integer", "minimum": 0, "maximum": 3 } } } } } }],
        "rules": [{
            "id": "R1", "title": "Help", "levels": [{ "when": "people.where(much >= 2).count() >= 1", "level": 2 }],
            "need": { "domain": "D05", "code": "help", "label": "Help", "basis": "normative" },
        }],
    })
    .to_string()
}

/// Somebody more, of whom it is said how they are called and, where it is, how much help they need.
fn add(page: &Page, name: &str, much: Option<&str>) {
    let before = page.all(".row").len();
    page.find("button", "Add an entry").click();
    page.wait_for("a row", || page.all(".row").len() == before + 1);
    let boxes = page.all(".row input.box");
    boxes[before * 2].send(name);
    if let Some(much) = much {
        boxes[before * 2 + 1].send(much);
    }
}

fn titles(page: &Page, selector: &str) -> Vec<String> {
    page.script("for (const one of document.querySelectorAll('details')) one.open = true");
    page.texts(selector)
}

#[test]
fn an_answer_from_a_row_says_whose_it_is_wherever_it_is_read() {
    let text = form();
    let agency = Agency::asking(&OwnForm { id: "people", title: ["People", "人"], text: &text });
    let page = &Page::open_site(&agency.site());
    page.goto("#/fill/people/1");
    page.wait_for("the question", || !page.all(".rows button").is_empty());
    add(page, "An", Some("2"));
    add(page, "Bo", Some("1"));
    add(page, "An", None);
    page.goto("#/review/people");
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    let open = titles(page, "#error-summary li a");
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].starts_with("An (3): How much help?"), "{open:?}");
    let of = |who: &str| [format!("{who}: Name"), format!("{who}: How much help?")];
    let expected: Vec<String> = ["Who lives here?".to_owned()]
        .into_iter()
        .chain(["An (1)", "Bo (2)", "An (3)"].into_iter().flat_map(of))
        .collect();
    assert_eq!(titles(page, ".answer dt"), expected);
    let change = page.css(".answer:nth-of-type(3) .answer-change").attribute("aria-label");
    assert_eq!(change.as_deref(), Some("Change: An (1): How much help?"));

    page.css("#error-summary li a").click();
    page.wait_for("the question that is missing", || {
        page.script("return document.activeElement === document.querySelectorAll('.row input.box')[5]")
            == true
    });
    page.keys("3");
    page.goto("#/review/people");
    page.find("button", "Finish and see the needs").click();
    page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
    let facts = titles(page, ".why .fact dt");
    let much: Vec<&str> = facts.iter().filter_map(|title| title.strip_suffix(": How much help?")).collect();
    assert_eq!(much, ["An (1)", "Bo (2)", "An (3)"], "{facts:?}");
    page.find("button", "What would change this?").click();
    page.wait_for("what would change it", || !page.texts(".would-change li").is_empty());
    let sets = page.texts(".would-change li");
    for who in ["“An (1): How much help?”: ", "“An (3): How much help?”: "] {
        assert!(sets.iter().any(|set| set.contains(who)), "{who}: {sets:?}");
    }
    page.assert_no_faults();
}

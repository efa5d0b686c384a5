use serde_json::json;

use crate::agreed::told_of;
use crate::elder::{Elder, SAFETY};
use crate::harness::{Key, Page};
use crate::kept::outbox::{Agency, OwnForm};

/// A question whose "yes" cannot wait.
fn raised() -> Elder {
    let elder = Elder::at("elder_hit");
    elder.page.set_offline(true);
    elder.choose("elder_hit", true);
    elder.page.wait_for("the alert", || !elder.page.texts("dialog.alert-screen h1").is_empty());
    elder
}

#[test]
fn what_cannot_wait_stands_over_the_page_until_somebody_has_acted() {
    let elder = raised();
    let page = &elder.page;
    assert_eq!(page.texts(".alert-grade"), ["Act within 24 hours"]);
    assert!(!page.texts(".alert-script").is_empty(), "what to say");
    assert!(page.texts(".alert-screen").join("").contains("110"), "whom to call");
    for _ in 0..3 {
        page.press(Key::Escape);
    }
    page.find("button", "Note it and go on").click();
    page.wait_for("it stays", || !page.texts("dialog[open].alert-screen h1").is_empty());
    page.find("checkbox", "Something else").click();
    page.find("button", "Note it and go on").click();
    page.wait_for("something else has to be said", || !page.texts("dialog[open].alert-screen h1").is_empty());
    page.find("checkbox", "Something else").click();
    page.find("checkbox", "Told my supervisor").click();
    page.find("button", "Note it and go on").click();
    page.wait_for("it goes", || page.all("dialog").is_empty());
    assert_eq!(elder.chosen("elder_hit"), ["Yes"], "the answer stands");

    // The same alert again is not shown again; a more urgent one is.
    elder.choose("elder_hit", false);
    elder.choose("elder_hit", true);
    page.wait_for("the follow-up question", || elder.is_asked("abuse_now"));
    assert!(page.all("dialog").is_empty());
    elder.choose("abuse_now", true);
    page.wait_for("now it is urgent", || page.texts(".alert-grade") == ["Act now"]);
    page.find("checkbox", "It is not safe to act here: I act as soon as I am outside").click();
    page.find("button", "Note it and go on").click();
    page.wait_for("it goes", || page.all("dialog").is_empty());
    page.set_offline(false);

    for name in ["elder_neglect", "elder_money_taken", "elder_afraid", "elder_scammed"] {
        elder.choose(name, false);
    }
    let record = elder.finished_record();
    let act = &record["alerts"][0];
    assert_eq!(act["grade"], "R0");
    assert_eq!(act["acknowledged"]["actions"], json!(["will_act_once_outside"]));
    assert_eq!(act["notified"]["by"], json!(["told_supervisor"]), "what was done before stays");
    // Who acted on it as it stood first, and when, is told beside that.
    let first = act["earlier"].as_array().unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(
        (&first[0]["grade"], &first[0]["acknowledged"]["actions"]),
        (&json!("R1"), &json!(["told_supervisor"]))
    );
    assert!(first[0]["acknowledged"]["at"].as_str() <= act["acknowledged"]["at"].as_str());
    let done = page.texts(".alert .acted-done");
    assert_eq!(done.len(), 2, "{done:?}");
    assert!(done[0].contains("Told my supervisor"), "{done:?}");
    assert!(done[1].contains("I act as soon as I am outside"), "{done:?}");
}

#[test]
fn a_slip_of_the_finger_is_taken_back_and_its_alert_stays_as_withdrawn() {
    let elder = raised();
    let page = &elder.page;
    page.find("button", "The answer was a slip: take it back").click();
    page.wait_for("it goes", || page.all("dialog").is_empty());
    assert!(elder.chosen("elder_hit").is_empty());
    page.wait_for("the question has the focus", || {
        page.script("return document.activeElement.closest('.question')?.id ?? ''")
            == elder.id("elder_hit").as_str()
    });
    page.set_offline(false);
    for name in SAFETY {
        elder.choose(name, false);
    }
    // An alert never vanishes: whoever reads the profile sees that it was raised, and that the answer is another now.
    let record = elder.finished_record();
    assert_eq!(record["alerts"].as_array().map(Vec::len), Some(1));
    assert_eq!(record["alerts"][0]["rule"], "ELD-R15a");
    assert_eq!(record["alerts"][0]["acknowledged"], json!(null), "nobody acted");
}

/// Whoever needs help reads a number at once, whatever else lies over the page.
#[test]
fn no_number_of_an_alert_lies_under_the_button_that_hides_it() {
    let elder = raised();
    let page = &elder.page;
    for (width, height) in [(1280, 800), (800, 1280), (390, 840)] {
        page.resize(width, height);
        let clear = page.script(
            "const hide = document.querySelector('dialog.alert-screen .quick-hide').getBoundingClientRect();
             return [...document.querySelectorAll('.alert-phone')].map((one) => {
               const range = document.createRange();
               range.selectNodeContents(one);
               return range.getBoundingClientRect().right <= hide.left;
             })",
        );
        let clear = clear.as_array().cloned().unwrap_or_default();
        assert!(!clear.is_empty() && clear.iter().all(|one| *one == true), "{width} pixels: {clear:?}");
    }
}

#[test]
fn an_alert_can_be_hidden_too() {
    let elder = raised();
    let page = &elder.page;
    page.css("dialog.alert-screen .quick-hide").click();
    page.wait_for("a calendar", || page.title() == "Calendar");
    page.css(".calendar-today").click();
    page.wait_for("the alert is there still", || page.title() != "Calendar");
    assert!(!page.texts("dialog[open].alert-screen h1").is_empty());
}

/// What a questionnaire fills in from last time counts as an answer: whoever begins sees at once what it calls for.
#[test]
fn what_was_filled_in_from_last_time_and_cannot_wait_stands_over_the_page_at_once() {
    let text = json!({
        "$schema": "https://example.org/questionnaire-1.schema.json", "id": "again", "version": "1.0.0",
        "title": "Again", "languages": ["en"], "type": "object", "unevaluatedProperties": false,
        "allOf": [{ "id": "all", "title": "All", "properties": {
            "known": { "title": "Which form was it?", "type": "string", "maxLength": 40, "prefill": "/questionnaire/id" },
            "tea": { "title": "Tea?", "type": "boolean" } } }],
        "rules": [{ "id": "R1", "title": "Known", "levels": [{ "when": "known = 'again'", "grade": "R0" }],
            "alert": { "code": "known", "label": "Known already", "script": "Look at it." } }],
    })
    .to_string();
    let agency = Agency::asking(&OwnForm { id: "again", title: ["Again", "又一次"], text: &text });
    let page = &Page::open_site(&agency.site());
    page.goto("#/fill/again/1");
    page.find("radio", "Yes").click();
    assert!(page.all("dialog").is_empty(), "nothing is known the first time");
    page.goto("#/review/again");
    page.find("button", "Finish and see the needs").click();
    page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
    let file = page.own_folder("last-time").join("profile.json");
    std::fs::write(&file, told_of(page, "again", 0).to_string()).unwrap();

    page.goto("#/follow/again");
    page.css("#follow-file").send(&file.display().to_string());
    page.find("button", "Begin").click();
    page.wait_for("the alert", || page.texts("dialog[open].alert-screen h1") == ["Known already"]);
    assert_eq!(page.texts(".alert-grade"), ["Act now"]);
    assert!(page.texts("dialog.alert-screen .button-quiet").is_empty(), "nobody has slipped");
    page.assert_no_faults();
}

/// The urgent answer was a slip, and what is left is what somebody has told the supervisor of already.
#[test]
fn a_slip_that_made_an_alert_more_urgent_is_taken_back_and_mutes_nothing() {
    let elder = raised();
    let page = &elder.page;
    let gone = || page.wait_for("it goes", || page.all("dialog").is_empty());
    let urgent = || page.wait_for("it is urgent", || page.texts(".alert-grade") == ["Act now"]);
    page.find("checkbox", "Told my supervisor").click();
    page.find("button", "Note it and go on").click();
    gone();
    page.wait_for("the follow-up question", || elder.is_asked("abuse_now"));
    elder.choose("abuse_now", true);
    urgent();
    page.find("button", "The answer was a slip: take it back").click();
    gone();
    assert!(elder.chosen("abuse_now").is_empty());
    elder.choose("abuse_now", true);
    urgent();
    page.assert_no_faults();
}

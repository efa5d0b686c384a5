//! By keyboard through the pages of what is kept: whatever is done there, the focus is somewhere.

use serde_json::json;

use super::outbox::{Agency, collector, finish, outbox, states};
use super::{PASSPHRASE, is_kept};
use crate::harness::{Key, Page};

/// Presses Enter on a button.
fn enter_on(page: &Page, name: &str) {
    page.find("button", name).focus();
    page.press(Key::Enter);
}

/// Waits until the focus is on a text, or on the element of an id.
fn focus_is_on(page: &Page, what: &str) {
    page.wait_for(&format!("the focus is on {what}"), || {
        let at = page.script("return [document.activeElement.id, document.activeElement.innerText]");
        at[0] == what || at[1].as_str().is_some_and(|text| text.trim() == what)
    });
}

#[test]
fn the_focus_is_never_lost_where_interviews_are_kept() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let arguments = agency.arguments();
    let page = Page::open_with(&agency.site(), &arguments.each_ref().map(String::as_str));
    set_up_and_unlock(&page);

    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[0].send("Ma Lan");
    page.wait_for("it is kept", || is_kept(&page));
    finish(&page);
    sent_and_taken_out(&page);
    another_person_of_the_visit(&page);

    page.goto("#/");
    enter_on(&page, "With somebody else: A short talk");
    page.wait_for("an empty talk", || {
        page.all(".question input.box").first().is_some_and(|one| one.value().is_empty())
    });
    page.wait_for("the focus is in it", || page.script("return document.activeElement.localName") != "body");

    page.goto("#/tablet");
    enter_on(&page, "Make a backup");
    page.wait_for("it is made", || page.has_downloaded());
    focus_is_on(&page, "Make a backup");
    page.assert_no_faults();
}

/// What was typed wrongly is typed again.
fn set_up_and_unlock(page: &Page) {
    page.goto("#/unlock");
    page.css("#worker-name").focus();
    for text in ["Li", PASSPHRASE, "another passphrase"] {
        while page.script("return document.activeElement.tagName") != "INPUT" {
            page.press(Key::Tab);
        }
        page.keys(text);
        page.press(Key::Tab);
    }
    enter_on(page, "Begin to work");
    page.css("main [role=alert]");
    page.wait_for("the focus is where it is put right", || page.focused_id() == "new-passphrase-again");
    page.css("#new-passphrase-again").clear();
    page.css("#new-passphrase-again").send(PASSPHRASE);
    page.press(Key::Enter);
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
    focus_is_on(page, "heading");

    enter_on(page, "Lock: Li stops working here");
    // The page is loaded anew.
    page.wait_for("the workers", || !page.all("#passphrase").is_empty());
    page.css("#passphrase").focus();
    page.keys("not the passphrase");
    page.press(Key::Enter);
    page.css("main [role=alert]");
    focus_is_on(page, "passphrase");
    page.keys(PASSPHRASE);
    page.press(Key::Enter);
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
    focus_is_on(page, "heading");
}

/// What is pressed goes with its card; a no leads back to where it was asked.
fn sent_and_taken_out(page: &Page) {
    outbox(page);
    enter_on(page, "Send Ma Lan, A short talk");
    page.wait_for("it waits for its token", || states(page) == ["profile waiting"]);
    focus_is_on(page, "outbox-items");
    page.css("#outbox-list summary").focus();
    page.press(Key::Enter);
    enter_on(page, "Take out: Ma Lan, Profile · The agency");
    focus_is_on(page, "Keep it");
    page.press(Key::Enter);
    focus_is_on(page, "Take out");
    page.press(Key::Enter);
    focus_is_on(page, "Keep it");
    page.press_with(&[Key::Shift], Key::Tab);
    focus_is_on(page, "Yes, take it out");
    page.press(Key::Enter);
    page.wait_for("it is out", || states(page).is_empty());
    focus_is_on(page, "outbox-items");
}

/// To go through the list of forms begins none of them.
fn another_person_of_the_visit(page: &Page) {
    page.goto("#/caseload");
    page.css("article summary").focus();
    page.press(Key::Enter);
    page.css("article select").focus();
    page.press(Key::Down);
    page.wait_for("a form is chosen", || page.css("article select").value() == "short");
    assert!(page.all("article .panel").is_empty());
    page.press(Key::Tab);
    focus_is_on(page, "Go on");
    page.press(Key::Enter);
    focus_is_on(page, "Another person in the same visit · A short talk");
}

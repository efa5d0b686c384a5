//! With nothing but a keyboard: what waits is tried again, taken back and sent, an interview is removed, and a backup
//! restored. The Tab key comes to everything, what it comes to is seen, and nothing leaves the focus nowhere.

use std::fs;

use serde_json::{Value, json};

use super::backup::back_up;
use super::outbox::{Agency, collector, interview, outbox, states};
use super::{PASSPHRASE, enter};
use crate::harness::{Key, Page};

/// What has the focus: its name, whether that is seen, and whether it is on the screen.
const FOCUS: &str = "
    const one = document.activeElement;
    const ring = getComputedStyle(one.closest('.choice, .file-button') ?? one);
    const { top, bottom } = one.getBoundingClientRect();
    return {
      name: (one.getAttribute('aria-label') ?? one.labels?.[0]?.innerText ?? one.innerText).trim(),
      tag: one.localName, id: one.id,
      seen: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2,
      inside: bottom > 0 && top < innerHeight,
    };";

/// Presses Tab until the focus is on what is called so.
fn tab_to(page: &Page, name: &str) {
    walk(page, &[], name);
}

fn walk(page: &Page, held: &[Key], name: &str) {
    let mut passed = Vec::new();
    for _ in 0..120 {
        page.press_with(held, Key::Tab);
        let focus = page.script(FOCUS);
        // After the last of the page comes the browser itself.
        if focus["tag"] == "body" {
            continue;
        }
        assert_eq!((&focus["seen"], &focus["inside"]), (&json!(true), &json!(true)), "{focus}");
        if focus["name"] == name {
            return;
        }
        passed.push(focus["name"].clone());
    }
    panic!("no Tab comes to “{name}”, but to {}", Value::from(passed));
}

/// Goes to a button with Tab, and presses it.
fn press_by_key(page: &Page, name: &str) {
    tab_to(page, name);
    page.press(Key::Enter);
}

/// Waits until the focus is on what is called so, or has this id.
fn focus_on(page: &Page, what: &str) {
    page.wait_for(&format!("the focus is on {what}"), || {
        let focus = page.script(FOCUS);
        focus["name"] == what || focus["id"] == what
    });
}

#[test]
fn what_waits_is_tried_again_sent_and_taken_back_by_keyboard() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let arguments = agency.arguments();
    let page = Page::open_with(&agency.site(), &arguments.each_ref().map(String::as_str));
    enter(&page, "Li", None);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    press_by_key(&page, "Send Ma Lan, A short talk");
    page.wait_for("its token is missing", || states(&page) == ["profile waiting"]);
    focus_on(&page, "outbox-items");
    page.wait_for("it says so", || page.texts("#outbox-list h3") == ["Needs you"]);

    // What is missing is open already.
    tab_to(&page, "Token for The agency");
    page.set_offline(true);
    page.keys(&agency.token());
    press_by_key(&page, "Keep: Token for The agency");
    focus_on(&page, "Keep: Token for The agency");
    // It comes under another heading, and is tried again from there.
    page.wait_for("it waits for the network", || {
        page.texts("#outbox-list h3") == ["Waiting, sent to nobody yet"]
    });
    let retry = "Try again now: Ma Lan, Profile · The agency";
    walk(&page, &[Key::Shift], retry);
    page.press(Key::Enter);
    page.wait_for("there is no network", || {
        page.texts("#outbox-list article p").iter().any(|text| text.contains("There was no network"))
    });
    focus_on(&page, retry);
    page.set_offline(false);
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    // The button went with what it was for.
    focus_on(&page, "outbox-items");

    press_by_key(&page, "More: Ma Lan, Profile · The agency");
    let back = "Take back: the person no longer consents: Ma Lan, Profile · The agency";
    press_by_key(&page, back);
    // It cannot be undone, so that the way out comes first.
    focus_on(&page, "No, leave it there");
    page.press(Key::Enter);
    focus_on(&page, back);
    page.press(Key::Enter);
    focus_on(&page, "No, leave it there");
    walk(&page, &[Key::Shift], "Yes, take it back");
    page.press(Key::Enter);
    page.wait_for("it is taken back", || states(&page).first().is_some_and(|one| one == "withdrawal sent"));
    focus_on(&page, "outbox-items");
    assert_eq!(agency.received().1, 1);
    page.assert_no_faults();
}

#[test]
fn an_interview_is_removed_and_brought_back_from_a_backup_by_keyboard() {
    let page = Page::open();
    enter(&page, "Li", None);
    super::begin(&page);
    let backup = back_up(&page);

    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    press_by_key(&page, "More");
    press_by_key(&page, "Remove this interview");
    focus_on(&page, "Keep it");
    page.press(Key::Enter);
    focus_on(&page, "Remove this interview");
    page.press(Key::Enter);
    focus_on(&page, "Keep it");
    walk(&page, &[Key::Shift], "Yes, remove it");
    page.press(Key::Enter);
    page.wait_for("it is gone", || page.texts("main article h2").is_empty());
    focus_on(&page, "heading");

    page.goto("#/tablet");
    tab_to(&page, "Choose a backup");
    // The browser's own window for files is none of the page's.
    let file = page.own_folder("given").join("backup.txt");
    fs::write(&file, &backup).expect("a file");
    page.css("#backup-file").send(&file.display().to_string());
    page.css("#backup-passphrase");
    focus_on(&page, "backup-file");
    tab_to(&page, "The passphrase of whoever made it");
    page.keys("not the passphrase");
    page.press(Key::Enter);
    page.css("main [role=alert]");
    focus_on(&page, "backup-passphrase");
    page.press_with(&[Key::Control], 'a');
    page.keys(PASSPHRASE);
    press_by_key(&page, "Restore");
    page.wait_for("it is restored", || {
        page.texts("[role=status]").iter().any(|text| text.contains("Restored interviews: 1"))
    });
    focus_on(&page, "restored");
    page.goto("#/caseload");
    page.wait_for("the case is back", || page.texts("main article h2").len() == 1);
    page.assert_no_faults();
}

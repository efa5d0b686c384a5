//! What was typed in the form of a goal, a step or a strength and is not saved: nothing of it is lost with the page, and
//! nothing of it leaves.

mod acts;

use serde_json::json;

use crate::agreed::{at_profile, choose, focus_is, is_told, lines, told};
use crate::harness::{Key, Page};
use crate::kept::backup::lonely_elder;
use crate::kept::{PASSPHRASE, is_kept, lock, unlock};

const PROFILE: &str = "#/profile/elder-needs";
const NOT_SAVED: &str = "Changed, and not saved yet";

/// Opens the form for another entry.
fn open_form(page: &Page, name: &str) {
    page.css(&format!("details:has(> .acted-body #{name}) summary")).click();
}

/// Adds an entry whose words are these.
fn add(page: &Page, (name, heading): (&str, &str), text: &str) {
    let before = lines(page, heading).len();
    page.css(&format!("#{name}-text")).send(text);
    page.css(&format!("details:has(#{name}-text) .actions-inline .button")).click();
    page.wait_for("the entry is shown", || lines(page, heading).len() == before + 1);
}

/// What stands in the boxes with these ids, where they can be seen.
fn boxes(page: &Page, ids: &[&str]) -> Vec<String> {
    let value = |id: &&str| {
        let script = format!(
            "const box = document.getElementById('{id}'); return box?.checkVisibility() ? box.value : ''"
        );
        page.script(&script).as_str().unwrap_or_default().to_owned()
    };
    ids.iter().map(value).collect()
}

fn back_at_profile(page: &Page) {
    page.wait_for("the profile", || {
        page.address().ends_with(PROFILE) && !page.all("#goals-title").is_empty()
    });
}

#[test]
fn what_was_typed_and_not_saved_outlives_the_page_a_reload_and_the_lock() {
    let elder = lonely_elder();
    let page = &elder.page;
    open_form(page, "goal-text");
    add(page, ("goal", "goals-title"), "Sleep at night");
    page.find("button", "Edit: Sleep at night").click();
    focus_is(page, "goal-0-text");
    page.press(Key::End);
    page.keys(" and well");
    choose(page, "goal-0-attainment", "More than hoped");
    page.css("#goal-text").send("See my sister");
    open_form(page, "step-service");
    let service = page.texts("#step-service option")[1].clone();
    choose(page, "step-service", &service);
    let code = page.css("#step-service").value();
    page.css("#step-start").focus();
    page.day_keys(&["02", "02", "2027"]);
    open_form(page, "strength-text");
    page.css("#strength-text").send("Sings");
    choose(page, "strength-domain", "Friends and belonging");
    page.wait_for("it is kept", || is_kept(page));

    let ids = [
        "goal-0-text",
        "goal-0-attainment",
        "goal-text",
        "step-service",
        "step-start",
        "strength-text",
        "strength-domain",
    ];
    let typed = ["Sleep at night and well", "1", "See my sister", &code, "2027-02-02", "Sings", "D08"];
    assert_eq!(boxes(page, &ids), typed);
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    page.goto(PROFILE);
    back_at_profile(page);
    assert_eq!(boxes(page, &ids), typed);
    assert!(page.focused_id() == "heading", "nobody has asked for a box: {}", page.focused_id());
    page.reload();
    unlock_if_asked(page);
    assert_eq!(boxes(page, &ids), typed);
    lock(page);
    assert!(
        !page.script("return document.documentElement.outerHTML").as_str().unwrap().contains("my sister")
    );
    unlock(page, "Li", PASSPHRASE);
    back_at_profile(page);
    assert_eq!(boxes(page, &ids), typed);

    // It is in nothing that leaves, and no message tells of it.
    let profile = told(page, 0);
    assert_eq!(profile["goals"], json!([{ "id": "g1", "text": "Sleep at night" }]));
    assert!(
        ["and well", "my sister", "Sings", "2027-02-02"]
            .iter()
            .all(|text| !profile.to_string().contains(text))
    );
    assert!(page.console().iter().all(|entry| !entry.to_string().contains("sister")));

    // What is saved or given up is not begun any more.
    page.css("details:has(#goal-text) .actions-inline .button").click();
    page.wait_for("the goal is shown", || lines(page, "goals-title").len() == 2);
    page.css("#strength-text").clear();
    choose(page, "strength-domain", "None in particular");
    page.css(".agreed-edited .button-second").click();
    focus_is(page, "goal-0-edit");
    page.wait_for("it is kept", || is_kept(page));
    page.reload();
    unlock_if_asked(page);
    assert_eq!(lines(page, "goals-title"), ["Sleep at night", "See my sister"]);
    assert_eq!(boxes(page, &ids), ["", "", "", code.as_str(), "2027-02-02", "", ""]);
    assert!(!page.texts(".agreed-words").iter().any(|words| words.contains(NOT_SAVED)));
    page.assert_no_faults();
}

/// A page that is loaded again wants the passphrase, and goes on where it was.
fn unlock_if_asked(page: &Page) {
    page.wait_for("the page", || !page.all("#goals-title, #passphrase, main .choice").is_empty());
    if page.all("#goals-title").is_empty() {
        unlock(page, "Li", PASSPHRASE);
    }
    back_at_profile(page);
}

#[test]
fn escape_closes_a_form_and_loses_nothing_and_cancel_gives_it_up() {
    let elder = at_profile();
    let page = &elder.page;
    open_form(page, "goal-text");
    add(page, ("goal", "goals-title"), "Sleep at night");
    let marked = || page.texts(".agreed-words").iter().any(|words| words.contains(NOT_SAVED));
    let edit = || {
        page.find("button", "Edit: Sleep at night").click();
        focus_is(page, "goal-0-text");
    };
    let height = || page.script("return document.getElementById('goal-0-edit').offsetHeight");
    let of_one_line = height();
    edit();
    page.press(Key::Escape);
    focus_is(page, "goal-0-edit");
    assert!(!marked(), "nothing was typed");
    edit();
    page.press(Key::End);
    page.keys(" and well");
    page.press(Key::Escape);
    focus_is(page, "goal-0-edit");
    assert!(marked() && is_told(page, "Closed and not saved yet: Sleep at night"));
    assert_eq!(height(), of_one_line, "a button is as high as its words, and not as the line");
    edit();
    assert_eq!(page.focused().value(), "Sleep at night and well");
    // What was typed back to what it says is no change.
    page.press_often(Key::Backspace, " and well".len());
    page.press(Key::Escape);
    focus_is(page, "goal-0-edit");
    assert!(!marked());
    edit();
    page.keys("!");
    page.find("button", "Cancel").click();
    focus_is(page, "goal-0-edit");
    assert!(!marked());
    edit();
    assert_eq!(page.focused().value(), "Sleep at night");
    page.assert_no_faults();
}

#[test]
fn of_entries_that_say_the_same_each_keeps_its_own_form() {
    let elder = lonely_elder();
    let page = &elder.page;
    let heading = "strengths-title";
    open_form(page, "strength-text");
    for _ in 0..3 {
        add(page, ("strength", heading), "Sings");
    }
    page.all("[aria-labelledby=strengths-title] [id$=-edit]")[1].click();
    focus_is(page, "strength-1-text");
    page.press(Key::End);
    page.keys(" well");
    page.css("[aria-labelledby=strengths-title] [aria-label='Remove: Sings']").click();
    page.wait_for("one is gone", || page.all("#strength-2-edit").is_empty());
    assert_eq!(boxes(page, &["strength-0-text", "strength-1-text"]), ["Sings well", ""]);
    page.find("button", "Move “Sings”, place 2, up").click();
    page.wait_for("the form is below", || boxes(page, &["strength-1-text"]) == ["Sings well"]);
    assert!(page.all("#strength-0-text").is_empty());
    page.wait_for("it is kept", || is_kept(page));
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    back_at_profile(page);
    assert_eq!(boxes(page, &["strength-0-text", "strength-1-text"]), ["", "Sings well"]);
    page.find("button", "Save").click();
    page.wait_for("it is saved", || lines(page, heading) == ["Sings", "Sings well"]);
    page.assert_no_faults();
}

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::elder::Elder;
use crate::harness::Page;
use crate::kept::idle::{seconds, soon_locked};
use crate::kept::{PASSPHRASE, enter, is_kept, unlock};

/// Hides the page.
fn hide(page: &Page) {
    page.find("button", "Hide this page").click();
    page.wait_for("the calendar", || is_calendar(page));
}

/// Whether a calendar is all that there is to be seen.
fn is_calendar(page: &Page) -> bool {
    let covers = page.script(
        "const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
         const corner = document.elementFromPoint(5, 5);
         return [middle, corner].every((one) => !!one?.closest('dialog.calendar'))",
    );
    covers == true && page.title() == "Calendar"
}

/// Goes through the browser's history to an address, and holds that the calendar does not give way.
fn stays_over(page: &Page, way: &str, address: &str) {
    page.script(&format!("history.{way}()"));
    page.wait_for(address, || page.address().ends_with(address));
    // What is drawn for a new address is drawn by then.
    sleep(Duration::from_millis(300));
    assert!(is_calendar(page), "{way} to {address}: “{}”", page.title());
}

#[test]
fn one_touch_makes_the_page_a_calendar_and_one_brings_it_back_as_it_was() {
    let elder = Elder::open(2);
    let page = &elder.page;
    elder.type_into("floor", "6");
    page.script("scrollTo(0, 300)");
    let button = page.find("button", "Hide this page");
    page.tap(&button);
    page.wait_for("the calendar", || page.title() == "Calendar");
    assert!(is_calendar(page), "it covers everything");
    let buttons = page.names("button");
    assert_eq!(buttons.len(), 1, "nothing says that there is anything else: {buttons:?}");
    page.press(crate::harness::Key::Escape);
    page.press(crate::harness::Key::Escape);
    page.wait_for("no key opens it", || page.title() == "Calendar" && !page.texts("dialog[open]").is_empty());
    let today = page.css(".calendar-today");
    page.tap(&today);
    page.wait_for("the page is back", || page.title() == "Interview – intake");
    assert_eq!(elder.box_of("floor").value(), "6");
    assert_eq!(page.script("return scrollY"), 300, "where it was");
    for address in [
        "#/",
        "#/review/elder-needs",
        "#/caseload",
        "#/outbox",
        "#/tablet",
        "#/unlock",
        "#/settings",
        "#/follow/follow-up",
    ] {
        let before = page.texts("h1");
        page.goto(address);
        page.wait_for(address, || page.texts("h1") != before && page.texts("h1").len() == 1);
        page.find("button", "Hide this page").click();
        page.wait_for(address, || page.title() == "Calendar");
        page.css(".calendar-today").click();
        page.wait_for(address, || page.title() != "Calendar" && page.texts("dialog[open]").is_empty());
    }
    page.assert_no_faults();
}

#[test]
fn the_browsers_own_buttons_show_nothing_of_what_is_hidden() {
    let elder = Elder::open(2);
    let page = &elder.page;
    elder.type_into("floor", "6");
    page.goto("#/");
    page.wait_for("the list", || page.texts("h1") == ["Questionnaires"]);
    page.goto("#/settings");
    page.wait_for("the settings", || page.texts("h1") == ["Settings"]);
    page.goto("#/");
    page.wait_for("the list again", || page.texts("h1") == ["Questionnaires"]);
    // On the page on which the site opens, with the interview behind it.
    hide(page);
    stays_over(page, "back", "#/settings");
    stays_over(page, "back", "#/");
    stays_over(page, "back", "#/fill/elder-needs/2");
    let shown = page.script("return document.body.innerText");
    assert!(!shown.as_str().unwrap().contains(&elder.title("floor", "en")), "nothing is drawn under it");
    stays_over(page, "forward", "#/");
    stays_over(page, "back", "#/fill/elder-needs/2");
    page.css(".calendar-today").click();
    page.wait_for("the page of the address", || page.title() == "Interview – intake");
    assert_eq!(elder.box_of("floor").value(), "6");
    // And in an interview, with the list behind it.
    page.goto("#/");
    page.wait_for("the list", || page.texts("h1") == ["Questionnaires"]);
    page.goto("#/fill/elder-needs/2");
    page.wait_for("the interview", || page.title() == "Interview – intake");
    hide(page);
    stays_over(page, "back", "#/");
    page.css(".calendar-today").click();
    page.wait_for("the list", || page.texts("h1") == ["Questionnaires"]);
    page.assert_no_faults();
}

#[test]
fn a_lock_leaves_the_calendar_and_shows_no_worker() {
    let site = soon_locked("hidden-locked", seconds());
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    page.goto("#/fill/new-resident-household/1");
    page.wait_for("it is kept", || is_kept(&page));
    hide(&page);
    page.script("window.before = true");
    page.wait_for("it has locked itself", || {
        assert!(page.texts(".still-here p").is_empty(), "a calendar asks for nobody");
        page.script("return !window.before") == true
    });
    page.wait_for("the calendar is there still", || is_calendar(&page));
    page.listen();
    let shown = page.script("return document.documentElement.outerHTML");
    assert!(!shown.as_str().unwrap().contains("Who works on this tablet?"), "{shown}");
    assert_eq!(page.script("return JSON.stringify(sessionStorage)"), "{\"intake-hidden\":\"yes\"}");
    page.css(".calendar-today").click();
    page.wait_for("who works is asked", || page.texts("#heading") == ["Who works on this tablet?"]);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || is_kept(&page));
    // Once it was seen it stays, however often it is loaded.
    assert_eq!(page.script("return sessionStorage.length"), 0);
    page.assert_no_faults();
    let _ = fs::remove_dir_all(site);
}

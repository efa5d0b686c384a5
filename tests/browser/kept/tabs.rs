//! Two tabs of one tablet.

use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, text_in, unlock};
use crate::harness::Page;

/// How many controls of the page somebody could change an answer with.
fn changeable(page: &Page) -> u64 {
    let count = page.script(
        "return [...document.querySelectorAll('main :is(.question, .visit) :is(input, textarea, select)')]
           .filter((one) => !one.matches(':disabled, :read-only') || one.matches(':not(:disabled):is(select, [type=radio], [type=checkbox])'))
           .length",
    );
    count.as_u64().unwrap()
}

fn is_read_only(page: &Page) -> bool {
    !page.all("[data-saved=read-only]").is_empty()
}

/// Tries to type into the first text question as somebody at the keyboard would.
fn try_to_type(page: &Page) {
    page.script(&format!("document.querySelector('{TEXT}').focus()"));
    page.keys("not here");
}

#[test]
fn a_second_tab_reads_and_can_take_over() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "first");
    let first = page.this_tab();
    let second = page.new_tab();
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("it is read only here", || is_read_only(&page));
    assert_eq!(text_in(&page), "first");
    try_to_type(&page);
    assert_eq!((text_in(&page).as_str(), changeable(&page)), ("first", 0));
    for section in 1..=11 {
        page.goto(&format!("#/fill/new-resident-household/{section}"));
        page.css("#heading");
        assert_eq!(changeable(&page), 0, "section {section}");
    }
    page.goto("#/review/new-resident-household");
    assert!(
        !page.find("button", "Finish and see the needs").is_enabled(),
        "it can be finished where it cannot be written"
    );
    page.goto(FORM);
    page.go_to_tab(&first);
    answer(&page, " and more");
    page.go_to_tab(&second);
    page.find("button", "Take it over").click();
    page.wait_for("what the other tab wrote is here", || text_in(&page) == "first and more");
    page.wait_for("it can be changed", || changeable(&page) > 0);
    answer(&page, ", taken over");
    page.go_to_tab(&first);
    page.wait_for("the first tab is read only", || is_read_only(&page));
    page.wait_for("its controls too", || changeable(&page) == 0);
    try_to_type(&page);
    assert_eq!(text_in(&page), "first and more");
    // Back again: whoever writes is never two.
    page.find("button", "Take it over").click();
    page.wait_for("all of it is here", || text_in(&page) == "first and more, taken over");
    answer(&page, ", and back");
    page.go_to_tab(&second);
    page.wait_for("the second tab is read only again", || is_read_only(&page) && changeable(&page) == 0);
    page.find("button", "中文").click();
    page.wait_for("it is said in Chinese", || {
        page.texts("[data-saved=read-only]").iter().any(|text| text.contains("在这里只能查看"))
    });
    page.assert_no_faults();
}

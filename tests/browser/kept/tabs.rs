//! Two tabs of one tablet.

use super::{PASSPHRASE, answer, begin, enter, text_in, unlock};
use crate::harness::Page;

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
    page.wait_for("it is read only here", || !page.all("[data-saved=read-only]").is_empty());
    assert_eq!(text_in(&page), "first");
    page.go_to_tab(&first);
    answer(&page, " and more");
    page.go_to_tab(&second);
    page.find("button", "Take it over").click();
    page.wait_for("what the other tab wrote is here", || text_in(&page) == "first and more");
    answer(&page, ", taken over");
    page.go_to_tab(&first);
    page.wait_for("the first tab is read only", || !page.all("[data-saved=read-only]").is_empty());
    page.assert_no_faults();
}

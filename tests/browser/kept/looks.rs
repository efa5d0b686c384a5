//! Screenshots of the pages, in both languages, for whoever changes them.

use super::{answer, begin, enter, lock};
use crate::harness::Page;

#[test]
fn the_pages_as_they_look() {
    let page = Page::open();
    let shoot = |name: &str| {
        for (language, tag) in [("English", "en"), ("中文", "zh")] {
            page.find("button", language).click();
            page.wait_for("the language", || {
                page.script("return document.documentElement.lang")
                    .as_str()
                    .is_some_and(|lang| lang.starts_with(tag))
            });
            page.screenshot(&format!("kept-{name}-{tag}"));
        }
        page.find("button", "English").click();
    };
    page.goto("#/unlock");
    page.css("#worker-name");
    shoot("first");
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "Dingping");
    shoot("interview");
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    shoot("caseload");
    page.goto("#/tablet");
    page.css("main .sheet");
    shoot("tablet");
    lock(&page);
    shoot("unlock");
    page.assert_no_faults();
}

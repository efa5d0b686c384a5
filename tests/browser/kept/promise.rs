//! What the browser promises of what is kept, and what the light in the bar says of it.

use serde_json::json;

use super::backup::{back_up, brought_back, has_household};
use super::{TEXT, answer, begin, enter, installed, lock, unlock};
use crate::harness::{Feature, Page, lacks};
use crate::kept::PASSPHRASE;

const STAYS: &str = "The browser has promised to keep what is stored.";
const MAY_GO: &str = "The browser may delete what is stored when it needs room.";
const NOT_SAID: &str = "The browser has not said whether what is stored stays.";

fn says(page: &Page, lamp: &str, promise: &str) {
    page.wait_for(lamp, || page.texts(".lamp-group a.lamp") == [lamp]);
    page.goto("#/tablet");
    page.wait_for(promise, || page.texts("main .points li").iter().any(|text| text.starts_with(promise)));
}

#[test]
fn the_light_is_green_only_where_the_browser_has_promised_to_keep_it() {
    if lacks(Feature::Permission) {
        return;
    }
    let page = Page::open();
    installed(&page);
    page.allow_storage(true);
    enter(&page, "Li", None);
    says(&page, "Kept", STAYS);
    begin(&page);
    answer(&page, "kept");
    page.assert_no_faults();
}

#[test]
fn the_light_is_amber_where_the_browser_refuses_and_where_it_never_answers() {
    if lacks(Feature::Permission) || lacks(Feature::EarlyScript) {
        return;
    }
    let page = Page::open();
    installed(&page);
    page.allow_storage(false);
    enter(&page, "Li", None);
    says(&page, "Kept, for now", MAY_GO);
    lock(&page);
    // As a browser that asks the person, who does not answer.
    page.protocol(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "
            StorageManager.prototype.persisted = async () => false;
            StorageManager.prototype.persist = () => new Promise(() => {});
        " }),
    );
    page.reload();
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    says(&page, "Kept, for now", NOT_SAID);
    begin(&page);
    answer(&page, "kept, for now");
    page.assert_no_faults();
}

#[test]
fn a_browser_that_threw_away_all_of_the_site_shows_a_new_tablet_and_a_backup_brings_it_back() {
    if lacks(Feature::ClearStorage) {
        return;
    }
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "in a backup");
    let backup = back_up(&page);
    // A page of the site that holds nothing open.
    page.goto("service-worker.js");
    page.clear_storage();
    page.goto("#/unlock");
    page.wait_for("a tablet as new", || page.texts("main h2") == ["Set up this tablet"]);
    assert!(page.all("[data-lost], [data-put-together], main .choice").is_empty());
    brought_back(&page, &backup);
    has_household(&page, "in a backup");
}

#[test]
fn a_private_window_promises_nothing_and_keeps_what_is_answered_while_it_is_open() {
    if lacks(Feature::Private) {
        return;
    }
    let page = Page::open_privately();
    enter(&page, "Li", None);
    says(&page, "Kept, for now", MAY_GO);
    begin(&page);
    answer(&page, "in private");
    page.reload();
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(super::text_in(&page), "in private");
    assert!(page.databases().is_empty(), "it is on the disk: {:?}", page.databases());
    page.assert_no_faults();
}

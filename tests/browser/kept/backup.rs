//! Backups: to another tablet, to the byte.

use std::fs;

use serde_json::json;

use super::{PASSPHRASE, TEXT, answer, begin, elder_of_li, enter, text_in, unlock};
use crate::elder::Elder;
use crate::harness::Page;

pub(super) fn back_up(page: &Page) -> Vec<u8> {
    page.goto("#/tablet");
    page.find("button", "Make a backup").click();
    page.downloaded("intake-backup-*.txt")
}

pub(super) fn restore(page: &Page, backup: &[u8], passphrase: &str) {
    let file = page.own_folder("given").join("backup.txt");
    fs::write(&file, backup).unwrap();
    page.goto("#/tablet");
    page.css("#backup-file").send(file.to_str().unwrap());
    page.css("#backup-passphrase").send(passphrase);
    page.find("button", "Restore").click();
}

/// Restores the one interview of Li, and unlocks for them.
pub(super) fn brought_back(page: &Page, backup: &[u8]) {
    restore(page, backup, PASSPHRASE);
    page.wait_for("it is restored", || {
        page.texts("[role=status]").iter().any(|text| text.contains("Restored interviews: 1"))
    });
    page.goto("#/unlock");
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the list", || page.texts("main article h2").len() == 1);
}

/// Opens the household's interview in the list, and looks for its text.
pub(super) fn has_household(page: &Page, text: &str) {
    page.find("button", "Open Nobody named yet, A household that has moved here").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(page), text);
}

#[test]
fn a_backup_opens_on_another_tablet_and_a_changed_one_does_not() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "on two tablets");
    let backup = back_up(&page);
    assert!(!String::from_utf8_lossy(&backup).contains("tablets"), "readable");
    page.assert_no_faults();
    drop(page);

    let page = Page::open();
    let mut changed = backup.clone();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    for (file, passphrase, why) in [
        (&changed, PASSPHRASE, "damaged"),
        (&backup, "not the passphrase", "does not open it"),
        (&b"hello".to_vec(), PASSPHRASE, "not the file"),
    ] {
        restore(&page, file, passphrase);
        page.wait_for(why, || page.texts("[role=alert]").iter().any(|text| text.contains(why)));
        page.goto("#/");
    }
    brought_back(&page, &backup);
    has_household(&page, "on two tablets");
    page.assert_no_faults();
}

/// The profile that a page shows, as it is downloaded.
pub(super) fn profile_of(page: &Page) -> Vec<u8> {
    page.find("button", "Download the profile").click();
    page.downloaded("profile-elder-needs-*.json")
}

/// An elder's interview of Li's that is finished, with a need in its profile.
pub(crate) fn lonely_elder() -> Elder {
    let elder = elder_of_li();
    elder.say_safe();
    for (name, answer) in [("lonely_i1", 3), ("lonely_i2", 2), ("lonely_i3", 2)] {
        elder.go_to(elder.section_of(name));
        elder.choose(name, json!(answer));
    }
    elder.finish();
    elder
}

#[test]
fn a_profile_is_the_same_to_the_byte_on_another_tablet() {
    let elder = lonely_elder();
    let before = profile_of(&elder.page);
    let id = serde_json::from_slice::<serde_json::Value>(&before).unwrap()["profile_id"].clone();
    assert_eq!(id.as_str().map(str::len), Some(32), "{id}");
    let backup = back_up(&elder.page);
    elder.page.assert_no_faults();
    drop(elder);

    let page = Page::open();
    brought_back(&page, &backup);
    page.find("button", "Open Nobody named yet, Needs of an older person").click();
    page.wait_for("the profile", || page.address().ends_with("#/profile/elder-needs"));
    let after = profile_of(&page);
    assert!(before.len() > 1000);
    assert_eq!(String::from_utf8(after), String::from_utf8(before));
    page.assert_no_faults();
}

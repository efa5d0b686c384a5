//! A tablet whose database is gone: the page says so, and does not begin as if it were new.

use std::fs;
use std::path::{Path, PathBuf};

use super::backup::{back_up, brought_back, has_household};
use super::workers::station;
use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter};
use crate::harness::{Feature, Key, Page, lacks};

/// What a person reads first, in each language.
const TITLES: [(&str, &str); 2] = [
    ("English", "This tablet was set up before, and what it kept is gone"),
    ("中文", "这台平板以前设置过，但保存的内容不见了"),
];

/// Where the browser has the databases of a site.
pub(super) fn databases(profile: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(profile.join("Default/IndexedDB")).expect("databases");
    found.flatten().map(|entry| entry.path()).collect()
}

fn is_told(page: &Page) {
    page.wait_for("it is told", || page.all("[data-lost]").len() == 1);
    for (language, title) in TITLES {
        page.find("button", language).click();
        page.wait_for("the language", || page.texts("[data-lost] h2") == [title]);
    }
    page.find("button", "English").click();
    page.wait_for("the language", || page.texts("[data-lost] h2") == [TITLES[0].1]);
    let told = page.texts("[data-lost]").join(" ");
    let year = page.script("return String(new Date().getFullYear())");
    assert!(told.contains(year.as_str().unwrap()), "when it was set up: {told}");
    for part in ["interview that is in no backup", "restore it", "Tell your supervisor"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(page.texts(".lamp"), ["What was kept is gone"]);
}

#[test]
fn a_database_that_was_deleted_is_missed_and_its_backup_restored() {
    let page = Page::open();
    let key = station().recipient().to_string();
    enter(&page, "Li", Some(&key));
    begin(&page);
    answer(&page, "in a backup");
    let backup = back_up(&page);
    // Another page of the site, which is none of ours.
    page.goto("service-worker.js");
    let deleted = page.script_async(
        "return await new Promise((done) => {
           const request = indexedDB.deleteDatabase('intake');
           request.onsuccess = () => done('deleted');
           request.onblocked = () => done('blocked');
         });",
    );
    assert_eq!(deleted, "deleted");
    page.script_async(
        "await (await navigator.storage?.getDirectory())?.removeEntry('intake-mirror', { recursive: true })",
    );
    page.goto("#/unlock");
    is_told(&page);
    // No interview begins as if nothing had been.
    page.goto("#/");
    page.goto(FORM);
    page.wait_for("it is told there too", || page.all("[data-lost]").len() == 1);
    assert!(page.all(TEXT).is_empty());
    // By keyboard to what brings it back.
    page.goto("#/unlock");
    page.wait_for("it is told", || page.all("[data-lost]").len() == 1);
    page.script("document.getElementById('heading').focus()");
    page.press(Key::Tab);
    assert_eq!(page.focused().text(), "Restore a backup");
    page.press(Key::Enter);
    page.wait_for("the page of backups", || page.address().ends_with("#/tablet"));
    brought_back(&page, &backup);
    has_household(&page, "in a backup");
}

#[test]
fn a_database_that_the_browser_lost_is_missed_and_the_tablet_set_up_anew_by_keyboard() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let mut page = Page::open();
    let key = station().recipient().to_string();
    enter(&page, "Li", Some(&key));
    begin(&page);
    answer(&page, "not in a backup");
    // One that is damaged and of which there is no second copy does not open: it may not be gone.
    page.close();
    fs::remove_dir_all(page.profile().join("Default/File System")).expect("the files of the site");
    for database in databases(&page.profile()) {
        if database.extension().is_some_and(|end| end == "leveldb") {
            fs::write(database.join("CURRENT"), b"MANIFEST-999999\n").expect("its file");
        }
    }
    page.reopen("#/unlock");
    page.wait_for("it is told", || {
        page.texts("main [role=alert]").iter().any(|text| text.contains("does not mean that it is gone"))
    });
    // And one that the browser has thrown away.
    page.close();
    for database in databases(&page.profile()) {
        fs::remove_dir_all(&database).expect("the folder");
    }
    page.reopen("#/unlock");
    is_told(&page);
    page.script("document.getElementById('heading').focus()");
    page.press_often(Key::Tab, 2);
    page.press(Key::Enter);
    page.wait_for("the way to begin anew is open", || !page.all("details[open] #worker-name").is_empty());
    assert!(page.texts("details[open] summary").iter().any(|text| text == "Set up this tablet as new"));
    for text in ["Wang", PASSPHRASE, PASSPHRASE] {
        while page.script("return document.activeElement.tagName") != "INPUT" {
            page.press(Key::Tab);
        }
        page.keys(text);
        page.press(Key::Tab);
    }
    page.find("button", "Begin to work").click();
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
    assert!(page.texts("main article h2").is_empty());
    let mark = page.script("return localStorage.getItem('intake-set-up')");
    let mark: serde_json::Value = serde_json::from_str(mark.as_str().unwrap()).unwrap();
    assert_eq!(mark["station"], key.as_str(), "the station is still known");
    assert_eq!(mark.as_object().unwrap().len(), 2, "nothing of a person: {mark}");
    page.goto("#/tablet");
    page.find("button", "Save the audit trail");
    begin(&page);
    answer(&page, "again");
}

//! What an older version of the program has kept opens in this one.
//!
//! `tests/data/kept` holds backups as former versions made them, each with the profile that came out then. They are never
//! made anew: a version that keeps something in another form adds one of its own (`INTAKE_WRITE=1`, under a new number).

use std::fs;
use std::path::{Path, PathBuf};

use super::backup::{back_up, lonely_elder, profile_of, restore};
use super::tamper::on_disk;
use super::visit::begin_household;
use super::{FORM, PASSPHRASE, TEXT, answer, is_kept, lock, press, text_in, unlock};
use crate::harness::Page;

/// The newest number.
const NEWEST: u32 = 1;
/// What stands in the first text of the household: so many changes that the journal was packed.
const LAST_TEXT: &str = "Dingping, by the old bridge 520";

fn file(name: &str, number: u32, extension: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/kept/{name}-{number}.{extension}"))
}

/// Opens an interview from the list.
fn open(page: &Page, form: &str) {
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("main article h2").len() == 2);
    press(page, &format!("Open Nobody named yet, {form}"));
}

/// A household that goes on, with people in its list and a journal that was packed, and an elder's interview that is
/// finished.
fn make(number: u32) {
    let elder = lonely_elder();
    let page = &elder.page;
    fs::write(file("profile", number, "json"), profile_of(page)).unwrap();
    begin_household(page);
    page.goto(FORM);
    page.css(TEXT);
    for count in 0..=520 {
        page.script(&format!(
            "const box = document.querySelector('{TEXT}');
             box.value = 'Dingping, by the old bridge {count}';
             box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
        ));
    }
    page.wait_for("it is kept", || is_kept(page));
    // What is not opened at once is packed when somebody unlocks.
    open(page, "Needs of an older person");
    page.wait_for("the profile", || page.address().ends_with("#/profile/elder-needs"));
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("it is packed", || on_disk(page, "return (await all('packs')).length > 0") == true);
    fs::write(file("backup", number, "txt"), back_up(page)).unwrap();
}

#[test]
fn what_an_older_version_kept_opens_in_this_one_and_goes_on() {
    if std::env::var_os("INTAKE_WRITE").is_some() && !file("backup", NEWEST, "txt").exists() {
        make(NEWEST);
    }
    for number in 1..=NEWEST {
        let backup = fs::read(file("backup", number, "txt")).expect("a backup of an older version");
        let rows = String::from_utf8_lossy(&backup);
        for store in ["forms", "keys", "heads", "entries", "packs", "profiles", "items"] {
            assert!(rows.contains(&format!("{{\"store\":\"{store}\"")), "{number}: no {store} in it");
        }
        let profile = fs::read(file("profile", number, "json")).expect("the profile of then");
        let page = Page::open();
        restore(&page, &backup, PASSPHRASE);
        page.wait_for("it is restored", || {
            page.texts("[role=status]").iter().any(|text| text.contains("Restored interviews: 2"))
        });
        page.goto("#/unlock");
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
        open(&page, "Needs of an older person");
        page.wait_for("the profile", || page.address().ends_with("#/profile/elder-needs"));
        assert!(profile_of(&page) == profile, "{number}: the profile is another one");
        open(&page, "A household that has moved here");
        page.wait_for("the interview", || !page.all(TEXT).is_empty());
        assert_eq!(text_in(&page), LAST_TEXT, "{number}");
        assert!(page.all("[data-damaged]").is_empty(), "{number}: damaged");
        answer(&page, ", and on");
        page.goto("#/fill/new-resident-household/2");
        page.wait_for("its people", || page.texts(".roster-line").len() == 2);
        lock(&page);
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview", || page.texts(".roster-line").len() == 2);
        page.goto(FORM);
        page.wait_for("the first section", || !page.all(TEXT).is_empty());
        assert_eq!(text_in(&page), format!("{LAST_TEXT}, and on"), "{number}");
        page.assert_no_faults();
    }
}

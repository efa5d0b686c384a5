//! Backups: to another tablet, to the byte.

use std::fs;

use super::{PASSPHRASE, TEXT, answer, begin, enter, text_in, unlock};
use crate::harness::Page;

fn back_up(page: &Page) -> Vec<u8> {
    page.goto("#/tablet");
    page.find("button", "Make a backup").click();
    let name = page.script("return `intake-backup-${new Date().toLocaleDateString('sv')}.txt`");
    page.downloaded(name.as_str().unwrap())
}

fn restore(page: &Page, backup: &[u8], passphrase: &str) {
    let file = page.own_folder("given").join("backup.txt");
    fs::write(&file, backup).unwrap();
    page.goto("#/tablet");
    page.css("#backup-file").send(file.to_str().unwrap());
    page.css("#backup-passphrase").send(passphrase);
    page.find("button", "Restore").click();
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
    restore(&page, &backup, PASSPHRASE);
    page.wait_for("it is restored", || {
        page.texts("[role=status]").iter().any(|text| text.contains("Restored interviews: 1"))
    });
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the list", || page.texts("main article h2").len() == 1);
    page.find("button", "Open Nobody named yet, A household that has moved here").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "on two tablets");
    page.assert_no_faults();
}

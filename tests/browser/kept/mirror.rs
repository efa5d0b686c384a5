//! The second copy of the database: what the browser lost comes back, and what was removed does not.

use std::fs;

use serde_json::Value;

use super::lost::databases;
use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, full, is_kept, lock, seed, text_in, unlock};
use crate::harness::{Feature, Page, lacks};

/// Ends the browser as a crash does, and has it lose its databases.
fn lose(page: &Page) {
    page.crash();
    damage(page);
}

/// Damages the logs of the databases of a browser that has ended, as a power cut can: it throws away what it then finds.
fn damage(page: &Page) {
    let mut damaged = 0;
    for file in databases(&page.profile()).iter().flat_map(|folder| fs::read_dir(folder).expect("files")) {
        let file = file.expect("a file").path();
        if file.extension().is_some_and(|end| end == "log") {
            let mut bytes = fs::read(&file).expect("a log");
            for byte in bytes.iter_mut().skip(7).step_by(50) {
                *byte ^= 0xff;
            }
            fs::write(&file, bytes).expect("a log");
            damaged += 1;
        }
    }
    assert!(damaged > 0, "no log on the disk");
}

/// What is told of a database that was gone, and of one that does not open.
const GONE: [&str; 2] = [
    "浏览器丢失了这台平板保存的内容，现已重新恢复",
    "The browser had lost what this tablet keeps; it was put together again",
];
const DOES_NOT_OPEN: [&str; 2] = [
    "浏览器打不开这台平板保存的内容，现已在另一个位置重新恢复",
    "The browser could not open what this tablet keeps; it was put together again in another place",
];

fn is_put_together(page: &Page, titles: [&str; 2]) {
    for (language, title) in ["中文", "English"].into_iter().zip(titles) {
        page.wait_for("the page", || !page.all("main .choice").is_empty());
        page.find("button", language).click();
        page.wait_for("it is told", || page.texts("[data-put-together] h2") == [title]);
    }
}

#[test]
fn a_database_that_the_browser_threw_away_comes_back_to_the_last_letter() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let mut page = Page::open();
    enter(&page, "Wang", None);
    lock(&page);
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "in a second copy");
    page.goto("#/fill/new-resident-household/11");
    page.css("textarea.box").send("patient");
    page.wait_for("it is kept", || is_kept(&page));
    lose(&page);
    page.reopen("#/unlock");
    is_put_together(&page, GONE);
    assert_eq!(page.texts("main .choice"), ["Li", "Wang"]);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the same section", || page.address().ends_with("/11"));
    page.wait_for("the same question", || !page.all("textarea.box").is_empty());
    assert_eq!(page.css("textarea.box").value(), "patient");
    assert!(page.all("[data-damaged]").is_empty());
    page.goto(FORM);
    page.wait_for("the first section", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "in a second copy");
    // It goes on as before, and is told once.
    answer(&page, ", and on");
    page.close();
    page.reopen("#/unlock");
    page.wait_for("the workers", || !page.all("main .choice").is_empty());
    assert!(page.all("[data-put-together]").is_empty());
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "in a second copy, and on");
    page.assert_no_faults();
}

#[test]
fn a_kill_and_a_lost_database_lose_nothing_that_was_called_kept() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let rounds = if full() { 40 } else { 4 };
    let mut next = seed();
    let seed = next;
    let mut page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    for round in 0..rounds {
        next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        page.css(TEXT).clear();
        page.wait_for("it is kept", || is_kept(&page));
        page.script(&format!(
            "const box = document.querySelector('{TEXT}');
             box.focus();
             let at = 0;
             const timer = setInterval(() => {{
               box.value = 'a'.repeat(++at);
               box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
               if (at === 120) clearInterval(timer);
             }}, 5);"
        ));
        std::thread::sleep(std::time::Duration::from_millis(next >> 33 & 0x3ff));
        let promised = page.script(&format!(
            "return document.querySelector('[data-saved=kept]') ? document.querySelector('{TEXT}').value.length : -1"
        ));
        lose(&page);
        page.reopen("#/unlock");
        page.wait_for("it is told", || !page.all("[data-put-together]").is_empty());
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview, at the question", || !page.all(TEXT).is_empty());
        assert!(page.all("[data-damaged]").is_empty(), "seed {seed}, round {round}: damaged");
        let back = i64::try_from(text_in(&page).len()).unwrap();
        let promised = promised.as_i64().unwrap_or(-1);
        assert!(
            back >= promised,
            "seed {seed}, round {round}: {promised} letters were called kept, {back} are"
        );
        page.wait_for("it can be written", || is_kept(&page));
    }
    eprintln!("{rounds} kills with a lost database, seed {seed}: nothing lost that was called kept");
}

/// Writes into the file of each database that names the others.
fn name_in_current(page: &Page, text: &[u8]) {
    for database in databases(&page.profile()) {
        if database.extension().is_some_and(|end| end == "leveldb") {
            fs::write(database.join("CURRENT"), text).expect("its file");
        }
    }
}

#[test]
fn a_file_that_names_the_others_and_is_cut_off_or_damaged_loses_nothing() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let mut page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "kept");
    let mut expected = "kept".to_owned();
    let damages: [(&str, &[u8], [&str; 2]); 4] = [
        ("empty", b"", GONE),
        ("cut off", b"MANIFEST-0000", GONE),
        ("filled with nothing", &[0; 16], GONE),
        // Chromium opens nothing then, again and again.
        ("of another file", b"MANIFEST-999999\n", DOES_NOT_OPEN),
    ];
    for (damage, text, titles) in damages {
        page.crash();
        name_in_current(&page, text);
        page.reopen("#/unlock");
        is_put_together(&page, titles);
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview", || !page.all(TEXT).is_empty());
        assert_eq!(text_in(&page), expected, "{damage}");
        assert!(page.all("[data-damaged]").is_empty(), "{damage}");
        page.wait_for("it can be written", || is_kept(&page));
        answer(&page, ", and on");
        expected.push_str(", and on");
    }
    // Where it was put together it stays, with what was written since; it is told once.
    for _ in 0..2 {
        page.crash();
        page.reopen("#/unlock");
        page.wait_for("the workers", || !page.all("main .choice").is_empty());
        assert!(page.all("[data-put-together]").is_empty());
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview", || !page.all(TEXT).is_empty());
        assert_eq!(text_in(&page), expected);
        page.wait_for("it can be written", || is_kept(&page));
    }
    // Nothing was removed with the one that does not open, and a second one is as safe as the first.
    page.crash();
    let moved = fs::read_dir(page.profile().join("Default/WebStorage")).expect("other places").flatten();
    for place in moved.flat_map(|place| fs::read_dir(place.path().join("IndexedDB")).into_iter().flatten()) {
        fs::write(place.expect("a database").path().join("CURRENT"), b"MANIFEST-999999\n").expect("its file");
    }
    page.reopen("#/unlock");
    is_put_together(&page, DOES_NOT_OPEN);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), expected);
    page.assert_no_faults();
}

#[test]
fn what_was_removed_does_not_come_back_though_another_tab_holds_a_copy() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let mut page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "to be removed");
    let first = page.this_tab();
    let second = page.new_tab();
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    page.go_to_tab(&first);
    page.goto("#/tablet");
    page.script("document.querySelectorAll('main details').forEach((one) => one.open = true)");
    page.find("button", "Remove me from this tablet").click();
    page.find("button", "Yes, remove all of it").click();
    page.wait_for("nobody works here any more", || page.texts("main h2") == ["Set up this tablet"]);
    assert_eq!(page.script("return localStorage.getItem('intake-set-up')"), Value::Null);
    page.go_to_tab(&second);
    // In good order: a mark that was taken away is not gone from the disk at once.
    page.close();
    damage(&page);
    page.reopen("#/unlock");
    page.wait_for("a tablet as new", || page.texts("main h2") == ["Set up this tablet"]);
    assert!(page.all("main .choice, [data-put-together], [data-lost]").is_empty());
}

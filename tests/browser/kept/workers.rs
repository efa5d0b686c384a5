//! Several workers on one tablet.

use std::process::Command;

use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, lock, text_in, unlock};
use crate::harness::Page;
use intake::vault::age::{Identity, Recipient, decrypt};
use intake::vault::recovery::Request;

/// A key pair of a station, made for the tests alone.
pub(crate) fn station() -> Identity {
    let mut next = 7_u8;
    Identity::generate(&mut |bytes: &mut [u8]| {
        for byte in bytes {
            next = next.wrapping_mul(91).wrapping_add(17);
            *byte = next;
        }
    })
}

/// What leaves for the station's public key, the `age` program opens: no program of ours is needed.
fn opened_by_the_age_program(page: &Page, station: &Identity, sealed: &[u8], plain: &[u8]) {
    let folder = page.own_folder("age");
    let (key, file) = (folder.join("station.key"), folder.join("sealed.age"));
    std::fs::write(&key, station.to_secret_text().as_bytes()).unwrap();
    std::fs::write(&file, sealed).unwrap();
    match Command::new("age").arg("--decrypt").arg("-i").arg(&key).arg(&file).output() {
        Ok(opened) => {
            assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
            assert!(opened.stdout == plain, "the age program opens something else");
        }
        Err(_) => eprintln!("skipped: the `age` program is not installed here (Debian: apt-get install age)"),
    }
}

#[test]
fn nobody_is_entered_twice_or_without_a_name() {
    let page = Page::open();
    page.goto("#/unlock");
    page.css("#new-passphrase").send(PASSPHRASE);
    page.css("#new-passphrase-again").send(PASSPHRASE);
    page.find("button", "Begin to work").click();
    page.wait_for("a name is asked for", || page.focused_id() == "worker-name");
    page.css("#worker-name").send("Li");
    // Enter, and again while the keys are made; a key that is held; and one that ends a word of Chinese.
    page.script(
        "const box = document.querySelector('#new-passphrase-again');
         const enter = (more) => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...more }));
         enter({ isComposing: true }); enter({ repeat: true }); enter({}); enter({}); enter({ repeat: true });",
    );
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
    lock(&page);
    assert_eq!(page.texts("main .choice"), ["Li"]);
    page.css(".panel-list > summary");
    page.script("document.querySelectorAll('main > details').forEach((one) => one.open = true)");
    page.css("#worker-name").send("Li");
    page.css("#new-passphrase").send(PASSPHRASE);
    page.css("#new-passphrase-again").send(PASSPHRASE);
    page.find("button", "Begin to work").click();
    page.wait_for("another name is asked for", || {
        page.texts("#worker-name-error").concat().contains("has this name already")
    });
    page.assert_no_faults();
}

fn cases(page: &Page) -> Vec<String> {
    page.texts("main article h2")
}

#[test]
fn what_one_worker_wrote_no_other_opens_until_it_is_handed_over() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "written by Li");
    lock(&page);
    enter(&page, "Wang", None);
    assert!(cases(&page).is_empty(), "Wang sees what is Li's");
    lock(&page);
    unlock(&page, "Li", "not the passphrase");
    page.wait_for("a refusal", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("does not open it"))
    });
    page.css("#passphrase").send(PASSPHRASE);
    page.find("button", "Unlock").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    page.goto("#/caseload");
    page.wait_for("the case", || cases(&page).len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.find("button", "Hand over to Wang").click();
    page.find("button", "Yes, hand it over").click();
    page.wait_for("it is told", || {
        page.texts("main article [role=status]").iter().any(|text| text.starts_with("Wang gets it"))
    });
    assert_eq!(cases(&page).len(), 1, "it is still Li's until Wang takes it");
    lock(&page);
    unlock(&page, "Wang", PASSPHRASE);
    page.wait_for("Wang's list", || cases(&page).len() == 1);
    page.find("button", "Open Nobody named yet, A household that has moved here").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "written by Li");
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("Li's list", || page.texts("#heading") == ["My interviews"]);
    assert!(cases(&page).is_empty(), "Li opens what is Wang's now");
    page.assert_no_faults();
}

#[test]
fn another_passphrase_opens_the_same_drafts() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "kept");
    page.goto("#/tablet");
    page.script("document.querySelectorAll('main details').forEach((one) => one.open = true)");
    page.css("#old-passphrase").send(PASSPHRASE);
    page.css("#other-passphrase").send("four new bridges");
    page.css("#other-passphrase-again").send("four new bridge");
    page.find("button", "Change the passphrase").click();
    page.wait_for("a slip is noticed", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("The two are not the same"))
    });
    page.script("document.querySelectorAll('[id^=other-passphrase]').forEach((one) => one.value = '')");
    page.css("#other-passphrase").send("short");
    page.css("#other-passphrase-again").send("short");
    page.find("button", "Change the passphrase").click();
    page.wait_for("a refusal", || page.texts("[role=alert]").iter().any(|text| text.contains("too short")));
    page.css("#old-passphrase").send(PASSPHRASE);
    page.css("#other-passphrase").send("four new bridges");
    page.css("#other-passphrase-again").send("four new bridges");
    // Twice, as an impatient finger does.
    page.script("for (const one of [1, 2]) document.querySelector('[id=other-passphrase]').closest('details').querySelector('.button:not(.button-quiet)').click()");
    page.wait_for("it is changed", || {
        page.texts("[role=status]").iter().any(|text| text.contains("new passphrase"))
    });
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("a refusal", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("does not open it"))
    });
    page.css("#passphrase").send("four new bridges");
    page.find("button", "Unlock").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "kept");
    page.assert_no_faults();
}

#[test]
fn the_station_opens_what_a_worker_has_forgotten_and_reads_the_trail() {
    let page = Page::open();
    let station = station();
    enter(&page, "Li", Some(&station.recipient().to_string()));
    begin(&page);
    answer(&page, "not lost");
    page.goto("#/tablet");
    page.find("button", "Save the audit trail").click();
    let sealed = page.downloaded("intake-audit-*.age");
    let trail = String::from_utf8(decrypt(&station, &sealed).unwrap().to_vec()).unwrap();
    let lines: Vec<serde_json::Value> =
        trail.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["workers"][0]["name"], "Li");
    let last = lines.iter().rev().find(|line| line["line"]["do"] == "answer").expect("an answer");
    assert_eq!(last["line"]["value"], "not lost");
    assert_eq!(last["line"]["by"], lines[0]["workers"][0]["id"]);
    assert!(last["line"]["at"].is_string() && last["line"]["elapsed"].is_u64(), "{last}");
    opened_by_the_age_program(&page, &station, &sealed, trail.as_bytes());
    lock(&page);
    page.script("document.querySelectorAll('main details').forEach((one) => one.open = true)");
    page.find("button", "Save the request").click();
    let request = String::from_utf8(page.downloaded("recovery-request.json")).unwrap();
    let request = Request::read(&request).unwrap();
    let mut next = 1_u8;
    let answer_text = request
        .answer(&station, &mut |bytes: &mut [u8]| {
            for byte in bytes {
                next = next.wrapping_mul(37).wrapping_add(11);
                *byte = next;
            }
        })
        .unwrap();
    let file = page.own_folder("station").join("answer.json");
    std::fs::write(&file, serde_json::to_string(&answer_text).unwrap()).unwrap();
    page.css("main input[type=file]").send(file.to_str().unwrap());
    page.css("#recovery-passphrase").send("a whole new bridge");
    page.css("#recovery-passphrase-again").send("a whole new bridge");
    page.find("button", "Set the passphrase and unlock").click();
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "not lost");
    lock(&page);
    unlock(&page, "Li", "a whole new bridge");
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    page.assert_no_faults();
}

#[test]
fn a_key_that_is_none_and_a_worker_who_leaves() {
    let page = Page::open();
    page.goto("#/unlock");
    page.css("#worker-name").send("Li");
    page.css("#new-passphrase").send(PASSPHRASE);
    page.css("#new-passphrase-again").send("three old bridge");
    page.find("button", "Begin to work").click();
    page.wait_for("a refusal", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("not the same"))
    });
    page.css("#new-passphrase-again").send("s");
    page.css("#station-key").send("age1notakey");
    page.find("button", "Begin to work").click();
    page.wait_for("a refusal", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("not the public key"))
    });
    let station: Recipient = station().recipient();
    page.css("#station-key").clear();
    page.css("#station-key").send(&station.to_string());
    page.find("button", "Begin to work").click();
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    begin(&page);
    page.goto("#/tablet");
    page.script("document.querySelectorAll('main details').forEach((one) => one.open = true)");
    page.find("button", "Remove me from this tablet").click();
    page.find("button", "Yes, remove all of it").click();
    page.wait_for("nobody works here any more", || page.texts("main h2") == ["Set up this tablet"]);
    let left = page.script_async(
        "const base = await new Promise((done) => { const open = indexedDB.open('intake'); open.onsuccess = () => done(open.result); });
         const count = (store) => new Promise((done) => { const all = base.transaction(store).objectStore(store).count(); all.onsuccess = () => done(all.result); });
         let sum = 0;
         for (const store of ['workers', 'keys', 'heads', 'entries', 'items']) sum += await count(store);
         base.close();
         return sum;",
    );
    assert_eq!(left, 0, "something of the worker is left");
    page.goto(FORM);
    page.css(TEXT);
    page.assert_no_faults();
}

//! The browser is killed while somebody types.

use std::time::{Duration, Instant};

use super::{FORM, PASSPHRASE, TEXT, begin, enter, full, is_kept, seed, text_in, unlock};
use crate::harness::{Feature, Page, lacks};

/// The last box of the section: the one that is gone on to.
const NEXT: &str = "[...document.querySelectorAll('.question .box[inputmode]')].pop()";

/// What is typed: each letter tells its place, so that what comes back tells what is missing.
fn typed(round: usize) -> String {
    (0..60).map(|place| char::from(b'a' + u8::try_from((place + round) % 26).unwrap())).collect()
}

#[test]
fn a_browser_killed_while_typing_loses_the_last_letters_at_most() {
    if lacks(Feature::Restart) {
        return;
    }
    let rounds = if full() { 200 } else { 20 };
    let seed = seed();
    let mut page = Page::open();
    enter(&page, "Li", None);
    page.goto(FORM);
    page.css(TEXT);
    page.wait_for("it is kept", || is_kept(&page));
    let mut next = seed;
    let mut worst = 0;
    let (mut lost, mut further) = (0, 0);
    for round in 0..rounds {
        next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let text = typed(round);
        page.css(TEXT).clear();
        page.script(&format!(
            "const box = {NEXT}; box.value = ''; box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
        ));
        page.wait_for("it is kept", || is_kept(&page));
        // The page itself types, one letter every few milliseconds, and goes on to the next box.
        page.script(&format!(
            "const box = document.querySelector('{TEXT}');
             box.focus();
             const text = '{text}';
             let at = 0;
             const timer = setInterval(() => {{
               const [into, value] = ++at > text.length ? [{NEXT}, '1234'.slice(0, at - text.length)] : [box, text.slice(0, at)];
               into.value = value;
               into.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
               if (value === '1234') clearInterval(timer);
             }}, 5);"
        ));
        let wait = Duration::from_millis(next >> 33 & 0x3ff);
        std::thread::sleep(wait);
        // What the page calls kept at this moment must be there afterwards, whatever else is.
        let promised = page.script(&format!(
            "return document.querySelector('[data-saved=kept]') ? document.querySelector('{TEXT}').value.length : -1"
        ));
        let begin = Instant::now();
        page.crash();
        page.reopen("#/unlock");
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview, at the question", || !page.all(TEXT).is_empty());
        assert!(
            page.all("[data-damaged]").is_empty(),
            "seed {seed}, round {round}: part of the draft is unreadable"
        );
        let back = text_in(&page);
        let same = back.bytes().zip(text.bytes()).all(|(one, other)| one == other);
        assert!(
            same && back.len() <= text.len(),
            "seed {seed}, round {round}: “{back}” is not what was typed"
        );
        // Whatever is of the next box says that the one before it was left: no more than the last one may be lost.
        let next_box = page.script(&format!("return {NEXT}.value"));
        let next_box = next_box.as_str().unwrap_or_default();
        assert!(
            "1234".starts_with(next_box),
            "seed {seed}, round {round}: “{next_box}” is not what was typed"
        );
        assert!(
            next_box.is_empty() || back == text,
            "seed {seed}, round {round}: the answer before the last is lost: “{back}”"
        );
        further += usize::from(!next_box.is_empty());
        let promised = usize::try_from(promised.as_i64().unwrap_or(-1)).unwrap_or(0);
        assert!(
            back.len() >= promised,
            "seed {seed}, round {round}: {promised} letters were called kept, {} are",
            back.len()
        );
        worst = worst.max(begin.elapsed().as_millis());
        lost += usize::from(back.is_empty());
    }
    eprintln!(
        "{rounds} kills, seed {seed}: no draft unreadable, {lost} before the first letter, {further} in the second box, back after {worst} ms at most"
    );
}

#[test]
fn a_tab_that_crashes_loses_nothing_that_was_kept() {
    if lacks(Feature::CrashTab) {
        return;
    }
    let page = Page::open();
    enter(&page, "Li", None);
    page.goto(FORM);
    page.css(TEXT);
    page.wait_for("it is kept", || is_kept(&page));
    for round in 1..=3 {
        page.css(TEXT).send("abc");
        page.wait_for("it is kept", || is_kept(&page));
        let spare = page.spare_tab();
        page.crash_tab();
        page.go_to_tab(&spare);
        page.goto("#/unlock");
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview", || !page.all(TEXT).is_empty());
        // The right to write went with the tab that had it.
        page.wait_for("it can be written", || is_kept(&page));
        assert_eq!(text_in(&page), "abc".repeat(round));
        assert!(page.all("[data-damaged]").is_empty());
    }
}

#[test]
fn a_reload_comes_back_to_the_question() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    page.goto("#/fill/new-resident-household/11");
    page.css("textarea.box").send("patient");
    page.wait_for("it is kept", || is_kept(&page));
    page.reload();
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the same section", || page.address().ends_with("/11"));
    page.wait_for("the same question", || !page.all("textarea.box").is_empty());
    assert_eq!(page.css("textarea.box").value(), "patient");
    page.wait_for("the focus", || page.css("textarea.box").has_focus());
    page.assert_no_faults();
}

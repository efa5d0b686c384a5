//! Locking: by the button, and by itself when nobody is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::faults::fail_from;
use super::keeper::failing_site;
use super::offline::changed_site;
use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, text_in, unlock};
use crate::elder::Elder;
use crate::harness::{Engine, Key, Page};

const SECRET: &str = "Zvqk answered before it was locked";

/// What the site says of when a tablet locks itself, five minutes.
const LOCK_AFTER: &str = "<meta name=\"intake-lock-after\" content=\"300\">";

/// After how many seconds it does so here: an interview must have begun by then, which takes the slower drivers longer.
pub(crate) fn seconds() -> u64 {
    if Engine::chosen() == Engine::Chromium { 5 } else { 15 }
}

fn lock_after(seconds: u64) -> String {
    LOCK_AFTER.replace("300", &seconds.to_string())
}

/// A site whose tablets soon lock themselves.
pub(crate) fn soon_locked(name: &str, seconds: u64) -> PathBuf {
    let site = std::env::temp_dir().join(format!("intake-{name}-{}", std::process::id()));
    changed_site(&site, LOCK_AFTER, &lock_after(seconds));
    site
}

/// Whether anything of a text is in the page: in its elements, in what its boxes hold, in its title or its address.
fn shows(page: &Page, text: &str) -> bool {
    let all = page.script(
        "return [
           document.documentElement.outerHTML, document.title, location.href, JSON.stringify(history.state),
           JSON.stringify(sessionStorage), JSON.stringify(localStorage), window.name,
           ...[...document.querySelectorAll('input, textarea, select')].map((one) => one.value),
         ].join('\\n')",
    );
    all.as_str().unwrap().contains(text)
}

fn is_locked(page: &Page) -> bool {
    page.texts("#heading") == ["Who works on this tablet?"] && !page.all("main .choice").is_empty()
}

/// What must hold once it is locked: nothing of the interview is there, and going back brings nothing back.
fn assert_nothing_shows(page: &Page) {
    assert!(!shows(page, SECRET), "after the lock");
    page.script("history.back()");
    page.wait_for("a page", || !page.all("#heading").is_empty());
    std::thread::sleep(Duration::from_millis(300));
    assert!(!shows(page, SECRET), "after going back");
    page.goto(FORM);
    page.wait_for("who works here is asked first", || !page.all("main .choice").is_empty());
    assert!(!shows(page, SECRET) && page.all(TEXT).is_empty(), "at the address of the interview");
}

/// Types for so many seconds, in which nothing is locked.
fn types_on(page: &Page, seconds: u64) {
    let worked = Instant::now();
    while worked.elapsed() < Duration::from_secs(seconds) {
        page.keys(" ");
        page.script(&format!("document.querySelector('{TEXT}').focus()"));
        std::thread::sleep(Duration::from_millis(700));
        assert!(!is_locked(page), "locked while somebody types");
    }
}

/// Whether it is asked if somebody is still there.
fn asks(page: &Page) -> bool {
    page.texts(".still-here > p").iter().any(|text| text.starts_with("Still here?"))
}

#[test]
fn a_tablet_left_alone_locks_itself_and_keeps_what_was_typed() {
    let seconds = seconds();
    let site = soon_locked("soon-locked", seconds);
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    begin(&page);
    // Whoever works is not interrupted, however long it takes.
    types_on(&page, 2 * seconds + 1);
    page.css(TEXT).clear();
    // The last letters, and then nobody: nothing waits for them to be kept.
    page.css(TEXT).send(SECRET);
    assert!(shows(&page, SECRET));
    page.wait_for("it locks by itself", || is_locked(&page));
    assert_nothing_shows(&page);
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), SECRET);
    page.assert_no_faults();
    let _ = fs::remove_dir_all(site);
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out_who_types() {
    let site = soon_locked("set-back", seconds());
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    begin(&page);
    page.keys(" ");
    // As the network corrects the time of a tablet.
    page.script("const now = Date.now; Date.now = () => now() - 2000;");
    types_on(&page, seconds() + 2);
    page.wait_for("left alone, it locks all the same", || is_locked(&page));
    page.assert_no_faults();
    let _ = fs::remove_dir_all(site);
}

#[test]
fn before_it_locks_it_asks_and_any_touch_or_key_is_an_answer() {
    // The second half of it is for the question.
    let site = soon_locked("asked", 4 * seconds());
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, SECRET);
    assert_eq!(page.texts(".still-here[role=status]"), [""], "what it will be told in is there before");
    page.wait_for("it asks", || asks(&page));
    assert!(!page.texts(".still-here").concat().contains(SECRET));
    let quiet = page.script(
        "const notice = document.querySelector('.still-here > p');
         const { left, right, top, bottom } = notice.getBoundingClientRect();
         const under = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
         const hide = document.querySelector('.quick-hide').getBoundingClientRect();
         const { animationName, transitionDuration } = getComputedStyle(notice);
         return [
           under !== null && !under.closest('.still-here'),
           right <= hide.left && left >= 0 && bottom <= innerHeight,
           animationName === 'none' && transitionDuration === '0s',
         ];",
    );
    assert_eq!(
        quiet,
        serde_json::json!([true, true, true]),
        "a touch goes to what is behind it; it stands still"
    );
    page.css("#heading").click();
    page.wait_for("a touch is an answer", || !asks(&page));
    page.wait_for("it asks again", || asks(&page));
    page.press(Key::Shift);
    page.wait_for("a key is one", || !asks(&page));
    assert!(!is_locked(&page));
    assert_eq!(text_in(&page), SECRET);
    page.assert_no_faults();
    let _ = fs::remove_dir_all(site);
}

#[test]
fn it_asks_over_an_alert_too() {
    let site = soon_locked("asked-over-alert", 4 * seconds());
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    page.goto("#/");
    let elder = Elder::on(page);
    elder.go_and_choose("elder_hit", true);
    let page = &elder.page;
    page.css("dialog[open].alert-screen");
    page.wait_for("it asks where it can be heard", || {
        page.texts("dialog.alert-screen .still-here > p").iter().any(|text| text.starts_with("Still here?"))
    });
    page.press(Key::Shift);
    page.wait_for("a key is an answer", || !asks(page));
    assert!(!page.all("dialog[open].alert-screen").is_empty(), "and the alert stays");
    page.assert_no_faults();
    let _ = fs::remove_dir_all(site);
}

#[test]
fn the_button_locks_at_once_and_what_was_typed_is_kept() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    // In one go, so that nothing comes between the last letter and the lock.
    page.script(&format!(
        "const box = document.querySelector('{TEXT}');
         box.value = '{SECRET}';
         box.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
         document.querySelector('.lamp-lock').click();"
    ));
    page.wait_for("it is locked", || is_locked(&page));
    assert_nothing_shows(&page);
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), SECRET);
    page.assert_no_faults();
}

/// Types what finds no room, has the tablet locked, and holds that nobody was asked whether to stay: whoever has the tablet
/// now is not whoever typed.
fn locks_over_what_is_not_kept(site: &Path, lock: impl FnOnce(&Page)) {
    let page = Page::open_site(site);
    enter(&page, "Li", None);
    begin(&page);
    fail_from(&page, 1);
    page.css(TEXT).send(SECRET);
    page.wait_for("it is told that nothing is kept", || !page.all("[data-saved=not]").is_empty());
    // After the page's own, whose word it hears. A driver may answer the browser's question before a test sees it.
    page.script(
        "addEventListener('beforeunload', (event) => { sessionStorage.asked = event.defaultPrevented; })",
    );
    lock(&page);
    page.wait_for("it is locked", || is_locked(&page));
    assert_ne!(page.script("return sessionStorage.asked"), "true", "somebody was asked whether to stay");
    assert_nothing_shows(&page);
}

#[test]
fn nobody_can_stay_in_a_page_that_is_locked_over_unsaved_answers() {
    let folder = std::env::temp_dir().join(format!("intake-locked-unsaved-{}", std::process::id()));
    locks_over_what_is_not_kept(&failing_site(&folder), |page| page.css(".lamp-lock").click());
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn nor_in_one_that_locks_itself_over_them() {
    let folder = std::env::temp_dir().join(format!("intake-left-unsaved-{}", std::process::id()));
    let site = failing_site(&folder);
    let index = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(index.contains(LOCK_AFTER));
    fs::write(site.join("index.html"), index.replace(LOCK_AFTER, &lock_after(seconds()))).unwrap();
    locks_over_what_is_not_kept(&site, |_| {});
    let _ = fs::remove_dir_all(folder);
}

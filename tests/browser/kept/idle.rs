//! Locking: by the button, and by itself when nobody is there.

use std::time::{Duration, Instant};

use super::offline::changed_site;
use super::{FORM, PASSPHRASE, TEXT, begin, enter, text_in, unlock};
use crate::harness::{Engine, Page};

const SECRET: &str = "Zvqk answered before it was locked";

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

#[test]
fn a_tablet_left_alone_locks_itself_and_keeps_what_was_typed() {
    let site = std::env::temp_dir().join(format!("intake-soon-locked-{}", std::process::id()));
    let long = "<meta name=\"intake-lock-after\" content=\"300\">";
    // An interview must have begun by then, which takes the slower drivers some seconds.
    let seconds = if Engine::chosen() == Engine::Chromium { 5 } else { 15 };
    changed_site(&site, long, &long.replace("300", &seconds.to_string()));
    let page = Page::open_site(&site);
    enter(&page, "Li", None);
    begin(&page);
    // Whoever works is not interrupted, however long it takes.
    let worked = Instant::now();
    while worked.elapsed() < Duration::from_secs(2 * seconds + 1) {
        page.keys(" ");
        page.script(&format!("document.querySelector('{TEXT}').focus()"));
        std::thread::sleep(Duration::from_millis(700));
        assert!(!is_locked(&page), "locked while somebody types");
    }
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
    let _ = std::fs::remove_dir_all(site);
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

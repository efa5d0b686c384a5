//! How an interview begins where the disk takes its time.

use std::fs;
use std::time::Duration;

use super::keeper::{fail, failing_site};
use super::{FORM, PASSPHRASE, TEXT, answer, enter, lock, text_in, unlock};
use crate::harness::Page;

fn is_being_opened(page: &Page) -> bool {
    page.texts("main").join(" ").contains("Opening the questionnaire")
}

#[test]
fn an_interview_is_shown_once_it_is_kept_however_often_it_was_begun() {
    let folder = std::env::temp_dir().join(format!("intake-slow-begin-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    enter(&page, "Li", None);
    fail(&page, 0, "hold");
    page.goto(FORM);
    page.wait_for("it is being opened", || is_being_opened(&page));
    page.goto("#/");
    page.wait_for("the questionnaires are listed", || !page.texts(".form-card a").is_empty());
    page.goto(FORM);
    page.wait_for("it is being opened still", || is_being_opened(&page));
    // What would be answered here nobody would write.
    std::thread::sleep(Duration::from_millis(500));
    assert!(page.all(TEXT).is_empty(), "it is shown, and nobody writes it yet");
    fail(&page, 0, "full");
    answer(&page, "not lost");
    page.goto("#/caseload");
    page.wait_for("the list", || !page.all("main article h2").is_empty());
    assert_eq!(page.texts("main article h2").len(), 1, "it was begun once");
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "not lost");
    assert!(page.all("[data-damaged]").is_empty());
    let _ = fs::remove_dir_all(folder);
}

//! What is kept, in another engine: written, the browser ended, begun again, unlocked, and at the exact question.

use super::{PASSPHRASE, TEXT, answer, begin, enter, installed, text_in, unlock};
use crate::harness::{Engine, Page};

#[test]
fn firefox_keeps_what_was_answered_over_a_restart_and_a_kill() {
    let Some(mut page) = Page::open_in(Engine::Firefox) else { return };
    installed(&page);
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "in another engine");
    page.goto("#/fill/new-resident-household/11");
    page.css("textarea.box").send("patient");
    page.wait_for("it is kept", || super::is_kept(&page));
    page.close();
    page.reopen("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the same section", || page.address().ends_with("/11"));
    page.wait_for("the same question, with the focus", || {
        !page.all("textarea.box").is_empty() && page.css("textarea.box").has_focus()
    });
    assert_eq!(page.css("textarea.box").value(), "patient");
    // Killed, and the server gone too: all that is needed is on the tablet.
    page.goto("#/fill/new-resident-household/1");
    page.wait_for("the first section", || !page.all(TEXT).is_empty());
    answer(&page, ", killed");
    page.crash();
    page.stop_server();
    page.reopen("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "in another engine, killed");
    assert!(page.all("[data-damaged]").is_empty());
    page.assert_no_faults();
}

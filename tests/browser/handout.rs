//! The page that stays with the person: it lies on a table at home, and what was left out of it must not come back.

use crate::agreed::add_goal;
use crate::harness::Page;
use crate::kept::backup::lonely_elder;
use crate::kept::{PASSPHRASE, is_kept, lock, unlock};

const HANDOUT: &str = "#/handout/elder-needs";

/// The lines that would be printed, once the sheet is there in its language.
fn lines(page: &Page, heading: &str) -> Vec<String> {
    page.wait_for("the page for the person", || page.texts(".handout h2").iter().any(|one| one == heading));
    page.texts(".handout .dots li")
}

/// The worker unlocks, and comes back to the page from the profile.
fn come_back(page: &Page) {
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the profile", || !page.all("#goals-title").is_empty());
    page.goto(HANDOUT);
}

/// A page that is loaded again wants the passphrase.
fn load_again(page: &Page) {
    page.reload();
    page.wait_for("who works here", || !page.all("main .choice, #passphrase").is_empty());
    come_back(page);
}

#[test]
fn what_was_left_out_of_the_hand_out_stays_out_after_a_reload_and_the_lock() {
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "Stop the drinking");
    add_goal(page, "See my sister");
    page.goto(HANDOUT);
    let all = lines(page, "What we talked about");
    page.css(".handout .dots button[aria-label='Leave out: Stop the drinking']").click();
    page.wait_for("the line is gone", || page.texts(".handout .dots li").len() == all.len() - 1);
    assert!(!page.texts(".handout")[0].contains("drinking"));
    page.css("main .languages [lang='zh-CN']").click();
    let left = lines(page, "我们聊了什么");
    assert_eq!(left.len(), all.len() - 1);
    page.wait_for("it is kept", || is_kept(page));

    load_again(page);
    assert_eq!(lines(page, "我们聊了什么"), left, "after a reload");
    lock(page);
    come_back(page);
    assert_eq!(lines(page, "我们聊了什么"), left, "after the lock");

    page.css(".actions .button-second").click();
    page.wait_for("all are back", || page.texts(".handout .dots li").len() == all.len());
    page.wait_for("it is kept", || is_kept(page));
    load_again(page);
    assert_eq!(lines(page, "我们聊了什么").len(), all.len());
    page.assert_no_faults();
}

/// An entry gets the id of one that is there no more, so that what was decided about that one must not hold for it.
#[test]
fn what_takes_the_place_of_a_removed_entry_is_printed() {
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "Stop the drinking");
    page.goto(HANDOUT);
    lines(page, "What we talked about");
    page.css(".handout .dots button[aria-label='Leave out: Stop the drinking']").click();
    page.goto("#/profile/elder-needs");
    page.wait_for("the goal", || !page.all("#goal-0-edit").is_empty());
    page.find("button", "Remove: Stop the drinking").click();
    page.wait_for("it is gone", || page.all("#goal-0-edit").is_empty());
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "See my sister");
    page.goto(HANDOUT);
    assert!(lines(page, "What we talked about").iter().any(|line| line.contains("See my sister")));
    page.assert_no_faults();
}

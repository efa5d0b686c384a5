//! What was answered before anybody was unlocked: whose it is, and that nothing of it is lost or shown to somebody else.

use super::keeper::with_keeper;
use super::outbox::Agency;
use super::pictures::{DOOR, photograph, shown};
use super::{FORM, PASSPHRASE, TEXT, is_kept, lock, press, text_in, unlock};
use crate::agreed::{add_goal, lines};
use crate::harness::Page;

const SECRET: &str = "Zvqk said it before anybody was unlocked";

/// Goes to the page of the workers as the page itself leads there.
fn follow_to_unlock(page: &Page) {
    page.css(".saved-not a").click();
    page.wait_for("the page of the workers", || page.texts("#heading") == ["Who works on this tablet?"]);
}

#[test]
fn what_was_answered_before_the_tablet_was_set_up_is_the_first_workers() {
    let agency = Agency::asking(&DOOR);
    let page = Page::open_site(&agency.site());
    page.goto("#/fill/door/1");
    page.css(TEXT).send("come in");
    photograph(&page, "red");
    page.wait_for("the picture", || !shown(&page).is_empty());
    page.goto("#/review/door");
    page.find("button", "Finish and see the needs").click();
    page.wait_for("the profile", || page.address().contains("#/profile/door"));
    page.css("details:has(#goal-text) summary").click();
    add_goal(&page, "Sleep at night");

    follow_to_unlock(&page);
    page.css("#worker-name").send("Li");
    page.css("#new-passphrase").send(PASSPHRASE);
    page.css("#new-passphrase-again").send(PASSPHRASE);
    press(&page, "Begin to work");
    page.wait_for("where the worker was", || page.address().contains("#/profile/door"));
    page.wait_for("it is told that all of it is kept", || {
        page.texts("[data-saved=kept]").join(" ").contains("with what was answered before anybody unlocked")
    });
    assert_eq!(lines(&page, "goals-title"), ["Sleep at night"]);

    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/door"));
    page.wait_for("the goal", || lines(&page, "goals-title") == ["Sleep at night"]);
    page.goto("#/fill/door/1");
    page.wait_for("the picture is there again", || !shown(&page).is_empty());
    assert_eq!(text_in(&page), "come in");
    assert!(page.all("[data-damaged]").is_empty());
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("main article h2").len() == 1);
    page.assert_no_faults();
}

/// An interview that nobody writes, on a tablet on which Wang was entered in another tab meanwhile and unlocks.
fn unlocked_by_wang() -> Page {
    let page = Page::open();
    page.goto(FORM);
    page.css(TEXT).send(SECRET);
    with_keeper(
        &page,
        "const keeper = new Keeper();
         await keeper.told({ Create: { name: 'Wang', passphrase: 'three old bridges', station: null } });
         keeper.end();",
    );
    follow_to_unlock(&page);
    unlock(&page, "Wang", PASSPHRASE);
    page.wait_for("it is asked whose it is", || page.all("[data-before='1']").len() == 1);
    assert_nothing_shows(&page);
    page
}

fn assert_nothing_shows(page: &Page) {
    let shows = page.script(&format!(
        "return document.documentElement.outerHTML.includes('{SECRET}')
           || [...document.querySelectorAll('input, textarea')].some((one) => one.value.includes('{SECRET}'))"
    ));
    assert_eq!(shows, false, "something of it is shown");
}

#[test]
fn what_was_answered_before_somebody_unlocked_is_theirs_once_they_say_so() {
    let page = unlocked_by_wang();
    // Somebody else's interview with the same questionnaire is not theirs by the way.
    page.goto(FORM);
    page.wait_for("an interview of Wang's own", || is_kept(&page) && !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "");
    assert_nothing_shows(&page);
    page.goto("#/caseload");
    page.wait_for("it is asked here too", || page.all("[data-before='1']").len() == 1);
    assert_nothing_shows(&page);
    press(&page, "Keep it as mine");
    page.wait_for("the interview", || page.address().contains("#/fill/") && is_kept(&page));
    assert_eq!(text_in(&page), SECRET);
    lock(&page);
    unlock(&page, "Wang", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), SECRET);
    page.goto("#/caseload");
    page.wait_for("both are there", || page.texts("main article h2").len() == 2);
    assert!(page.all("[data-before]").is_empty());
    page.assert_no_faults();
}

#[test]
fn what_was_answered_before_somebody_unlocked_is_thrown_away_once_they_say_so() {
    let page = unlocked_by_wang();
    press(&page, "Throw it away");
    press(&page, "Yes, throw it away");
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
    assert!(page.all("[data-before]").is_empty() && page.all("main article").is_empty());
    page.goto(FORM);
    page.wait_for("a new interview", || is_kept(&page) && !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "");
    page.assert_no_faults();
}

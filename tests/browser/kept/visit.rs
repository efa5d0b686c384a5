//! Several people in one visit, and looking again at what came out.

use super::tamper::on_disk;
use super::{PASSPHRASE, answer, begin, elder_of_li, enter, is_kept, lock, press, unlock};
use crate::harness::{Feature, Page, lacks};

/// A tablet on which Li has begun a household's interview, with its head and a grandchild.
fn household() -> Page {
    let page = Page::open();
    enter(&page, "Li", None);
    begin_household(&page);
    page
}

/// The same, for whoever is at work.
pub(crate) fn begin_household(page: &Page) {
    begin(page);
    answer(page, "Dingping");
    page.goto("#/fill/new-resident-household/2");
    page.css("#heading");
    add_member(page, "A", "The head", ["11", "2", "1947"], "Woman");
    add_member(page, "B", "Grandchild", ["1", "6", "2015"], "Man");
}

/// Somebody of the household, entered in its list.
fn add_member(page: &Page, mark: &str, relation: &str, born: [&str; 3], sex: &str) {
    let before = page.texts(".roster-line").len();
    page.find("button", "Add an entry").click();
    page.wait_for("the new row is open", || page.texts(".roster-line").len() == before + 1);
    page.wait_for("its first question has the focus", || {
        page.script("return document.activeElement.closest('.roster-body') !== null") == true
    });
    page.keys(mark);
    choose(page, relation);
    for (place, part) in born.into_iter().enumerate() {
        page.all(".roster-body .date-part input")[place].send(part);
    }
    choose(page, sex);
    page.wait_for("it is kept", || is_kept(page));
}

fn choose(page: &Page, answer: &str) {
    let place = page.texts(".roster-body .choice").iter().position(|text| text == answer);
    let place =
        place.unwrap_or_else(|| panic!("no choice {answer}: {:?}", page.texts(".roster-body .choice")));
    page.all(".roster-body .choice")[place].click();
}

/// Chooses the form for another person in the visit of a card, and returns what is offered.
pub(super) fn another_person(page: &Page, card: usize, form: &str) -> Vec<String> {
    page.goto("#/caseload");
    page.wait_for("the cards", || page.texts("main article h2").len() > card);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.script(&format!("document.querySelectorAll('article select')[{card}].value = '{form}'"));
    page.all("article .field > .button")[card].click();
    page.wait_for("what is offered", || !page.all("article .panel .button").is_empty());
    page.texts("article .panel .choice")
}

/// Begins it for the person of whom the offer begins so: when they were born is known already.
fn begin_for(page: &Page, person: &str, form: &str, born: [&str; 3]) {
    let offered = page.texts("article .panel .choice");
    let place = offered.iter().position(|one| one.starts_with(person)).expect("the person is offered");
    page.all("article .panel .choice input")[place].click();
    page.find("button", "Begin").click();
    page.wait_for("the interview", || page.address().ends_with(&format!("#/fill/{form}/1")));
    page.wait_for("when they were born is known", || date_parts(page) == born);
}

/// A date that is asked for, by its parts.
fn date_parts(page: &Page) -> Vec<String> {
    page.all("main .question .date-part input").iter().take(3).map(crate::harness::Control::value).collect()
}

/// The choices that are made.
fn checked(page: &Page) -> Vec<String> {
    page.texts("main .question .choice:has(input:checked)")
}

#[test]
fn a_household_then_its_elder_then_its_child_and_nothing_is_asked_twice() {
    let page = household();

    let offered = another_person(&page, 0, "elder-needs");
    assert!(offered.iter().any(|one| one.starts_with("A, The head")), "{offered:?}");
    assert!(offered.iter().any(|one| one.starts_with("B, Grandchild")), "{offered:?}");
    begin_for(&page, "A,", "elder-needs", ["11", "2", "1947"]);
    assert!(checked(&page).contains(&"Woman".to_owned()), "{:?}", checked(&page));

    // From the elder's interview to the child's: what the household said is known there too.
    page.goto("#/caseload");
    page.wait_for("both", || page.texts("main article h2").len() == 2);
    let elder = page.texts("main article").iter().position(|text| text.contains("Needs of an older person"));
    another_person(&page, elder.unwrap(), "child-needs");
    begin_for(&page, "B,", "child-needs", ["1", "6", "2015"]);
    assert!(checked(&page).contains(&"Boy".to_owned()), "{:?}", checked(&page));

    page.goto("#/caseload");
    page.wait_for("all three", || page.texts("main article h2").len() == 3);
    let together =
        page.texts("main article").iter().filter(|text| text.contains("In one visit with")).count();
    assert_eq!(together, 3);
    // All of it is on the disk.
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("where the worker was", || page.address().contains("child-needs"));
    page.wait_for("the answers", || date_parts(&page) == ["1", "6", "2015"]);
    page.assert_no_faults();
}

#[test]
fn another_interview_of_the_visit_begins_with_its_last_button_and_not_before() {
    let page = household();
    another_person(&page, 0, "elder-needs");
    press(&page, "Do not begin");
    page.wait_for("the list of forms has the focus", || {
        page.script("return document.activeElement.localName") == "select"
    });
    another_person(&page, 0, "elder-needs");
    // Looked at and left: there is nobody's interview, on no page and not on the disk.
    page.goto("#/");
    page.wait_for("the form is offered as new", || {
        page.names("link").iter().any(|name| name == "Begin: Needs of an older person")
    });
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("where the worker was", || page.address().contains("new-resident-household"));
    page.goto("#/caseload");
    page.wait_for("the household alone", || page.texts("main article h2").len() == 1);
    assert!(!page.texts("main article")[0].contains("In one visit with"));

    another_person(&page, 0, "elder-needs");
    begin_for(&page, "A,", "elder-needs", ["11", "2", "1947"]);
    page.goto("#/caseload");
    page.wait_for("both", || page.texts("main article h2").len() == 2);
    page.assert_no_faults();
}

#[test]
fn a_damaged_interview_of_the_visit_is_told_and_the_others_are_offered() {
    let page = household();
    another_person(&page, 0, "elder-needs");
    page.find("button", "Begin").click();
    page.wait_for("the elder's interview", || page.address().ends_with("#/fill/elder-needs/1"));
    page.wait_for("it is kept", || is_kept(&page));
    lock(&page);
    // Everything of the second interview but its head: without the first line of its journal nothing can be read.
    on_disk(
        &page,
        "const lines = await all('entries');
         const drafts = [...new Set(lines.map(([key]) => key.split('/')[0]))];
         const of = (draft) => lines.filter(([key]) => key.startsWith(draft));
         const [least] = drafts.sort((one, other) => of(one).length - of(other).length);
         for (const [key, bytes] of of(least)) { bytes[30] ^= 1; await put('entries', key, bytes); }",
    );
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    page.wait_for("both", || page.texts("main article h2").len() == 2);
    let cards = page.texts("main article");
    let household = cards.iter().position(|text| text.contains("A household that has moved here ·")).unwrap();
    let offered = another_person(&page, household, "child-needs");
    assert!(offered.iter().any(|one| one.starts_with("B, Grandchild")), "{offered:?}");
    let told = page.texts("article .panel [role=alert]");
    assert!(told.len() == 1 && told[0].contains("Needs of an older person"), "{told:?}");
    assert!(told[0].contains("damaged"), "{told:?}");
    begin_for(&page, "B,", "child-needs", ["1", "6", "2015"]);
    page.assert_no_faults();
}

#[test]
fn a_review_that_is_due_opens_the_follow_up_with_the_profile_of_last_time() {
    if lacks(Feature::EarlyScript) {
        return;
    }
    let elder = elder_of_li();
    elder.say_safe();
    elder.finish();
    let page = &elder.page;
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.css("article input.box").send("Wang, by the river");
    page.script("document.activeElement.blur()");
    page.wait_for("the name", || page.texts("main article h2") == ["Wang, by the river"]);
    // Half a year later, on a tablet that has slept since.
    page.protocol(
        "Page.addScriptToEvaluateOnNewDocument",
        serde_json::json!({ "source": "
            const Now = Date;
            const later = () => Now.now() + 200 * 24 * 60 * 60 * 1000;
            window.Date = class extends Now {
              constructor(...rest) { if (rest.length) super(...rest); else super(later()); }
              static now() { return later(); }
            };
        " }),
    );
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the profile", || page.address().ends_with("#/profile/elder-needs"));
    page.goto("#/caseload");
    page.wait_for("it is due", || {
        page.texts("main article").iter().any(|text| text.contains("Review due since"))
    });
    page.find("button", "Follow up: Follow-up").click();
    page.wait_for("the follow-up", || page.address().ends_with("#/fill/follow-up/1"));
    page.goto("#/fill/follow-up/2");
    page.wait_for("the day of last time is filled in", || {
        date_parts(page).len() == 3 && date_parts(page).iter().all(|part| !part.is_empty())
    });
    page.wait_for("it is kept", || is_kept(page));
    page.goto("#/caseload");
    page.wait_for("both", || page.texts("main article h2") == ["Wang, by the river", "Wang, by the river"]);
    let cards = page.texts("main article");
    assert!(cards.iter().any(|text| text.contains("Followed up in a later interview")), "{cards:?}");
    assert!(!cards.iter().any(|text| text.contains("Review due since")), "{cards:?}");
    // Without the follow-up it is due again.
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    let follow_up = cards.iter().position(|text| !text.contains("Followed up")).expect("the follow-up");
    page.script(&format!(
        "[...document.querySelectorAll('main article')][{follow_up}].querySelector('.button-danger').click()"
    ));
    press(page, "Yes, remove it");
    page.wait_for("one is left", || page.texts("main article h2").len() == 1);
    page.wait_for("it is due again", || {
        page.texts("main article").iter().any(|text| text.contains("Review due since"))
    });
    page.assert_no_faults();
}

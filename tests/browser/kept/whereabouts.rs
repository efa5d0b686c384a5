//! Where somebody goes on after the tablet was locked: in the interview that was on the screen, and in no other person's.

use super::caseload::{list, name};
use super::keeper::with_keeper;
use super::visit::another_person;
use super::{
    FORM, PASSPHRASE, TEXT, answer, begin, elder_of_li, enter, is_kept, lock, press, text_in, unlock,
};
use crate::harness::Page;

const ELDER: &str = "#/fill/elder-needs/1";
const ELDER_CARD: &str = "Needs of an older person";

/// A tablet on which Li has begun a household's interview, and then an older person's, which is on the screen.
fn two_interviews() -> Page {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "Dingping");
    let before = page.texts("h1");
    page.goto(ELDER);
    page.wait_for("the elder's interview", || page.texts("h1") != before && is_kept(&page));
    page
}

/// Locks, unlocks, and holds to where that leads.
fn comes_back_to(page: &Page, address: &str) {
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("an interview", || is_kept(page));
    assert!(page.address().ends_with(address), "{} and not {address}", page.address());
}

/// Opens the interview of a form from the list.
fn open_card(page: &Page, form: &str) {
    // By the line under its name: a card that is open names all questionnaires.
    let opened = page.script(&format!(
        "const cards = [...document.querySelectorAll('main article')];
         const card = cards.find((one) => one.querySelector('h2 + p').innerText.includes({}));
         card?.querySelector('.form-card-foot > .button').click();
         return !!card;",
        serde_json::json!(form)
    ));
    assert_eq!(opened, true, "its card");
    page.wait_for("an interview", || is_kept(page));
}

#[test]
fn a_lock_leads_back_to_the_interview_that_was_on_the_screen() {
    let page = two_interviews();
    comes_back_to(&page, ELDER);
    // From the list, where it is opened from the disk, and then once more, where it lies on the desk.
    for _ in 0..2 {
        list(&page, 2);
        open_card(&page, ELDER_CARD);
        list(&page, 2);
        open_card(&page, "A household");
        assert_eq!(text_in(&page), "Dingping");
    }
    comes_back_to(&page, FORM);
    // By its address or the browser's own button, and from the page on which the site opens.
    list(&page, 2);
    open_card(&page, ELDER_CARD);
    page.goto(FORM);
    page.css(TEXT);
    answer(&page, ", by the river");
    comes_back_to(&page, FORM);
    list(&page, 2);
    open_card(&page, ELDER_CARD);
    page.goto("#/");
    page.wait_for("the household's interview", || {
        page.names("link").iter().any(|link| link.starts_with("Continue: A household"))
    });
    page.script("document.querySelector('a[href^=\"#/fill/new-resident-household\"]').click()");
    page.css(TEXT);
    answer(&page, " Min");
    comes_back_to(&page, FORM);
    assert_eq!(text_in(&page), "Dingping, by the river Min");
    page.assert_no_faults();
}

#[test]
fn it_does_so_though_another_interview_was_renamed_or_looked_into() {
    let page = two_interviews();
    // The household's interview is on the disk alone.
    comes_back_to(&page, ELDER);
    list(&page, 2);
    name(&page, "A household", "The Chens");
    comes_back_to(&page, ELDER);
    list(&page, 2);
    let household = page.texts("main article").iter().position(|text| text.contains("A household"));
    another_person(&page, household.expect("its card"), "child-needs");
    press(&page, "Do not begin");
    comes_back_to(&page, ELDER);
    page.assert_no_faults();
}

#[test]
fn a_follow_up_is_come_back_to_and_not_the_profile_on_which_it_goes_on() {
    let elder = elder_of_li();
    elder.say_safe();
    elder.finish();
    let page = &elder.page;
    // The profile is on the disk alone.
    begin(page);
    comes_back_to(page, FORM);
    list(page, 2);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    press(page, "Follow up: Follow-up");
    page.wait_for("the follow-up", || page.address().ends_with("#/fill/follow-up/1") && is_kept(page));
    comes_back_to(page, "#/fill/follow-up/1");
    page.assert_no_faults();
}

#[test]
fn an_interview_says_whose_it_is_and_paper_and_the_title_do_not() {
    let page = two_interviews();
    assert!(page.texts(".saved-person").is_empty(), "nobody is named yet");
    list(&page, 2);
    name(&page, "A household", "The Chens");
    open_card(&page, "A household");
    page.wait_for("whose it is", || page.texts(".saved-person bdi") == ["The Chens"]);
    assert_eq!(page.script("return document.querySelector('.saved-person bdi').translate"), false);
    assert!(!page.title().contains("Chens"));
    let printed = page.script(
        "return [...document.querySelectorAll('.saved-person')].every((one) => one.closest('.no-print') !== null)",
    );
    assert_eq!(printed, true);
    page.assert_no_faults();
}

#[test]
fn the_keeper_goes_by_what_it_is_told_and_not_by_what_was_opened() {
    let page = Page::open();
    let told = with_keeper(
        &page,
        "
        const passphrase = 'three old bridges';
        const keeper = new Keeper();
        const worker = (await keeper.told({ Create: { name: 'Li', passphrase, station: null } })).Unlocked.worker;
        const begin = async () => (await keeper.told({ Begin: { head, bundle: 'a bundle', line: header } })).Begun;
        const last = async () => (await keeper.told({ Unlock: { worker, passphrase } })).Unlocked.last;
        const first = await begin();
        const second = await begin();
        const found = [await last() === second];
        await keeper.told({ Open: { draft: first, take_over: false } });
        found.push(await last() === second);
        await keeper.told({ At: { draft: first } });
        found.push(await last() === first);
        await keeper.told({ Remove: { draft: first } });
        const gone = (await keeper.ask({ At: { draft: first } })).Err;
        return [...found, gone];",
    );
    assert_eq!(told, serde_json::json!([true, true, true, "not-found"]));
}

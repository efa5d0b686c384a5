//! The list of interviews: who is found in it, and what it says of them.

use serde_json::json;

use super::keeper::with_keeper;
use super::outbox::Agency;
use super::{PASSPHRASE, answer, begin, enter, is_kept, unlock};
use crate::elder::Elder;
use crate::harness::{Key, Page};

pub(super) fn list(page: &Page, cases: usize) {
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("main article h2").len() == cases);
}

/// Names whoever the card of a form is about.
pub(super) fn name(page: &Page, form: &str, person: &str) {
    let place = page.texts("main article").iter().position(|text| text.contains(form)).expect("its card");
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    let field = page.all("main article input.box").remove(place);
    field.clear();
    field.send(person);
    page.script("document.activeElement.blur()");
    page.wait_for("the name", || page.texts("main article h2").iter().any(|one| one == person));
}

/// Types into the search, and waits until these alone are shown.
fn finds(page: &Page, wanted: &str, people: &[&str]) {
    let search = page.css("#search");
    search.clear();
    search.send(wanted);
    page.wait_for(wanted, || page.texts("main article h2") == people);
    let told = format!("Shown: {}", people.len());
    assert!(page.texts("[role=search] [role=status]") == [told.as_str()], "{wanted}: {told}");
}

#[test]
fn somebody_is_found_in_chinese_and_in_latin_and_the_cards_say_how_far_and_how_old() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "Dingping");
    list(&page, 1);
    name(&page, "A household", "欧阳 Wei-Lin");
    page.goto("#/");
    let elder = Elder::on(page);
    elder.say_safe();
    elder.finish();
    let page = &elder.page;
    list(page, 2);
    name(page, "Needs of an older person", "王秀英");
    let both = page.texts("main article h2");
    let both: Vec<&str> = both.iter().map(String::as_str).collect();
    assert_eq!(both, ["王秀英", "欧阳 Wei-Lin"], "the last changed first");
    for (wanted, people) in [
        ("欧阳", &["欧阳 Wei-Lin"][..]),
        ("wei", &["欧阳 Wei-Lin"]),
        ("ＷＥＩ", &["欧阳 Wei-Lin"]),
        ("lin 欧", &["欧阳 Wei-Lin"]),
        ("秀英", &["王秀英"]),
        ("老人需求", &["王秀英"]),
        ("OLDER person", &["王秀英"]),
        ("欧阳 秀英", &[]),
    ] {
        finds(page, wanted, people);
    }
    finds(page, " ", &both);
    let cards = page.texts("main article");
    assert!(cards[0].contains("Finished, only on this tablet"), "{}", cards[0]);
    assert!(cards[1].contains("In progress, 1 of "), "{}", cards[1]);
    assert!(cards.iter().all(|card| card.contains("Last changed within the hour")), "{cards:?}");
    page.goto("#/tablet");
    page.wait_for("how many are on this tablet alone", || {
        page.texts("main .points li")
            .iter()
            .any(|text| text == "Interviews and profiles that are only on this tablet: 2")
    });
    page.assert_no_faults();
}

#[test]
fn a_list_calls_a_person_by_the_name_that_stands_at_last() {
    let agency = Agency::new(&json!([]));
    let page = &Page::open_site(&agency.site());
    enter(page, "Li", None);
    page.goto("#/fill/short/1");
    page.wait_for("the form", || page.all(".question input.box").len() == 2);
    let answer = || page.all(".question input.box").remove(0);
    for written in ["李伟", "Wang Fang", "王芳"] {
        answer().click();
        page.press_with(&[Key::Control], 'a');
        page.press(Key::Delete);
        page.keys(written);
        page.wait_for("it is kept", || is_kept(page));
    }
    list(page, 1);
    assert_eq!(page.texts("main article h2"), ["王芳"]);
    name(page, "A short talk", "Auntie");
    page.goto("#/fill/short/1");
    page.wait_for("the form", || page.all(".question input.box").len() == 2);
    answer().send("!");
    page.wait_for("it is kept", || is_kept(page));
    list(page, 1);
    assert!(page.texts("main article h2")[0].ends_with("Auntie"), "a name that a worker has given stands");
    page.assert_no_faults();
}

#[test]
fn a_way_back_to_what_was_removed_begins_nothing() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "Dingping");
    page.goto("#/fill/new-resident-household/4");
    page.wait_for("a later section", || page.all(".section-link[aria-current]").len() == 1);
    list(&page, 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.find("button", "Remove this interview").click();
    page.find("button", "Yes, remove it").click();
    page.wait_for("it is gone", || page.all("main article").is_empty());
    page.script("history.back()");
    page.wait_for("the page says so", || page.texts("#heading") == ["This interview is not open"]);
    page.find("link", "My interviews").click();
    page.wait_for("nothing was begun", || page.texts("main .quiet").concat().contains("no interviews"));
    assert!(page.all("main article").is_empty());
    page.assert_no_faults();
}

#[test]
fn a_long_list_shows_the_newest_and_more_where_that_is_asked() {
    let page = Page::open();
    with_keeper(
        &page,
        "
        const keeper = new Keeper();
        await keeper.told({ Create: { name: 'Li', passphrase: 'three old bridges', station: null } });
        for (let nth = 0; nth < 60; nth += 1) {
          await keeper.told({ Begin: { head: { ...head, person: `Person ${nth}` }, bundle: 'a bundle', line: header } });
        }
        return null;",
    );
    page.reload();
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    // What was on the screen last is none of this site's questionnaires.
    page.wait_for("the list", || page.all("main article").len() == 50);
    assert_eq!(page.texts("[role=search] [role=status]"), ["Shown: 50"]);
    page.find("button", "Show 10 more").click();
    page.wait_for("all of them", || page.all("main article").len() == 60);
    assert_eq!(page.texts("[role=search] [role=status]"), ["Shown: 60"]);
    let next = "return [...document.querySelectorAll('main article')][50].contains(document.activeElement)";
    page.wait_for("the focus is on the first that came", || page.script(next) == true);
    page.css("#search").send("Person 58");
    page.wait_for("one is found", || page.texts("main article h2") == ["Person 58"]);
    page.assert_no_faults();
}

//! Two tabs of one tablet.

use super::keeper::with_keeper;
use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, lock, press, text_in, unlock};
use crate::harness::{Control, Page, Tab};

/// How many controls of the page somebody could change an answer with.
fn changeable(page: &Page) -> u64 {
    let count = page.script(
        "return [...document.querySelectorAll('main :is(.question, .visit) :is(input, textarea, select)')]
           .filter((one) => !one.matches(':disabled, :read-only') || one.matches(':not(:disabled):is(select, [type=radio], [type=checkbox])'))
           .length",
    );
    count.as_u64().unwrap()
}

fn is_read_only(page: &Page) -> bool {
    !page.all("[data-saved=read-only]").is_empty()
}

/// Opens another tab, in which Li unlocks and can only read what the first one writes. The tabs, the first one first.
fn second_tab(page: &Page) -> [Tab; 2] {
    let first = page.this_tab();
    let second = page.new_tab();
    page.goto("#/unlock");
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("it is read only here", || is_read_only(page));
    [first, second]
}

/// Tries to type into the first text question as somebody at the keyboard would.
fn try_to_type(page: &Page) {
    page.script(&format!("document.querySelector('{TEXT}').focus()"));
    page.keys("not here");
}

#[test]
fn a_second_tab_reads_and_can_take_over() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "first");
    let [first, second] = second_tab(&page);
    assert_eq!(text_in(&page), "first");
    try_to_type(&page);
    assert_eq!((text_in(&page).as_str(), changeable(&page)), ("first", 0));
    for section in 1..=11 {
        page.goto(&format!("#/fill/new-resident-household/{section}"));
        page.css("#heading");
        assert_eq!(changeable(&page), 0, "section {section}");
    }
    page.goto("#/review/new-resident-household");
    assert!(
        !page.find("button", "Finish and see the needs").is_enabled(),
        "it can be finished where it cannot be written"
    );
    page.goto(FORM);
    page.go_to_tab(&first);
    answer(&page, " and more");
    page.go_to_tab(&second);
    page.find("button", "Take it over").click();
    page.wait_for("what the other tab wrote is here", || text_in(&page) == "first and more");
    page.wait_for("it can be changed", || changeable(&page) > 0);
    answer(&page, ", taken over");
    page.go_to_tab(&first);
    page.wait_for("the first tab is read only", || is_read_only(&page));
    page.wait_for("its controls too", || changeable(&page) == 0);
    try_to_type(&page);
    assert_eq!(text_in(&page), "first and more");
    // Back again: whoever writes is never two.
    page.find("button", "Take it over").click();
    page.wait_for("all of it is here", || text_in(&page) == "first and more, taken over");
    answer(&page, ", and back");
    page.go_to_tab(&second);
    page.wait_for("the second tab is read only again", || is_read_only(&page) && changeable(&page) == 0);
    page.find("button", "中文").click();
    page.wait_for("it is said in Chinese", || {
        page.texts("[data-saved=read-only]").iter().any(|text| text.contains("在这里只能查看"))
    });
    page.assert_no_faults();
}

/// Opens what the cards of the list of interviews hold, and the box of the first one's name.
fn name_box(page: &Page) -> Control<'_> {
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.css("main article input.box")
}

#[test]
fn a_name_that_cannot_be_noted_is_told_and_one_that_can_needs_no_other_touch() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "first");
    let [first, _] = second_tab(&page);
    name_box(&page).send("Ma Lan");
    page.wait_for("it is told", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("Another tab has this interview open"))
    });
    assert_eq!(page.texts("main article h2"), ["Nobody named yet"]);
    assert_eq!(page.css("main article input.box").value(), "Ma Lan", "what was typed stands there still");
    page.go_to_tab(&first);
    // Nobody leaves the box: it is noted, and the next letters are too.
    name_box(&page).send("Ma Lan ");
    page.wait_for("the name", || page.texts("main article h2") == ["Ma Lan"]);
    page.css("main article input.box").send("Ying");
    page.wait_for("the whole name", || page.texts("main article h2") == ["Ma Lan Ying"]);
    assert!(page.all("main [role=alert]").is_empty());
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(name_box(&page).value(), "Ma Lan Ying");
    page.assert_no_faults();
}

#[test]
fn what_is_locked_in_one_tab_is_locked_in_all() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    let [first, second] = second_tab(&page);
    page.go_to_tab(&first);
    // The last letters in the one tab, and the button in the other: nothing waits for them to be kept.
    page.css(TEXT).send("seen in the first tab");
    page.go_to_tab(&second);
    lock(&page);
    page.go_to_tab(&first);
    page.wait_for("the first tab is locked too", || {
        page.texts("#heading") == ["Who works on this tablet?"] && !page.all("main .choice").is_empty()
    });
    let shown = page.script("return document.documentElement.outerHTML");
    assert!(!shown.as_str().unwrap().contains("seen in the first tab"));
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "seen in the first tab");
    page.assert_no_faults();
}

#[test]
fn an_interview_that_was_removed_in_another_tab_is_not_called_saved() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "first");
    let [first, _] = second_tab(&page);
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.script("document.querySelector('main article .button-danger').click()");
    press(&page, "Yes, remove it");
    page.wait_for("it is gone", || page.all("main article").is_empty());
    page.go_to_tab(&first);
    page.css(TEXT).send(", and more");
    page.wait_for("it is told that nothing is kept", || !page.all("[data-saved=not]").is_empty());
    let told = page.texts("[data-saved=not]").join(" ");
    assert!(told.contains("removed in another tab"), "{told}");
    page.find("button", "中文").click();
    page.wait_for("it is said in Chinese", || {
        page.texts("[data-saved=not]").iter().any(|text| text.contains("在另一个标签页"))
    });
}

#[test]
fn a_tab_writes_nothing_of_what_another_has_removed_or_given_away() {
    let page = Page::open();
    let told = with_keeper(
        &page,
        "
        const passphrase = 'three old bridges';
        const enter = async (by, name) => (await by.told({ Create: { name, passphrase, station: null } })).Unlocked.worker;
        const begin = async () => (await keeper.told({ Begin: { head, bundle: 'a bundle', line: header } })).Begun;
        const keeper = new Keeper(), other = new Keeper(), third = new Keeper();
        const worker = await enter(keeper, 'Li'), wang = await enter(third, 'Wang');
        await other.told({ Unlock: { worker, passphrase } });
        const [removed, given, left] = [await begin(), await begin(), await begin()];
        const id = 'a'.repeat(32);
        const writes = (draft) => [
          { Append: { draft, first: 1, lines: [line(1)], head } },
          { Note: { draft, head: { ...head, section: 2 } } },
          { KeepProfile: { draft, profile: '{}', head } },
          { Attach: { draft, attachment: id, bytes: btoa('x'.repeat(30)) } },
        ];
        let tried = 0;
        const refused = async (asks, why) => {
          const before = await dump();
          for (const ask of asks) {
            const answer = await keeper.ask(ask);
            if (answer.Err !== why) throw new Error(`${JSON.stringify(ask).slice(0, 60)}: ${JSON.stringify(answer)}`);
            if (await dump() !== before) throw new Error(`${JSON.stringify(ask).slice(0, 60)}: something was written`);
            tried += 1;
          }
        };
        for (const ask of [removed, given, left].flatMap(writes)) await keeper.told(ask);
        await other.told({ Remove: { draft: removed } });
        await refused(writes(removed), 'not-found');
        await other.told({ HandOver: { draft: given, to: wang } });
        // Until Wang has taken it, it is Li's.
        await keeper.told({ Append: { draft: given, first: 2, lines: [line(2)], head } });
        const { received } = (await third.told({ Unlock: { worker: wang, passphrase } })).Unlocked;
        await refused(writes(given), 'of-another');
        const now = (await third.told({ Open: { draft: given, take_over: true } })).Opened;
        await third.told({ Append: { draft: given, first: now.next, lines: [line(3)], head } });
        await other.told({ Wipe: { worker } });
        await refused([
          ...writes(left),
          { Begin: { head, bundle: 'another bundle', line: header } },
          { KeepItem: { shelf: 'outbox', id, text: 'waits' } },
          { BackUp: { made: head.began } },
          { ChangePassphrase: { old: passphrase, new: 'four new bridges' } },
        ], 'not-found');
        const found = (await third.told({ Open: { draft: given, take_over: false } })).Opened;
        return [tried, received, found.lines.length, found.damaged.length];",
    );
    assert_eq!(told, serde_json::json!([16, 1, 4, 0]));
}

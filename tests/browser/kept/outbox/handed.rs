//! An interview that is handed over after it was sent, or while it waits: whoever has it takes it back, and sends it. And
//! one that is on two tablets.

use serde_json::json;

use super::agency::{Agency, collector};
use super::ids::change;
use super::{enter_secret, headings, interview, no_network, open, open_tokens, outbox, states};
use crate::harness::Page;
use crate::kept::backup::{back_up, restore};
use crate::kept::{PASSPHRASE, enter, lock, unlock};

const SEND: &str = "Send Ma Lan, A short talk";
const BACK: &str = "Take back: the person no longer consents: Ma Lan";

/// An agency, and a page on which Li works beside Wang.
fn two_workers() -> (Agency, Page) {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = open(&agency);
    lock(&page);
    enter(&page, "Wang", None);
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("Li's list", || page.texts("#heading") == ["My interviews"]);
    (agency, page)
}

fn hand_over_to_wang(page: &Page) {
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.find("button", "Hand over to Wang").click();
    page.find("button", "Yes, hand it over").click();
    page.wait_for("it is told", || {
        page.texts("main article [role=status]").iter().any(|text| text.contains("Wang gets it"))
    });
    lock(page);
    unlock(page, "Wang", PASSPHRASE);
    page.wait_for("Wang's list", || page.texts("main article h2") == ["Ma Lan"]);
}

/// What is said to have been sent before.
fn earlier(page: &Page) -> Vec<String> {
    page.script("for (const one of document.querySelectorAll('#outbox-earlier')) one.open = true");
    page.texts("#outbox-earlier article p")
}

#[test]
fn whoever_has_an_interview_takes_back_what_another_sent() {
    let (agency, page) = two_workers();
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    page.find("button", SEND).click();
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    assert!(earlier(&page).is_empty(), "what is on the list is told once");
    hand_over_to_wang(&page);

    // Wang sees where it went, and nothing of Li's outbox.
    outbox(&page);
    assert!(states(&page).is_empty(), "{:?}", states(&page));
    page.wait_for("where it went", || {
        earlier(&page).iter().any(|text| text == "Went, or may have gone, to: The agency")
    });
    assert!(!page.names("button").contains(&SEND.to_owned()), "it was sent");
    page.find("button", BACK).click();
    page.find("button", "Yes, take it back").click();
    page.wait_for("it waits for Wang's own token", || states(&page) == ["withdrawal waiting"]);
    assert_eq!(agency.received().0.len(), 1);
    enter_secret(&page, "collector", &agency.token());
    page.wait_for("it is taken back", || states(&page) == ["withdrawal sent"]);
    assert_eq!(agency.received(), (Vec::new(), 1));
    page.wait_for("it is told once", || earlier(&page).is_empty());
    page.goto("#/caseload");
    page.wait_for("the list says so", || {
        page.texts("main article").iter().any(|text| text.contains("Taken back"))
    });

    // Li's outbox says what it knows, and of Wang's nothing.
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("Li's list", || page.texts("#heading") == ["My interviews"]);
    outbox(&page);
    assert_eq!(states(&page), ["profile sent"]);
    assert!(earlier(&page).is_empty());
    page.assert_no_faults();
}

#[test]
fn what_waits_when_it_is_handed_over_is_sent_by_whoever_has_it() {
    let (agency, page) = two_workers();
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    no_network(&page);
    page.find("button", SEND).click();
    page.wait_for("it waits", || headings(&page) == ["Waiting, sent to nobody yet"]);
    hand_over_to_wang(&page);
    lock(&page);
    page.set_offline(false);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("Li's list", || page.texts("#heading") == ["My interviews"]);
    outbox(&page);
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(states(&page).is_empty(), "{:?}", states(&page));
    assert_eq!(agency.received(), (Vec::new(), 0), "what is Wang's now does not go from Li's outbox");
    lock(&page);
    unlock(&page, "Wang", PASSPHRASE);
    page.wait_for("Wang's list", || page.texts("main article h2") == ["Ma Lan"]);
    outbox(&page);
    // The token is typed while the profile is being made: nothing takes the focus from there.
    open_tokens(&page);
    page.script(&format!(
        "[...document.querySelectorAll('button')].find((one) => one.ariaLabel === '{SEND}').click();
         document.querySelector('#secret-collector').focus();"
    ));
    page.wait_for("it waits for its token", || states(&page) == ["profile waiting"]);
    assert_eq!(page.script("return document.activeElement.id"), "secret-collector");
    enter_secret(&page, "collector", &agency.token());
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    assert_eq!(agency.received().0.len(), 1);
    page.assert_no_faults();
}

#[test]
fn two_tablets_with_one_backup_overwrite_nothing_and_either_takes_back() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let first = open(&agency);
    interview(&first, "Ma Lan", "green");
    outbox(&first);
    enter_secret(&first, "collector", &agency.token());
    first.find("button", SEND).click();
    first.wait_for("it has arrived", || states(&first) == ["profile sent"]);
    let backup = back_up(&first);

    let arguments = agency.arguments();
    let second = Page::open_with(&agency.site(), &arguments.each_ref().map(String::as_str));
    restore(&second, &backup, PASSPHRASE);
    second.wait_for("it is restored", || {
        second.texts("[role=status]").iter().any(|text| text.contains("Restored interviews: 1"))
    });
    second.goto("#/unlock");
    unlock(&second, "Li", PASSPHRASE);
    second.wait_for("the list", || second.texts("main article h2") == ["Ma Lan"]);

    // Each changes what was sent: the second to arrive was made without having seen the first.
    change(&first, " tea");
    outbox(&first);
    first.find("button", SEND).click();
    first.wait_for("it has arrived", || states(&first) == ["profile sent", "profile sent"]);
    second.goto("#/caseload");
    second.find("button", "Open Ma Lan, A short talk").click();
    second.wait_for("the profile", || second.address().contains("#/profile/"));
    change(&second, " apples");
    outbox(&second);
    second.find("button", SEND).click();
    second.wait_for("it is refused", || states(&second) == ["profile refused", "profile sent"]);
    let answers: Vec<_> = agency.received().0.iter().map(|one| one["answers"]["tea"].clone()).collect();
    assert_eq!(answers, ["green", "green tea"]);

    // Taken back on one, nothing of it is left, and the other brings none of it back.
    second.script("[...document.querySelectorAll('#outbox-list article details')].pop().open = true");
    second.all("#outbox-list article:last-of-type details button")[0].click();
    second.find("button", "Yes, take it back").click();
    second.wait_for("it is taken back", || states(&second).contains(&"withdrawal sent".to_owned()));
    second.wait_for("nothing is left", || agency.received().0.is_empty());
    change(&first, ", please");
    outbox(&first);
    first.find("button", SEND).click();
    first.wait_for("it is refused", || states(&first)[0] == "profile refused");
    assert!(agency.received().0.is_empty());
}

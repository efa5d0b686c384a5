//! Under which id a profile leaves: the same as long as it has not, another one when it was changed afterwards, and never
//! as an amendment of what was taken back.

use serde_json::{Value, json};

use super::agency::{Agency, collector};
use super::{enter_secret, finish, interview, is_kept, no_network, open, outbox, states, take_back};
use crate::harness::Page;
use crate::kept::{PASSPHRASE, lock, unlock};

const SEND: &str = "Send Ma Lan, A short talk";

/// Downloads the profile that the page shows; `before` is how often that was done before.
fn download(page: &Page, before: usize) -> (Vec<u8>, Value) {
    page.goto("#/profile/short");
    page.find("button", "Download the profile").click();
    let bytes = page.downloaded_after("profile-short-*.json", before);
    let profile = serde_json::from_slice(&bytes).unwrap();
    (bytes, profile)
}

/// Adds to the second answer, and finishes again.
pub(super) fn change(page: &Page, more: &str) {
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send(more);
    page.wait_for("it is kept", || is_kept(page));
    finish(page);
}

fn come_back(page: &Page) {
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
}

#[test]
fn an_id_is_kept_until_something_else_is_said() {
    let agency = Agency::new(&json!([]));
    let page = open(&agency);
    interview(&page, "Ma Lan", "green");
    change(&page, " te");
    // It had not left yet: nothing is amended.
    let (first, profile) = download(&page, 0);
    let id = profile["profile_id"].as_str().unwrap().to_owned();
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(profile["supersedes"], Value::Null);

    // Finished again as it is, in another language, and after it was locked, it is the same to the byte.
    finish(&page);
    assert!(download(&page, 1).0 == first, "finished again");
    page.find("button", "中文").click();
    page.wait_for("the language", || page.css("html").attribute("lang").as_deref() == Some("zh-CN"));
    page.find("button", "English").click();
    come_back(&page);
    assert!(download(&page, 2).0 == first, "locked and opened");

    change(&page, "a");
    let (_, amended) = download(&page, 3);
    assert_eq!(amended["answers"]["tea"], "green tea");
    assert_ne!(amended["profile_id"], profile["profile_id"]);
    assert_eq!(amended["supersedes"], profile["profile_id"]);
    page.assert_no_faults();
}

#[test]
fn what_was_taken_back_is_amended_by_nothing() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = open(&agency);
    interview(&page, "Ma Lan", "green");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    page.find("button", SEND).click();
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    change(&page, " tea");
    outbox(&page);
    page.find("button", SEND).click();
    page.wait_for("the amendment has arrived", || states(&page) == ["profile sent", "profile sent"]);
    let before: Vec<Value> = agency.received().0.iter().map(|one| one["profile_id"].clone()).collect();
    take_back(&page);
    let gone = ["withdrawal sent", "withdrawal sent", "profile sent", "profile sent"];
    page.wait_for("both are taken back", || states(&page) == gone);
    assert!(agency.received().0.is_empty());

    // As it stands it is not sent again, and the list says why.
    assert!(!page.names("button").contains(&SEND.to_owned()));
    page.goto("#/caseload");
    page.wait_for("the list says so", || {
        page.texts("main article").iter().any(|text| text.contains("Taken back"))
    });
    come_back(&page);
    finish(&page);
    outbox(&page);
    assert!(!page.names("button").contains(&SEND.to_owned()), "{:?}", page.names("button"));

    // What is said afterwards is a profile of its own: the collector takes no amendment of what was taken back.
    change(&page, ", please");
    outbox(&page);
    page.find("button", SEND).click();
    page.wait_for("it has arrived", || states(&page).first().is_some_and(|one| one == "profile sent"));
    let (after, _) = agency.received();
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["answers"]["tea"], "green tea, please");
    assert!(after[0].get("supersedes").is_none_or(Value::is_null), "{}", after[0]["supersedes"]);
    assert!(!before.contains(&after[0]["profile_id"]));
    page.assert_no_faults();
}

#[test]
fn what_waits_without_a_network_does_not_leave_once_it_is_taken_back() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = open(&agency);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    no_network(&page);
    page.find("button", SEND).click();
    page.wait_for("that there is no network", || {
        page.texts("#outbox-list article p").iter().any(|text| text.contains("There was no network"))
    });
    take_back(&page);
    page.wait_for("nothing waits", || states(&page).is_empty());
    page.set_offline(false);
    page.goto("#/caseload");
    outbox(&page);
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(agency.received(), (Vec::new(), 0));
    page.assert_no_faults();
}

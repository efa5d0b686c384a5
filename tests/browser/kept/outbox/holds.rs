//! What waited for a network goes only if it still says what was said, and the person still agrees.

use std::time::Duration;

use serde_json::json;

use super::agency::{Agency, collector};
use super::{enter_secret, finish, interview, is_kept, no_network, open, outbox, states, take_back};
use crate::harness::{Engine, Page};
use crate::kept::{PASSPHRASE, lock, unlock};

const SEND: &str = "Send Ma Lan, A short talk";

/// An interview that waits in the outbox, because there is no network.
fn waits(agency: &Agency) -> Page {
    let page = open(agency);
    interview(&page, "Ma Lan", "green");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    no_network(&page);
    page.find("button", SEND).click();
    page.wait_for("that there is no network", || says(&page, "There was no network"));
    page
}

fn says(page: &Page, words: &str) -> bool {
    page.texts("#outbox-list article p").iter().any(|text| text.contains(words))
}

#[test]
fn what_is_being_changed_waits_until_it_is_sent_again() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = waits(&agency);
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send(" tea");
    page.wait_for("it is kept", || is_kept(&page));
    page.set_offline(false);
    outbox(&page);
    page.wait_for("it is held back", || {
        says(&page, "Held back on this tablet") && says(&page, "changed after this was put in")
    });
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!((states(&page), agency.received()), (vec!["profile waiting".to_owned()], (Vec::new(), 0)));

    finish(&page);
    outbox(&page);
    page.find("button", SEND).click();
    page.wait_for("both have arrived, in their order", || states(&page) == ["profile sent", "profile sent"]);
    let (now, _) = agency.received();
    let last = now.iter().find(|one| one["supersedes"].is_string()).expect("an amendment");
    assert_eq!(last["answers"]["tea"], "green tea");
    page.assert_no_faults();
}

#[test]
fn what_the_person_does_not_agree_to_any_more_stays() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = waits(&agency);
    // Locked first: an open page would send it the moment there is a network.
    lock(&page);
    page.set_offline(false);
    agency.asks_consent_for_care();
    page.reload();
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
    outbox(&page);
    page.wait_for("it is held back", || says(&page, "consent no longer covers this"));
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!((states(&page), agency.received()), (vec!["profile waiting".to_owned()], (Vec::new(), 0)));
    page.assert_no_faults();
}

#[test]
fn what_another_tab_has_sent_meanwhile_is_taken_back_there() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = waits(&agency);
    let first = page.this_tab();
    let second = page.new_tab();
    page.goto("#/unlock");
    page.set_offline(true);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
    outbox(&page);
    page.wait_for("it waits here too", || states(&page) == ["profile waiting"]);

    page.go_to_tab(&first);
    page.set_offline(false);
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    assert_eq!(agency.received().0.len(), 1);

    page.go_to_tab(&second);
    // What this tab believes to wait is tried here too, without a network: it has left all the same. In Firefox the network
    // is that of all tabs, and this one may know already.
    if let Some(again) = page.all("#outbox-list article > .button-second").first() {
        again.click();
    }
    page.wait_for("it is told that it has arrived", || states(&page) == ["profile sent"]);
    take_back(&page);
    page.wait_for("it is told that it arrived", || {
        let states = states(&page);
        // In Firefox the network is that of all tabs: what takes it back may have gone already.
        let gone = Engine::chosen() == Engine::Firefox && states == ["withdrawal sent", "profile sent"];
        gone || states == ["withdrawal waiting", "profile sent"]
    });
    page.set_offline(false);
    page.wait_for("it is taken back", || states(&page) == ["withdrawal sent", "profile sent"]);
    assert!(agency.received().0.is_empty());
    page.assert_no_faults();
}

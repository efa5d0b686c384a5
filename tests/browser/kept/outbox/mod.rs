//! What leaves the tablet: from a finished interview into the database of a real collector, over a network that is not
//! always there and not always what it seems.

mod agency;
mod elsewhere;
mod handed;
mod holds;
mod ids;

use std::fs;

use serde_json::json;

use super::{PASSPHRASE, enter, is_kept, lock, unlock};
use crate::harness::{Feature, Page, lacks};
pub(crate) use agency::{Agency, OwnForm, collector};

fn open(agency: &Agency) -> Page {
    let arguments = agency.arguments();
    let page = Page::open_with(&agency.site(), &arguments.each_ref().map(String::as_str));
    enter(&page, "Li", None);
    page
}

/// An interview from its first question to its profile.
pub(crate) fn interview(page: &Page, name: &str, likes: &str) {
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[0].send(name);
    // Nothing here must be answered: what is counted are the questions.
    page.wait_for("how far it is", || page.texts(".progress-label")[0] == "1 of 2 questions");
    assert!(page.all(".section-link .count").is_empty());
    page.all(".question input.box")[1].send(likes);
    page.wait_for("it is kept", || is_kept(page));
    finish(page);
}

pub(crate) fn finish(page: &Page) {
    page.goto("#/review/short");
    page.find("button", "Finish and see the needs").click();
    page.wait_for("the profile", || page.address().contains("#/profile/"));
    page.wait_for("it is kept", || !page.all("main").is_empty());
}

pub(crate) fn outbox(page: &Page) {
    page.goto("#/outbox");
    page.wait_for("the outbox", || {
        page.texts("#heading") == ["Outbox"] && !page.all("#outbox-list").is_empty()
    });
}

/// Opens the boxes of tokens.
fn open_tokens(page: &Page) {
    page.script("for (const one of document.querySelectorAll('main > details')) one.open = true");
}

pub(crate) fn enter_secret(page: &Page, id: &str, value: &str) {
    open_tokens(page);
    page.css(&format!("#secret-{id}")).send(value);
    let save = format!(
        "document.querySelector('#secret-{id}').closest('.token').querySelector('.with-state button').click()"
    );
    page.script(&save);
    page.wait_for("it is kept", || page.css(&format!("#secret-{id}")).value().is_empty());
}

/// Takes the network away from an outbox that is open, and waits until it is told: what it says moves what is below it.
pub(crate) fn no_network(page: &Page) {
    page.set_offline(true);
    page.wait_for("that it is told", || {
        page.texts("main > .panel-info").iter().any(|text| text.contains("There is no network."))
    });
}

/// Takes the newest back: it asks twice.
fn take_back(page: &Page) {
    page.script("document.querySelector('#outbox-list article details').open = true");
    page.all("#outbox-list article details button")[0].click();
    page.find("button", "Yes, take it back").click();
}

/// How the items of the outbox stand, the newest first.
pub(crate) fn states(page: &Page) -> Vec<String> {
    let all = page.script(
        "return [...document.querySelectorAll('#outbox-list article')].map((one) => one.dataset.kind + ' ' + one.dataset.state)",
    );
    serde_json::from_value(all).expect("states")
}

/// Under which headings the items of the outbox stand.
fn headings(page: &Page) -> Vec<String> {
    page.texts("#outbox-list h3")
}

#[test]
fn a_finished_interview_arrives_once_is_amended_and_is_taken_back() {
    let agency = Agency::new(&json!([
        collector("agency", "The agency", "care", "agency", "profile"),
        collector("school", "The school", "school", "school", "profile"),
    ]));
    let page = open(&agency);
    interview(&page, "Ma Lan", "green");
    outbox(&page);
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("it waits for its token", || {
        page.texts("#outbox-list article p").iter().any(|text| text.contains("The token is not entered yet"))
    });
    assert_eq!(headings(&page), ["Needs you"]);
    page.wait_for("who does not get it", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("The school: does not get it"))
    });
    assert_eq!(page.texts("main .panel-list > summary h2")[0], "Not for everybody: 1");
    // With its token it goes by itself.
    enter_secret(&page, "collector", &agency.token());
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    assert_eq!(headings(&page), ["Has arrived wherever it was to go"]);
    let (profiles, _) = agency.received();
    assert_eq!(profiles.len(), 1);
    assert_eq!(profiles[0]["answers"], json!({"full_name": "Ma Lan", "tea": "green"}));
    page.goto("#/caseload");
    page.wait_for("the list says so", || page.texts("main article").iter().any(|text| text.contains("Sent")));

    // Changed and finished again, it amends what was sent.
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send(" tea");
    page.wait_for("it is kept", || is_kept(&page));
    finish(&page);
    outbox(&page);
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("both have arrived", || states(&page) == ["profile sent", "profile sent"]);
    let (profiles, _) = agency.received();
    assert_eq!(profiles[1]["answers"]["tea"], "green tea");
    assert_eq!(profiles[1]["supersedes"], profiles[0]["profile_id"]);

    // Taken back, nothing of it is left there; and everything is still in the outbox after the page was locked.
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
    outbox(&page);
    take_back(&page);
    page.wait_for("the withdrawal has arrived", || {
        states(&page).first().is_some_and(|one| one == "withdrawal sent")
    });
    let (profiles, gone) = agency.received();
    assert_eq!((profiles.len(), gone), (0, 2));
    page.assert_no_faults();
}

#[test]
fn what_may_not_be_told_stays_and_the_rest_goes_signed() {
    let agency = Agency::new(&json!([collector("clinic", "The clinic", "share", "clinic", "json")]));
    let page = open(&agency);
    agency.intake(&["key", "station.pem"]);
    agency.intake(&["token", "--data", "data", "--station", "st01", "--add-key", "station.pem.pub"]);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("it says what is missing", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("signing key"))
    });
    let pem = fs::read_to_string(agency.folder.join("station.pem")).unwrap();
    enter_secret(&page, "signing-key", &pem.replace('\n', " "));
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    let (documents, _) = agency.received();
    assert_eq!(documents[0]["profile"]["redacted"], true);
    assert!(documents[0]["withheld"].as_u64().unwrap() > 0);
    assert!(!documents[0].to_string().contains("Ma Lan") && !documents[0].to_string().contains("green"));
    page.assert_no_faults();
}

#[test]
fn no_network_a_portal_and_a_refusal_are_told_and_outlived() {
    if lacks(Feature::Restart) {
        return;
    }
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let mut page = open(&agency);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "collector", &agency.token());
    // The page of a guest network answers everything with a success.
    page.script(
        "window.real = window.fetch;
         window.fetch = async () => new Response('<html>Welcome</html>', { status: 200, headers: { 'content-type': 'text/html' } });",
    );
    page.find("button", "Send Ma Lan, A short talk").click();
    let told =
        |page: &Page, text: &str| page.texts("#outbox-list article p").iter().any(|one| one.contains(text));
    page.wait_for("the portal is told", || told(&page, "Somebody else answered"));
    assert_eq!(states(&page), ["profile waiting"]);
    assert!(told(&page, "To be tried again"));
    page.script("window.fetch = window.real");
    no_network(&page);
    page.find("button", "Try again now: Ma Lan, Profile · The agency").click();
    page.wait_for("that there is no network", || told(&page, "There was no network"));
    assert_eq!(headings(&page), ["Waiting, sent to nobody yet"]);
    assert_eq!(agency.received().0.len(), 0);
    // It waits through the end of the browser, and goes by itself when there is a network.
    page.close();
    page.reopen("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
    assert_eq!(agency.received().0.len(), 0);
    outbox(&page);
    page.wait_for("it has arrived", || states(&page) == ["profile sent"]);
    assert_eq!(agency.received().0.len(), 1);
    page.set_offline(true);
    page.set_offline(false);

    // A token that is no longer known is told, and a thing can be taken out by hand.
    agency.intake(&["token", "--data", "data", "--station", "st01", "--revoke"]);
    page.goto("#/caseload");
    page.find("link", "New interview").click();
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send("!");
    page.wait_for("it is kept", || is_kept(&page));
    finish(&page);
    outbox(&page);
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("that the token is none", || told(&page, "The token is not known there"));
    page.script("document.querySelector('#outbox-list article details').open = true");
    page.find("button", "Take out: Ma Lan, Amended profile · The agency").click();
    page.find("button", "Yes, take it out").click();
    page.wait_for("it is gone", || states(&page) == ["profile sent"]);
    page.close();
    page.reopen("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("what was open last", || page.address().contains("#/profile/"));
    outbox(&page);
    assert_eq!(states(&page), ["profile sent"], "what was taken out stays out");
}

#[test]
fn nothing_is_sent_while_an_interview_is_filled_in() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = open(&agency);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    no_network(&page);
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("it waits", || states(&page) == ["profile waiting"]);
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.set_offline(false);
    // The page fetches its own second check in the first pause that it is left.
    let requests = || {
        page.script(
            "return performance.getEntriesByType('resource').map((one) => one.name)
                 .filter((name) => !name.startsWith(`${location.origin}/intake-worker`))",
        )
    };
    let before = requests();
    page.all(".question input.box")[1].send(", with milk");
    page.wait_for("it is kept", || is_kept(&page));
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(requests(), before);
    page.assert_no_faults();
}

#[test]
fn an_interview_that_was_removed_holds_nothing_up() {
    let agency = Agency::new(&json!([collector("agency", "The agency", "care", "agency", "profile")]));
    let page = open(&agency);
    let send = |name: &str, all: usize| {
        interview(&page, name, "green tea");
        outbox(&page);
        page.find("button", &format!("Send {name}, A short talk")).click();
        page.wait_for("it waits for its token", || states(&page).len() == all);
    };
    send("Ma Lan", 1);
    page.goto("#/caseload");
    page.wait_for("the list", || page.all("main article").len() == 1);
    page.script("document.querySelector('main article details').open = true");
    page.wait_for("what becomes of that is said", || {
        page.texts("main article .hint").iter().any(|text| text.contains("goes all the same"))
    });
    page.find("button", "Remove this interview").click();
    page.find("button", "Yes, remove it").click();
    page.wait_for("it is gone", || page.all("main article").is_empty());
    send("Wang Fu", 2);
    enter_secret(&page, "collector", &agency.token());
    page.wait_for("both have arrived", || states(&page) == ["profile sent", "profile sent"]);
    page.assert_no_faults();
}

//! A collector on another server than the page's.

use serde_json::{Value, json};

use super::agency::{Agency, collector};
use super::{enter_secret, headings, interview, is_kept, outbox, states};
use crate::harness::{Feature, Page, Server, lacks};
use crate::kept::enter;

#[test]
fn a_collector_elsewhere_takes_from_the_pages_that_it_names_and_from_no_others() {
    let (agency, stranger) = (Agency::new(&json!([])), Agency::new(&json!([])));
    let port = Server::free_port();
    let origin = format!("http://127.0.0.1:{port}");
    let serve = |agency: &Agency, more: &[&str]| {
        let arguments = agency.arguments();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        Server::start_with(&agency.site(), 0, &arguments)
    };
    let known = serve(&agency, &["--allow-origin", &origin]);
    let unknown = serve(&stranger, &[]);
    let at = |server: &Server, id: &str, title: &str| {
        let mut destination = collector(id, title, "care", "agency", "profile");
        destination["address"] = json!(format!("{}api/v1/profiles", server.address));
        destination["authentication"]["secret"] = json!(id);
        destination
    };
    let origins = [&known, &unknown].map(|server| server.address.trim_end_matches('/').to_owned());
    let destinations = json!([at(&known, "known", "The county"), at(&unknown, "unknown", "Elsewhere")]);
    agency.reaches(&destinations, &origins);

    let page = Page::open_at(&agency.site(), port);
    enter(&page, "Li", None);
    interview(&page, "Ma Lan", "green tea");
    outbox(&page);
    enter_secret(&page, "known", &agency.token());
    enter_secret(&page, "unknown", &stranger.token());
    page.find("button", "Send Ma Lan, A short talk").click();
    page.wait_for("one has arrived, the other has not", || {
        let mut states = states(&page);
        states.sort();
        states == ["profile sent", "profile waiting"]
    });
    page.wait_for("it says so", || {
        page.texts("#outbox-list article p").iter().any(|text| text.contains("No answer came"))
    });
    assert_eq!(headings(&page), ["Sent to some, not yet to all"]);
    let (profiles, _) = agency.received();
    assert_eq!(profiles.len(), 1);
    assert_eq!(profiles[0]["answers"]["tea"], "green tea");
    if !lacks(Feature::Preflight) {
        assert_eq!(stranger.received(), (Vec::<Value>::new(), 0), "nothing was sent at all");
    }

    // The tablet cannot tell that from an answer that was lost: held back from now on, it may be there already.
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send("!");
    page.wait_for("it is kept", || is_kept(&page));
    outbox(&page);
    page.find("button", "Try again now: Ma Lan, Profile · Elsewhere").click();
    page.wait_for("it is held back, and may be there", || {
        let said = page.texts("#outbox-list article p");
        ["Held back on this tablet", "An earlier try may have arrived there"]
            .iter()
            .all(|words| said.iter().any(|text| text.contains(words)))
    });
}

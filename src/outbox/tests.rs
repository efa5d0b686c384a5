//! The outbox driven as by a tablet: a storage that may end at any moment, and a network that does what it is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, VecDeque};

use super::*;
use crate::diagnostic::SourceId;
use crate::value::Word;

/// What survives the end of the program.
#[derive(Default)]
struct Disk(BTreeMap<Key, Item>);

impl Storage for Disk {
    type Error = ();

    async fn keep(&mut self, change: Change) -> Result<(), ()> {
        match change {
            Change::Put(item) => drop(self.0.insert(item.key.clone(), *item)),
            Change::Remove(key) => drop(self.0.remove(&key)),
        }
        Ok(())
    }
}

/// Answers in turn, and what was asked.
#[derive(Default)]
struct Network {
    answers: VecDeque<Result<Answer, Failure>>,
    asked: Vec<Request>,
}

impl Transport for Network {
    async fn send(&mut self, request: &Request) -> Result<Answer, Failure> {
        self.asked.push(request.clone());
        self.answers.pop_front().unwrap_or(Err(Failure::Offline))
    }
}

fn destination() -> Destination {
    let text = r#"{"destinations": [{
        "id": "city", "address": "https://city.example/api/{profile_id}", "purpose": "case_service", "recipient": "case_system",
        "authentication": {"kind": "bearer", "secret": "city"},
        "success": {"status": [200, 201], "content_type": "application/json", "echo": "/profile_id",
                    "word": {"at": "/status", "one_of": ["accepted", "duplicate"]}},
        "refused": {"status": [409, 422], "code": "/error/code", "reason": "/error/message"}}]}"#;
    let (mut read, faults) = read_destinations(text, SourceId(0));
    assert_eq!(faults, []);
    read.remove(0)
}

fn key(id: &str, kind: Kind) -> Key {
    Key { destination: "city".into(), profile_id: id.into(), kind: Word(kind) }
}

fn json(status: u16, body: &str) -> Result<Answer, Failure> {
    let content_type = Some("application/json; charset=utf-8".to_owned());
    Ok(Answer { status, content_type, retry_after: None, body: body.as_bytes().to_vec() })
}

fn accepted(id: &str) -> Result<Answer, Failure> {
    json(201, &format!(r#"{{"profile_id": "{id}", "status": "accepted"}}"#))
}

struct Tablet {
    outbox: Outbox,
    disk: Disk,
    network: Network,
    now: i64,
}

impl Tablet {
    fn new() -> Self {
        Self { outbox: Outbox::default(), disk: Disk::default(), network: Network::default(), now: 1_000 }
    }

    fn add(&mut self, id: &str, kind: Kind, supersedes: Option<&str>) -> Added {
        let body = format!("{{\"profile_id\":\"{id}\"}}").into_bytes();
        let supersedes = supersedes.map(str::to_owned);
        let (added, changes) = self.outbox.add(key(id, kind), supersedes, "application/json", body, self.now);
        for change in changes {
            settled(self.disk.keep(change)).unwrap();
        }
        added
    }

    fn step(&mut self, answer: Result<Answer, Failure>) -> Step {
        self.network.answers.push_back(answer);
        let now = self.now;
        let secrets = |name: &str| (name == "city").then(|| "s3cret".to_owned());
        let step = settled(send_next(
            &mut self.outbox,
            &[destination()],
            &secrets,
            &mut self.disk,
            &mut self.network,
            &mut || now,
        ))
        .unwrap();
        if step == Step::Idle(self.outbox.next_at()) {
            self.network.answers.pop_back();
        }
        step
    }

    fn restart(&mut self) {
        self.outbox = Outbox::load(self.disk.0.values().cloned());
    }

    fn state(&self, id: &str) -> &State {
        &self.outbox.item(&key(id, Kind::Profile)).unwrap().state
    }

    fn trouble(&self, id: &str) -> Option<Trouble> {
        self.outbox.item(&key(id, Kind::Profile)).unwrap().trouble.map(|trouble| trouble.0)
    }
}

#[test]
fn what_is_sent_bears_the_id_and_the_secret() {
    let mut tablet = Tablet::new();
    assert_eq!(tablet.add("p 1", Kind::Profile, None), Added::Queued);
    tablet.step(accepted("p 1"));
    assert_eq!(*tablet.state("p 1"), State::Sent { at: 1_000 });
    let request = &tablet.network.asked[0];
    assert_eq!(request.address, "https://city.example/api/p%201");
    for (name, value) in [
        ("idempotency-key", "p%201"),
        ("authorization", "Bearer s3cret"),
        ("content-type", "application/json"),
    ] {
        assert!(request.headers.contains(&(name.to_owned(), value.to_owned())), "{request:?}");
    }
    assert_eq!(tablet.add("p 1", Kind::Profile, None), Added::Already);
    assert!(tablet.disk.0[&key("p 1", Kind::Profile)].body.is_empty(), "what arrived is not kept");
}

#[test]
fn a_page_of_a_captive_portal_is_no_success() {
    let html = Answer {
        status: 200,
        content_type: Some("text/html".into()),
        retry_after: None,
        body: b"<html>Welcome to the guest network</html>".to_vec(),
    };
    let portals = [
        Ok(html.clone()),
        Ok(Answer { status: 302, ..html.clone() }),
        Ok(Answer { status: 422, ..html.clone() }),
        Ok(Answer { status: 403, ..html.clone() }),
        Ok(Answer { content_type: Some("application/json".into()), ..html }),
        json(200, r#"{"profile_id": "another", "status": "accepted"}"#),
        json(200, r#"{"profile_id": "p", "status": "queued"}"#),
        json(200, "{}"),
    ];
    for portal in portals {
        let mut tablet = Tablet::new();
        tablet.add("p", Kind::Profile, None);
        tablet.step(portal.clone());
        assert_eq!(*tablet.state("p"), State::Waiting, "{portal:?}");
        assert_eq!(tablet.trouble("p"), Some(Trouble::NotTheDestination), "{portal:?}");
        tablet.now = tablet.outbox.next_at().unwrap();
        tablet.step(accepted("p"));
        assert!(matches!(tablet.state("p"), State::Sent { .. }));
    }
}

#[test]
fn every_kind_of_trouble_is_tried_again_and_a_refusal_is_not() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    for (answer, trouble) in [
        (Err(Failure::Offline), Trouble::Offline),
        (Err(Failure::NoAnswer), Trouble::NoAnswer),
        (json(401, "{}"), Trouble::Unauthorized),
        (json(429, "{}"), Trouble::Busy),
        (json(500, "{}"), Trouble::ServerError),
        (json(418, "{}"), Trouble::Unexpected),
    ] {
        tablet.step(answer);
        assert_eq!((tablet.state("p"), tablet.trouble("p")), (&State::Waiting, Some(trouble)));
        assert_eq!(tablet.step(accepted("p")), Step::Idle(tablet.outbox.next_at()), "not before its time");
        tablet.now = tablet.outbox.next_at().unwrap();
    }
    tablet.step(json(422, r#"{"error": {"code": "verify.mismatch", "message": "no"}}"#));
    let refused = State::Refused { code: "verify.mismatch".into(), reason: Some("no".into()) };
    assert_eq!((tablet.state("p"), tablet.outbox.next_at()), (&refused, None));
    let retried = tablet.outbox.retry(&key("p", Kind::Profile), tablet.now);
    assert_eq!(retried.len(), 1);
    tablet.step(accepted("p"));
    assert!(matches!(tablet.state("p"), State::Sent { .. }));
}

#[test]
fn a_program_that_ends_while_sending_sends_again() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    for change in tablet.outbox.begun(&key("p", Kind::Profile)) {
        settled(tablet.disk.keep(change)).unwrap();
    }
    tablet.restart();
    assert_eq!(*tablet.state("p"), State::Waiting);
    tablet.step(json(200, r#"{"profile_id": "p", "status": "duplicate"}"#));
    assert!(matches!(tablet.state("p"), State::Sent { .. }));
    tablet.restart();
    assert_eq!(tablet.step(accepted("p")), Step::Idle(None), "nothing is sent twice");
}

#[test]
fn amendments_go_after_what_they_amend_and_what_is_taken_back_does_not_go_again() {
    let mut tablet = Tablet::new();
    tablet.add("old", Kind::Profile, None);
    tablet.add("new", Kind::Profile, Some("old"));
    tablet.step(Err(Failure::NoAnswer));
    assert_eq!(
        tablet.step(accepted("new")),
        Step::Idle(tablet.outbox.next_at()),
        "the new one waits for the old one"
    );
    assert_eq!(tablet.add("old", Kind::Withdrawal, None), Added::Queued, "it may have arrived");
    let order: Vec<Step> = ["new", "old"].map(|id| tablet.step(accepted(id))).into();
    let tried = |id, kind| Step::Tried(key(id, kind));
    assert_eq!(order, [tried("new", Kind::Profile), tried("old", Kind::Withdrawal)]);
    assert_eq!(
        tablet.network.asked[2].headers[0].1, "old#withdrawal",
        "another thing to do under the same id"
    );
    assert_eq!(tablet.step(accepted("old")), Step::Idle(None), "its answers do not go again");
    tablet.restart();
    assert_eq!(tablet.step(accepted("old")), Step::Idle(None));
}

#[test]
fn what_has_arrived_stays_so_whatever_another_try_comes_to() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    tablet.step(accepted("p"));
    let late = tablet.outbox.postponed(&key("p", Kind::Profile), Trouble::NoAnswer, tablet.now);
    assert_eq!((late, matches!(tablet.state("p"), State::Sent { .. })), (vec![], true));
}

#[test]
fn a_clock_that_was_ahead_keeps_nothing_back() {
    let mut tablet = Tablet::new();
    tablet.now += 400 * 86_400;
    tablet.add("p", Kind::Profile, None);
    tablet.now -= 400 * 86_400;
    tablet.step(accepted("p"));
    assert!(matches!(tablet.state("p"), State::Sent { .. }));
}

#[test]
fn what_never_left_need_not_be_taken_back() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    assert_eq!(tablet.add("p", Kind::Withdrawal, None), Added::NeverLeft);
    assert!(tablet.disk.0.is_empty());
    tablet.add("q", Kind::Profile, None);
    let (conflict, _) =
        tablet.outbox.add(key("q", Kind::Profile), None, "application/json", b"{}".to_vec(), 0);
    assert_eq!(conflict, Added::Conflict);
}

#[test]
fn what_was_tried_without_a_network_has_not_left_and_what_had_no_answer_may_have() {
    for (failure, added) in [(Failure::Offline, Added::NeverLeft), (Failure::NoAnswer, Added::Queued)] {
        let mut tablet = Tablet::new();
        tablet.add("p", Kind::Profile, None);
        tablet.step(Err(failure));
        tablet.restart();
        assert_eq!(tablet.add("p", Kind::Withdrawal, None), added, "{failure:?}");
    }
    // A try that may have arrived is not forgotten for one that did not.
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    tablet.step(Err(Failure::NoAnswer));
    tablet.now += 86_400;
    tablet.step(Err(Failure::Offline));
    assert_eq!(tablet.add("p", Kind::Withdrawal, None), Added::Queued);
}

#[test]
fn what_was_held_back_has_not_left() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    let held = key("p", Kind::Profile);
    drop(tablet.outbox.begun(&held));
    drop(tablet.outbox.postponed(&held, Trouble::Changed, tablet.now));
    assert_eq!(tablet.add("p", Kind::Withdrawal, None), Added::NeverLeft);
}

#[test]
fn without_its_secret_or_its_destination_an_item_waits_and_says_so() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    let none = |_: &str| None;
    for (destinations, trouble) in
        [(vec![destination()], Trouble::SecretMissing), (vec![], Trouble::DestinationUnknown)]
    {
        let now = tablet.outbox.next_at().unwrap();
        let step = settled(send_next(
            &mut tablet.outbox,
            &destinations,
            &none,
            &mut tablet.disk,
            &mut tablet.network,
            &mut || now,
        ));
        assert_eq!(step, Ok(Step::Tried(key("p", Kind::Profile))));
        assert_eq!((tablet.trouble("p"), tablet.network.asked.len()), (Some(trouble), 0));
        assert!(tablet.outbox.next_at().unwrap() > now);
    }
}

#[test]
fn the_faults_of_a_file_of_destinations_are_all_found_and_the_others_can_be_used() {
    let text = r#"{"destinations": [
        {"id": "a", "address": "http://city.example/", "purpose": "x", "recipient": "y"},
        {"id": "b", "address": "https://u:p@city.example/", "purpose": "x", "recipient": "y"},
        {"id": "c", "address": "https://city.example/", "purpose": "x", "recipient": "y", "headers": {"Authorization": "secret"}},
        {"id": "d", "address": "https://city.example/", "purpose": "x", "recipient": "y", "success": {"status": [200]}},
        {"id": "e", "address": "https://city.example/", "purpose": "x", "recipient": "y", "metod": "PUT"},
        {"id": "f", "address": "http://localhost:5984/", "purpose": "x", "recipient": "y", "method": "PUT"},
        {"id": "f", "address": "https://city.example/", "purpose": "x", "recipient": "y"},
        {"id": "g", "address": "http://localhost.evil.example/", "purpose": "x", "recipient": "y"},
        {"id": "h", "address": "//evil.example/", "purpose": "x", "recipient": "y"},
        {"address": "https://city.example/"}
    ], "x": 1}"#;
    let (read, faults) = read_destinations(text, SourceId(0));
    let ids: Vec<&str> = read.iter().map(|destination| destination.id.as_str()).collect();
    assert_eq!(ids, ["f"]);
    let places: Vec<(&str, &str)> = faults
        .iter()
        .map(|fault| (fault.code.as_str(), fault.place.as_ref().unwrap().pointer.as_str()))
        .collect();
    for expected in [
        ("destination.address", "/destinations/0/address"),
        ("destination.address", "/destinations/1/address"),
        ("destination.shape", "/destinations/2/headers/Authorization"),
        ("destination.shape", "/destinations/3/success"),
        ("destination.unknown-key", "/destinations/4/metod"),
        ("destination.shape", "/destinations/6"),
        ("destination.address", "/destinations/7/address"),
        ("destination.address", "/destinations/8/address"),
        ("destination.shape", "/destinations/9"),
        ("destination.unknown-key", "/x"),
    ] {
        assert!(places.contains(&expected), "{expected:?}: {places:?}");
    }
}

#[test]
fn where_a_destination_is_can_be_told_from_its_addresses() {
    let text = r#"{"destinations": [
        {"id": "a", "address": "/api/v1/profiles", "purpose": "x", "recipient": "y"},
        {"id": "b", "address": "https://city.example:8443/api?x=/{profile_id}", "purpose": "x", "recipient": "y",
         "withdrawal": {"address": "https://other.example/gone"}}]}"#;
    let (read, faults) = read_destinations(text, SourceId(0));
    assert_eq!(faults, []);
    assert!(read[0].is_beside_the_page() && !read[1].is_beside_the_page());
    assert_eq!(read[0].origins().count(), 0);
    assert_eq!(read[1].origins().collect::<Vec<_>>(), ["https://city.example:8443", "https://other.example"]);
}

/// Two tabs share a disk and not what they know. One has sent, the other has no network.
#[test]
fn what_another_tab_has_sent_is_not_written_over_as_if_it_had_never_left() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    let mut other = Outbox::load(tablet.disk.0.values().cloned());
    tablet.step(accepted("p"));
    let kept = tablet.disk.0[&key("p", Kind::Profile)].clone();
    other.learn(kept, 1_000);
    assert_eq!(other.due(1_000), None);
    assert!(other.postponed(&key("p", Kind::Profile), Trouble::Offline, 1_000).is_empty());
    assert!(
        other
            .retry(&key("p", Kind::Profile), 1_000)
            .iter()
            .all(|change| matches!(change, Change::Put(item) if matches!(item.state, State::Sent { .. })))
    );
    let withdrawal = key("p", Kind::Withdrawal);
    let (added, _) = other.add(withdrawal, None, "application/json", Vec::new(), 1_000);
    assert_eq!(added, Added::Queued, "it has arrived, and must be told");
}

#[test]
fn what_another_tab_is_sending_waits_for_what_comes_of_it_and_has_perhaps_left() {
    let mut tablet = Tablet::new();
    tablet.add("p", Kind::Profile, None);
    let its = key("p", Kind::Profile);
    let mut other = Outbox::load(tablet.disk.0.values().cloned());
    for change in tablet.outbox.begun(&its) {
        settled(tablet.disk.keep(change)).unwrap();
    }
    other.learn(tablet.disk.0[&its].clone(), 1_000);
    assert_eq!((other.due(1_000), other.due(1_060)), (None, Some(its.clone())));
    assert!(!other.item(&its).unwrap().never_left());
    // Who has tried more knows more: the disk may be behind.
    other.begun(&its);
    other.learn(tablet.disk.0[&its].clone(), 2_000);
    assert_eq!(other.item(&its).unwrap().attempts, 2);
}

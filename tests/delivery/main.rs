//! Profiles on their way over a network that breaks: every one arrives, and none arrives twice.
//!
//! A real collector on a real port, the real outbox and the real HTTP client, and between them a proxy that ends the
//! connection at a random byte in either direction, or after the collector has answered and before the answer is
//! through. The sender ends at random moments too, and begins again from its folder. Time is the test's own, so that
//! hours between tries pass at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests read files and start servers, and fail by panicking"
)]

mod proxy;
mod random;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intake::collector::{Collector, Limits, Role};
use intake::diagnostic::SourceId;
use intake::outbox::{
    Added, Change, Destination, Key, Kind, State, Step, Storage, Withdrawal, WithdrawalReason,
    read_destinations, send_next, settled,
};
use intake::plan::Plan;
use intake::profile;
use intake::questionnaire::Loader;
use intake::send::{Folder, Http};
use intake::server::{Options, Server};
use intake::session::read_record;
use intake::value::Word;
use intake::verification::Verifier;
use proxy::Proxy;
use random::Random;

struct Files;

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).ok())
    }
}

fn plan() -> Arc<Plan> {
    intake::open(&Files, "tests/data/visit/questionnaire.json").0.unwrap()
}

/// A profile of a visit; of ten, one amends the one before it.
fn profile(plan: &Arc<Plan>, number: usize) -> (String, Option<String>, String) {
    let id = format!("visit-{number:05}");
    let supersedes = (number % 10 == 9).then(|| format!("visit-{:05}", number - 1));
    let amends = supersedes.as_ref().map_or(String::new(), |id| format!(r#","supersedes":"{id}""#));
    let record = format!(
        r#"{{"profile_id":"{id}","assessed_on":"2026-11-24"{amends},"consent":{{"case_service":"granted"}},
            "answers":{{"name":"P{number}","alone":false,"low":{},"tired":1,"hit":false}}}}"#,
        number % 3
    );
    let record = read_record(&record, SourceId(0)).0.unwrap();
    (id, supersedes, profile::assess(plan, &record).unwrap().to_canonical_json())
}

/// A folder that is gone when the test ends.
struct Sandbox(PathBuf);

impl Sandbox {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("intake-delivery-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join("site")).unwrap();
        std::fs::write(path.join("site/index.html"), "<!doctype html>").unwrap();
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A collector that runs until the test process ends, and a token for it.
fn collect(sandbox: &Sandbox, plan: &Arc<Plan>) -> (Arc<Collector>, SocketAddr, String) {
    let verifier = Verifier::new([Arc::clone(plan)]).unwrap();
    let limits = Limits { per_minute: 1_000_000, ..Limits::default() };
    let collector = Arc::new(Collector::open(&sandbox.at("data"), verifier, limits).unwrap());
    let token = collector.make_token("st01", Role::Send, "2026-11-26T00:00:00Z").unwrap();
    let options = Options { port: 0, ..Options::new(sandbox.at("site")) };
    let server = Server::bind(&options, Some(Arc::clone(&collector))).unwrap();
    let address = server.address();
    std::thread::spawn(move || server.run());
    (collector, address, token)
}

fn destination(address: SocketAddr) -> Destination {
    let text = format!(
        r#"{{"destinations": [{{
            "id": "collector", "address": "http://127.0.0.1:{}/api/v1/profiles", "purpose": "case_service", "recipient": "case_system",
            "authentication": {{"kind": "bearer", "secret": "collector"}}, "timeout_seconds": 10,
            "success": {{"status": [200, 201], "content_type": "application/json", "echo": "/profile_id",
                         "word": {{"at": "/status", "one_of": ["accepted", "duplicate"]}}}},
            "refused": {{"status": [409, 422], "code": "/error/code", "reason": "/error/message"}}}}]}}"#,
        address.port()
    );
    let (mut read, faults) = read_destinations(&text, SourceId(0));
    assert_eq!(faults, []);
    read.remove(0)
}

fn key(id: &str, kind: Kind) -> Key {
    Key { destination: "collector".into(), profile_id: id.to_owned(), kind: Word(kind) }
}

/// A storage that ends the program, as it were, before or after it has kept a change.
struct Dying<'s> {
    folder: Folder,
    random: &'s mut Random,
}

/// The program has ended.
#[derive(Debug)]
struct Ended;

impl Storage for Dying<'_> {
    type Error = Ended;

    async fn keep(&mut self, change: Change) -> Result<(), Ended> {
        if self.random.one_in(40) {
            return Err(Ended);
        }
        self.folder.keep(change).await.unwrap();
        if self.random.one_in(40) { Err(Ended) } else { Ok(()) }
    }
}

/// What it took.
#[derive(Debug, Default)]
struct Tally {
    tries: usize,
    ends: usize,
}

/// Sends until nothing waits, beginning again whenever the program ends.
fn deliver(folder: &Path, destinations: &[Destination], token: &str, random: &mut Random) -> Tally {
    let secrets = |_: &str| Some(token.to_owned());
    let mut tally = Tally::default();
    let mut now = 1_800_000_000;
    'programs: loop {
        let (folder, mut outbox) = Folder::open(folder).unwrap();
        let mut storage = Dying { folder, random };
        let mut transport = Http::new();
        loop {
            let mut clock = || now;
            let step = settled(send_next(
                &mut outbox,
                destinations,
                &secrets,
                &mut storage,
                &mut transport,
                &mut clock,
            ));
            match step {
                Ok(Step::Tried(_)) => tally.tries += 1,
                Ok(Step::Idle(Some(next))) => now = next,
                Ok(Step::Idle(None)) => return tally,
                Err(Ended) => {
                    tally.ends += 1;
                    continue 'programs;
                }
            }
        }
    }
}

/// How many profiles are sent: a hundred, or two thousand in a full run.
fn count() -> usize {
    if std::env::var_os("INTAKE_FULL").is_some() { 2_000 } else { 100 }
}

#[test]
fn over_a_network_that_breaks_every_profile_arrives_once() {
    let sandbox = Sandbox::new("breaks");
    let plan = plan();
    let (collector, server, token) = collect(&sandbox, &plan);
    let proxy = Proxy::start(server, 20_261_126);
    let count = count();
    let mut sent = BTreeMap::new();
    {
        let (mut folder, mut outbox) = Folder::open(&sandbox.at("outbox")).unwrap();
        for number in 0..count {
            let (id, supersedes, body) = profile(&plan, number);
            let (added, changes) = outbox.add(
                key(&id, Kind::Profile),
                supersedes,
                "application/json",
                body.clone().into_bytes(),
                0,
            );
            assert_eq!(added, Added::Queued);
            changes.into_iter().for_each(|change| settled(folder.keep(change)).unwrap());
            sent.insert(id, body);
        }
    }
    let mut random = Random::new(7);
    let tally = deliver(&sandbox.at("outbox"), &[destination(proxy.address())], &token, &mut random);

    let (_, outbox) = Folder::open(&sandbox.at("outbox")).unwrap();
    let open: Vec<_> =
        outbox.items().into_iter().filter(|item| !matches!(item.state, State::Sent { .. })).collect();
    assert!(open.is_empty(), "{open:?}");
    // What is in the collector's database, asked of the database itself.
    let database = rusqlite::Connection::open(sandbox.at("data").join("collector.sqlite")).unwrap();
    let mut statement = database.prepare("SELECT profile_id, body FROM profiles").unwrap();
    let rows: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), count, "none lost, none twice");
    assert_eq!(rows.into_iter().collect::<BTreeMap<_, _>>(), sent, "as they were sent");
    let duplicates: i64 = database
        .query_row("SELECT count(*) FROM audit WHERE outcome = 'duplicate'", [], |row| row.get(0))
        .unwrap();
    let broken = proxy.broken();
    eprintln!("{count} profiles, {tally:?}, {broken:?}, {duplicates} known already");
    // The test is none if nothing broke.
    assert!(broken.up > 0 && broken.down > 0 && broken.after_commit > 0, "{broken:?}");
    assert!(duplicates > 0 && tally.ends > 0 && tally.tries > count);
    drop(collector);
}

#[test]
fn a_withdrawal_arrives_over_a_network_that_breaks_and_erases() {
    let sandbox = Sandbox::new("withdraws");
    let plan = plan();
    let (collector, server, token) = collect(&sandbox, &plan);
    let proxy = Proxy::start(server, 5);
    let destinations = [destination(proxy.address())];
    let mut random = Random::new(11);
    let add = |id: &str, kind: Kind, body: String| {
        let (mut folder, mut outbox) = Folder::open(&sandbox.at("outbox")).unwrap();
        let (_, changes) = outbox.add(key(id, kind), None, "application/json", body.into_bytes(), 0);
        changes.into_iter().for_each(|change| settled(folder.keep(change)).unwrap());
    };
    for number in 0..5 {
        let (id, _, body) = profile(&plan, number);
        add(&id, Kind::Profile, body);
    }
    deliver(&sandbox.at("outbox"), &destinations, &token, &mut random);
    for number in [1, 3] {
        let id = format!("visit-{number:05}");
        let withdrawal = Withdrawal::new(&id, WithdrawalReason::ConsentWithdrawn, "2026-11-26T08:00:00Z");
        add(&id, Kind::Withdrawal, withdrawal.to_json());
    }
    deliver(&sandbox.at("outbox"), &destinations, &token, &mut random);
    let left = collector
        .profiles(intake::collector::Wanted::All, intake::collector::Standing::Any, 0, 100)
        .unwrap()
        .entries;
    assert_eq!(left.len(), 3);
    assert!(!left.iter().any(|body| body.contains("visit-00001") || body.contains("visit-00003")));
}

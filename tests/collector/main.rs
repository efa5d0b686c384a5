//! A collector on a disk, asked as the server asks it; and over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and fail by panicking"
)]

mod http;
mod signed;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use intake::collector::{Bearer, Collector, Limits, Outcome, Received, Role, Standing, Wanted};
use intake::diagnostic::SourceId;
use intake::outbox::{Withdrawal, WithdrawalReason};
use intake::plan::Plan;
use intake::profile;
use intake::questionnaire::Loader;
use intake::session::read_record;
use intake::verification::Verifier;

const NOW: &str = "2026-11-26T08:00:00Z";

struct Files;

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).ok())
    }
}

fn plan() -> Arc<Plan> {
    intake::open(&Files, "tests/data/visit/questionnaire.json").0.unwrap()
}

fn profile(id: &str, more: Value) -> String {
    let mut record = json!({
        "profile_id": id, "assessed_on": "2026-11-24",
        "answers": {"name": "Ma", "alone": false, "low": 2, "tired": 1, "hit": false},
    });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let record = read_record(&record.to_string(), SourceId(0)).0.unwrap();
    profile::assess(&plan(), &record).unwrap().to_canonical_json()
}

fn withdrawal(id: &str) -> String {
    Withdrawal::new(id, WithdrawalReason::ConsentWithdrawn, NOW).to_json()
}

/// A collector in a folder that is gone when the test ends.
struct Sandbox {
    folder: PathBuf,
    collector: Collector,
}

impl Sandbox {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("intake-collector-{}-{number}", std::process::id()));
        let collector = Self::open(&folder);
        Self { folder, collector }
    }

    fn open(folder: &Path) -> Collector {
        Collector::open(folder, Verifier::new([plan()]).unwrap(), Limits::default()).unwrap()
    }

    /// The words for what became of some items of a station.
    fn take(&self, station: &str, texts: &[&str]) -> Vec<String> {
        let bearer = Bearer { station: station.to_owned(), role: Role::Send };
        let received = self.collector.take(&bearer, texts, NOW).unwrap();
        let word = |received: &Received| match &received.outcome {
            Outcome::Refused(findings) => findings[0].code.to_string(),
            outcome => outcome.word().to_owned(),
        };
        received.iter().map(word).collect()
    }

    /// The database, asked from outside.
    fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.join("collector.sqlite")).unwrap()
    }

    fn bodies(&self, wanted: Wanted) -> Vec<String> {
        self.collector.profiles(wanted, Standing::Any, 0, 100).unwrap().entries
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_profile_is_kept_once_and_each_item_is_judged_by_itself() {
    let sandbox = Sandbox::new();
    let (a, b) = (profile("a", json!({})), profile("b", json!({})));
    let forged = profile("c", json!({})).replace("\"low\":2", "\"low\":1");
    let taken = sandbox.take("st01", &[&a, &forged, "{\"answers\":", "{}", &b, &a]);
    assert_eq!(taken[0], "accepted");
    assert!(taken[1].starts_with("verify."), "{taken:?}");
    assert!(taken[2].starts_with("json."), "{taken:?}");
    assert_eq!(taken[3..], ["collect.shape", "accepted", "duplicate"]);
    assert_eq!(sandbox.bodies(Wanted::Current), [a.clone(), b]);
    let other = profile("a", json!({"strengths": ["sings"]}));
    assert_eq!(sandbox.take("st01", &[&other]), ["collect.conflict"]);
    assert_eq!(sandbox.take("st02", &[&a]), ["collect.conflict"], "another station is told no more");
    assert_eq!(
        sandbox.take("st01", &[&profile("d", json!({"provenance": {"station": "st02"}}))]),
        ["collect.station"]
    );
    let nameless = json!({"profile_version": 1}).to_string();
    assert_eq!(sandbox.take("st01", &[&nameless]), ["collect.id"]);
}

#[test]
fn what_was_told_is_there_after_a_restart() {
    let sandbox = Sandbox::new();
    let a = profile("a", json!({}));
    assert_eq!(sandbox.take("st01", &[&a]), ["accepted"]);
    let again = Sandbox::open(&sandbox.folder);
    let bearer = Bearer { station: "st01".into(), role: Role::Send };
    assert_eq!(again.take(&bearer, &[&a], NOW).unwrap()[0].outcome, Outcome::Duplicate);
    assert_eq!(again.profiles(Wanted::All, Standing::Any, 0, 10).unwrap().entries, [a]);
}

#[test]
fn an_amendment_takes_the_place_of_what_it_amends_and_nobody_overwrites_unseen() {
    let sandbox = Sandbox::new();
    let (a, b) = (profile("a", json!({})), profile("b", json!({"supersedes": "a"})));
    // In either order: what is amended may be on another way.
    assert_eq!(sandbox.take("st01", &[&b, &a]), ["accepted", "accepted"]);
    assert_eq!(sandbox.bodies(Wanted::Current), std::slice::from_ref(&b));
    assert_eq!(sandbox.bodies(Wanted::All), [b, a]);
    let fork = profile("c", json!({"supersedes": "a"}));
    assert_eq!(sandbox.take("st01", &[&fork]), ["collect.superseded"]);
    let foreign = profile("d", json!({"supersedes": "b"}));
    assert_eq!(sandbox.take("st02", &[&foreign]), ["collect.station"]);
    let (x, y) = (profile("x", json!({"supersedes": "y"})), profile("y", json!({"supersedes": "x"})));
    assert_eq!(sandbox.take("st01", &[&x, &y]), ["accepted", "collect.shape"]);
}

#[test]
fn a_withdrawal_erases_the_whole_chain_and_outlives_it() {
    let sandbox = Sandbox::new();
    let a = profile("a", json!({}));
    let b = profile("b", json!({"supersedes": "a"}));
    let c = profile("c", json!({"supersedes": "b"}));
    assert_eq!(sandbox.take("st01", &[&a, &b, &c]), ["accepted"; 3]);
    assert_eq!(sandbox.take("st02", &[&withdrawal("b")]), ["collect.station"]);
    assert_eq!(sandbox.take("st01", &[&withdrawal("b"), &withdrawal("b")]), ["accepted", "duplicate"]);
    assert_eq!(sandbox.bodies(Wanted::All), Vec::<String>::new());
    assert_eq!(sandbox.take("st01", &[&a, &c]), ["collect.withdrawn"; 2], "a late copy is not taken");
    assert_eq!(sandbox.take("st01", &[&profile("d", json!({"supersedes": "c"}))]), ["collect.withdrawn"]);
    // Before the profile itself.
    assert_eq!(
        sandbox.take("st01", &[&withdrawal("z"), &profile("z", json!({}))]),
        ["accepted", "collect.withdrawn"]
    );
    let listed = sandbox.collector.list(0, 10).unwrap().entries;
    assert!(listed.iter().all(|entry| entry.withdrawn), "{listed:?}");
    // Nothing of the answers is left in the files either, once the log of the database is written back.
    sandbox.database().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let bytes = std::fs::read(sandbox.folder.join("collector.sqlite")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("\"name\":\"Ma\""));
}

#[test]
fn tokens_are_hashed_and_can_be_taken_out_of_use() {
    let sandbox = Sandbox::new();
    let token = sandbox.collector.make_token("st01", Role::Send, NOW).unwrap();
    let bearer = sandbox.collector.bearer(&token).unwrap();
    assert_eq!(bearer, Some(Bearer { station: "st01".into(), role: Role::Send }));
    assert_eq!(sandbox.collector.bearer("intake_00").unwrap(), None);
    let stored: String =
        sandbox.database().query_row("SELECT hash FROM tokens", [], |row| row.get(0)).unwrap();
    assert!(!stored.contains(token.trim_start_matches("intake_")));
    assert_eq!(sandbox.collector.revoke_tokens("st01", NOW).unwrap(), 1);
    assert_eq!(sandbox.collector.bearer(&token).unwrap(), None);
    assert!(sandbox.collector.make_token("a b", Role::Send, NOW).is_err());
}

#[test]
fn the_audit_log_says_who_did_what_and_holds_no_answer() {
    let sandbox = Sandbox::new();
    sandbox
        .take("st01", &[&profile("a", json!({})), &profile("b", json!({})).replace("\"Ma\"", "\"Zz\""), "{"]);
    let connection = sandbox.database();
    let mut statement =
        connection.prepare("SELECT station, action, profile_id, outcome, code FROM audit").unwrap();
    let rows: Vec<Vec<Option<String>>> = statement
        .query_map([], |row| (0..5).map(|column| row.get(column)).collect())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let text = format!("{rows:?}");
    assert_eq!(rows.len(), 3);
    assert!(text.contains("\"accepted\"") && text.contains("\"refused\""), "{text}");
    assert!(!text.contains("Ma\"") && !text.contains("Zz"), "{text}");
}

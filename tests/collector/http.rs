//! The collector over HTTP: who is let in, what is answered, and what never is.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use intake::collector::{Collector, Limits, Role};
use intake::server::{Options, Server};
use intake::verification::Verifier;
use serde_json::{Value, json};

use super::signed::{key, redacted};
use super::{plan, profile, withdrawal};

/// A collector on a free port, in a folder that is gone when the test ends.
struct Running {
    folder: PathBuf,
    address: SocketAddr,
    collector: Arc<Collector>,
    send: String,
    read: String,
}

impl Running {
    fn start(limits: Limits) -> Self {
        Self::start_for(limits, &[])
    }

    /// The same, for the pages of some origins too.
    fn start_for(limits: Limits, origins: &[&str]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("intake-http-{}-{number}", std::process::id()));
        std::fs::create_dir_all(folder.join("site")).unwrap();
        std::fs::write(folder.join("site/index.html"), "<!doctype html>").unwrap();
        let verifier = Verifier::new([plan()]).unwrap();
        let collector = Arc::new(Collector::open(&folder.join("data"), verifier, limits).unwrap());
        let token = |role| collector.make_token("st01", role, "2026-11-26T00:00:00Z").unwrap();
        let (send, read) = (token(Role::Send), token(Role::Read));
        let origins = origins.iter().map(|origin| origin.parse().unwrap()).collect();
        let options = Options { port: 0, origins, ..Options::new(folder.join("site")) };
        let server = Server::bind(&options, Some(Arc::clone(&collector))).unwrap();
        let address = server.address();
        std::thread::spawn(move || server.run());
        Self { folder, address, collector, send, read }
    }

    fn ask(&self, method: &str, path: &str, token: &str, kind: &str, body: &str) -> Answer {
        let headers = format!("Authorization: Bearer {token}\r\nContent-Type: {kind}\r\n");
        self.ask_with(method, path, &headers, body)
    }

    fn ask_with(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
            body.len()
        );
        // The server may answer, and close, before it has read a body that is too large.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        let mut text = String::new();
        let _ = stream.read_to_string(&mut text);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn post(&self, token: &str, kind: &str, body: &str) -> Answer {
        self.ask("POST", "/api/v1/profiles", token, kind, body)
    }

    fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, token, "application/json", "")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|fault| panic!("{fault}: {} {}", self.status, self.body))
    }

    /// The status, and the code of the error if there is one.
    fn code(&self) -> (u16, String) {
        (self.status, self.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
    }
}

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";

#[test]
fn one_item_is_answered_by_status_and_in_words() {
    let running = Running::start(Limits::default());
    let a = profile("a", json!({}));
    let first = running.post(&running.send, JSON, &a);
    assert_eq!(first.status, 201);
    assert_eq!(first.json(), json!({"profile_id": "a", "kind": "profile", "status": "accepted"}));
    assert!(first.head.contains("cache-control: no-store"), "{}", first.head);
    let second = running.post(&running.send, JSON, &a);
    assert_eq!((second.status, second.json()["status"].as_str()), (200, Some("duplicate")));
    let forged = a.replace("\"low\":2", "\"low\":1");
    let refused = running.post(&running.send, JSON, &forged);
    assert_eq!(refused.status, 422);
    for part in ["code", "pointer", "message", "help"] {
        assert!(refused.json()["error"][part].as_str().is_some_and(|text| !text.is_empty()), "{part}");
    }
    assert!(!refused.body.contains("Ma"), "no answer is told: {}", refused.body);
}

#[test]
fn lines_are_answered_line_by_line() {
    let running = Running::start(Limits::default());
    let body = format!("{}\n\n{{\"x\":\n{}\n", profile("a", json!({})), profile("b", json!({})));
    let answer = running.post(&running.send, LINES, &body);
    assert_eq!(answer.status, 200);
    let lines: Vec<Value> = answer.body.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let told: Vec<(u64, &str)> =
        lines.iter().map(|line| (line["item"].as_u64().unwrap(), line["status"].as_str().unwrap())).collect();
    assert_eq!(told, [(1, "accepted"), (2, "refused"), (3, "accepted")]);
}

#[test]
fn who_has_no_token_or_another_one_is_turned_away() {
    let running = Running::start(Limits::default());
    let a = profile("a", json!({}));
    let stranger = running.post("intake_00", JSON, &a);
    assert_eq!(stranger.code(), (401, "collect.token".into()));
    assert!(stranger.head.contains("www-authenticate: bearer"));
    assert_eq!(running.post(&running.read, JSON, &a).code(), (403, "collect.forbidden".into()));
    assert_eq!(running.get("/api/v1/profiles", &running.send).code(), (403, "collect.forbidden".into()));
    assert_eq!(
        running.get("/api/v1/profiles.jsonl", &running.send).code(),
        (403, "collect.forbidden".into())
    );
    let about = running.get("/api/v1", "none");
    assert_eq!((about.status, about.json()["name"].as_str()), (200, Some("intake")));
    let guesses: Vec<u16> = (0..30).map(|_| running.get("/api/v1/profiles", "guess").status).collect();
    assert_eq!((guesses[0], guesses[29]), (401, 429), "guessing is slow: {guesses:?}");
}

/// What a browser asks before a page of another origin sends.
fn preflight(running: &Running, origin: &str) -> Answer {
    let headers = format!(
        "Origin: {origin}\r\nAccess-Control-Request-Method: POST\r\n\
         Access-Control-Request-Headers: authorization,content-type,idempotency-key\r\n"
    );
    running.ask_with("OPTIONS", "/api/v1/profiles", &headers, "")
}

fn post_from(running: &Running, origin: &str, body: &str) -> Answer {
    let headers =
        format!("Origin: {origin}\r\nAuthorization: Bearer {}\r\nContent-Type: {JSON}\r\n", running.send);
    running.ask_with("POST", "/api/v1/profiles", &headers, body)
}

#[test]
fn pages_of_named_origins_may_send_and_no_others() {
    let (own, other) = ("https://tablets.example", "https://elsewhere.example");
    let running =
        Running::start_for(Limits::default(), &["https://Tablets.example:443/", "http://localhost:9"]);
    let allowed = |answer: &Answer| {
        let line = answer.head.lines().find_map(|line| line.strip_prefix("access-control-allow-origin: "));
        line.map(str::to_owned)
    };
    for origin in [own, "http://localhost:9"] {
        let asked = preflight(&running, origin);
        assert_eq!((asked.status, allowed(&asked).as_deref()), (200, Some(origin)), "{}", asked.head);
        for part in [
            "access-control-allow-methods: post",
            "access-control-allow-headers: authorization,content-type,idempotency-key",
            "access-control-max-age: 3600",
            "vary: origin",
        ] {
            assert!(asked.head.contains(part), "{part}: {}", asked.head);
        }
        assert!(!asked.head.contains("allow-credentials"), "no cookie is ever asked for: {}", asked.head);
    }
    let sent = post_from(&running, own, &profile("a", json!({})));
    assert_eq!((sent.status, allowed(&sent).as_deref()), (201, Some(own)));
    // A refusal is told to the page too, and so is how long to wait.
    let refused = running.ask_with("POST", "/api/v1/profiles", &format!("Origin: {own}\r\n"), "{}");
    assert_eq!((refused.status, allowed(&refused).as_deref()), (401, Some(own)));
    assert!(refused.head.contains("access-control-expose-headers: retry-after"), "{}", refused.head);
    for origin in [other, "null", "https://tablets.example.elsewhere.example", "http://tablets.example"] {
        assert_eq!(allowed(&preflight(&running, origin)), None, "{origin}");
    }
}

#[test]
fn without_named_origins_no_page_of_another_one_may_send() {
    let running = Running::start(Limits::default());
    let asked = preflight(&running, "https://tablets.example");
    assert_eq!(asked.status, 401);
    let sent = post_from(&running, "https://tablets.example", &profile("a", json!({})));
    assert_eq!(sent.status, 201, "whoever is no browser sends no origin, or any: the token decides");
    assert!(![asked.head, sent.head].concat().contains("access-control"), "so that a browser keeps it back");
}

#[test]
fn limits_are_told_and_hold() {
    let limits = Limits { request_bytes: 20_000, item_bytes: 8_000, items: 3, per_minute: 8 };
    let running = Running::start(limits);
    let long = format!("{{\"profile_version\":1,\"x\":\"{}\"}}", "a".repeat(9_000));
    assert_eq!(running.post(&running.send, JSON, &long).code(), (422, "collect.limit".into()));
    assert_eq!(running.post(&running.send, LINES, "{}\n{}\n{}\n{}\n").code(), (413, "collect.limit".into()));
    assert_eq!(running.post(&running.send, JSON, &"a".repeat(30_000)).status, 413);
    assert_eq!(running.post(&running.send, "text/plain", "{}").code(), (415, "collect.shape".into()));
    let rest: Vec<Answer> = (0..10).map(|_| running.post(&running.send, JSON, "{}")).collect();
    let last = rest.last().unwrap();
    assert_eq!(last.code(), (429, "collect.rate".into()));
    assert!(last.head.contains("retry-after: "), "{}", last.head);
}

#[test]
fn what_is_there_is_listed_without_answers_and_streamed_whole() {
    let running = Running::start(Limits { per_minute: 10_000, ..Limits::default() });
    let bodies: Vec<String> = (0..250).map(|number| profile(&format!("p{number:03}"), json!({}))).collect();
    assert_eq!(running.post(&running.send, LINES, &bodies.join("\n")).status, 200);
    let listed = running.get("/api/v1/profiles?after=240&limit=5", &running.read);
    let entries = listed.json()["profiles"].as_array().unwrap().clone();
    assert_eq!((entries.len(), listed.json()["next"].as_i64()), (5, Some(245)));
    assert_eq!(
        (entries[0]["profile_id"].as_str(), entries[0]["station"].as_str()),
        (Some("p240"), Some("st01"))
    );
    assert!(!listed.body.contains("Ma"));
    let stream = running.get("/api/v1/profiles.jsonl", &running.read);
    assert!(stream.head.contains("content-type: application/x-ndjson"), "{}", stream.head);
    // More than one part, each in chunks: the lines are those that begin as a profile does.
    let lines: Vec<&str> = stream.body.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(lines, bodies);
    let some = running.get("/api/v1/profiles.jsonl?after=200&limit=7", &running.read);
    assert_eq!(some.body.lines().filter(|line| line.starts_with('{')).count(), 7);
    assert_eq!(running.get("/api/v1/profiles?limit=many", &running.read).status, 400);
    assert_eq!(running.get("/api/v1/profiles.jsonl?state=gone", &running.read).status, 400);
}

#[test]
fn amendments_and_withdrawals_are_taken_and_shown() {
    let running = Running::start(Limits::default());
    assert_eq!(running.post(&running.send, JSON, &profile("a", json!({}))).status, 201);
    let b = profile("b", json!({"supersedes": "a"}));
    assert_eq!(running.post(&running.send, JSON, &b).status, 201);
    let fork = running.post(&running.send, JSON, &profile("c", json!({"supersedes": "a"})));
    assert_eq!(fork.code(), (409, "collect.superseded".into()));
    let stream = running.get("/api/v1/profiles.jsonl", &running.read);
    assert_eq!(stream.body.lines().filter(|line| line.starts_with('{')).collect::<Vec<_>>(), [b.as_str()]);
    let withdrawn = running.post(&running.send, JSON, &withdrawal("b"));
    assert_eq!(
        (withdrawn.status, withdrawn.json()),
        (201, json!({"profile_id": "b", "kind": "withdrawal", "status": "accepted"}))
    );
    assert_eq!(running.post(&running.send, JSON, &b).code(), (409, "collect.withdrawn".into()));
    let listed = running.get("/api/v1/profiles", &running.read).json();
    let shown: Vec<(&str, Option<&str>, bool)> = listed["profiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let id = one["profile_id"].as_str().unwrap();
            (id, one["superseded_by"].as_str(), one["withdrawn"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(shown, [("a", Some("b"), true), ("b", None, true)], "both are gone with the one");
    let stream = running.get("/api/v1/profiles.jsonl?state=all", &running.read);
    assert!(!stream.body.contains("profile_version"), "{}", stream.body);
}

#[test]
fn a_redacted_document_is_taken_by_its_signature_and_marked() {
    let running = Running::start(Limits::default());
    let document = redacted("r", &key(1));
    let refused = running.post(&running.send, JSON, &document);
    assert_eq!(refused.code(), (422, "collect.key".into()), "nobody has registered the key");
    assert_eq!(refused.json()["profile_id"], "r");
    running.collector.add_key("st01", &key(1).public(), "2026-11-26T00:00:00Z").unwrap();
    assert_eq!(running.post(&running.send, JSON, &document).status, 201);
    assert_eq!(running.post(&running.send, JSON, &document).json()["status"], "duplicate");
    running.post(&running.send, JSON, &profile("a", json!({})));
    let listed = running.get("/api/v1/profiles", &running.read).json();
    let shown = |place: usize| {
        let one = &listed["profiles"][place];
        (one["redacted"].as_bool().unwrap(), one["verified_by"].as_str().unwrap().to_owned())
    };
    assert_eq!((shown(0), shown(1)), ((true, "signature".into()), (false, "replay".into())));
    assert!(listed["profiles"][0]["withheld"].as_u64().unwrap() > 0);
    assert_eq!(listed["profiles"][0]["purpose"], "share");
    // Which of them can be counted, and which come as documents with their signature.
    let lines = |query: &str| -> Vec<Value> {
        let stream = running.get(&format!("/api/v1/profiles.jsonl?{query}"), &running.read);
        stream
            .body
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(Value::is_object)
            .collect()
    };
    assert_eq!(lines("verified=signature"), [serde_json::from_str::<Value>(&document).unwrap()]);
    assert_eq!(lines("verified=replay")[0]["profile_id"], "a");
    assert_eq!((lines("verified=replay").len(), lines("").len()), (1, 2));
    assert_eq!(running.get("/api/v1/profiles.jsonl?verified=no", &running.read).status, 400);
}

#[test]
fn the_audit_log_tells_every_request_and_no_answer() {
    let running = Running::start(Limits::default());
    running.post(&running.send, JSON, &profile("a", json!({})));
    running.post(&running.send, JSON, "{\"profile_version\": 1, \"answers\": {\"name\": \"Zz\"}}");
    running.post("intake_00", JSON, &profile("b", json!({})));
    running.get("/api/v1/profiles", &running.read);
    running.get("/api/v1/profiles.jsonl", &running.read);
    let database = rusqlite::Connection::open(running.folder.join("data/collector.sqlite")).unwrap();
    let mut statement = database.prepare("SELECT action, outcome, code FROM audit").unwrap();
    let rows: Vec<String> = statement
        .query_map([], |row| {
            let code: Option<String> = row.get(2)?;
            let (action, outcome): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(format!("{action} {outcome} {}", code.unwrap_or_default()))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for told in [
        "token made ",
        "profile accepted ",
        "profile refused collect.id",
        "request refused collect.token",
        "list done ",
        "stream done ",
    ] {
        assert!(rows.iter().any(|row| row == told), "{told}: {rows:?}");
    }
    let whole: String = database
        .query_row("SELECT group_concat(coalesce(profile_id, '') || code || action) FROM audit", [], |row| {
            row.get::<_, Option<String>>(0)
        })
        .unwrap()
        .unwrap_or_default();
    assert!(!whole.contains("Zz") && !whole.contains("Ma"), "{whole}");
}

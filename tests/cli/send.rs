//! `intake send` over real connections: what each destination gets of a profile, and what stays at home.

use std::io::{BufRead as _, BufReader};
use std::process::Child;

use serde_json::{Value, json};

use super::assess::profile;
use super::sandbox::{Folder, command};

const POLICY: &str = r#"{"policy_version":1,
    "purposes":{
        "care":{"title":{},"consents":["care"],"sensitive":{},"highly_sensitive":{},"identity":"within"},
        "share":{"title":{},"consents":["care"],"withhold":["hit"],"identity":"detached"}},
    "recipients":{"clinic":{"title":{},"purposes":["care"]},"school":{"title":{},"purposes":["share"]}}}"#;

/// `intake serve` with a collector in a folder, on a free port.
struct Collector {
    child: Child,
    port: u16,
    data: String,
}

impl Collector {
    fn start(folder: &Folder, data: &str) -> Self {
        folder.write("site/index.html", "<!doctype html>");
        let questionnaires = questionnaires();
        let mut child = command(
            folder.path(),
            &["serve", "--site", "site", "--port", "0", "--data", data, "--questionnaires", &questionnaires],
        )
        .spawn()
        .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port, data: data.to_owned() }
    }

    fn token(&self, folder: &Folder, role: &str) -> String {
        let station = if role == "read" { "office" } else { "st01" };
        let made = folder.run(&["token", "--data", &self.data, "--station", station, "--role", role], "");
        assert_eq!(made.status, Some(0), "{}", made.err);
        made.out.trim().to_owned()
    }

    /// What has arrived.
    fn lines(&self, folder: &Folder) -> Vec<Value> {
        let token = self.token(folder, "read");
        let answer = ureq::get(format!("http://127.0.0.1:{}/api/v1/profiles.jsonl", self.port))
            .header("authorization", format!("Bearer {token}"))
            .call()
            .unwrap()
            .body_mut()
            .read_to_string()
            .unwrap();
        answer.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// It as a destination, whose secret has its name.
    fn destination(&self, purpose: &str, recipient: &str, format: &str) -> Value {
        json!({
            "id": self.data, "address": format!("http://127.0.0.1:{}/api/v1/profiles", self.port),
            "authentication": {"kind": "bearer", "secret": self.data},
            "purpose": purpose, "recipient": recipient, "format": format,
            "success": {"status": [200, 201], "content_type": "application/json", "echo": "/profile_id",
                        "word": {"at": "/status", "one_of": ["accepted", "duplicate"]}},
            "refused": {"status": [409, 422], "code": "/error/code", "reason": "/error/message"},
        })
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn questionnaires() -> String {
    format!("{}/tests/data", env!("CARGO_MANIFEST_DIR"))
}

fn agreed(id: &str, consent: &str) -> String {
    let record = json!({
        "profile_id": id, "assessed_on": "2026-11-24", "consent": {"care": consent},
        "answers": {"name": "Ma Lan", "alone": false, "low": 2, "tired": 1, "hit": true},
    });
    profile(&record.to_string())
}

/// The call that sends, with whatever is added.
fn send(folder: &Folder, more: &[&str], input: &str) -> super::sandbox::Ran {
    let questionnaires = questionnaires();
    let arguments = [
        "send",
        "--destinations",
        "destinations.json",
        "--outbox",
        "outbox",
        "--secrets",
        "secrets",
        "--policy",
        "policy.json",
        "--questionnaires",
        &questionnaires,
    ];
    folder.run(&[&arguments[..], more].concat(), input)
}

#[test]
fn each_destination_gets_what_its_purpose_may_hold_and_home_knows_the_rest() {
    let folder = Folder::with(&[("policy.json", POLICY)]);
    let (own, school) = (Collector::start(&folder, "own"), Collector::start(&folder, "school"));
    folder.run(&["key", "station.pem"], "");
    let added =
        folder.run(&["token", "--data", "school", "--station", "st01", "--add-key", "station.pem.pub"], "");
    assert_eq!((added.status, added.out.as_str()), (Some(0), ""), "{}", added.err);
    for one in [&own, &school] {
        folder.write(&format!("secrets/{}", one.data), &one.token(&folder, "send"));
    }
    let destinations = json!({"destinations": [
        own.destination("care", "clinic", "profile"),
        school.destination("share", "school", "json"),
    ]});
    folder.write("destinations.json", &destinations.to_string());
    let whole = agreed("p-1", "granted");
    let at_home = ["--key", "station.pem", "--losses", "home.jsonl", "--identity", "identity.jsonl", "-"];
    let ran = send(&folder, &at_home, &whole);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.lines().iter().all(|line| line["state"] == "sent"), "{}", ran.out);
    // Again, and nothing goes twice.
    assert_eq!(send(&folder, &at_home, &whole).out, "");

    assert_eq!(own.lines(&folder), [serde_json::from_str::<Value>(&whole).unwrap()]);
    let received = school.lines(&folder);
    assert_eq!(received.len(), 1);
    let document = &received[0];
    assert_eq!(document["profile"]["redacted"], true);
    assert!(document["withheld"].as_u64().unwrap() > 0);
    assert!(document["profile"]["answers_hash"].is_null());
    for secret in ["Ma Lan", "hit", "losses"] {
        assert!(!document.to_string().contains(secret), "{secret}: {document}");
    }
    let lines = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let home = lines("home.jsonl");
    let report = home.iter().find(|report| report["destination"] == "school").unwrap();
    assert_eq!(report["withheld"], document["withheld"]);
    let pointers: Vec<&str> =
        report["losses"].as_array().unwrap().iter().filter_map(|loss| loss["pointer"].as_str()).collect();
    for lost in ["/answers/hit", "/answers/name"] {
        assert!(pointers.contains(&lost), "{pointers:?}");
    }
    assert_eq!(lines("identity.jsonl")[0]["parts"]["/answers/name"], "Ma Lan");
}

#[test]
fn what_may_not_leave_does_not_get_into_the_outbox() {
    let folder = Folder::with(&[("policy.json", POLICY)]);
    let one = Collector::start(&folder, "own");
    folder.write("secrets/own", &one.token(&folder, "send"));
    let to = |purpose: &str, recipient: &str, format: &str| {
        let file = json!({"destinations": [one.destination(purpose, recipient, format)]});
        folder.write("destinations.json", &file.to_string());
    };
    let code = |input: &str, more: &[&str]| {
        let ran = send(&folder, &[more, &["-"]].concat(), input);
        assert_eq!(ran.status, Some(1), "{}{}", ran.out, ran.err);
        let error = ran.lines()[0]["error"].clone();
        assert!(error["message"].as_str().unwrap().starts_with("`own`: "), "{error}");
        error["code"].as_str().unwrap().to_owned()
    };
    to("care", "clinic", "profile");
    assert_eq!(code(&agreed("p-1", "declined"), &[]), "export.consent");
    let forged = agreed("p-2", "granted").replace("\"low\":2", "\"low\":1");
    assert!(code(&forged, &[]).starts_with("verify."));
    to("share", "school", "profile");
    assert_eq!(code(&agreed("p-3", "granted"), &[]), "send.whole");
    to("share", "school", "json");
    assert_eq!(code(&agreed("p-4", "granted"), &[]), "send.key");
    assert_eq!(one.lines(&folder), Vec::<Value>::new());
    let kept = folder.run(&["outbox", "outbox"], "");
    assert_eq!((kept.status, kept.out.as_str()), (Some(0), ""));
    // A destination that the policy does not know is told before anything is read.
    for (purpose, recipient, format, word) in [
        ("care", "school", "json", "receives nothing for `care`"),
        ("fun", "school", "json", "no purpose `fun`"),
        ("care", "clinic", "xlsx", "no format `xlsx`"),
    ] {
        to(purpose, recipient, format);
        let ran = send(&folder, &["-"], &agreed("p-5", "granted"));
        assert_eq!(ran.status, Some(2));
        assert!(ran.err.contains("`own`") && ran.err.contains(word), "{}", ran.err);
    }
}

#[test]
fn an_amendment_and_a_withdrawal_follow_what_they_are_about() {
    let folder = Folder::with(&[("policy.json", POLICY)]);
    let one = Collector::start(&folder, "own");
    folder.write("secrets/own", &one.token(&folder, "send"));
    let file = json!({"destinations": [one.destination("care", "clinic", "profile")]});
    folder.write("destinations.json", &file.to_string());
    let record = json!({
        "profile_id": "p-2", "supersedes": "p-1", "assessed_on": "2026-11-24", "consent": {"care": "granted"},
        "answers": {"name": "Ma Lan", "alone": false, "low": 1, "tired": 1, "hit": true},
    });
    let lines = format!("{}\n{}\n", agreed("p-1", "granted"), profile(&record.to_string()));
    assert_eq!(send(&folder, &["-"], &lines).status, Some(0));
    assert_eq!(one.lines(&folder)[0]["profile_id"], "p-2", "the new one has taken the place of the old");
    // A destination that never got it, and that nobody could reach either.
    let mut late = one.destination("share", "school", "profile");
    late["id"] = "late".into();
    late["address"] = "http://127.0.0.1:9/api/v1/profiles".into();
    let file = json!({"destinations": [one.destination("care", "clinic", "profile"), late]});
    folder.write("destinations.json", &file.to_string());
    let withdraw = |id: &str| {
        let outbox = ["send", "--destinations", "destinations.json", "--outbox", "outbox"];
        folder.run(&[&outbox[..], &["--secrets", "secrets", "--withdraw", id]].concat(), "")
    };
    let ran = withdraw("p-9");
    assert_eq!(ran.status, Some(2), "{}", ran.out);
    assert!(ran.err.contains("--to") && ran.err.contains("`p-9`"), "{}", ran.err);
    let ran = withdraw("p-2");
    assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
    assert_eq!(one.lines(&folder), Vec::<Value>::new());
    assert!(!ran.out.contains("late"), "who never got it is told nothing: {}", ran.out);
}

//! `intake export`, `intake key`, and what `intake verify` says of what left.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::assess::profile;
use super::sandbox::{Folder, run};

const POLICY: &str = r#"{"policy_version":1,
    "purposes":{
        "care":{"title":{},"consents":["care"],"sensitive":{},"highly_sensitive":{},"identity":"within"},
        "share":{"title":{},"consents":["care"],"withhold":["hit"],"identity":"detached"}},
    "recipients":{"clinic":{"title":{},"purposes":["care","share"]}}}"#;

/// A profile of the questionnaire of these tests, from a person who agreed to something.
fn agreed(id: &str) -> String {
    let record = json!({
        "profile_id": id, "assessed_on": "2026-11-24", "consent": {"care": "granted"},
        "answers": {"name": "=Ma Lan", "alone": false, "low": 2, "tired": 1, "hit": true},
    });
    profile(&record.to_string())
}

fn data() -> String {
    format!("{}/tests/data", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_whole_profile_leaves_in_a_pipe_and_is_verified_by_replay_and_signature() {
    let folder = Folder::with(&[("policy.json", POLICY), ("profile.json", &agreed("p-1"))]);
    let made = folder.run(&["key", "station.pem"], "");
    assert_eq!((made.status, made.err.as_str()), (Some(0), ""));
    let data = data();
    let export = [
        "export",
        "--to",
        "json",
        "--questionnaires",
        &data,
        "--policy",
        "policy.json",
        "--purpose",
        "care",
        "--recipient",
        "clinic",
        "--key",
        "station.pem",
        "profile.json",
    ];
    let sent = folder.run(&export, "");
    assert_eq!((sent.status, sent.err.as_str()), (Some(0), ""), "{}", sent.out);
    let document = &sent.lines()[0];
    assert_eq!((&document["purpose"], &document["withheld"]), (&json!("care"), &json!(0)));

    let verified = folder.run(&["verify", "--questionnaires", &data], &sent.out);
    assert_eq!(verified.lines(), [json!({"verified": true, "line": 1})]);
    let verify = ["verify", "--questionnaires", &data, "--key", "station.pem.pub"];
    let verified = folder.run(&verify, &sent.out);
    assert_eq!(verified.lines(), [json!({"verified": true, "line": 1, "by": "replay and signature"})]);

    let mut forged = document.clone();
    forged["recipient"] = json!("me");
    let refused = folder.run(&verify, forged.to_string());
    assert_eq!(refused.status, Some(1));
    assert_eq!(refused.lines()[0]["error"]["code"], "verify.signature");
    // A private key is written once, and for its owner alone.
    assert_eq!(folder.run(&["key", "station.pem"], "").status, Some(2));
}

#[test]
fn a_redacted_profile_stands_by_its_signature_alone() {
    let folder = Folder::with(&[("policy.json", POLICY), ("profile.json", &agreed("p-1"))]);
    folder.run(&["key", "station.pem"], "");
    folder.run(&["key", "other.pem"], "");
    let data = data();
    let mut export = vec![
        "export",
        "--to",
        "json",
        "--questionnaires",
        &data,
        "--policy",
        "policy.json",
        "--purpose",
        "share",
        "--recipient",
        "clinic",
        "--losses",
        "losses.jsonl",
        "--identity",
        "identity.jsonl",
        "profile.json",
    ];
    let bare = folder.run(&export, "");
    let refused = folder.run(&["verify", "--questionnaires", &data], bare.out.lines().next().unwrap());
    assert_eq!(refused.lines()[0]["error"]["code"], "verify.key", "{}", bare.out);

    export.extend(["--key", "station.pem"]);
    let sent = folder.run(&export, "");
    assert_eq!(sent.status, Some(0), "{}", sent.out);
    let document = sent.lines()[0].clone();
    assert_eq!(document["profile"]["redacted"], true);
    assert!(document["withheld"].as_u64().unwrap() > 0);
    assert!(!document.to_string().contains("Ma Lan"), "the identity leaves apart");
    assert_eq!(sent.lines().len(), 1, "and on a way of its own");
    let identity = fs::read_to_string(folder.path().join("identity.jsonl")).unwrap();
    let identity: Value = serde_json::from_str(identity.trim()).unwrap();
    assert_eq!(identity["parts"]["/answers/name"], "=Ma Lan");

    let text = document.to_string();
    let by = |key: &str| {
        folder.run(&["verify", "--questionnaires", &data, "--key", key], &text).lines()[0].clone()
    };
    assert_eq!(by("station.pem.pub"), json!({"verified": true, "line": 1, "by": "signature"}));
    assert_eq!(by("other.pem.pub")["error"]["code"], "verify.key");

    // Home knows what was kept back; the receiver knows how much.
    let losses: Value =
        serde_json::from_str(fs::read_to_string(folder.path().join("losses.jsonl")).unwrap().trim()).unwrap();
    let reasons = losses["losses"].as_array().unwrap();
    assert!(reasons.iter().any(|loss| loss["pointer"] == "/answers/name" && loss["why"] == "identity"));
    assert!(!losses.to_string().contains("Ma Lan"));
}

#[test]
fn what_may_not_leave_is_told_on_its_own_line() {
    let declined = agreed("p-2").replace("\"granted\"", "\"declined\"");
    let folder = Folder::with(&[("policy.json", POLICY)]);
    let data = data();
    let export = ["export", "--to", "json", "--questionnaires", &data, "--policy", "policy.json"];
    let named = [&export[..], &["--purpose", "care", "--recipient", "clinic"]].concat();
    let ran = folder.run(&named, format!("{}\n{declined}\n{}", agreed("p-1"), agreed("p-3")));
    assert_eq!(ran.status, Some(1));
    let codes: Vec<Value> = ran.lines().iter().map(|line| line["error"]["code"].clone()).collect();
    // A consent that was changed by hand is a forged profile before it is one that may not leave.
    assert_eq!(codes, [json!(null), json!("verify.answers-hash"), json!(null)]);
    assert_eq!(folder.run(&export, agreed("p-1")).lines()[0]["error"]["code"], "export.purpose");
    let unknown = [&export[..], &["--purpose", "fun", "--recipient", "clinic"]].concat();
    let ran = folder.run(&unknown, "");
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("`care`, `share`"), "{}", ran.err);
}

#[test]
fn tables_are_files_to_which_every_profile_adds_its_rows() {
    let folder = Folder::with(&[("policy.json", POLICY)]);
    let data = data();
    for format in ["csv", "xlsx"] {
        let export = [
            "export",
            "--to",
            format,
            "--questionnaires",
            &data,
            "--policy",
            "policy.json",
            "--purpose",
            "care",
            "--recipient",
            "clinic",
            "--out",
            "out",
        ];
        let ran = folder.run(&export, format!("{}\n{}\n", agreed("p-1"), agreed("p-2")));
        assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
        assert_eq!(ran.lines().len(), 2);
    }
    let main = fs::read_to_string(folder.path().join("out/visit-1.0.0.main.csv")).unwrap();
    assert!(main.starts_with('\u{feff}'));
    assert_eq!(main.lines().count(), 3, "{main}");
    assert!(main.contains("\"'=Ma Lan\""), "{main}");
    assert!(folder.path().join("out/visit-1.0.0.dictionary.csv").exists());
    assert!(fs::read(folder.path().join("out/visit-1.0.0.xlsx")).unwrap().starts_with(b"PK"));
    let piped = run(
        &[
            "export",
            "--to",
            "csv",
            "--questionnaires",
            &data,
            "--purpose",
            "case_service",
            "--recipient",
            "case_system",
        ],
        "",
    );
    assert_eq!(piped.status, Some(2));
    assert!(piped.err.contains("--out"), "{}", piped.err);
}

/// Whoever has OpenSSL and sorts keys needs nothing of this project.
#[test]
fn openssl_reads_the_keys_and_verifies_the_signature() {
    let openssl = |folder: &Folder, arguments: &[&str]| {
        Command::new("openssl").args(arguments).current_dir(folder.path()).output()
    };
    let folder = Folder::with(&[("policy.json", POLICY), ("profile.json", &agreed("p-1"))]);
    match openssl(&folder, &["genpkey", "-algorithm", "ed25519", "-out", "theirs.pem"]) {
        Ok(made) if made.status.success() => {}
        _ => return eprintln!("skipped: there is no openssl with Ed25519"),
    }
    let data = data();
    let sent = folder.run(
        &[
            "export",
            "--to",
            "json",
            "--questionnaires",
            &data,
            "--policy",
            "policy.json",
            "--purpose",
            "care",
            "--recipient",
            "clinic",
            "--key",
            "theirs.pem",
            "profile.json",
        ],
        "",
    );
    assert_eq!(sent.status, Some(0), "{}{}", sent.out, sent.err);
    let mut document = sent.lines()[0].clone();
    let value = document["signature"].as_object_mut().unwrap().remove("value").unwrap();
    let signature = value.as_str().unwrap().replace('-', "+").replace('_', "/") + "==";
    folder.write("signature.b64", &format!("{signature}\n"));
    // What serde_json writes has sorted keys, and this profile has no number that JSON could write in two ways.
    folder.write("signed.json", &document.to_string());
    for arguments in [
        &["pkey", "-in", "theirs.pem", "-pubout", "-out", "theirs.pub"][..],
        &["base64", "-d", "-A", "-in", "signature.b64", "-out", "signature"],
        &[
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "theirs.pub",
            "-rawin",
            "-in",
            "signed.json",
            "-sigfile",
            "signature",
        ],
    ] {
        let done = openssl(&folder, arguments).unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stdout));
    }
    let verify = ["verify", "--questionnaires", &data, "--key", "theirs.pub"];
    let verified = folder.run(&verify, &sent.out);
    assert_eq!(verified.lines()[0]["by"], "replay and signature");
}

use std::process::Command;

use serde_json::Value;

use super::sandbox::{Sandbox, Service, free_port, has, installed, listens, succeeded};
use super::{full, guide, left_out};

/// `pouchdb-server`, if it is installed or may be.
fn server() -> Option<std::path::PathBuf> {
    let folder = installed().join("couchdb");
    let program = folder.join("node_modules/.bin/pouchdb-server");
    if !program.is_file() && full() && has("npm") {
        std::fs::create_dir_all(&folder).unwrap();
        let arguments = ["install", "--no-audit", "--no-fund", "--prefix", ".", "pouchdb-server@4.2.0"];
        let _ = Command::new("npm").args(arguments).current_dir(&folder).output();
    }
    program.is_file().then_some(program)
}

/// The destination `couch` of the guide, on this machine.
fn destinations(port: u16) -> String {
    let block = &guide::blocks("Any HTTP back end", "json")[0];
    let mut file: Value = serde_json::from_str(block).unwrap();
    let all = file["destinations"].as_array_mut().unwrap();
    all.retain(|destination| destination["id"] == "couch");
    assert_eq!(all.len(), 1);
    let address = all[0]["address"].as_str().unwrap();
    let here = address.replace("https://couch.example", &format!("http://127.0.0.1:{port}"));
    assert_ne!(here, address);
    all[0]["address"] = here.into();
    file.to_string()
}

#[test]
fn profiles_come_into_couchdb_once() {
    let Some(program) = server() else { return left_out("CouchDB", "pouchdb-server (npm)") };
    let sandbox = Sandbox::new();
    sandbox.profiles(50);
    let port = free_port();
    let mut command = Command::new(program);
    command
        .args(["--in-memory", "--port", &port.to_string(), "--no-stdout-logs"])
        .current_dir(sandbox.at("."));
    let _service = Service::start(&mut command);
    assert!(listens(port), "pouchdb-server does not listen");
    let curl = |script: &str| succeeded(&sandbox.shell(script).output().unwrap(), script);
    // Its user: without one, whoever names a user is refused.
    curl(&format!("curl -sSf -X PUT http://127.0.0.1:{port}/_config/admins/intake -d '\"secret\"'"));
    curl(&format!("curl -sSf -u intake:secret -X PUT http://127.0.0.1:{port}/profiles"));
    sandbox.write("destinations.json", &destinations(port));
    std::fs::create_dir(sandbox.at("secrets")).unwrap();
    sandbox.write("secrets/couch", "secret");
    let send = format!(
        "intake send --questionnaires {}/schemas/questionnaires --destinations destinations.json \
         --outbox outbox --secrets secrets profiles.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    sandbox.run(&send);
    // A sender that lost its outbox sends all of it again.
    sandbox.run("rm -r outbox");
    sandbox.run(&send);
    let all = curl(&format!("curl -sSf 'http://127.0.0.1:{port}/profiles/_all_docs?include_docs=true'"));
    let all: Value = serde_json::from_str(&all).unwrap();
    let mut stored: Vec<Value> =
        all["rows"].as_array().unwrap().iter().map(|row| row["doc"].clone()).collect();
    for document in &mut stored {
        let members = document.as_object_mut().unwrap();
        let revision = members.remove("_rev").unwrap();
        assert!(revision.as_str().unwrap().starts_with("1-"), "written once");
        assert_eq!(members.remove("_id").unwrap(), members["profile_id"]);
    }
    let mut sent = sandbox.lines("profiles.jsonl");
    let by_id = |profile: &Value| profile["profile_id"].to_string();
    stored.sort_by_key(by_id);
    sent.sort_by_key(by_id);
    assert_eq!(stored, sent);
}

//! Documents of which something was left out: they stand by a signature, and are never assessed again.

use intake::collector::{Bearer, Outcome, Role, Standing, Wanted};
use intake::export::{Form, Format, Options, Policy, PrivateKey, Terms, sending};
use serde_json::{Value, json};

use super::{NOW, Sandbox, plan, profile, withdrawal};

const POLICY: &str = r#"{"policy_version":1,
    "purposes":{
        "care":{"title":{},"consents":["care"],"sensitive":{},"highly_sensitive":{},"identity":"within"},
        "share":{"title":{},"consents":["care"],"withhold":["hit"],"identity":"detached"}},
    "recipients":{"clinic":{"title":{},"purposes":["care","share"]}}}"#;

pub fn key(number: u8) -> PrivateKey {
    PrivateKey::from_seed([number; 32])
}

fn document(id: &str, purpose: &str, key: &PrivateKey, more: &Value) -> String {
    let mut stated = json!({"consent": {"care": "granted"}});
    stated.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let profile: Value = serde_json::from_str(&profile(id, stated)).unwrap();
    let policy = Policy::read(POLICY).unwrap();
    let terms = Terms { policy: &policy, purpose, recipient: "clinic", on: None };
    let options = Options { key: Some(key), mapping: None };
    let made = sending(&plan(), &profile, terms, Form::Format(Format::Json), options).unwrap();
    String::from_utf8(made.document.bytes).unwrap()
}

/// A document that leaves something out.
pub fn redacted(id: &str, key: &PrivateKey) -> String {
    document(id, "share", key, &json!({}))
}

/// A sandbox in which station st01 has registered a key.
fn registered() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.collector.add_key("st01", &key(1).public(), NOW).unwrap();
    sandbox
}

#[test]
fn only_a_key_of_the_station_vouches_for_what_cannot_be_assessed_again() {
    let sandbox = registered();
    let document = redacted("a", &key(1));
    assert!(!document.contains("\"Ma\"") && document.contains("\"answers_hash\":null"));
    assert_eq!(sandbox.take("st02", &[&document]), ["collect.key"], "another station's key is none here");
    assert_eq!(sandbox.take("st01", &[&redacted("a", &key(2))]), ["collect.key"]);
    assert_eq!(sandbox.take("st01", &[&document, &document]), ["accepted", "duplicate"]);
    // Without the document in which it came there is nothing that vouches for it.
    let bare = serde_json::from_str::<Value>(&document).unwrap()["profile"].to_string();
    assert_eq!(sandbox.take("st01", &[&bare]), ["verify.signature"]);
    let mut unsigned: Value = serde_json::from_str(&document).unwrap();
    unsigned.as_object_mut().unwrap().remove("signature");
    assert_eq!(sandbox.take("st01", &[&unsigned.to_string()]), ["verify.signature"]);
    assert!(sandbox.collector.revoke_key("st01", &key(1).public(), NOW).unwrap());
    assert_eq!(sandbox.take("st01", &[&redacted("b", &key(1))]), ["collect.key"]);
    assert_eq!(sandbox.bodies(Wanted::All), [document], "what it vouched for before stays");
}

#[test]
fn whatever_is_changed_in_a_signed_document_it_is_refused() {
    let sandbox = registered();
    let document: Value = serde_json::from_str(&redacted("a", &key(1))).unwrap();
    let deeds: [&dyn Fn(&mut Value); 5] = [
        &|value| value["withheld"] = json!(0),
        &|value| value["recipient"] = json!("me"),
        &|value| value["profile"]["profile_id"] = json!("b"),
        &|value| value["profile"]["needs"] = json!([]),
        &|value| value["profile"]["redacted"] = json!(false),
    ];
    for deed in deeds {
        let mut changed = document.clone();
        deed(&mut changed);
        assert_eq!(sandbox.take("st01", &[&changed.to_string()]), ["verify.signature"]);
    }
    let mut newer = document;
    newer["portable_version"] = json!(2);
    assert_eq!(sandbox.take("st01", &[&newer.to_string()]), ["collect.shape"]);
    assert_eq!(sandbox.bodies(Wanted::All), Vec::<String>::new());
}

#[test]
fn what_is_signed_is_still_no_more_than_a_profile() {
    let sandbox = registered();
    let mut members: serde_json::Map<String, Value> = serde_json::from_str(&redacted("a", &key(1))).unwrap();
    members.remove("signature");
    let sealed = |deed: &dyn Fn(&mut Value)| {
        let mut changed = members.clone();
        deed(&mut changed["profile"]);
        intake::export::sign(&mut changed, &key(1));
        sandbox.take("st01", &[&Value::Object(changed).to_string()]).remove(0)
    };
    assert_eq!(sealed(&|profile| profile["needs"] = json!("none")), "verify.shape");
    assert_eq!(sealed(&|profile| profile["answers_hash"] = json!("sha256:00")), "verify.shape");
    assert_eq!(sealed(&|profile| profile["profile_id"] = json!("")), "collect.id");
    assert_eq!(sealed(&|profile| profile["supersedes"] = json!("a")), "collect.shape");
    assert_eq!(sealed(&|_| {}), "accepted");
}

#[test]
fn a_whole_profile_is_assessed_again_in_whatever_it_comes() {
    let sandbox = registered();
    let signed = document("a", "care", &key(1), &json!({}));
    let profile = serde_json::from_str::<Value>(&signed).unwrap()["profile"].clone();
    assert_eq!(sandbox.take("st01", &[&signed, &profile.to_string()]), ["accepted", "duplicate"]);
    let mut members: serde_json::Map<String, Value> =
        serde_json::from_str(&document("b", "care", &key(1), &json!({}))).unwrap();
    members["profile"]["answers"]["low"] = json!(1);
    intake::export::sign(&mut members, &key(1));
    let forged = Value::Object(members).to_string();
    assert!(sandbox.take("st01", &[&forged])[0].starts_with("verify."), "a signature is no excuse");
    let listed = &sandbox.collector.list(0, 10).unwrap().entries[0];
    assert_eq!((listed.verified_by.as_str(), listed.redacted), ("replay and signature", false));
}

#[test]
fn a_redacted_profile_is_amended_and_withdrawn_like_any_other() {
    let sandbox = registered();
    let a = redacted("a", &key(1));
    let b = document("b", "share", &key(1), &json!({"supersedes": "a"}));
    assert_eq!(sandbox.take("st01", &[&a, &b]), ["accepted"; 2]);
    assert_eq!(sandbox.bodies(Wanted::Current), [b]);
    assert_eq!(sandbox.take("st01", &[&withdrawal("b"), &a]), ["accepted", "collect.withdrawn"]);
    assert_eq!(sandbox.bodies(Wanted::All), Vec::<String>::new());
    assert_eq!(sandbox.collector.profiles(Wanted::All, Standing::Signature, 0, 9).unwrap().entries.len(), 0);
}

#[test]
fn a_relay_brings_what_its_stations_have_signed() {
    let sandbox = registered();
    let relay = Bearer { station: "office".into(), role: Role::Relay };
    let of =
        |station: &str| document(station, "share", &key(1), &json!({"provenance": {"station": station}}));
    let (own, foreign) = (of("st01"), of("st02"));
    let received = sandbox.collector.take(&relay, &[&own, &foreign], NOW).unwrap();
    assert_eq!(received[0].outcome, Outcome::Accepted);
    assert!(matches!(&received[1].outcome, Outcome::Refused(why) if why[0].code.as_str() == "collect.key"));
}

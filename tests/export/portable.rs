//! Portable JSON: what leaves can be checked by whoever receives it, with the engine and without.

use intake::export::{Format, Identity, Options, PrivateKey, Signed, check, export};
use intake::profile::verify;
use serde_json::Value;

use super::sample::{elder, leaving};

#[test]
fn a_detached_identity_goes_back_to_where_it_was() {
    let (plan, whole) = elder();
    let leaving = leaving(&plan, &whole, "share_health_centre", "health_centre");
    let part = serde_json::to_value(leaving.identity.as_ref().unwrap()).unwrap();
    assert!(part["parts"].as_object().unwrap().contains_key("/answers/birth_date"));
    let birth_date = whole.answers["birth_date"].as_str().unwrap();
    assert!(!leaving.profile.to_canonical_json().contains(birth_date));
    assert_eq!(leaving.profile.subject.age_years, whole.subject.age_years, "an age tells nobody's name");
    let mut back = leaving.profile.to_value();
    Identity::read(part).unwrap().attach(&mut back).unwrap();
    assert_eq!(back["answers"]["birth_date"], birth_date);
    assert_eq!(back["subject"]["birth_date"], birth_date);
}

#[test]
fn a_whole_profile_without_its_identity_replays_with_it() {
    let (plan, whole) = elder();
    let policy = r#"{"policy_version":1,"purposes":{"p":{"title":{},"consents":[],"sensitive":{},"highly_sensitive":{},"identity":"detached"}},
        "recipients":{"r":{"title":{},"purposes":["p"]}}}"#;
    let policy = intake::export::Policy::read(policy).unwrap();
    let terms = intake::export::Terms { policy: &policy, purpose: "p", recipient: "r", on: None };
    let leaving = intake::export::Leaving::new(&plan, &whole, terms).unwrap();
    assert_eq!((leaving.profile.redacted, leaving.profile.identity_detached), (None, Some(true)));
    let mut back = leaving.profile.to_value();
    leaving.identity.as_ref().unwrap().attach(&mut back).unwrap();
    assert_eq!(back, whole.to_value());
    let lookup = |_: &str, _: &str| Some(std::sync::Arc::clone(&plan));
    assert_eq!(verify(&lookup, &back), []);
    let apart = verify(&lookup, &leaving.profile.to_value());
    assert_eq!(apart[0].code.as_str(), "verify.redacted");
}

#[test]
fn each_document_has_a_signature_of_its_own_over_what_leaves() {
    let (plan, whole) = elder();
    let leaving = leaving(&plan, &whole, "share_health_centre", "health_centre");
    let key = PrivateKey::from_seed([9; 32]);
    let made = export(Format::Json, &leaving, Options { key: Some(&key), mapping: None }).unwrap();
    assert!(made.identity.is_some());
    for document in std::iter::once(&made.document).chain(&made.beside).chain(&made.identity) {
        let value: Value = serde_json::from_slice(&document.bytes).unwrap();
        assert_eq!(check(value.as_object().unwrap()), Signed::By(key.public()));
    }
    let value: Value = serde_json::from_slice(&made.document.bytes).unwrap();
    assert!(value["withheld"].as_u64().unwrap() > 0);
    assert_eq!(value["profile"]["redacted"], true);
}

#[test]
fn what_leaves_is_as_its_schemas_say() {
    let read = |name: &str| -> Value {
        let path = format!("{}/schemas/wire/{name}-1.schema.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let build = |schema: &Value| jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    let (mut portable, mut identity) = (read("portable"), read("identity"));
    // Each is held to by itself, so that nothing has to be fetched.
    identity["properties"]["signature"] = portable["$defs"]["signature"].clone();
    portable["properties"]["profile"] = Value::Bool(true);
    let (portable, identity, profiles) = (build(&portable), build(&identity), build(&read("profile")));
    let faults = |validator: &jsonschema::Validator, value: &Value| {
        let faults = validator.iter_errors(value).map(|fault| format!("{} {fault}", fault.instance_path()));
        faults.collect::<Vec<_>>()
    };
    let (plan, whole) = elder();
    let key = PrivateKey::from_seed([9; 32]);
    for (purpose, recipient) in [
        ("case_service", "case_system"),
        ("share_health_centre", "health_centre"),
        ("share_committee", "committee"),
        ("anonymous_statistics", "statistics"),
    ] {
        let leaving = leaving(&plan, &whole, purpose, recipient);
        for key in [None, Some(&key)] {
            let made = export(Format::Json, &leaving, Options { key, mapping: None }).unwrap();
            let document: Value = serde_json::from_slice(&made.document.bytes).unwrap();
            assert_eq!(faults(&portable, &document), [""; 0], "{purpose}");
            assert_eq!(faults(&profiles, &document["profile"]), [""; 0], "{purpose}");
            if let Some(part) = made.identity {
                let part: Value = serde_json::from_slice(&part.bytes).unwrap();
                assert_eq!(faults(&identity, &part), [""; 0], "{purpose}");
            }
        }
    }
    let policy: Value = serde_json::from_str(include_str!("../../schemas/exchange/policy.json")).unwrap();
    let schema = serde_json::from_str(include_str!("../../schemas/exchange/policy-1.schema.json")).unwrap();
    assert_eq!(faults(&build(&schema), &policy), [""; 0]);
}

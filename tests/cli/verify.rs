//! `intake verify`: a profile stands or falls with what its own answers make of it.

use serde_json::{Value, json};

use super::assess::profile;
use super::sandbox::{Folder, run};
use super::{RECORD, VISIT};

const FOLDER: &str = "tests/data";

/// What somebody did to a profile, and what is said about it first.
struct Forgery {
    what: &'static str,
    deed: fn(&mut Value),
    code: &'static str,
    pointer: &'static str,
}

const ZERO: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

const FORGERIES: &[Forgery] = &[
    Forgery {
        what: "a score",
        deed: |profile| profile["scores"]["mood"]["value"] = json!(4),
        code: "verify.score-forged",
        pointer: "/scores/mood/value",
    },
    Forgery {
        what: "the band of a score",
        deed: |profile| profile["scores"]["mood"]["band"]["id"] = json!("fine"),
        code: "verify.score-forged",
        pointer: "/scores/mood/band/id",
    },
    Forgery {
        what: "the level of a need",
        deed: |profile| profile["needs"][0]["level"] = json!(3),
        code: "verify.mismatch",
        pointer: "/needs/0/level",
    },
    Forgery {
        what: "a need taken away",
        deed: |profile| profile["needs"] = json!([]),
        code: "verify.mismatch",
        pointer: "/needs",
    },
    Forgery {
        what: "a need's evidence",
        deed: |profile| profile["needs"][0]["evidence"][0]["rule"] = json!("R2"),
        code: "verify.mismatch",
        pointer: "/needs/0/evidence/0/rule",
    },
    Forgery {
        what: "the level of a domain",
        deed: |profile| profile["domain_levels"]["D06"] = json!(0),
        code: "verify.mismatch",
        pointer: "/domain_levels/D06",
    },
    Forgery {
        what: "a domain that nobody looked at",
        deed: |profile| profile["domain_levels"]["D02"] = json!(0),
        code: "verify.mismatch",
        pointer: "/domain_levels/D02",
    },
    Forgery {
        what: "the fingerprint of the answers",
        deed: |profile| profile["answers_hash"] = json!(ZERO),
        code: "verify.answers-hash",
        pointer: "/answers_hash",
    },
    Forgery {
        what: "the fingerprint of the rules",
        deed: |profile| profile["questionnaire"]["rules_hash"] = json!(ZERO),
        code: "verify.mismatch",
        pointer: "/questionnaire/rules_hash",
    },
    Forgery {
        what: "the fingerprint of the questionnaire",
        deed: |profile| profile["questionnaire"]["content_hash"] = json!(ZERO),
        code: "verify.unknown-questionnaire",
        pointer: "/questionnaire",
    },
    Forgery {
        what: "an unlisted choice",
        deed: |profile| profile["answers"]["low"] = json!(3),
        code: "record.unlisted-choice",
        pointer: "/answers/low",
    },
    Forgery {
        what: "a wrong type",
        deed: |profile| profile["answers"]["visits"] = json!("often"),
        code: "record.wrong-type",
        pointer: "/answers/visits",
    },
    Forgery {
        what: "an unknown key",
        deed: |profile| profile["answers"]["pet"] = json!("cat"),
        code: "record.unknown-key",
        pointer: "/answers/pet",
    },
    Forgery {
        what: "a null",
        deed: |profile| profile["answers"]["name"] = Value::Null,
        code: "record.null",
        pointer: "/answers/name",
    },
    Forgery {
        what: "an answer and an absence",
        deed: |profile| profile["absent"]["/name"] = json!("declined"),
        code: "record.value-and-absence",
        pointer: "/absent/~1name",
    },
    Forgery {
        what: "an unlisted absence code",
        deed: |profile| profile["absent"]["/helper"] = json!("unable"),
        code: "record.absence-code",
        pointer: "/absent/~1helper",
    },
    Forgery {
        what: "a calculated value",
        deed: |profile| profile["answers"]["visits_a_month"] = json!(4),
        code: "record.calculated",
        pointer: "/answers/visits_a_month",
    },
    Forgery {
        what: "an answer to a question that is hidden",
        deed: |profile| profile["answers"]["helper"] = json!("kin"),
        code: "record.not-asked",
        pointer: "/answers/helper",
    },
    Forgery {
        what: "no day of the assessment",
        deed: |profile| {
            profile.as_object_mut().unwrap().remove("assessed_on");
        },
        code: "record.assessed-on",
        pointer: "",
    },
    Forgery {
        what: "another answer",
        deed: |profile| profile["answers"]["low"] = json!(1),
        code: "verify.answers-hash",
        pointer: "/answers_hash",
    },
    Forgery {
        what: "something that no profile holds",
        deed: |profile| profile["note"] = json!("please hurry"),
        code: "verify.mismatch",
        pointer: "/note",
    },
    Forgery {
        what: "no profile at all",
        deed: |profile| *profile = json!([]),
        code: "verify.shape",
        pointer: "",
    },
];

#[test]
fn what_assess_wrote_is_verified() {
    let profile = profile(RECORD);
    let ran = run(&["verify", "--questionnaires", FOLDER], format!("{profile}\n{profile}\n"));
    let expected = "{\"line\":1,\"verified\":true}\n{\"line\":2,\"verified\":true}\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (Some(0), expected, ""));
}

#[test]
fn every_forgery_is_rejected_with_code_pointer_and_reason() {
    let honest = profile(RECORD);
    let mut input = String::new();
    for forgery in FORGERIES {
        let mut profile: Value = serde_json::from_str(&honest).unwrap();
        (forgery.deed)(&mut profile);
        input.push_str(&format!("{profile}\n{honest}\n"));
    }
    let ran = run(&["verify", "--questionnaires", FOLDER], input);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    let lines = ran.lines();
    assert_eq!(lines.len(), 2 * FORGERIES.len());
    for (index, (forgery, pair)) in FORGERIES.iter().zip(lines.chunks(2)).enumerate() {
        let error = &pair[0]["error"];
        assert_eq!(
            json!([error["code"], error["pointer"], pair[0]["line"]]),
            json!([forgery.code, forgery.pointer, 2 * index + 1]),
            "{}: {}",
            forgery.what,
            pair[0]
        );
        assert!(error["message"].as_str().is_some_and(|message| message.len() > 15), "{error}");
        assert_eq!(pair[1], json!({"line": 2 * index + 2, "verified": true}));
    }
}

#[test]
fn the_version_of_the_engine_is_no_part_of_what_it_found() {
    let mut profile: Value = serde_json::from_str(&profile(RECORD)).unwrap();
    profile["provenance"]["engine"]["version"] = json!("9.9.9");
    let ran = run(&["verify", "--questionnaires", FOLDER], profile.to_string());
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), "{\"line\":1,\"verified\":true}\n"));
}

#[test]
fn a_hidden_answer_that_was_ignored_fails() {
    let record = r#"{"assessed_on":"2026-11-24","answers":{"alone":false,"helper":"kin"}}"#;
    let ran = run(&["verify", "--questionnaires", FOLDER], profile(record));
    let error = &ran.lines()[0]["error"];
    assert_eq!(
        (ran.status, json!([error["code"], error["pointer"]])),
        (Some(1), json!(["record.not-asked", "/answers/helper"]))
    );
}

#[test]
fn a_questionnaire_that_cannot_be_used_is_named_and_the_others_are_used() {
    let schemas = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(schemas.join(VISIT)).unwrap();
    let broken = text.replace("\"visits * 4\"", "\"visit * 4\"");
    let folder = Folder::with(&[("good/questionnaire.json", &text), ("bad/questionnaire.json", &broken)]);
    let ran = folder.run(&["verify", "--questionnaires", "."], profile(RECORD));
    assert_eq!(ran.out, "{\"line\":1,\"verified\":true}\n");
    assert_eq!(ran.err, "intake: ./bad/questionnaire.json cannot be used: see `intake check`\n");
    assert_eq!(ran.status, Some(1));
}

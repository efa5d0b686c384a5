//! `intake assess`: records in, profiles and refusals out, a line each.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::plan::Plan;
use serde_json::json;

use super::refused::REFUSED;
use super::sandbox::{Folder, run};
use super::{RECORD, VISIT};

/// A loader of the project's own files.
struct Project;

impl intake::questionnaire::Loader for Project {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        Ok(fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok())
    }
}

pub fn plan() -> Arc<Plan> {
    intake::open(&Project, VISIT).0.unwrap()
}

/// What the library makes of a record.
pub fn profile(record: &str) -> String {
    let record = intake::session::read_record(record, SourceId(0)).0.unwrap();
    intake::profile::assess(&plan(), &record).unwrap().to_canonical_json()
}

#[test]
fn each_line_becomes_a_profile_and_the_bytes_are_those_of_the_library() {
    let second = r#"{"assessed_on":"2026-11-24","answers":{"alone":true},"absent":{"/hit":"declined"}}"#;
    let ran = run(&["assess", VISIT], format!("{RECORD}\n\n{second}\n"));
    assert_eq!(ran.out, format!("{}\n{}\n", profile(RECORD), profile(second)));
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn files_standard_input_and_printed_json_are_all_the_same() {
    let folder = Folder::new();
    folder.write("a.jsonl", &format!("{RECORD}\n"));
    let printed = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(RECORD).unwrap());
    folder.write("b.json", &printed.unwrap());
    let here = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let ran = run(&["assess", VISIT, &here("a.jsonl"), "-", &here("b.json")], RECORD);
    assert_eq!(ran.out, format!("{}\n", profile(RECORD)).repeat(3));
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn every_refusal_says_code_pointer_and_reason_and_the_lines_after_it_are_processed() {
    let mut input = String::new();
    for refused in REFUSED {
        input.push_str(&format!("{}\n{RECORD}\n", refused.record));
    }
    let ran = run(&["assess", VISIT], input);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    let lines = ran.lines();
    assert_eq!(lines.len(), 2 * REFUSED.len());
    let profile: serde_json::Value = serde_json::from_str(&profile(RECORD)).unwrap();
    for (index, (refused, pair)) in REFUSED.iter().zip(lines.chunks(2)).enumerate() {
        let error = &pair[0]["error"];
        assert_eq!(
            json!([error["code"], error["pointer"], pair[0]["line"]]),
            json!([refused.code, refused.pointer, 2 * index + 1]),
            "{}",
            refused.record
        );
        if !refused.message.is_empty() {
            assert_eq!(error["message"], refused.message, "{}", refused.record);
        }
        assert!(error["help"].as_str().is_some_and(|help| !help.is_empty()), "{error}");
        assert_eq!(pair[1], profile);
    }
}

#[test]
fn all_reasons_come_at_once() {
    let record = r#"{"assessed_on":"2026-11-24","answers":{"pet":1,"alone":2,"low":9}}"#;
    let ran = run(&["assess", VISIT], record);
    let line = &ran.lines()[0];
    let mut codes = vec![line["error"]["code"].clone()];
    codes.extend(line["further"].as_array().unwrap().iter().map(|fault| fault["code"].clone()));
    codes.sort_by_key(ToString::to_string);
    assert_eq!(json!(codes), json!(["record.unknown-key", "record.unlisted-choice", "record.wrong-type"]));
}

#[test]
fn several_inputs_are_told_apart() {
    let folder = Folder::with(&[("a.jsonl", "{}\n"), ("b.jsonl", "\n{}\n")]);
    let (a, b) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
    let (a, b) = (a.to_string_lossy(), b.to_string_lossy());
    let lines = run(&["assess", VISIT, &a, &b], "").lines();
    let places: Vec<_> = lines.iter().map(|line| json!([line["file"], line["line"]])).collect();
    assert_eq!(json!(places), json!([[a, 1], [b, 2]]));
}

#[test]
fn an_answer_to_a_question_never_asked_is_ignored_and_named() {
    let record = r#"{"assessed_on":"2026-11-24","answers":{"alone":false,"helper":"kin"}}"#;
    let ran = run(&["assess", VISIT], record);
    assert_eq!(ran.status, Some(0));
    let profile = &ran.lines()[0];
    assert_eq!(profile["ignored"], json!(["/helper"]));
    assert_eq!(profile["answers"], json!({"alone": false}));
}

#[test]
fn bytes_that_are_no_text_are_refused_alone() {
    let mut input = b"{\"assessed_on\":\"2026-11-24\",\"answers\":{\"name\":\"\xff\xfe\"}}\n".to_vec();
    input.extend_from_slice(RECORD.as_bytes());
    let ran = run(&["assess", VISIT], input);
    let lines = ran.lines();
    assert_eq!((ran.status, lines.len()), (Some(1), 2));
    assert_eq!(lines[0]["error"]["code"], "json.encoding");
    assert_eq!(lines[1]["status"], "complete");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_do_no_harm() {
    let ran = run(&["assess", VISIT], format!("\u{feff}{RECORD}\r\n{RECORD}\r\n"));
    assert_eq!(ran.out, format!("{}\n", profile(RECORD)).repeat(2));
    assert_eq!(ran.status, Some(0));
}

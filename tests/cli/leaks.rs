//! No answer in any message: records, profiles and files full of marked answers, put to every command, and none of the
//! marks may come back in what is said about them.

use serde_json::{Value, json};

use super::VISIT;
use super::assess::profile;
use super::refused::REFUSED;
use super::sandbox::{Folder, run};

/// Marks that stand in no questionnaire and in no text of the program.
const WORDS: [&str; 3] = ["Zebulonqx", "geheimnisvoll", "秘密回答"];
const NUMBER: &str = "86420975";

fn assert_silent(what: &str, said: &str) {
    for mark in WORDS.iter().copied().chain([NUMBER]) {
        assert!(!said.contains(mark), "{what}: `{mark}` in\n{said}");
    }
}

/// Records that are refused, each with marks wherever an answer can stand.
fn marked_records() -> Vec<String> {
    let [a, b, c] = WORDS;
    let number = NUMBER;
    let answers = [
        // Wrong types, unlisted choices, broken constraints.
        format!(r#""alone":"{a}","visits":"{b}","likes":["{c}"],"low":{number}"#),
        format!(r#""name":{number},"born":"{a}","weight":"{b}","children":"{c}""#),
        format!(r#""name":"{a} {a} {a}","visits":{number},"weight":{number}.0625,"born":"{number}-01-01""#),
        format!(r#""children":[{{"given":{number},"away":"{a}"}},"{b}",["{c}"]]"#),
        format!(r#""helper":["{a}"],"likes":{{"{b}":"{c}"}},"tired":"{number}""#),
        format!(r#""likes":["tea","tea","{a}"],"hit":"{b}","visits_a_month":{number}"#),
        // Numbers that are none, or too long to be kept.
        format!(r#""weight":0{number}"#),
        format!(r#""weight":{number}."#),
        format!(r#""weight":{number}.{number}{number}"#),
        format!(r#""weight":-{number}e999999"#),
        // Broken JSON around an answer.
        format!(r#""name":{a}"#),
        format!(r#""name":"{a}"#),
        format!(r#""name":"{a}\x {b}""#),
        format!("\"name\":\"{a}\u{1}{b}\""),
        format!(r#""name":"{a}\ud83d{b}""#),
        format!(r#""name":"{a}","name":"{b}""#),
        format!(r#""name":"{a}" "{b}":"{c}""#),
        format!(r#""name":"{a}",,"alone":{b}"#),
        format!(r#""name":'{a}'"#),
        format!(r#""name":"{a}"}} {b} {{"#),
        // One answer too much.
        format!(r#""name":"{a}","pet":"{b}""#),
        format!(r#""name":null,"pet":["{a}",{{"x":"{b}"}}]"#),
    ];
    let mut records: Vec<String> = answers
        .iter()
        .map(|answers| format!(r#"{{"assessed_on":"2026-11-24","answers":{{{answers}}}}}"#))
        .collect();
    records.extend([
        format!(r#"{{"assessed_on":"{a}","answers":{{"name":"{b}"}}}}"#),
        format!(r#"{{"answers":{{"name":"{a}"}}}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":"{a}"}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":"{a}"}},"absent":{{"/name":"{b}","/born":{number}}}}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":"{a}"}},"informants":{{"/name":"{b}"}}}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":"{a}"}},"overrides":[{{"domain":"{b}","level":9}}]}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":"{a}"}},"record_version":"{b}"}}"#),
        format!(r#"{{"assessed_on":"2026-11-24","answers":{{"name":"{a}"}},"questionnaire":{{"id":"{b}","version":"{c}"}}}}"#),
        format!(r#"["{a}","{b}"]"#),
        format!(r#""{a}""#),
        format!("{a} {b}"),
    ]);
    records
}

#[test]
fn no_command_repeats_what_a_refused_record_says() {
    let records = marked_records();
    let input = records.join("\n");
    for command in ["assess", "explain"] {
        let ran = run(&[command, VISIT], &input);
        assert_eq!(ran.status, Some(1));
        let refused = ran.lines();
        assert_eq!(
            refused.len(),
            records.len(),
            "{command}: one is taken that should be refused:\n{}",
            ran.out
        );
        assert!(refused.iter().all(|line| line["error"]["code"].is_string()));
        assert_silent(command, &ran.out);
        assert_silent(command, &ran.err);
    }
    let ran = run(&["verify", "--questionnaires", "tests/data"], &input);
    assert_eq!((ran.status, ran.lines().len()), (Some(1), records.len()));
    assert_silent("verify", &(ran.out + &ran.err));
}

#[test]
fn no_command_shows_a_line_of_a_record_or_a_profile() {
    let folder = Folder::new();
    let mut arguments = vec!["check".to_owned()];
    for (index, record) in marked_records().iter().enumerate() {
        // With what the file is, as it should be, and without, as it may be.
        let named = record.replacen('{', r#"{"$schema":"record-1.schema.json","#, 1);
        let profile = record.replacen('{', r#"{"$schema":"profile-1.schema.json","#, 1);
        for (kind, text) in [("r", &named), ("p", &profile), ("x", record)] {
            if text.contains("\"answers\"") {
                let name = format!("{kind}{index}.json");
                folder.write(&name, text);
                arguments.push(name);
            }
        }
    }
    for format in ["text", "json"] {
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.extend(["--format", format]);
        let ran = folder.run(&arguments, "");
        assert_eq!(ran.status, Some(1));
        assert!(ran.out.len() > 5000);
        assert_silent(format, &(ran.out + &ran.err));
    }
}

#[test]
fn no_forged_profile_is_quoted() {
    let [a, b, c] = WORDS;
    let honest: Value = serde_json::from_str(&profile(
        &json!({"assessed_on": "2026-11-24", "answers": {"name": a, "children": [{"given": b}], "low": 2, "tired": 2}})
            .to_string(),
    ))
    .unwrap();
    let mut input = String::new();
    let deeds: [fn(&mut Value); 7] = [
        |profile| profile["answers"]["name"] = json!("x"),
        |profile| profile["answers"]["children"] = json!([]),
        |profile| profile["answers"]["children"][0]["given"] = json!(["秘密回答"]),
        |profile| profile["answers"]["alone"] = json!("秘密回答"),
        |profile| profile["needs"][0]["evidence"] = json!([{"answers": [{"value": "秘密回答"}]}]),
        |profile| profile["scores"]["mood"]["value"] = json!(86420975),
        |profile| profile["status"] = json!("秘密回答"),
    ];
    for deed in deeds {
        let mut profile = honest.clone();
        deed(&mut profile);
        input.push_str(&format!("{profile}\n"));
    }
    let ran = run(&["verify", "--questionnaires", "tests/data"], input);
    assert_eq!((ran.status, ran.lines().len()), (Some(1), deeds.len()));
    assert!(ran.lines().iter().all(|line| line["error"]["code"].is_string()));
    let _ = c;
    assert_silent("verify", &(ran.out + &ran.err));
}

#[test]
fn the_table_of_refusals_holds_no_answers_either() {
    for refused in REFUSED {
        for answer in ["aunt", "often", "beer", "Li", "cat", "60.25"] {
            assert!(!refused.message.contains(answer));
        }
    }
}

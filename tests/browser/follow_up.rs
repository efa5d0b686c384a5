//! An interview that goes on from the profile of the time before, and what people state on the profile page: all of it
//! is in the record, so that the command line comes to the same bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

use intake::plan::LanguageId;
use serde_json::{Value, json};

use crate::elder::{Elder, SAFETY};

fn answer(elder: &Elder, answers: &[(&str, Value)]) {
    for (name, value) in answers {
        elder.go_and_choose(name, value.clone());
    }
}

fn safe() -> Vec<(&'static str, Value)> {
    SAFETY.iter().map(|name| (*name, json!(false))).collect()
}

/// The profile and the record, as they are downloaded; `before` is how often that was done before.
fn download(elder: &Elder, before: usize) -> (Vec<u8>, Vec<u8>) {
    let page = &elder.page;
    page.find("button", "Download the profile").click();
    page.find("button", "Download the answers").click();
    let file = |kind: &str| page.downloaded_after(&format!("{kind}-elder-needs-*.json"), before);
    (file("profile"), file("record"))
}

fn assess(record: &[u8], previous: Option<&Path>) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::env::temp_dir().join(format!("intake-follow-{}.json", std::process::id()));
    std::fs::write(&file, record).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
    command.arg("assess").arg(root.join("schemas/questionnaires/elder-needs/questionnaire.json")).arg(&file);
    if let Some(previous) = previous {
        command.arg("--previous").arg(previous);
    }
    let output = command.output().unwrap();
    let _ = std::fs::remove_file(&file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    output.stdout
}

/// What the first visit has left.
pub(crate) struct FirstVisit {
    /// The profile's file.
    pub(crate) file: PathBuf,
    profile: Vec<u8>,
    record: Vec<u8>,
}

/// Visits a lonely person, and keeps the profile.
pub(crate) fn first_visit(elder: &Elder) -> FirstVisit {
    answer(elder, &[("lonely_i1", json!(3)), ("lonely_i2", json!(2)), ("lonely_i3", json!(2))]);
    answer(elder, &safe());
    elder.finish();
    let (profile, record) = download(elder, 0);
    let file = elder.page.own_folder("last-time").join("profile.json");
    std::fs::write(&file, &profile).unwrap();
    FirstVisit { file, profile, record }
}

/// Begins the second visit, at the questions of which the first is shown.
pub(crate) fn second_visit(elder: &Elder, first: &Path) {
    let page = &elder.page;
    page.goto("#/follow/elder-needs");
    page.css("#follow-file").send(&first.display().to_string());
    page.find("button", "Begin").click();
    page.wait_for("the interview begins", || page.script("return location.hash") == "#/fill/elder-needs/1");
    elder.go_to(elder.section_of("lonely_i1"));
}

/// Ends the second visit: the person is less lonely.
pub(crate) fn end_second_visit(elder: &Elder) {
    answer(elder, &[("lonely_i1", json!(1)), ("lonely_i2", json!(1)), ("lonely_i3", json!(2))]);
    answer(elder, &safe());
    elder.finish();
    let page = &elder.page;
    page.wait_for("the change is told", || page.texts(".number").contains(&"−3".to_owned()));
}

/// The table of what has changed, row by row: the scale, its two values with their meaning, the change.
fn trend_rows(elder: &Elder) -> Vec<Vec<String>> {
    let rows = elder.page.script(
        "return [...document.querySelectorAll('table[aria-label=\"Since last time\"] tbody tr')]
           .map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()))",
    );
    serde_json::from_value(rows).unwrap()
}

/// The same as the profile says it.
fn trend_told(elder: &Elder, deltas: &[Value]) -> Vec<Vec<String>> {
    let compared = deltas.iter().filter(|delta| delta["kind"] == "score" && delta["comparable"] == true);
    let row = |delta: &Value| {
        let score = elder.plan.scores.iter().find(|score| delta["id"] == *score.id).expect("a score");
        let value = |value: &Value, band: &Value| {
            let band = score.bands.iter().find(|one| *band == *one.id);
            let band = band.and_then(|band| Some(band.title.as_ref()?.text(LanguageId(0)).to_string()));
            [value.to_string()].into_iter().chain(band).collect::<Vec<_>>().join(" ")
        };
        let change = delta["change"].as_i64().expect("a whole change");
        let change = match change {
            0 => "the same".to_owned(),
            less @ ..0 => format!("−{}", less.abs()),
            more => format!("+{more}"),
        };
        vec![
            score.title.text(LanguageId(0)).to_string(),
            value(&delta["before"], &delta["band_before"]),
            value(&delta["after"], &delta["band_after"]),
            change,
        ]
    };
    compared.map(row).collect()
}

#[test]
fn last_time_is_shown_as_last_time_and_what_changed_is_told() {
    let elder = Elder::at_start();
    let page = &elder.page;
    let FirstVisit { file: first, profile, record } = first_visit(&elder);
    assert_eq!(String::from_utf8(assess(&record, None)), String::from_utf8(profile.clone()));

    // The form for a follow-up says which profile it follows on.
    let id = serde_json::from_slice::<Value>(&profile).unwrap()["profile_id"].as_str().unwrap().to_owned();
    page.goto("#/follow/follow-up");
    page.css("#follow-file").send(&first.display().to_string());
    page.find("button", "Begin").click();
    page.wait_for("the interview begins", || page.address().contains("#/fill/follow-up/"));
    page.goto("#/fill/follow-up/2");
    page.wait_for("which profile", || {
        page.all(".question input.box").iter().any(|field| field.value() == id)
    });

    second_visit(&elder, &first);
    let shown = page.texts(&format!("#{} .last-time", elder.id("lonely_i1")));
    assert_eq!(shown.len(), 1);
    assert!(shown[0].starts_with("Last time: ") && shown[0].contains("today"), "{shown:?}");
    assert!(elder.chosen("lonely_i1").is_empty(), "an answer of last time is no answer");
    let id_of_third = elder.id("lonely_i3");
    page.css(&format!("#{id_of_third} .last-time button")).click();
    page.wait_for("it is still so", || !elder.chosen("lonely_i3").is_empty());
    page.wait_for("the focus is where the button was", || {
        page.script(&format!(
            "return document.getElementById('{id_of_third}').contains(document.activeElement)"
        )) == true
    });
    end_second_visit(&elder);

    let (profile, record) = download(&elder, 1);
    let told: Value = serde_json::from_slice(&profile).unwrap();
    let deltas = told["reassessment"]["deltas"].as_array().unwrap();
    let lonely = deltas.iter().find(|delta| delta["id"] == "lonely3").unwrap();
    assert_eq!((&lonely["comparable"], &lonely["change"]), (&json!(true), &json!(-3)));
    assert_eq!(trend_rows(&elder), trend_told(&elder, deltas));
    assert_eq!(told["kind"], "reassessment");
    assert_eq!(told["reassessment"]["previous"], id);
    assert!(told["profile_id"] != id && told["supersedes"].is_null(), "a profile of its own");
    for previous in [None, Some(first.as_path())] {
        assert_eq!(String::from_utf8(assess(&record, previous)), String::from_utf8(profile.clone()));
    }
    page.assert_no_faults();
}

#[test]
fn what_is_agreed_and_done_is_in_the_record_and_assessed_again() {
    let elder = Elder::at_start();
    let page = &elder.page;
    let mut answers = safe();
    answers[0].1 = json!(true);
    answer(&elder, &answers[..1]);
    elder.act_on_alert();
    answer(&elder, &answers[1..]);
    page.wait_for("the question that follows", || elder.is_asked("abuse_now"));
    elder.choose("abuse_now", false);
    elder.finish();

    page.wait_for("what was done on the spot is shown", || {
        page.texts(".acted-done").iter().any(|text| text.contains("Told my supervisor"))
    });
    page.all(".profile-main > .sheet .acted summary")[0].click();
    page.css("#goal-text").send("Sleep without fear");
    page.all(".profile-main > .sheet .acted .button")[0].click();
    page.wait_for("the goal is shown", || {
        page.texts(".agreed-list li").iter().any(|text| text.starts_with("Sleep without fear"))
    });

    let (profile, record) = download(&elder, 0);
    let told: Value = serde_json::from_slice(&profile).unwrap();
    let alerts = told["alerts"].as_array().unwrap();
    let alert =
        alerts.iter().find(|alert| alert["status"] == "acknowledged").expect("an alert that was taken on");
    assert_eq!(alert["acted_grade"], alert["grade"]);
    assert_eq!(told["goals"], json!([{ "id": "g1", "text": "Sleep without fear" }]));
    assert_eq!(String::from_utf8(assess(&record, None)), String::from_utf8(profile));

    // What lies on a table at home says nothing of it.
    page.goto("#/handout/elder-needs");
    page.wait_for("the page for the person", || page.texts(".handout h2") == ["What we talked about"]);
    let sheet = page.texts(".handout")[0].clone();
    assert!(sheet.contains("Sleep without fear"), "{sheet}");
    for word in ["afraid", "hit", "alert", "Safety"] {
        assert!(!sheet.contains(word), "{word}: {sheet}");
    }
    // One sheet of paper, however little stands on it.
    assert!(page.printed_pages().is_none_or(|pages| pages == 1));
    // What was left out stays out, wherever the worker looks meanwhile.
    let lines = || page.texts(".handout .dots li").len();
    let before = lines();
    page.all(".handout .dots button")[0].click();
    page.wait_for("the line is gone", || lines() == before - 1);
    page.script("history.back()");
    page.wait_for("another page", || page.texts(".handout").is_empty());
    page.script("history.forward()");
    page.wait_for("the page for the person again", || page.texts(".handout h2") == ["What we talked about"]);
    assert_eq!(lines(), before - 1);
    page.assert_no_faults();
}

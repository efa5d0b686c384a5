//! Random answers to the form of the comparison, some of them missing.

use serde_json::{Map, Value as Json, json};

use super::random::Random;

const TEXTS: &[&str] = &[
    "abc",
    "Abc",
    "a",
    "b,a,b",
    "x",
    "12",
    "-3",
    "1.5",
    "a-b-c",
    " pad ",
    "2024-02-29",
    "老人",
    "yes",
    "2025",
    "0",
    "ab,",
    "The end",
];
const CHOICES: &[&str] = &["yes", "no", "maybe"];
const CODES: &[&str] = &["x", "y", "z"];
const SKILLS: &[&str] = &["farm", "cook", "sew"];
const DATES: &[&str] = &[
    "2024-02-29",
    "2024-02-28",
    "2024-03-01",
    "2023-12-31",
    "2026-11-23",
    "2026-01-31",
    "1947-02-11",
    "2008-02-29",
    "2000-01-01",
];
const PARTIAL: &[&str] =
    &["2024-02-29", "2024-02", "2024", "2023-12", "1947", "2026-11-23", "2026", "2008-02"];
const TIMES: &[&str] = &["06:30", "23:45", "00:00", "12:00"];
const ABSENCES: &[&str] = &["declined", "dont_know", "not_applicable", "not_asked", "unable"];
/// What can be absent instead of answered.
const QUESTIONS: &[&str] = &["b1", "i1", "d1", "t1", "c1", "w1"];

/// A case as the suites write it: `answers`, `absent`, `labels`, `today`.
pub(super) fn answers(random: &mut Random) -> Json {
    let mut answers = Map::new();
    for name in ["b1", "b2", "b3"] {
        maybe(random, &mut answers, name, boolean);
    }
    for name in ["i1", "i2", "i3"] {
        maybe(random, &mut answers, name, integer);
    }
    for name in ["d1", "d2"] {
        maybe(random, &mut answers, name, decimal);
    }
    for name in ["t1", "t2", "t3"] {
        maybe(random, &mut answers, name, |random| json!(random.pick(TEXTS)));
    }
    for name in ["c1", "c2"] {
        maybe(random, &mut answers, name, |random| json!(random.pick(CHOICES)));
    }
    for name in ["m1", "m2"] {
        maybe(random, &mut answers, name, |random| several(random, CODES));
    }
    for name in ["w1", "w2"] {
        maybe(random, &mut answers, name, |random| json!(random.pick(DATES)));
    }
    for name in ["p1", "p2"] {
        maybe(random, &mut answers, name, |random| json!(random.pick(PARTIAL)));
    }
    maybe(random, &mut answers, "u1", |random| json!(random.pick(TIMES)));
    maybe(random, &mut answers, "members", |random| (0..random.below(4)).map(|_| member(random)).collect());
    let mut absent = Map::new();
    for name in QUESTIONS {
        if !answers.contains_key(*name) && random.one_in(2) {
            absent.insert((*name).to_owned(), json!(random.pick(ABSENCES)));
        }
    }
    json!({
        "answers": answers,
        "absent": absent,
        "labels": {"yes": "Yes, often", "no": "No", "x": "The x"},
        "today": "2026-11-23",
    })
}

fn member(random: &mut Random) -> Json {
    let mut row = Map::new();
    maybe(random, &mut row, "aged", |random| json!(random.below(80)));
    maybe(random, &mut row, "pay", decimal);
    maybe(random, &mut row, "out", boolean);
    maybe(random, &mut row, "sex", |random| json!(random.pick(&["f", "m"])));
    maybe(random, &mut row, "called", |random| json!(random.pick(TEXTS)));
    maybe(random, &mut row, "skills", |random| several(random, SKILLS));
    maybe(random, &mut row, "born", |random| json!(random.pick(DATES)));
    maybe(random, &mut row, "since", |random| json!(random.pick(PARTIAL)));
    maybe(random, &mut row, "jobs", |random| (0..random.below(3)).map(|_| job(random)).collect());
    Json::Object(row)
}

fn job(random: &mut Random) -> Json {
    let mut row = Map::new();
    maybe(random, &mut row, "worked", |random| json!(random.below(60)));
    maybe(random, &mut row, "task", |random| json!(random.pick(TEXTS)));
    maybe(random, &mut row, "paid", boolean);
    maybe(random, &mut row, "begun", |random| json!(random.pick(DATES)));
    Json::Object(row)
}

fn maybe(random: &mut Random, into: &mut Map<String, Json>, name: &str, value: fn(&mut Random) -> Json) {
    if !random.one_in(4) {
        let value = value(random);
        into.insert(name.to_owned(), value);
    }
}

fn boolean(random: &mut Random) -> Json {
    json!(random.one_in(2))
}

fn integer(random: &mut Random) -> Json {
    match random.below(4) {
        0 => json!(0),
        1 => json!(random.below(200) as i64 - 100),
        _ => json!(random.below(8) as i64 - 2),
    }
}

fn decimal(random: &mut Random) -> Json {
    let hundredths = random.below(4000) as i64 - 1000;
    let shown = match random.below(3) {
        0 => format!("{}.5", hundredths / 100),
        1 => format!(
            "{}{}.{:02}",
            if hundredths < 0 { "-" } else { "" },
            hundredths.abs() / 100,
            hundredths.abs() % 100
        ),
        _ => (hundredths / 100).to_string(),
    };
    serde_json::from_str(&shown).unwrap()
}

fn several(random: &mut Random, codes: &[&str]) -> Json {
    codes.iter().filter(|_| random.one_in(2)).map(|code| json!(code)).collect()
}

/// The same answers as a plain document for FHIRPath, in which a missing answer is no member.
///
/// Why a question has no value and how choices are called stand in it under names of their own.
pub(super) fn document(case: &Json) -> Json {
    let mut document = case["answers"].as_object().unwrap().clone();
    document.insert("absent_".to_owned(), case["absent"].clone());
    let labels = case["labels"].as_object().unwrap().iter();
    document.insert(
        "labels_".to_owned(),
        labels.map(|(code, label)| json!({"code": code, "label": label})).collect(),
    );
    Json::Object(document)
}

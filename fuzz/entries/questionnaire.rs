//! A questionnaire from anybody, in one file or several, is read, compiled and opened.

use std::collections::BTreeMap;
use std::sync::Arc;

use intake::profile::assess;
use intake::session::{Command, Record, Session, World};
use intake::value::{DateTime, Decimal, PartialDate, Value};

/// The names of the files between zero bytes.
const FILES: [&str; 4] = ["questionnaire.json", "instrument.json", "list.json", "zh-CN.json"];

/// Reads, compiles, answers every question with something, and assesses.
pub fn run(data: &[u8]) {
    let files: BTreeMap<String, String> = data
        .split(|byte| *byte == 0)
        .zip(FILES)
        .map(|(text, name)| (name.to_owned(), String::from_utf8_lossy(text).into_owned()))
        .collect();
    let (plan, sources, diagnostics) = intake::open(&files, FILES[0]);
    for diagnostic in &diagnostics {
        assert!(!sources.render(diagnostic).is_empty());
    }
    let Some(plan) = plan else {
        assert!(!diagnostics.is_empty(), "there is no plan, and nobody says why");
        return;
    };
    let Some(now) = DateTime::from_unix_seconds(0) else { return };
    let world = World { today: PartialDate::EPOCH, now, language: Default::default() };
    let mut session = Session::open(Arc::clone(&plan), world);
    let answers = [
        Value::Boolean(true),
        Value::Number(Decimal::ONE),
        Value::text("1"),
        Value::Codes(vec!["1".into()]),
        Value::Date(PartialDate::EPOCH),
    ];
    for node in session.nodes().into_iter().take(60) {
        let _ = session.apply(Command::AddRow { repeat: node, at: None });
        for answer in &answers {
            let _ = session.apply(Command::Answer { node, value: Some(answer.clone()) });
        }
    }
    let record = session.record();
    let _ = assess(&plan, &record);
    let _ = assess(&plan, &Record::new(PartialDate::EPOCH));
}

//! A record from anybody is read, checked against a questionnaire, restored and assessed.

use std::sync::Arc;

use intake::diagnostic::Sources;
use intake::json::canonical;
use intake::profile::assess;
use intake::session::{Session, World, check_record, read_record};
use intake::value::DateTime;

use super::plan::PLAN;

/// Reads, restores and assesses a record.
pub fn run(data: &[u8]) {
    let plan = &*PLAN;
    let text = String::from_utf8_lossy(data);
    let mut sources = Sources::new();
    let source = sources.add("record.json", &*text);
    let (record, diagnostics) = read_record(&text, source);
    for diagnostic in &diagnostics {
        assert!(!sources.render(diagnostic).is_empty());
    }
    let Some(record) = record else {
        assert!(!diagnostics.is_empty(), "there is no record, and nobody says why");
        return;
    };
    let findings = check_record(plan, &record);
    let Some(now) = DateTime::from_unix_seconds(0) else { return };
    let world = World { today: record.assessed_on, now, language: Default::default() };
    let (session, _) = Session::restore(Arc::clone(plan), world, &record);
    // What was restored is what is recorded again, however much of the first record was nonsense.
    let kept = session.record();
    let (again, ignored) = Session::restore(Arc::clone(plan), world, &kept);
    assert_eq!(again.record().answers, kept.answers);
    assert!(ignored.is_empty(), "{ignored:?}");
    if let Ok(profile) = assess(plan, &record) {
        assert!(findings.is_empty(), "a record was refused, and assessed all the same");
        let value = serde_json::to_value(&profile).unwrap_or_default();
        assert!(!canonical::to_string(&value).is_empty());
    }
}

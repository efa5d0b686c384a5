//! A journal from anybody is replayed, and what came of it is written down and replayed again.

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::session::{Journal, Stamp, World};
use intake::value::{DateTime, PartialDate};

use super::plan::PLAN;

/// Replays the lines as they are, and as entries behind a header that fits.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = Journal::replay(&PLAN, text.lines(), SourceId(0));
    let Some(now) = DateTime::from_unix_seconds(0) else { return };
    let world = World { today: PartialDate::EPOCH, now, language: Default::default() };
    let header = Journal::begin(Arc::clone(&PLAN), world).header().to_string();
    let lines = [&*header].into_iter().chain(text.lines());
    let Some(mut journal) = Journal::replay(&PLAN, lines, SourceId(0)).0 else {
        panic!("the header fits, and yet there is no journal");
    };
    let written = journal.snapshot(Stamp { at: now, by: None, elapsed: None }).to_value(&PLAN).to_string();
    let (again, faults) = Journal::replay(&PLAN, [&*header, &*written], SourceId(0));
    assert!(faults.is_empty(), "{faults:?}");
    let again = again.map(|again| again.session().record().to_value());
    assert_eq!(again, Some(journal.session().record().to_value()));
}

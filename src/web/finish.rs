//! Ends an interview: the record is closed, the profile computed, and the second check awaited.

use std::rc::Rc;
use std::sync::Arc;

use serde_json::json;

use super::desk::Desk;
use super::host::clock;
use super::store::{Finished, Outcome, Store};
use crate::session::Record;
use crate::worker::{Remark, Request, Verdict};

/// Finishes an interview; the store's outcome tells how far that is.
///
/// The profile is computed here, by the same engine as everywhere. The worker only says whether the record is one
/// that another program would accept. If it cannot say so the profile is shown all the same, marked: a person in need
/// is not kept waiting by a check that a station can make up for.
pub(crate) fn finish(desk: &Desk, store: &Store) {
    store.set_outcome(Outcome::Checking);
    let record = record(store);
    let later = store.later();
    let plan = Arc::clone(store.session().plan());
    let (profile, profile_text) = match later.assess(&plan, &record) {
        Ok(computed) => computed,
        Err(findings) => {
            let remarks = findings.iter().map(Remark::of_record).collect();
            store.set_outcome(Outcome::Refused(remarks));
            return;
        }
    };
    let request = Request { bundle: store.bundle().to_string(), record: later.record_text(&record) };
    let finished = Finished { record, profile, profile_text, verified: false };
    let store = store.clone();
    desk.verifier().check(request, move |verdict| {
        // Answers that changed in the meantime have ended this attempt.
        if !matches!(store.outcome(), Outcome::Checking) {
            return;
        }
        store.set_outcome(match verdict {
            Some(Verdict::Refused(remarks)) => Outcome::Refused(remarks.into()),
            Some(Verdict::Accepted) => Outcome::Finished(Rc::new(Finished { verified: true, ..finished })),
            Some(Verdict::Unable) | None => Outcome::Finished(Rc::new(finished)),
        });
    });
}

/// The record of an interview that ends now.
fn record(store: &Store) -> Record {
    let mut record = store.later().record(&store.session());
    record.acts.insert(
        "provenance".to_owned(),
        json!({ "started_at": store.started().to_string(), "ended_at": clock::now().to_string() }),
    );
    record
}

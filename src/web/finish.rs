//! Ends an interview: the record is closed, the profile computed, and the second check awaited.

use std::rc::Rc;

use super::desk::Desk;
use super::host::clock;
use super::store::{Acts, Finished, Outcome, Store};
use crate::json::canonical;
use crate::profile::{self, Previous, Profile};
use crate::session::{Finding, Record};
use crate::worker::{Remark, Request, Verdict};

/// Finishes an interview; the store's outcome tells how far that is.
///
/// The profile is computed here, by the same engine as everywhere. The worker only says whether the record is one
/// that another program would accept. If it cannot say so the profile is shown all the same, marked: a person in need
/// is not kept waiting by a check that a station can make up for.
pub(crate) fn finish(desk: &Desk, store: &Store) {
    if store.only_reads() {
        return;
    }
    store.end(clock::now());
    store.set_outcome(Outcome::Checking);
    let Some((record, profile)) = assessed(store) else { return };
    let request =
        Request { bundle: store.bundle().to_string(), record: canonical::to_string(&record.to_value()) };
    let finished = closed(record, profile, false);
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

/// States something beside the answers; if there is a profile, it is assessed again. The second check looks at answers
/// only, so what it has said still holds.
pub(crate) fn state(store: &Store, change: impl FnOnce(&mut Acts)) {
    store.state(change);
    let Outcome::Finished(before) = store.outcome() else { return };
    if let Some((record, profile)) = assessed(store) {
        store.set_outcome(Outcome::Finished(Rc::new(closed(record, profile, before.verified))));
    }
}

/// An interview that was finished before the page was closed: its profile is computed again, from the same record at
/// the same moment, and so to the same byte. The second check has seen it then.
pub(crate) fn finished_before(store: &Store) {
    if let Some((record, profile)) = assessed(store) {
        store.set_outcome(Outcome::Finished(Rc::new(closed(record, profile, true))));
    }
}

/// The record as it stands and its profile; a refusal is the outcome.
fn assessed(store: &Store) -> Option<(Record, Profile)> {
    match assess(store) {
        Ok(done) => Some(done),
        Err(findings) => {
            let remarks = findings.iter().map(Remark::of_record).collect();
            store.set_outcome(Outcome::Refused(remarks));
            None
        }
    }
}

fn assess(store: &Store) -> Result<(Record, Profile), Vec<Finding>> {
    let plan = store.session().plan().clone();
    let mut record = store.record(clock::now());
    if let Some(earlier) = store.earlier() {
        let previous = Previous { profile: earlier.profile(), plan: None };
        record = profile::state_changes(&plan, &record, previous)?;
    }
    let profile = profile::assess(&plan, &record)?;
    Ok((record, profile))
}

fn closed(record: Record, profile: Profile, verified: bool) -> Finished {
    let profile_text = profile.to_canonical_json();
    Finished { record, profile, profile_text, verified }
}

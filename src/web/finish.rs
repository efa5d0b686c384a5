//! Ends an interview: the record is closed, the profile computed, and the second check awaited.

use std::rc::Rc;

use super::desk::Desk;
use super::host::{chance, clock};
use super::store::{Acts, Attempt, Finished, Outcome, Store, fingerprint};
use crate::json::canonical;
use crate::profile::{self, Previous, Profile};
use crate::session::{Finding, Record};
use crate::vault::Id;
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
    if !is_as_it_ended(store) {
        store.end(clock::now());
    }
    let attempt = Attempt::default();
    store.set_outcome(Outcome::Checking(attempt.clone()));
    let Some((record, profile)) = assessed(store, chance::id) else { return };
    let request =
        Request { bundle: store.bundle().to_string(), record: canonical::to_string(&record.to_value()) };
    let finished = closed(record, profile, false);
    let store = store.clone();
    desk.verifier().check(request, move |verdict| {
        // Answers that changed in the meantime have ended this attempt, and another may have begun.
        if !matches!(store.outcome(), Outcome::Checking(now) if now == attempt) {
            return;
        }
        store.set_outcome(match verdict {
            Some(Verdict::Refused(remarks)) => Outcome::Refused(remarks.into()),
            Some(Verdict::Accepted) => Outcome::Finished(Rc::new(Finished { verified: true, ..finished })),
            Some(Verdict::Unable) | None => Outcome::Finished(Rc::new(finished)),
        });
    });
}

/// Whether nothing was changed since the interview was finished, or everything was put back to what has left then: it
/// has ended when it did, and its profile is the same.
fn is_as_it_ended(store: &Store) -> bool {
    if matches!(store.outcome(), Outcome::Finished(_)) {
        return true;
    }
    let left = store.profile_id().and_then(|known| known.left);
    left.is_some_and(|left| computed(store).is_ok_and(|(_, profile)| fingerprint(profile.to_value()) == left))
}

/// States something beside the answers; if there is a profile, it is assessed again. The second check looks at answers
/// only, so what it has said still holds.
pub(crate) fn state(store: &Store, change: impl FnOnce(&mut Acts)) {
    store.state(change);
    let Outcome::Finished(before) = store.outcome() else { return };
    if let Some((record, profile)) = assessed(store, chance::id) {
        store.set_outcome(Outcome::Finished(Rc::new(closed(record, profile, before.verified))));
    }
}

/// An interview that was finished before the page was closed: its profile is computed again, from the same record at
/// the same moment, and so to the same byte.
pub(crate) fn finished_before(store: &Store, writable: bool, verified: bool) {
    // Where another tab writes, that one names it.
    if let Some((record, profile)) = assessed(store, || chance::id().filter(|_| writable)) {
        store.set_outcome(Outcome::Finished(Rc::new(closed(record, profile, verified))));
    }
}

/// The record as it stands and its profile; a refusal is the outcome.
fn assessed(store: &Store, chance: impl FnOnce() -> Option<Id>) -> Option<(Record, Profile)> {
    match assess(store, chance) {
        Ok(done) => Some(done),
        Err(findings) => {
            let remarks = findings.iter().map(Remark::of_record).collect();
            store.set_outcome(Outcome::Refused(remarks));
            None
        }
    }
}

/// The record and its profile, under the id by which it leaves.
fn assess(store: &Store, chance: impl FnOnce() -> Option<Id>) -> Result<(Record, Profile), Vec<Finding>> {
    let (record, profile) = computed(store)?;
    let renamed = store.rename(&fingerprint(profile.to_value()), chance);
    if renamed { computed(store) } else { Ok((record, profile)) }
}

fn computed(store: &Store) -> Result<(Record, Profile), Vec<Finding>> {
    let plan = store.session().plan().clone();
    let mut record = store.record(clock::now());
    store.name(&mut record);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::plan::LanguageId;
    use crate::session::{Journal, Node, World};
    use crate::value::{DateTime, Value};
    use crate::vault::ProfileId;
    use crate::web::store::Form;
    use crate::web::testing::plan;

    fn store() -> Store {
        let world =
            World { today: "2026-11-23".parse().unwrap(), now: DateTime::EPOCH, language: LanguageId(0) };
        Store::new("one".into(), "".into(), Journal::begin(plan(), world), DateTime::EPOCH)
    }

    fn answer(store: &Store, name: &str) {
        let node = Node::form(store.session().plan().question_named(None, "name").unwrap());
        store.answer(node, Some(Value::text(name)));
    }

    /// Finishes at a moment; every id by chance has the same digits.
    fn finish_at(store: &Store, moment: &str, digit: u8) -> Finished {
        if !is_as_it_ended(store) {
            store.end(moment.parse().unwrap());
        }
        let (record, profile) = assess(store, || Some(Id([digit; 16]))).unwrap();
        let finished = closed(record, profile, true);
        let shown = closed(finished.record.clone(), finished.profile.clone(), true);
        store.set_outcome(Outcome::Finished(Rc::new(shown)));
        finished
    }

    fn names(finished: &Finished) -> (Option<String>, Option<String>) {
        (finished.profile.profile_id.clone(), finished.profile.supersedes.clone())
    }

    #[test]
    fn an_id_is_kept_until_something_else_is_said_than_has_left() {
        let id = |digit: u8| Id([digit; 16]).to_string();
        let store = store();
        answer(&store, "Ma");
        assert_eq!(names(&finish_at(&store, "2026-11-23T10:00:00Z", 1)), (Some(id(1)), None));
        answer(&store, "Ma L");
        let first = finish_at(&store, "2026-11-23T10:05:00Z", 2);
        assert_eq!(names(&first), (Some(id(1)), None), "it has not left");
        store.has_left(&first);

        // As it is, and put back to what it was.
        assert_eq!(finish_at(&store, "2026-11-23T11:00:00Z", 3).profile_text, first.profile_text);
        answer(&store, "Ma Lan");
        answer(&store, "Ma L");
        assert_eq!(finish_at(&store, "2026-11-23T11:05:00Z", 3).profile_text, first.profile_text);

        answer(&store, "Ma Lan");
        let second = finish_at(&store, "2026-11-23T12:00:00Z", 4);
        assert_eq!(names(&second), (Some(id(4)), Some(id(1))));
        // What was taken back is amended by nothing.
        store.has_left(&second);
        let known = store.profile_id().unwrap();
        store.set_profile_id(ProfileId { withdrawn: true, ..known });
        answer(&store, "Ma");
        assert_eq!(names(&finish_at(&store, "2026-11-23T13:00:00Z", 5)), (Some(id(5)), None));
    }

    #[test]
    fn what_is_stated_after_it_has_left_amends_it_too() {
        let store = store();
        answer(&store, "Ma");
        let first = finish_at(&store, "2026-11-23T10:00:00Z", 1);
        store.has_left(&first);
        store.state(|acts| acts.set_list("goals", vec![json!({ "text": "to sleep well" })]));
        let second = assess(&store, || Some(Id([2; 16]))).unwrap().1;
        assert_eq!(second.supersedes, first.profile.profile_id);
        let third = assess(&store, || Some(Id([3; 16]))).unwrap().1;
        assert_eq!(third, second, "once, until that has left");
    }

    #[test]
    fn what_was_begun_and_not_saved_is_in_nothing_that_leaves() {
        let store = store();
        store.state(|acts| acts.set_list("goals", vec![json!({ "text": "to sleep well" })]));
        let before = finish_at(&store, "2026-11-23T10:00:00Z", 1);
        let boxes = || Some([("text".to_owned(), "secret".to_owned())].into());
        let key = store.acts().begun.key("goals", 0);
        for form in [Form::Another, Form::Entry(key), Form::Of("R1".to_owned())] {
            store.begin_to_state("goals", form, boxes());
        }
        assert!(matches!(store.outcome(), Outcome::Finished(_)), "the profile holds");
        let after = finish_at(&store, "2026-11-23T11:00:00Z", 2);
        assert_eq!(after.profile_text, before.profile_text);
        assert_eq!(after.record.to_value(), before.record.to_value());
    }
}

//! Under which id what comes out leaves.

use serde_json::Value;

use super::{Finished, Store};
use crate::json::{canonical, sha256};
use crate::session::Record;
use crate::vault::{Id, ProfileId};

impl Store {
    /// Under which id the profile leaves, as far as it is known.
    pub(crate) fn profile_id(&self) -> Option<ProfileId> {
        match self.writer() {
            Some(writer) => writer.head().profile,
            None => self.0.profile_id.borrow().clone(),
        }
    }

    /// Notes under which id the profile leaves. Where another tab writes, that is the other tab's to say.
    pub(crate) fn set_profile_id(&self, profile_id: ProfileId) {
        match self.writer() {
            Some(_) if self.only_reads() => {}
            Some(writer) => writer.note(|head| head.profile = Some(profile_id)),
            None => drop(self.0.profile_id.replace(Some(profile_id))),
        }
    }

    /// Puts into a record under which id its profile leaves.
    pub(crate) fn name(&self, record: &mut Record) {
        let Some(ProfileId { id, supersedes, .. }) = self.profile_id() else { return };
        record.profile_id = Some(id);
        match supersedes {
            Some(supersedes) => drop(record.acts.insert("supersedes".to_owned(), supersedes.into())),
            None => drop(record.acts.remove("supersedes")),
        }
    }

    /// Has another id for what is not what has left under the one that there is; whether the id is another one now.
    pub(crate) fn rename(&self, fingerprint: &str, chance: impl FnOnce() -> Option<Id>) -> bool {
        if self.only_reads() {
            return false;
        }
        let known = self.profile_id();
        let next = match &known {
            Some(known) if !known.is_of_another(fingerprint) => return false,
            Some(known) => chance().map(|id| known.next(id)),
            None => chance().map(ProfileId::new),
        };
        let found = next.is_some();
        if let Some(next) = next {
            self.set_profile_id(next);
        }
        found
    }

    /// The profile has left the tablet: what is changed from now on is another one.
    pub(crate) fn has_left(&self, finished: &Finished) {
        let is_its = |known: &ProfileId| finished.record.profile_id.as_deref() == Some(&*known.id);
        if let Some(known) = self.profile_id().filter(is_its) {
            let left = Some(fingerprint(finished.profile.to_value()));
            self.set_profile_id(ProfileId { left, ..known });
        }
    }
}

/// The fingerprint of what a profile says, whatever its id and whichever build of the engine has made it.
pub(crate) fn fingerprint(mut profile: Value) -> String {
    if let Some(members) = profile.as_object_mut() {
        members.remove("profile_id");
        members.remove("supersedes");
        if let Some(provenance) = members.get_mut("provenance").and_then(Value::as_object_mut) {
            provenance.remove("engine");
        }
    }
    sha256(&canonical::to_string(&profile))
}

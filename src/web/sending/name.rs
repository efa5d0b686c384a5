//! Under which id a draft leaves, and what becomes of it: the list entry of the draft says, so that whoever goes on with
//! the draft knows it, in a backup and after it was handed over too.

use super::Sending;
use crate::outbox::{Item, Kind, State};
use crate::vault::message::{Ask, Failure};
use crate::vault::{Fate, Head, Id, ProfileId};
use crate::web::host::chance;

impl Sending {
    /// What the list says of a draft now.
    pub(super) fn head(&self, draft: Id) -> Option<Head> {
        match self.0.keeping.writer_of(draft) {
            Some(writer) => Some(writer.head()),
            None => self.0.keeping.drafts().into_iter().find(|one| one.draft == draft).map(|one| one.head),
        }
    }

    /// Under which id what a draft comes to can leave now: none if it was taken back as it stands.
    pub(super) fn id_for(&self, head: &Head, fingerprint: &str) -> Option<ProfileId> {
        let Some(known) = head.profile.clone() else { return chance::id().map(ProfileId::new) };
        // Another tab may have gone on from what was taken back meanwhile.
        let supersedes = known.supersedes.filter(|earlier| !self.is_taken_back(earlier));
        let withdrawn = known.withdrawn || self.is_taken_back(&known.id);
        let known = ProfileId { supersedes, withdrawn, ..known };
        if known.is_of_another(fingerprint) {
            chance::id().map(|id| known.next(id))
        } else {
            Some(known).filter(|known| !known.withdrawn)
        }
    }

    /// Whether a profile is taken back, or is to be.
    pub(crate) fn is_taken_back(&self, profile_id: &str) -> bool {
        let of = |item: &&Item| item.key.profile_id == profile_id && item.key.kind.0 == Kind::Withdrawal;
        self.0.outbox.borrow().items().iter().any(of)
    }

    /// Notes it with the draft: it is on the disk when this returns without an error.
    pub(super) async fn note(&self, draft: Id, fate: Fate) -> Result<(), Failure> {
        match self.0.keeping.writer_of(draft) {
            Some(writer) => {
                writer.note(|head| fate.befall(head));
                writer.written().await
            }
            None => self.0.keeping.ask(Ask::Befall { draft, fate }).await.map(|_| ()),
        }
    }

    /// Marks a draft as sent, once what it comes to has arrived wherever it was to go.
    pub(super) async fn mark(&self, profile_id: &str) {
        let items = self.items();
        let its = |item: &&Item| item.key.profile_id == profile_id && item.key.kind.0 == Kind::Profile;
        let is_sent = |item: &Item| matches!(item.state, State::Sent { .. });
        // What was taken out while it was on its way may not have arrived at all.
        if items.iter().any(|item| its(&item)) && items.iter().filter(its).all(is_sent) {
            self.note_at_leisure(profile_id, Fate::Arrived(profile_id.to_owned())).await;
        }
    }

    /// A profile that was put in is taken out before it has left: it is changed under the same id.
    pub(super) async fn did_not_leave(&self, profile_id: &str) {
        if !self.items().iter().any(|item| item.key.profile_id == profile_id) {
            self.note_at_leisure(profile_id, Fate::Stayed(profile_id.to_owned())).await;
        }
    }

    /// A draft was taken back: nothing amends what was.
    pub(super) async fn note_withdrawn(&self, draft: Id) {
        // If another tab writes the draft, the outbox knows it all the same.
        drop(self.note(draft, Fate::Withdrawn).await);
        self.0.keeping.list().await;
    }

    /// Notes what the list of drafts may go without: it then says what it said before.
    async fn note_at_leisure(&self, profile_id: &str, fate: Fate) {
        if let Some(draft) = self.draft_of(profile_id) {
            drop(self.note(draft, fate).await);
            self.0.keeping.list().await;
        }
    }
}

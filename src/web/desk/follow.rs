//! An interview that goes on from the profile of the time before.

use super::Desk;
use super::begin::{OpenError, failure, world};
use crate::profile::{Profile, prefill};
use crate::session::{Journal, Record, Session};
use crate::vault::Id;
use crate::vault::message::{Ask, Failure, Tell};
use crate::web::keeping;
use crate::web::store::{Earlier, Store};

impl Desk {
    /// A new interview that goes on from the profile of the time before, in the place of an open one: what the
    /// questionnaire takes over is filled in, and last time's answers are at hand.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub(crate) async fn follow(
        &self,
        form: &str,
        language: &str,
        profile: Profile,
    ) -> Result<Store, OpenError> {
        self.may_begin()?;
        let (bundle, plan) = self.read(form).await?;
        let world = world(&plan, language);
        let mut record = Record::new(world.today);
        prefill(&plan, &profile, &mut record);
        // Where the site has the version with which the profile was made, it says which questions are the same.
        let then = self.read(&profile.questionnaire.id).await.ok().map(|(_, plan)| plan);
        let then = then.filter(|plan| plan.content_hash() == profile.questionnaire.content_hash);
        let earlier = Earlier::new(&plan, profile, then.as_deref(), world.today);
        let (session, _) = Session::restore(plan, world, &record);
        let store = Store::new(form.to_owned().into(), bundle, Journal::go_on(session), world.now);
        self.clear(form).await;
        let before = keeping::earlier(earlier.profile());
        store.go_on_from(earlier);
        self.0.interviews.borrow_mut().insert(form.to_owned(), store.clone());
        self.keep(&store).await.inspect_err(|_| drop(self.drop_interview(form)))?;
        if let Some(writer) = store.writer() {
            writer.write(before);
            store.write_snapshot();
        }
        // What the questionnaire fills in from last time may be what cannot wait, and it would stand there after a reload.
        store.raise_again(None);
        Ok(store)
    }

    /// Goes on from the profile that a draft came to: of the same person, with the form that is named.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn follow_up(&self, draft: Id, form: &str, language: &str) -> Result<(), Failure> {
        let Tell::Text(text) = self.keeping().ask(Ask::Profile { draft }).await? else {
            return Err(Failure::Unreachable);
        };
        let profile: Profile = serde_json::from_str(&text).map_err(|_| Failure::Damaged)?;
        let before = self.keeping().drafts().into_iter().find(|one| one.draft == draft);
        let person = before.and_then(|one| one.head.person);
        let store = self.follow(form, language, profile).await.map_err(failure)?;
        if let Some(writer) = store.writer() {
            writer.note(|head| (head.person, head.follows) = (person, Some(draft)));
            writer.settled().await;
            let next = writer.draft();
            self.note_draft(draft, |head| head.followed = Some(next)).await?;
        }
        Ok(())
    }
}

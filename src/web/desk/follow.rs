//! An interview that goes on from the profile of the time before.

use super::Desk;
use super::begin::{OpenError, failure, world};
use crate::profile::{Profile, follows_needs, prefill};
use crate::session::{Journal, Record, Session};
use crate::vault::Id;
use crate::vault::message::{Ask, Failure, Tell};
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
        self.clear(form).await.map_err(OpenError::NotKept)?;
        store.go_on_from(earlier);
        self.lay_down(&store).await.inspect_err(|_| self.take_off(&store))?;
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
            // Without it the list goes on to say that the one before is due: no reason to hide the one that has begun.
            drop(self.note_draft(draft, |head| head.followed = Some(next)).await);
        }
        Ok(())
    }

    /// Finds out what of the profile of the time before may lie on a table at home, where that is asked for and is not
    /// known yet. Where the site does not have the very questionnaire of that time nobody can know, and nothing may.
    ///
    /// It is done for the page that prints it and no earlier: a questionnaire takes its time to be read, and hardly anyone
    /// who takes up a draft prints it.
    pub(crate) async fn look_back(&self, store: &Store) -> bool {
        let follows = follows_needs(store.session().plan());
        let Some(earlier) = store.earlier().filter(|earlier| follows && earlier.before().is_none()) else {
            return false;
        };
        let made_with = &earlier.profile().questionnaire;
        match self.read(&made_with.id).await {
            Ok((_, then)) if then.content_hash() == made_with.content_hash => earlier.find_told(&then),
            Ok(_) | Err(_) => {}
        }
        earlier.before().is_some()
    }
}

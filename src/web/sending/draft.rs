//! From a finished interview into the outbox.

use super::Sending;
use super::places::SIGNING_KEY;
use crate::outbox::{Added, Destination, Key, Kind, Trouble};
use crate::value::Word;
use crate::vault::message::{Ask, Failure, Listed, Tell};
use crate::vault::{self, Fate, Id, ProfileId, Went};
use crate::web::host::clock;
use crate::web::store::fingerprint;
use crate::worker::{Made, Order, Remark, To};

/// Why a draft was not put in for a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldBack {
    /// The destination.
    pub(crate) destination: String,
    /// The code of the reason.
    pub(crate) code: String,
}

/// The code for a destination that has the profile already, made of it in another way.
pub(crate) const OTHER_FORM: &str = "outbox.other-form";

impl Sending {
    /// Puts a finished draft in for every destination to which it may go. What the person consents to may stand in
    /// another interview.
    ///
    /// # Errors
    /// See [`Failure`]. Nothing leaves then.
    pub(crate) async fn post(&self, draft: Id, consent_in: Option<Id>) -> Result<(), Failure> {
        if let Some(writer) = self.0.keeping.writer_of(draft) {
            match writer.written().await {
                // What another tab writes is on the disk by its doing, or is not.
                Ok(()) | Err(Failure::ReadOnly) => {}
                // What leaves is made of what is on the disk: it would be the profile of before.
                Err(failure) => return Err(failure),
            }
        }
        self.0.keeping.list().await;
        self.refresh().await?;
        let head = self.head(draft).ok_or(Failure::NotFound)?;
        if head.state == vault::State::Open {
            return Ok(());
        }
        let profile = self.text(Ask::Profile { draft }).await?;
        let print = fingerprint(serde_json::from_str(&profile).map_err(|_| Failure::Damaged)?);
        let Some(named) = self.id_for(&head, &print) else { return Ok(()) };
        let places = self.0.places.borrow().clone();
        let made = self.made(draft, profile, &named, consent_in, &places.destinations).await?;
        if made.iter().any(Result::is_ok) {
            // Before it can leave: what is changed from now on is another one.
            self.note(draft, Fate::Named(ProfileId { left: Some(print), ..named.clone() })).await?;
            let to = places.destinations.iter().zip(&made).filter(|(_, made)| made.is_ok());
            let went =
                |(to, _): (&Destination, _)| Went { id: named.id.clone(), to: to.id.clone(), back: false };
            self.note(draft, Fate::Went(to.map(went).collect())).await?;
            self.0.of.borrow_mut().insert(named.id.clone(), draft);
            match consent_in {
                Some(other) => self.0.consent_in.borrow_mut().insert(named.id.clone(), other),
                None => self.0.consent_in.borrow_mut().remove(&named.id),
            };
        }
        let mut held_back = Vec::new();
        for (destination, made) in places.destinations.iter().zip(made) {
            if let Some(code) = self.put_in(destination, &named, made).await? {
                held_back.push(HeldBack { destination: destination.id.clone(), code });
            }
        }
        self.0.held_back.borrow_mut().insert(draft, held_back);
        self.0.keeping.list().await;
        // What it amends may have been held back for it.
        self.retry_after(Trouble::is_held);
        self.poke();
        Ok(())
    }

    /// Has the worker make of a draft's profile what some destinations may have, or say why they may not.
    pub(super) async fn made(
        &self,
        draft: Id,
        profile: String,
        named: &ProfileId,
        consent_in: Option<Id>,
        destinations: &[Destination],
    ) -> Result<Vec<Result<Made, Vec<Remark>>>, Failure> {
        let consent_in = match consent_in {
            Some(draft) => Some(self.text(Ask::Profile { draft }).await?),
            None => None,
        };
        let to = destinations.iter().map(|destination| To {
            purpose: destination.purpose.clone(),
            recipient: destination.recipient.clone(),
            format: destination.format.clone(),
            mapping: destination.mapping.clone(),
        });
        let order = Order {
            bundle: self.text(Ask::Form { draft }).await?,
            profile,
            profile_id: named.id.clone(),
            supersedes: named.supersedes.clone(),
            consent_in,
            policy: self.0.places.borrow().policy.clone(),
            on: clock::today().to_string(),
            key: self.0.secrets.borrow().get(SIGNING_KEY).cloned(),
            to: to.collect(),
        };
        self.0.verifier.make(order).await.ok_or(Failure::Unreachable)
    }

    /// Puts in what was made for a destination; or the code of the reason why nothing goes there.
    async fn put_in(
        &self,
        destination: &Destination,
        named: &ProfileId,
        made: Result<Made, Vec<Remark>>,
    ) -> Result<Option<String>, Failure> {
        let made = match made {
            Ok(made) => made,
            Err(remarks) => {
                return Ok(Some(remarks.into_iter().next().map(|remark| remark.code).unwrap_or_default()));
            }
        };
        let key = Key {
            destination: destination.id.clone(),
            profile_id: named.id.clone(),
            kind: Word(Kind::Profile),
        };
        let (added, changes) = self.0.outbox.borrow_mut().add(
            key,
            named.supersedes.clone(),
            &made.content_type,
            made.body.into_bytes(),
            clock::unix_seconds(),
        );
        self.keep_all(changes).await?;
        Ok((added == Added::Conflict).then(|| OTHER_FORM.to_owned()))
    }

    /// Interviews in which the person's consent may stand: their own, and of the same visit those that are not known to be
    /// of somebody else.
    pub(crate) fn with_consent(&self, listed: &Listed) -> Vec<Listed> {
        let drafts = self.0.keeping.drafts();
        let fits = |one: &Listed| {
            let same_person = one.head.person.is_some() && one.head.person == listed.head.person;
            let somebody_else = one.head.person.is_some() && listed.head.person.is_some() && !same_person;
            let same_visit =
                one.head.visit.is_some() && one.head.visit == listed.head.visit && !somebody_else;
            one.draft != listed.draft && one.head.state != vault::State::Open && (same_visit || same_person)
        };
        drafts.into_iter().filter(fits).collect()
    }

    pub(super) async fn text(&self, ask: Ask) -> Result<String, Failure> {
        match self.0.keeping.ask(ask).await? {
            Tell::Text(text) => Ok(text),
            _ => Err(Failure::Unreachable),
        }
    }
}

//! What keeps here something that could be sent: the interview says something else by now, or the consent is gone.

use super::Sending;
use crate::diagnostic::codes;
use crate::outbox::{Key, Kind, Trouble};
use crate::vault::message::{Ask, Failure};
use crate::vault::{Id, State};
use crate::web::store::fingerprint;
use crate::worker::Remark;

impl Sending {
    /// In which other draft the consent stands on which a profile leaves.
    pub(super) fn consent_in(&self, profile_id: &str) -> Option<Id> {
        self.0.consent_in.borrow().get(profile_id).copied()
    }

    /// Why an item must not go although it could: asked right before it goes, because it may have waited for weeks.
    ///
    /// A draft that is no longer on the tablet says nothing, and what was put in of it goes. One that somebody else has by
    /// now is theirs to send and to take back.
    pub(super) async fn held(&self, key: &Key) -> Result<Option<Trouble>, Failure> {
        if key.kind.0 != Kind::Profile {
            return Ok(None);
        }
        // Another tab may have changed it.
        self.0.keeping.list().await;
        let Some(draft) = self.draft_of(&key.profile_id) else { return Ok(None) };
        if self.head(draft).is_none()
            && matches!(self.text(Ask::Form { draft }).await, Err(Failure::OfAnother))
        {
            return Ok(Some(Trouble::HandedOver));
        }
        let Some((head, known)) = self.head(draft).and_then(|head| Some((head.clone(), head.profile?)))
        else {
            return Ok(None);
        };
        if head.state == State::Open {
            return Ok(Some(Trouble::Changed));
        }
        if known.id != key.profile_id {
            // It goes before what amends it, if that may go there too.
            let newest = Key { profile_id: known.id, ..key.clone() };
            let goes_too = self.0.outbox.borrow().item(&newest).is_some();
            return Ok((!goes_too).then_some(Trouble::Changed));
        }
        let profile = self.text(Ask::Profile { draft }).await?;
        let print = fingerprint(serde_json::from_str(&profile).map_err(|_| Failure::Damaged)?);
        let consent_in = self.consent_in(&key.profile_id);
        let other_is_open =
            consent_in.and_then(|other| self.head(other)).is_some_and(|other| other.state == State::Open);
        if known.is_of_another(&print) || other_is_open {
            return Ok(Some(Trouble::Changed));
        }
        // A consent that stands in an interview that is gone was given when this was put in.
        let consent_in = consent_in.filter(|other| self.head(*other).is_some());
        if consent_in.is_none() && self.consent_in(&key.profile_id).is_some() {
            return Ok(None);
        }
        let places = self.0.places.borrow().clone();
        let to: Vec<_> =
            places.destinations.iter().filter(|one| one.id == key.destination).cloned().collect();
        let made = self.made(draft, profile, &known, consent_in, &to).await?;
        let refused = |remarks: &Vec<Remark>| {
            remarks.iter().any(|remark| remark.code == codes::EXPORT_CONSENT.as_str())
        };
        Ok(made.iter().any(|made| made.as_ref().is_err_and(refused)).then_some(Trouble::NoConsent))
    }
}

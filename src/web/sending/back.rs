//! Taking back, by whoever has the draft: what is in the outbox, and what went from another one, which was sent before the
//! draft was handed over or restored.

use std::collections::BTreeSet;

use wasm_bindgen_futures::spawn_local;

use super::Sending;
use crate::outbox::{Change, Item, Key, Kind, Withdrawal, WithdrawalReason};
use crate::value::Word;
use crate::vault::message::{Ask, Failure, Listed};
use crate::vault::{Fate, Id, Went};
use crate::web::host::clock;

impl Sending {
    /// Takes a profile back from every destination to which it went, with what it amends and what amends it: not every
    /// destination has got all of them. What has not left yet does not leave.
    pub(crate) fn withdraw(&self, profile_id: &str, reason: WithdrawalReason) {
        let (this, profile_id) = (self.clone(), profile_id.to_owned());
        spawn_local(async move {
            // What this tab believes to wait another may have sent: then it must be told to whoever has it.
            let known = this.refresh().await;
            let draft = this.draft_of(&profile_id);
            this.take_back(draft, Some(&profile_id), reason);
            this.note_failure(known.err());
            if let Some(draft) = draft {
                this.note_withdrawn(draft).await;
            }
        });
    }

    /// Takes back whatever has left of a draft, from whichever outbox.
    pub(crate) fn withdraw_all(&self, draft: Id, reason: WithdrawalReason) {
        let this = self.clone();
        spawn_local(async move {
            let known = this.refresh().await;
            this.0.keeping.list().await;
            this.take_back(Some(draft), None, reason);
            this.note_failure(known.err());
            this.note_withdrawn(draft).await;
        });
    }

    fn take_back(&self, draft: Option<Id>, profile_id: Option<&str>, reason: WithdrawalReason) {
        let (at, now) = (clock::now().to_string(), clock::unix_seconds());
        let mut all = Vec::new();
        for key in self.left(draft, profile_id) {
            if let Some(draft) = draft {
                self.0.of.borrow_mut().insert(key.profile_id.clone(), draft);
            }
            let body = Withdrawal::new(&key.profile_id, reason, &at).to_json().into_bytes();
            let key = Key { kind: Word(Kind::Withdrawal), ..key };
            all.extend(self.0.outbox.borrow_mut().add(key, None, "application/json", body, now).1);
        }
        self.done(all);
    }

    /// What has left of a draft, or of a profile whose draft is not known: the oldest first, as they went.
    fn left(&self, draft: Option<Id>, profile_id: Option<&str>) -> Vec<Key> {
        let its = |id: &str| Some(id) == profile_id || (draft.is_some() && self.draft_of(id) == draft);
        let items = self.items();
        let profiles = items.iter().rev().filter(|item| item.key.kind.0 == Kind::Profile);
        let here: Vec<Key> =
            profiles.filter(|item| its(&item.key.profile_id)).map(|item| item.key.clone()).collect();
        let went = draft.and_then(|draft| self.head(draft)).map(|head| head.went).unwrap_or_default();
        let elsewhere = went.into_iter().filter(|one| !one.back).map(key_of);
        let mut all: Vec<Key> = elsewhere.filter(|key| !here.contains(key)).collect();
        all.extend(here);
        all
    }

    /// The drafts of which something has gone that is not in this outbox, each with the destinations.
    pub(crate) fn went_elsewhere(&self) -> Vec<(Listed, BTreeSet<String>)> {
        let outbox = self.0.outbox.borrow();
        let is_here = |key: &Key| {
            let withdrawal = Key { kind: Word(Kind::Withdrawal), ..key.clone() };
            outbox.item(key).is_some() || outbox.item(&withdrawal).is_some()
        };
        let elsewhere = |one: Listed| {
            let went = one.head.went.iter().filter(|went| !went.back && !is_here(&key_of((*went).clone())));
            let to: BTreeSet<String> = went.map(|went| went.to.clone()).collect();
            (!to.is_empty()).then_some((one, to))
        };
        self.0.keeping.drafts().into_iter().filter_map(elsewhere).collect()
    }

    /// Hands a draft over, with what is known of where it went. What waits of it in this outbox does not go from here any
    /// more: whoever has the draft sends it, and takes it back.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn hand_over(&self, draft: Id, to: Id) -> Result<(), Failure> {
        self.0.keeping.list().await;
        self.refresh().await?;
        let of_draft = |item: &Item| self.draft_of(&item.key.profile_id) == Some(draft);
        let items: Vec<Item> = self.items().into_iter().filter(of_draft).collect();
        let is_back = |key: &Key| {
            let withdrawal = Key { kind: Word(Kind::Withdrawal), ..key.clone() };
            // That it is taken back goes from here as well; but nobody knows when.
            items.iter().any(|item| item.key == withdrawal && !item.is_open())
        };
        let profiles = items.iter().filter(|item| item.key.kind.0 == Kind::Profile && !item.never_left());
        let mut keys: Vec<Key> = profiles.map(|item| item.key.clone()).collect();
        for item in items.iter().filter(|item| item.key.kind.0 == Kind::Withdrawal) {
            let key = Key { kind: Word(Kind::Profile), ..item.key.clone() };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let went =
            keys.into_iter().map(|key| Went { back: is_back(&key), id: key.profile_id, to: key.destination });
        let went: Vec<Went> = went.collect();
        if !went.is_empty() {
            self.note(draft, Fate::Went(went)).await?;
        }
        self.0.keeping.ask(Ask::HandOver { draft, to }).await?;
        let waiting = items.iter().filter(|item| item.key.kind.0 == Kind::Profile && item.is_open());
        let changes: Vec<Change> =
            waiting.flat_map(|item| self.0.outbox.borrow_mut().remove(&item.key)).collect();
        self.keep_all(changes).await
    }
}

fn key_of(went: Went) -> Key {
    Key { destination: went.to, profile_id: went.id, kind: Word(Kind::Profile) }
}

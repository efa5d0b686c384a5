//! What the keeper holds of it: the outbox, secrets, and where things go.

use std::collections::BTreeMap;

use gloo::timers::future::TimeoutFuture;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Sending;
use crate::json::{canonical, sha256};
use crate::outbox::{Change, Item, Key, Outbox, Trouble};
use crate::vault::Id;
use crate::vault::message::{Ask, Failure, Tell};
use crate::web::host::clock;

const OUTBOX: &str = "outbox";
const SECRETS: &str = "secrets";
/// How long reading waits for what is being kept just now.
const LOOK_AGAIN_MS: u32 = 20;

/// An item as it is kept: what is sent stands apart from it elsewhere, and beside it here.
#[derive(Serialize, Deserialize)]
struct Kept {
    item: Item,
    body: String,
    /// Of which draft it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    draft: Option<Id>,
    /// In which other draft the consent stands on which it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consent_in: Option<Id>,
}

impl Kept {
    /// The item with what is sent.
    fn whole(self) -> Item {
        Item { body: self.body.into_bytes(), ..self.item }
    }
}

#[derive(Serialize, Deserialize)]
struct Secret {
    name: String,
    value: String,
}

impl Sending {
    /// Reads what is kept, once.
    pub(super) async fn load(&self, turn: u32) -> Result<(), Failure> {
        if self.0.loaded.get() {
            return Ok(());
        }
        self.refresh().await?;
        let secrets = self.shelf::<Secret>(SECRETS).await?;
        self.0.secrets.replace(secrets.into_iter().map(|secret| (secret.name, secret.value)).collect());
        self.look_for_places(turn).await;
        // A round that was ended before it could ask leaves that to the next.
        if self.0.turn.get() == turn {
            self.0.loaded.set(true);
        }
        self.0.bell.strike();
        Ok(())
    }

    /// Reads the outbox anew: the disk is what all tabs share.
    ///
    /// # Errors
    /// See [`Failure`]. What was known before is known still.
    pub(super) async fn refresh(&self) -> Result<(), Failure> {
        loop {
            let before = self.0.keeps.get();
            let kept = self.shelf::<Kept>(OUTBOX).await?;
            // What this tab was keeping meanwhile may be in it by half.
            if before == self.0.keeps.get() && before.0 == before.1 {
                self.take_over(kept);
                return Ok(());
            }
            TimeoutFuture::new(LOOK_AGAIN_MS).await;
        }
    }

    fn take_over(&self, kept: Vec<Kept>) {
        let (mut of, mut consents) = (BTreeMap::new(), BTreeMap::new());
        let items = kept.into_iter().map(|kept| {
            let profile_id = &kept.item.key.profile_id;
            if let Some(draft) = kept.draft {
                of.insert(profile_id.clone(), draft);
            }
            if let Some(consent_in) = kept.consent_in {
                consents.insert(profile_id.clone(), consent_in);
            }
            kept.whole()
        });
        self.0.outbox.replace(Outbox::load(items));
        self.0.of.replace(of);
        self.0.consent_in.replace(consents);
    }

    /// Takes over what other tabs have made of the items that are known here.
    pub(super) async fn learn(&self) -> Result<(), Failure> {
        for kept in self.shelf::<Kept>(OUTBOX).await? {
            self.0.outbox.borrow_mut().learn(kept.whole(), clock::unix_seconds());
        }
        Ok(())
    }

    /// Whether an item is still there: on the disk, which all tabs share, and here, where the disk may be about to follow.
    pub(super) async fn is_kept(&self, key: &Key) -> Result<bool, Failure> {
        let on_disk = self.shelf::<Kept>(OUTBOX).await?.iter().any(|kept| kept.item.key == *key);
        Ok(on_disk && self.0.outbox.borrow().item(key).is_some())
    }

    /// All that a shelf holds and can be read.
    async fn shelf<T: DeserializeOwned>(&self, shelf: &str) -> Result<Vec<T>, Failure> {
        match self.0.keeping.ask(Ask::Items { shelf: shelf.to_owned() }).await? {
            Tell::Items(items) => {
                Ok(items.into_iter().filter_map(|(_, text)| serde_json::from_str(&text).ok()).collect())
            }
            _ => Err(Failure::Unreachable),
        }
    }

    /// Keeps a text under a name.
    pub(super) async fn put<T: Serialize>(&self, shelf: &str, id: Id, what: &T) -> Result<(), Failure> {
        let text = serde_json::to_string(what).map_err(|_| Failure::Damaged)?;
        let ask = Ask::KeepItem { shelf: shelf.to_owned(), id, text };
        self.0.keeping.ask(ask).await.map(|_| ())
    }

    /// Makes changes of the outbox last, in their order.
    pub(super) async fn keep_all(&self, changes: Vec<Change>) -> Result<(), Failure> {
        let (begun, ended) = self.0.keeps.get();
        self.0.keeps.set((begun.wrapping_add(1), ended));
        let kept = self.keep_each(changes).await;
        let (begun, ended) = self.0.keeps.get();
        self.0.keeps.set((begun, ended.wrapping_add(1)));
        kept
    }

    async fn keep_each(&self, changes: Vec<Change>) -> Result<(), Failure> {
        for change in changes {
            match change {
                Change::Put(item) => {
                    // What is sent is text in every format; what has arrived is kept no longer.
                    let body = String::from_utf8(item.body.clone()).unwrap_or_default();
                    let draft = self.draft_of(&item.key.profile_id);
                    let consent_in = self.consent_in(&item.key.profile_id);
                    let name = name_of(&item.key);
                    self.put(OUTBOX, name, &Kept { item: *item, body, draft, consent_in }).await?;
                }
                Change::Remove(key) => {
                    let ask = Ask::RemoveItem { shelf: OUTBOX.to_owned(), id: name_of(&key) };
                    self.0.keeping.ask(ask).await?;
                }
            }
        }
        Ok(())
    }

    /// Keeps a secret; an empty one is forgotten.
    ///
    /// # Errors
    /// See [`Failure`].
    pub(crate) async fn keep_secret(&self, name: &str, value: &str) -> Result<(), Failure> {
        let value = value.trim();
        let id = short(&sha256(name));
        if value.is_empty() {
            self.0.keeping.ask(Ask::RemoveItem { shelf: SECRETS.to_owned(), id }).await?;
            self.0.secrets.borrow_mut().remove(name);
        } else {
            let secret = Secret { name: name.to_owned(), value: value.to_owned() };
            self.put(SECRETS, id, &secret).await?;
            self.0.secrets.borrow_mut().insert(secret.name, secret.value);
            // What waited for it need not wait for its hour.
            self.retry_after(|trouble| matches!(trouble, Trouble::SecretMissing | Trouble::Unauthorized));
        }
        self.poke();
        Ok(())
    }

    /// Whether a secret is there.
    pub(crate) fn has_secret(&self, name: &str) -> bool {
        self.0.secrets.borrow().contains_key(name)
    }
}

/// The name of an item on its shelf: a fingerprint, because names can be read on the disk.
fn name_of(key: &Key) -> Id {
    short(&sha256(&canonical::of(key).unwrap_or_default()))
}

/// The beginning of a fingerprint as a name.
pub(super) fn short(fingerprint: &str) -> Id {
    let digits = fingerprint.trim_start_matches("sha256:").get(..32);
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(Id::NONE)
}

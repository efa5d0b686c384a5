//! The names under which pieces stand in the database, and the keys to them. Names are ASCII and say nothing: ids made
//! by chance, numbers, and fixed words of the program.

use zeroize::Zeroizing;

use super::host::crypto::{self, Key};
use super::host::database::Change;
use super::vault::Vault;
use crate::vault::message::Failure;
use crate::vault::{Id, Kind, Place};

/// Under which a worker's share in a draft stands.
pub(super) fn share(draft: Id, worker: Id) -> String {
    format!("{draft}/{worker}")
}

/// Under which a numbered piece of a draft stands: in the order of the numbers.
pub(super) fn numbered(draft: Id, number: u64) -> String {
    format!("{draft}/{number:020}")
}

/// What all pieces of a draft begin with.
pub(super) fn of(draft: Id) -> String {
    format!("{draft}/")
}

/// The place of a draft's key for a worker.
pub(super) const fn share_place(draft: Id, worker: Id) -> Place {
    Place { kind: Kind::DraftKey, of: draft, part: worker, number: 0 }
}

/// The bytes of a key. They are wiped when they are dropped.
pub(super) type Raw = Zeroizing<[u8; 32]>;

/// A new key, by chance.
pub(super) fn new() -> Result<Raw, Failure> {
    let mut raw = Raw::default();
    crypto::random(raw.as_mut_slice())?;
    Ok(raw)
}

/// The bytes of a key that was kept as a piece.
pub(super) fn raw(bytes: Vec<u8>) -> Result<Raw, Failure> {
    let bytes = Zeroizing::new(bytes);
    <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| Failure::Damaged)
}

impl Vault {
    /// What has other changes made only while whoever works is still on this tablet: another tab may have removed them.
    pub(super) fn still_here(&self) -> Result<Change, Failure> {
        Ok(Change::Need("workers", self.at_work()?.worker.to_string()))
    }

    /// Writes something of a draft, while whoever works still has a share in it. Another tab may have removed the draft,
    /// or somebody may have taken it who was given it: what is then called kept would be there for nobody.
    pub(super) async fn write_to(&mut self, draft: Id, mut changes: Vec<Change>) -> Result<(), Failure> {
        changes.insert(0, Change::Need("keys", share(draft, self.at_work()?.worker)));
        match self.database().await?.write(changes).await {
            Err(Failure::NotFound) => Err(self.draft_key_raw(draft).await.err().unwrap_or(Failure::NotFound)),
            done => done,
        }
    }

    /// The key of a draft, if whoever is unlocked has a share in it.
    pub(super) async fn draft_key_raw(&mut self, draft: Id) -> Result<Raw, Failure> {
        let worker = self.at_work()?.worker;
        let kept = self.database().await?.get("keys", &share(draft, worker)).await?;
        let Some(kept) = kept else {
            let here = self.database().await?.get("heads", &draft.to_string()).await?.is_some();
            return Err(if here { Failure::OfAnother } else { Failure::NotFound });
        };
        raw(self.at_work()?.key.open(share_place(draft, worker), &kept).await?)
    }

    /// The same, as the browser keeps it.
    pub(super) async fn draft_key(&mut self, draft: Id) -> Result<Key, Failure> {
        if let Some(open) = self.at_work()?.drafts.get(&draft) {
            return Ok(open.key.clone());
        }
        Key::import(&*self.draft_key_raw(draft).await?).await
    }
}

//! Photos, signatures and the like: too large for a journal, in which only their id stands.

use super::host::database::Change;
use super::vault::Vault;
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place, chunks};

impl Vault {
    /// Keeps an attachment: all of it or nothing.
    pub(super) async fn attach(&mut self, draft: Id, attachment: Id, bytes: &[u8]) -> Result<Tell, Failure> {
        let key = self.writable(draft)?.key.clone();
        let mut changes = Vec::new();
        for (number, plain) in (0_u64..).zip(chunks::split(bytes)) {
            let sealed = key.seal(place(draft, attachment, number), &plain).await?;
            changes.push(Change::Put("chunks", name(draft, attachment, number), sealed));
        }
        self.write_to(draft, changes).await?;
        Ok(Tell::Done)
    }

    /// An attachment, whole.
    pub(super) async fn attachment(&mut self, draft: Id, attachment: Id) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let kept = self.database().await?.all("chunks", &format!("{draft}/{attachment}/")).await?;
        if kept.is_empty() {
            return Err(Failure::NotFound);
        }
        let mut pieces = Vec::with_capacity(kept.len());
        for (number, sealed) in (0..).zip(kept) {
            pieces.push(key.open(place(draft, attachment, number), &sealed).await?);
        }
        chunks::join(&pieces).map(Tell::Bytes).ok_or(Failure::Damaged)
    }

    /// Removes an attachment.
    pub(super) async fn detach(&mut self, draft: Id, attachment: Id) -> Result<Tell, Failure> {
        self.writable(draft)?;
        let change = Change::RemoveAll("chunks", format!("{draft}/{attachment}/"));
        self.database().await?.write(vec![change]).await?;
        Ok(Tell::Done)
    }
}

fn name(draft: Id, attachment: Id, number: u64) -> String {
    format!("{draft}/{attachment}/{number:08}")
}

const fn place(draft: Id, attachment: Id, number: u64) -> Place {
    Place { kind: Kind::Chunk, of: draft, part: attachment, number }
}

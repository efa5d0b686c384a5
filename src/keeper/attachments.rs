//! Photos, signatures and the like: too large for a journal, in which only their id stands.

use super::host::database::Change;
use super::vault::Vault;
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place};

/// How large a piece is: a database reads and writes pieces whole.
const CHUNK: usize = 256 * 1024;

impl Vault {
    /// Keeps an attachment: all of it or nothing.
    pub(super) async fn attach(&mut self, draft: Id, attachment: Id, bytes: &[u8]) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let chunks: Vec<&[u8]> = bytes.chunks(CHUNK).collect();
        let mut changes = Vec::with_capacity(chunks.len());
        for (number, chunk) in (0_u64..).zip(&chunks) {
            // Whether a piece is the last is part of it: one that was cut off is noticed.
            let mut plain = vec![u8::from(number + 1 == chunks.len() as u64)];
            plain.extend_from_slice(chunk);
            let sealed = key.seal(place(draft, attachment, number), &plain).await?;
            changes.push(Change::Put("chunks", name(draft, attachment, number), sealed));
        }
        self.database().await?.write(changes).await?;
        Ok(Tell::Done)
    }

    /// An attachment, whole.
    pub(super) async fn attachment(&mut self, draft: Id, attachment: Id) -> Result<Tell, Failure> {
        let key = self.draft_key(draft).await?;
        let kept = self.database().await?.all("chunks", &format!("{draft}/{attachment}/")).await?;
        if kept.is_empty() {
            return Err(Failure::NotFound);
        }
        let mut bytes = Vec::new();
        let mut complete = false;
        for (number, sealed) in (0..).zip(kept) {
            let plain = key.open(place(draft, attachment, number), &sealed).await?;
            let (last, chunk) = plain.split_first().ok_or(Failure::Damaged)?;
            bytes.extend_from_slice(chunk);
            complete = *last == 1;
        }
        if complete { Ok(Tell::Bytes(bytes)) } else { Err(Failure::Damaged) }
    }

    /// Removes an attachment.
    pub(super) async fn detach(&mut self, draft: Id, attachment: Id) -> Result<Tell, Failure> {
        self.draft_key(draft).await?;
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

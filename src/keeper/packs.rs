//! Packing: many entries of a journal become one piece. What is packed and what is not: see [`crate::vault::lines`].

use super::host::database::Change;
use super::keys::{numbered, of};
use super::vault::Vault;
use crate::vault::lines::{self, WORTH_PACKING};
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place};

impl Vault {
    /// Packs what is worth it, in drafts that are not open.
    pub(super) async fn compact(&mut self) -> Result<Tell, Failure> {
        for draft in self.own_drafts().await? {
            if !self.at_work()?.drafts.contains_key(&draft) {
                self.pack(draft).await?;
            }
        }
        Ok(Tell::Done)
    }

    /// Packs entries of a draft, unless another tab writes it.
    async fn pack(&mut self, draft: Id) -> Result<(), Failure> {
        if self.database().await?.keys("entries", &of(draft)).await?.len() < WORTH_PACKING {
            return Ok(());
        }
        let Some(_hold) = super::drafts::hold(draft, false).await else { return Ok(()) };
        let key = self.draft_key(draft).await?;
        let mut entries = Vec::new();
        for entry in self.database().await?.all("entries", &of(draft)).await? {
            if let Ok(read) = key.open_numbered(Kind::Entry, draft, &entry).await {
                entries.push(read);
            }
        }
        for lines in lines::packs(&entries) {
            let Some((last, _)) = lines.last() else { continue };
            let place = Place::numbered(Kind::Pack, draft, *last);
            let text = lines::pack_text(lines).map_err(|_| Failure::Damaged)?;
            let sealed = key.seal(place, &text).await?;
            // Read once more before what it stands for is let go.
            if key.open(place, &sealed).await? != text {
                return Err(Failure::Damaged);
            }
            // The pack first, and all of it in one step: a tablet that goes out in the middle has either the one or
            // the other, and a browser that kept no promise about steps would have both.
            let mut changes = vec![Change::Put("packs", numbered(draft, *last), sealed)];
            changes
                .extend(lines.iter().map(|(number, _)| Change::Remove("entries", numbered(draft, *number))));
            self.database().await?.write(changes).await?;
        }
        Ok(())
    }
}

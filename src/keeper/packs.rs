//! Packing: many entries of a journal become one piece. Nothing of them is left out: who answered what and when is
//! what an audit asks for. It only saves the room and the time that a thousand small pieces take.

use super::host::database::Change;
use super::keys::{numbered, of};
use super::vault::Vault;
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place};

/// So many entries are worth packing.
const WORTH_IT: usize = 400;
/// So many of the newest stay as they are.
const STAY: usize = 20;

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

    /// Packs the entries of a draft that stand in a row without a gap. What cannot be read stays where it is.
    async fn pack(&mut self, draft: Id) -> Result<(), Failure> {
        let names = self.database().await?.keys("entries", &of(draft)).await?;
        if names.len() < WORTH_IT {
            return Ok(());
        }
        let key = self.draft_key(draft).await?;
        let kept = self.database().await?.all("entries", &of(draft)).await?;
        let mut lines = Vec::new();
        let mut next = None;
        for entry in kept.iter().take(kept.len().saturating_sub(STAY)) {
            let Ok((number, line)) = key.open_numbered(Kind::Entry, draft, entry).await else { break };
            if next.is_some_and(|next| next != number) {
                break;
            }
            next = Some(number + 1);
            lines.push((number, line));
        }
        let Some((last, _)) = lines.last() else { return Ok(()) };
        let place = Place::numbered(Kind::Pack, draft, *last);
        let packed: Vec<&String> = lines.iter().map(|(_, line)| line).collect();
        let text = serde_json::to_vec(&packed).map_err(|_| Failure::Damaged)?;
        let sealed = key.seal(place, &text).await?;
        // Read once more before what it stands for is let go; and all of it in one step, so that a tablet that goes out
        // in the middle has either the one or the other.
        if key.open(place, &sealed).await? != text {
            return Err(Failure::Damaged);
        }
        let mut changes = vec![Change::Add("packs", numbered(draft, *last), sealed)];
        changes.extend(lines.iter().map(|(number, _)| Change::Remove("entries", numbered(draft, *number))));
        self.database().await?.write(changes).await
    }
}

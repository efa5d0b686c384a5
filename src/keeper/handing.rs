//! Handing a draft over to another worker of the tablet, who need not be there: its key is sealed for their public key,
//! and becomes a share of theirs when they next unlock.

use super::host::database::Change;
use super::keys::{self, of, share, share_place};
use super::vault::Vault;
use super::workers::seal;
use crate::vault::Id;
use crate::vault::age;
use crate::vault::message::{Failure, Tell};

impl Vault {
    /// Hands a draft over. Whoever gives it keeps their share until the other has taken it: nothing may be lost
    /// between the two.
    pub(super) async fn hand_over(&mut self, draft: Id, to: Id) -> Result<Tell, Failure> {
        let raw = self.draft_key_raw(draft).await?;
        let recipient = self.worker(to).await?.public.parse().map_err(|_| Failure::Damaged)?;
        let sealed = seal(&[recipient], raw.as_slice())?;
        let changes =
            vec![Change::Need("workers", to.to_string()), Change::Put("handed", share(draft, to), sealed)];
        self.write_to(draft, changes).await?;
        self.at_work_mut()?.drafts.remove(&draft);
        Ok(Tell::Done)
    }

    /// Takes what was handed over: how many drafts. From then on they are this worker's alone.
    pub(super) async fn receive(&mut self) -> Result<u32, Failure> {
        let worker = self.at_work()?.worker;
        let names = self.database().await?.keys("handed", "").await?;
        let mine = format!("/{worker}");
        let mine: Vec<Id> = names.iter().filter_map(|name| name.strip_suffix(&mine)?.parse().ok()).collect();
        if mine.is_empty() {
            return Ok(0);
        }
        let identity = self.identity().await?;
        let mut received = 0;
        for draft in mine {
            let name = share(draft, worker);
            let Some(sealed) = self.database().await?.get("handed", &name).await? else { continue };
            // What does not open stays with whoever gave it, who still has their share.
            let Ok(opened) = age::decrypt(&identity, &sealed) else { continue };
            let raw = keys::raw(opened.to_vec())?;
            let own = self.at_work()?.key.seal(share_place(draft, worker), raw.as_slice()).await?;
            let others = self.database().await?.keys("keys", &of(draft)).await?;
            // Another tab of the same worker may have taken it just now, and given it on.
            let mut changes = vec![self.still_here()?, Change::Need("handed", name.clone())];
            changes.extend(others.into_iter().map(|other| Change::Remove("keys", other)));
            changes.push(Change::Put("keys", name.clone(), own));
            changes.push(Change::Remove("handed", name));
            match self.database().await?.write(changes).await {
                Ok(()) => received += 1,
                Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(received)
    }
}

//! A forgotten passphrase: see [`crate::vault::recovery`].

use super::host::crypto::{self, Key};
use super::keys;
use super::vault::Vault;
use super::workers::{seal, wrap};
use crate::vault::Id;
use crate::vault::age::{self, Identity};
use crate::vault::message::{Failure, Tell};
use crate::vault::recovery::{Answer, RECOVERY_VERSION, Request};

impl Vault {
    /// Makes a request to the station. The private half of the key pair for the answer stays in this worker's memory:
    /// the answer must come before the page is closed, and is of no use to anybody else.
    pub(super) async fn request_recovery(&mut self, worker: Id) -> Result<Tell, Failure> {
        let record = self.worker(worker).await?;
        let recovery = record.recovery.ok_or(Failure::NoStation)?;
        let mut faulty = None;
        let once = Identity::generate(&mut |bytes| faulty = crypto::random(bytes).err());
        if let Some(failure) = faulty {
            return Err(failure);
        }
        let request = Request {
            recovery_request: RECOVERY_VERSION,
            worker,
            name: record.name,
            station: recovery.station,
            reply_to: once.recipient().to_string(),
            sealed: recovery.sealed,
        };
        self.requests.insert(worker, once);
        serde_json::to_string_pretty(&request).map(Tell::Text).map_err(|_| Failure::Damaged)
    }

    /// Unlocks with the station's answer, under a new passphrase.
    pub(super) async fn recover(
        &mut self,
        worker: Id,
        answer: &str,
        passphrase: &str,
    ) -> Result<Tell, Failure> {
        let once = self.requests.get(&worker).ok_or(Failure::NotThatFile)?;
        let sealed = Answer::sealed_part(answer).ok_or(Failure::NotThatFile)?;
        let opened = age::decrypt(once, sealed.as_bytes()).map_err(|_| Failure::NotThatFile)?;
        let raw = keys::raw(opened.to_vec())?;
        let mut record = self.worker(worker).await?;
        let key = Key::import(&raw).await?;
        // The key of another worker would lock this one out for good.
        let own = crate::vault::Place::only(crate::vault::Kind::Identity, worker);
        key.open(own, &record.identity).await.map_err(|_| Failure::NotThatFile)?;
        (record.cost, record.key) = wrap(worker, &raw, passphrase).await?;
        self.put_worker(&record).await?;
        self.requests.remove(&worker);
        self.begin_work(&record, key).await
    }

    /// Seals a text for a public key, or for the station.
    pub(super) async fn seal_for(&mut self, recipient: Option<String>, text: &str) -> Result<Tell, Failure> {
        self.at_work()?;
        let recipient = match recipient {
            Some(text) => text.parse().map_err(|_| Failure::NotAKey)?,
            None => self.station().await?.ok_or(Failure::NoStation)?,
        };
        Ok(Tell::Text(age::to_armor(&seal(&[recipient], text.as_bytes())?)))
    }
}

//! The audit trail: who changed what and when, from the journals themselves. It leaves the keeper only sealed for the
//! station's public key: whoever works here may send it and may not read what others did to it on the way.

use serde_json::json;

use super::vault::Vault;
use super::workers::seal;
use crate::vault::age;
use crate::vault::lines::for_the_trail;
use crate::vault::message::{Failure, Tell};
use crate::vault::worker::Worker;

impl Vault {
    /// The journals of all drafts of whoever works: lines of JSON, first who the workers are, then each draft's lines
    /// with its id and their numbers. Numbers that are missing are missing here too.
    pub(super) async fn trail(&mut self) -> Result<Tell, Failure> {
        let station = self.station().await?.ok_or(Failure::NoStation)?;
        let workers = self.database().await?.all("workers", "").await?;
        let workers = workers.iter().filter_map(|bytes| serde_json::from_slice::<Worker>(bytes).ok());
        let names: Vec<_> = workers.map(|worker| json!({ "id": worker.id, "name": worker.name })).collect();
        let mut text = format!("{}\n", json!({ "audit_version": 1, "workers": names }));
        for draft in self.own_drafts().await? {
            let key = self.draft_key(draft).await?;
            for (number, line) in self.lines(draft, &key).await?.iter() {
                let line = for_the_trail(line);
                // A line is JSON already.
                text.push_str(&format!("{{\"draft\":\"{draft}\",\"number\":{number},\"line\":{line}}}\n"));
            }
        }
        Ok(Tell::Text(age::to_armor(&seal(&[station], text.as_bytes())?)))
    }
}

//! Backups: see [`crate::vault::backup`].

use std::collections::BTreeSet;

use super::host::crypto::Key;
use super::host::database::{Change, STORES};
use super::items::BACKED_UP;
use super::keys::{of, share};
use super::vault::Vault;
use super::workers::{to_bytes, unwrap};
use crate::vault::backup::{self, Backup, Contents, Row, Writer};
use crate::vault::message::{Failure, Tell};
use crate::vault::{Id, Kind, Place};

impl Vault {
    /// Everything that whoever works can open, as it stands in the database.
    pub(super) async fn back_up(&mut self, made: String) -> Result<Tell, Failure> {
        let worker = self.at_work()?.worker;
        let record = self.worker(worker).await?;
        let rows = self.rows(worker).await?;
        let contents = Contents { made: made.clone(), worker: record, rows: rows.len() as u64 };
        let mut writer = Writer::new(&contents);
        for row in &rows {
            writer.row(row);
        }
        let seal = self.at_work()?.key.seal(Place::only(Kind::Backup, worker), &writer.sum()).await?;
        let noted = vec![self.still_here()?, self.only_item(BACKED_UP, &made).await?];
        self.database().await?.write(noted).await?;
        Ok(Tell::Text(writer.finish(seal)))
    }

    async fn rows(&mut self, worker: Id) -> Result<Vec<Row>, Failure> {
        let drafts = self.own_drafts().await?;
        let mut rows = Vec::new();
        let mut take = async |vault: &mut Self, store: &str, prefix: &str| {
            let database = vault.database().await?;
            for key in database.keys(store, prefix).await? {
                if let Some(bytes) = database.get(store, &key).await? {
                    rows.push(Row { store: store.to_owned(), key, bytes });
                }
            }
            Ok::<(), Failure>(())
        };
        take(self, "forms", "").await?;
        take(self, "items", &of(worker)).await?;
        for draft in drafts {
            take(self, "keys", &share(draft, worker)).await?;
            for store in ["heads", "profiles"] {
                take(self, store, &draft.to_string()).await?;
            }
            for store in ["entries", "packs", "chunks"] {
                take(self, store, &of(draft)).await?;
            }
        }
        Ok(rows)
    }

    /// Takes a backup in: all of it or nothing. A draft that is on this tablet already stays as it is here: what is newer
    /// is never thrown away for what is older, and what somebody else has by now is not taken back from them.
    pub(super) async fn restore(&mut self, text: &str, passphrase: &str) -> Result<Tell, Failure> {
        let backup = Backup::read(text).map_err(|error| match error {
            backup::NoBackup::NotABackup => Failure::NotThatFile,
            backup::NoBackup::Damaged => Failure::Damaged,
        })?;
        let worker = backup.worker();
        let raw = unwrap(&backup.contents.worker, passphrase).await?;
        let key = Key::import(&raw).await?;
        let seal = key.open(Place::only(Kind::Backup, worker), &backup.seal).await?;
        if seal != backup.sum {
            return Err(Failure::Damaged);
        }
        let database = self.database().await?;
        let mut changes = Vec::new();
        let works_here = database.get("workers", &worker.to_string()).await?.is_some();
        if !works_here {
            changes.push(Change::Add("workers", worker.to_string(), to_bytes(&backup.contents.worker)?));
        }
        let here: BTreeSet<String> = database.keys("heads", "").await?.into_iter().collect();
        let mut came = BTreeSet::new();
        for row in backup.rows {
            let Some(store) = STORES.into_iter().find(|store| *store == row.store) else { continue };
            let draft = row.key.split('/').next().unwrap_or_default().to_owned();
            let of_draft = !matches!(store, "forms" | "items");
            // What is on its way stands as it does here: what was taken out or back since would go again.
            let of_worker = store == "items" && (works_here || row.key.contains("/last/"));
            if of_draft && here.contains(&draft) || of_worker {
                continue;
            }
            if store == "keys" {
                came.insert(draft);
            }
            changes.push(Change::Put(store, row.key, row.bytes));
        }
        database.write(changes).await?;
        Ok(Tell::Restored(worker, u32::try_from(came.len()).unwrap_or(u32::MAX)))
    }
}

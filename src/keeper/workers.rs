//! Who works on this tablet: entering, unlocking, another passphrase, leaving for good.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use super::host::clock;
use super::host::crypto::{self, Key, chance};
use super::host::database::Change;
use super::keys::{self, Raw};
use super::vault::{AtWork, Vault};
use crate::vault::age::{self, Identity, Recipient};
use crate::vault::message::{Card, Failure, Tablet, Tell, Unlocked};
use crate::vault::passphrase::{Cost, SALT_BYTES};
use crate::vault::worker::{self, LONGEST_NAME, Recovery, WORKER_VERSION, Worker};
use crate::vault::{Id, Kind, Place};

/// Under which the station's public key stands.
const STATION: &str = "station";

impl Vault {
    /// Who works here.
    pub(super) async fn look(&mut self) -> Result<Tell, Failure> {
        let station = self.station().await?;
        let database = self.database().await?;
        let put_together = database.put_together;
        let kept = database.all("workers", "").await?;
        let mut workers: Vec<Card> = kept
            .iter()
            .filter_map(|bytes| serde_json::from_slice::<Worker>(bytes).ok())
            .map(|worker| Card { id: worker.id, name: worker.name, recoverable: worker.recovery.is_some() })
            .collect();
        workers.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Tell::Tablet(Tablet {
            workers,
            station: station.map(|station| station.to_string()),
            put_together,
        }))
    }

    /// The station's public key.
    pub(super) async fn station(&mut self) -> Result<Option<Recipient>, Failure> {
        let kept = self.database().await?.get("tablet", STATION).await?;
        Ok(kept.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok()))
    }

    /// Enters a worker, and unlocks.
    pub(super) async fn create(
        &mut self,
        name: &str,
        passphrase: &str,
        station: Option<String>,
    ) -> Result<Tell, Failure> {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        let given =
            station.map(|text| text.parse::<Recipient>().map_err(|_| Failure::NotAKey)).transpose()?;
        let station = match given {
            Some(given) => Some(given),
            None => self.station().await?,
        };
        let id = Id(chance()?);
        let raw = keys::new()?;
        let (cost, key) = wrap(id, &raw, passphrase).await?;
        let own = Key::import(&raw).await?;
        let mut faulty = None;
        let identity = Identity::generate(&mut |bytes| faulty = crypto::random(bytes).err());
        if let Some(failure) = faulty {
            return Err(failure);
        }
        let secret = identity.to_secret_text();
        let record = Worker {
            worker_version: WORKER_VERSION,
            id,
            name: name.clone(),
            made: clock::now(),
            cost,
            key,
            public: identity.recipient().to_string(),
            identity: own.seal(Place::only(Kind::Identity, id), secret.as_bytes()).await?,
            recovery: station.map(|station| for_station(station, &raw)).transpose()?,
        };
        let mut changes = vec![Change::Add("workers", id.to_string(), to_bytes(&record)?)];
        if let Some(given) = given {
            changes.push(Change::Put("tablet", STATION.to_owned(), given.to_string().into_bytes()));
        }
        self.database().await?.write(changes).await?;
        self.begin_work(&record, own).await
    }

    /// Unlocks.
    pub(super) async fn unlock(&mut self, worker: Id, passphrase: &str) -> Result<Tell, Failure> {
        let record = self.worker(worker).await?;
        let raw = unwrap(&record, passphrase).await?;
        let key = Key::import(&raw).await?;
        self.begin_work(&record, key).await
    }

    /// Another passphrase. The worker's key stays, and with it all that it opens.
    pub(super) async fn change_passphrase(&mut self, old: &str, new: &str) -> Result<Tell, Failure> {
        let worker = self.at_work()?.worker;
        let mut record = self.worker(worker).await?;
        let raw = unwrap(&record, old).await?;
        (record.cost, record.key) = wrap(worker, &raw, new).await?;
        self.put_worker(&record).await?;
        Ok(Tell::Done)
    }

    /// Removes a worker, and every draft in which nobody else has a share; with the last of them, the station's key.
    pub(super) async fn wipe(&mut self, worker: Id) -> Result<Tell, Failure> {
        let database = self.database().await?;
        let mut changes =
            vec![Change::Remove("workers", worker.to_string()), Change::RemoveAll("items", keys::of(worker))];
        let mut others = BTreeSet::new();
        let mut own = Vec::new();
        for store in ["keys", "handed"] {
            for key in database.keys(store, "").await? {
                let Some((draft, of)) = key.split_once('/') else { continue };
                let draft = draft.to_owned();
                if of == worker.to_string() {
                    own.push((store, key.clone(), draft));
                } else {
                    others.insert(draft);
                }
            }
        }
        for (store, key, draft) in own {
            changes.push(Change::Remove(store, key));
            if !others.contains(&draft) {
                changes.extend(without_a_trace(&draft));
            }
        }
        if database.keys("workers", "").await? == [worker.to_string()] {
            // The tablet is as new: whoever comes next says for which station.
            changes.push(Change::Remove("tablet", STATION.to_owned()));
        }
        database.write(changes).await?;
        if self.at_work.as_ref().is_some_and(|at_work| at_work.worker == worker) {
            self.at_work = None;
        }
        Ok(Tell::Done)
    }

    /// The record of a worker.
    pub(super) async fn worker(&mut self, worker: Id) -> Result<Worker, Failure> {
        let kept = self.database().await?.get("workers", &worker.to_string()).await?;
        let record: Worker =
            serde_json::from_slice(&kept.ok_or(Failure::NotFound)?).map_err(|_| Failure::Damaged)?;
        if record.id == worker { Ok(record) } else { Err(Failure::Damaged) }
    }

    /// Writes the record of a worker again.
    pub(super) async fn put_worker(&mut self, record: &Worker) -> Result<(), Failure> {
        let id = record.id.to_string();
        // Another tab may have removed them: they do not come back.
        let changes =
            vec![Change::Need("workers", id.clone()), Change::Put("workers", id, to_bytes(record)?)];
        self.database().await?.write(changes).await
    }

    /// The private half of the key pair of whoever works.
    pub(super) async fn identity(&mut self) -> Result<Identity, Failure> {
        let worker = self.at_work()?.worker;
        let record = self.worker(worker).await?;
        let secret =
            self.at_work()?.key.open_text(Place::only(Kind::Identity, worker), &record.identity).await?;
        Zeroizing::new(secret).parse().map_err(|_| Failure::Damaged)
    }

    /// Somebody is unlocked now, whoever was before.
    pub(super) async fn begin_work(&mut self, record: &Worker, key: Key) -> Result<Tell, Failure> {
        self.at_work = Some(AtWork { worker: record.id, key, drafts: BTreeMap::new() });
        // What cannot be taken now stays with whoever gave it: it must keep nobody from their own work.
        let received = self.receive().await.unwrap_or_default();
        Ok(Tell::Unlocked(Unlocked {
            worker: record.id,
            name: record.name.clone(),
            last: self.own_item(super::items::LAST).await?.and_then(|text| text.parse().ok()),
            backed_up: self.own_item(super::items::BACKED_UP).await?,
            received,
        }))
    }
}

/// The changes that leave nothing of a draft.
pub(super) fn without_a_trace(draft: &str) -> Vec<Change> {
    let of = format!("{draft}/");
    let mut changes: Vec<Change> = ["keys", "handed", "entries", "packs", "chunks"]
        .into_iter()
        .map(|store| Change::RemoveAll(store, of.clone()))
        .collect();
    changes.extend(["heads", "profiles"].map(|store| Change::Remove(store, draft.to_owned())));
    changes
}

pub(super) fn to_bytes(record: &Worker) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(record).map_err(|_| Failure::Damaged)
}

/// Puts a worker's key under a passphrase: how, and the piece.
pub(super) async fn wrap(
    worker: Id,
    raw: &Raw,
    passphrase: &str,
) -> Result<(serde_json::Value, Vec<u8>), Failure> {
    worker::judge(passphrase).map_err(Failure::Weak)?;
    let cost = Cost::of_today(chance::<SALT_BYTES>()?);
    let key = cost.key(passphrase).ok_or(Failure::Damaged)?;
    let sealed = Key::import(&key).await?.seal(Place::only(Kind::WorkerKey, worker), raw.as_slice()).await?;
    Ok((serde_json::to_value(&cost).map_err(|_| Failure::Damaged)?, sealed))
}

/// A worker's key, from their passphrase.
pub(super) async fn unwrap(record: &Worker, passphrase: &str) -> Result<Raw, Failure> {
    let cost: Cost = serde_json::from_value(record.cost.clone()).map_err(|_| Failure::Damaged)?;
    let key = cost.key(passphrase).ok_or(Failure::Damaged)?;
    let opened = Key::import(&key).await?.open(Place::only(Kind::WorkerKey, record.id), &record.key).await;
    // What does not open may be damaged or may be the wrong passphrase: nobody can tell, and nobody should.
    keys::raw(opened.map_err(|_| Failure::WrongPassphrase)?)
}

/// A worker's key, for the station.
pub(super) fn for_station(station: Recipient, raw: &Raw) -> Result<Recovery, Failure> {
    let sealed = seal(&[station], raw.as_slice())?;
    Ok(Recovery { station: station.to_string(), sealed: age::to_armor(&sealed) })
}

/// Seals for public keys.
pub(super) fn seal(recipients: &[Recipient], plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut faulty = None;
    let sealed = age::encrypt(recipients, plain, &mut |bytes| {
        if let Err(failure) = crypto::random(bytes) {
            faulty = Some(failure);
        }
    });
    match faulty {
        Some(failure) => Err(failure),
        None => sealed.map_err(|_| Failure::NotAKey),
    }
}

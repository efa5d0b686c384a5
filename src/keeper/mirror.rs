//! The second copy of the database, in files of the site: see [`crate::vault::mirror`].
//!
//! Each keeper has a file of its own, since a file has one writer. It begins with all that the database holds, after which
//! the files before it are no longer needed, and goes on with every change. Nothing waits for it but the word that an
//! answer is kept, and nothing fails because of it: a copy that does not come about is one that is not there.

use super::host::clock;
use super::host::crypto::chance;
use super::host::database::{Change, Database, STORES};
use super::host::files::{Folder, Log};
use crate::vault::Id;
use crate::vault::mirror::{self, Step, What};

/// Where the files are.
const FOLDER: &str = "intake-mirror";
/// What is kept once: parts of attachments, of which there may be more than of all the rest.
const ONLY_ONCE: &str = "chunks";
/// Ends what a file begins with: all that the database held. In no store, so that it comes to no row.
const WHOLE: &str = "whole";
/// What one millisecond counts, so that several steps have room in it.
const STEPS_IN_MS: u64 = 1_000;

/// How far the copy has come.
#[derive(Debug, Default)]
pub(super) enum Mirror {
    /// Nothing was written yet.
    #[default]
    NotYet,
    /// Every change is added to it.
    Here(Log, u64),
    /// There is none.
    Off,
}

/// The changes as they are to be added: taken before they are made, since making them uses them up.
pub(super) struct Told {
    steps: Vec<(&'static str, String, Option<Vec<u8>>, bool)>,
    /// Whether something is to be gone without a trace: then the file is written anew.
    anew: bool,
}

impl Told {
    pub(super) fn of(changes: &[Change]) -> Self {
        let mut told = Self { steps: Vec::with_capacity(changes.len()), anew: false };
        for change in changes {
            let (store, key, value, all) = match change {
                // It is there, and stays as it is.
                Change::Need(..) => continue,
                Change::Add(store, key, value) | Change::Put(store, key, value) => {
                    (store, key, Some(value), false)
                }
                Change::Remove(store, key) => (store, key, None, false),
                Change::RemoveAll(store, key) => (store, key, None, true),
            };
            if *store != ONLY_ONCE {
                told.steps.push((*store, key.clone(), value.cloned(), all));
            }
            told.anew |= value.is_none() && matches!(*store, "workers" | "keys");
        }
        told
    }

    fn write(&self, order: &mut u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (store, key, value, all) in &self.steps {
            *order += 1;
            let what = match value {
                Some(value) => What::Put(value),
                None if *all => What::RemoveAll,
                None => What::Remove,
            };
            Step { order: *order, store, key, what }.write(&mut bytes);
        }
        bytes
    }
}

impl Mirror {
    /// Adds what was done.
    pub(super) async fn note(self, database: &Database, told: &Told) -> Self {
        match self {
            Self::Off => {
                if told.anew {
                    forget().await;
                }
                Self::Off
            }
            Self::Here(mut log, before) if !told.anew => {
                let mut order = now().max(before);
                let bytes = told.write(&mut order);
                if bytes.is_empty() || log.append(&bytes).is_some() {
                    return Self::Here(log, order);
                }
                // One that lacks something would bring back what is long gone.
                let name = log.name.clone();
                drop(log);
                if let Some(folder) = Folder::open(FOLDER, false).await {
                    folder.remove(&name).await;
                }
                Self::Off
            }
            Self::Here(log, before) => {
                // A file that is held is not removed.
                drop(log);
                anew(database, before, told).await
            }
            Self::NotYet => anew(database, 0, told).await,
        }
    }
}

/// A new file. Where it does not come about and something is to be gone, so are the old ones: they would bring it back.
async fn anew(database: &Database, before: u64, told: &Told) -> Mirror {
    match begin(database, before).await {
        Some(mirror) => mirror,
        None => {
            if told.anew {
                forget().await;
            }
            Mirror::Off
        }
    }
}

/// Removes every file.
async fn forget() {
    if let Some(folder) = Folder::open(FOLDER, false).await {
        for name in folder.names().await {
            folder.remove(&name).await;
        }
    }
}

fn now() -> u64 {
    clock::milliseconds().saturating_mul(STEPS_IN_MS)
}

/// A new file with all that the database holds, in the place of those before.
async fn begin(database: &Database, before: u64) -> Option<Mirror> {
    let folder = Folder::open(FOLDER, true).await?;
    let old = folder.names().await;
    let last = old.iter().filter_map(|name| name.split('-').next()?.parse::<u64>().ok()).max();
    let mut order = now().max(before).max(last.map_or(0, |last| last + 1));
    let name = format!("{order:020}-{}", Id(chance().ok()?));
    let mut bytes = Vec::new();
    for store in STORES.into_iter().filter(|store| *store != ONLY_ONCE) {
        // What a file that cannot be removed still says of it does not count any more.
        Step { order, store, key: "", what: What::RemoveAll }.write(&mut bytes);
        for (key, value) in database.rows(store).await.ok()? {
            Step { order, store, key: &key, what: What::Put(&value) }.write(&mut bytes);
        }
    }
    order += 1;
    Step { order, store: "", key: WHOLE, what: What::Put(&[]) }.write(&mut bytes);
    let mut log = folder.begin(name.clone()).await?;
    if log.append(&bytes).is_none() {
        drop(log);
        folder.remove(&name).await;
        return None;
    }
    for name in old {
        folder.remove(&name).await;
    }
    Some(Mirror::Here(log, order))
}

/// The changes that make an empty database what its copy says that it was; none if there is no copy of one on which
/// somebody worked.
pub(super) async fn put_together() -> Option<Vec<Change>> {
    let folder = Folder::open(FOLDER, false).await?;
    let mut files = Vec::new();
    for name in folder.names().await {
        files.extend(folder.read(&name).await);
    }
    // A file of which the beginning was cut off would take away what those before it hold.
    let is_whole =
        |steps: &Vec<Step<'_>>| steps.iter().any(|step| step.store.is_empty() && step.key == WHOLE);
    let steps = files.iter().map(|file| mirror::read(file)).filter(is_whole).flatten().collect();
    let rows = mirror::rows(steps);
    let known = |store: &str| STORES.into_iter().find(|one| *one == store);
    let somebody = rows.keys().any(|(store, _)| *store == "workers");
    somebody.then(|| {
        let rows = rows.into_iter();
        rows.filter_map(|((store, key), value)| {
            Some(Change::Put(known(store)?, key.to_owned(), value.to_vec()))
        })
        .collect()
    })
}

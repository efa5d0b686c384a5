//! The database: stores of bytes by text, and transactions that are on the disk when they are done.

use std::cell::RefCell;
use std::collections::BTreeSet;

use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database as Base;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use indexed_db_futures::typed_array::{Uint8Array, Uint8ArraySlice};

use super::pause::pause;
use super::places;
use crate::keeper::mirror::{self, Mirror, Told};
use crate::vault::message::{Failure, Mishap};

const NAME: &str = "intake";
const VERSION: u32 = 1;
/// How often it is tried again to open what does not open.
const RETRIES: usize = 2;
const RETRY_AFTER_MS: i32 = 300;

/// The stores. A store is only ever added, with a new version: a tablet skips none.
pub(in crate::keeper) const STORES: [&str; 11] = [
    "tablet", "workers", "forms", "keys", "handed", "heads", "entries", "packs", "chunks", "profiles",
    "items",
];

/// The database of this tablet.
#[derive(Debug)]
pub(in crate::keeper) struct Database {
    base: Base,
    mirror: RefCell<Mirror>,
    /// Why it was put together from its copy, if it was.
    pub(in crate::keeper) put_together: Option<Mishap>,
}

/// One change; several are done together or not at all.
#[derive(Debug)]
pub(in crate::keeper) enum Change {
    /// Something must stand there, be it what it may: else none of the changes is made. Named before the others.
    Need(&'static str, String),
    /// Puts something where nothing stands: it fails if something does.
    Add(&'static str, String, Vec<u8>),
    /// Puts something, whatever stood there.
    Put(&'static str, String, Vec<u8>),
    /// Removes something.
    Remove(&'static str, String),
    /// Removes all whose key begins so.
    RemoveAll(&'static str, String),
}

impl Change {
    const fn store(&self) -> &'static str {
        match self {
            Self::Need(store, _)
            | Self::Add(store, ..)
            | Self::Put(store, ..)
            | Self::Remove(store, _)
            | Self::RemoveAll(store, _) => store,
        }
    }
}

impl Database {
    /// Opens it, and makes it if there is none. One that does not open is put together in another place, where both the
    /// browser and its copy allow it; from then on it is there.
    pub(in crate::keeper) async fn open() -> Result<Self, Failure> {
        let place = places::newest().await;
        if let Some(place) = place {
            places::enter(place).await;
        }
        let mut opened = Self::open_here(Mishap::Gone).await;
        for _ in 0..RETRIES {
            if !matches!(&opened, Err(failure) if does_not_open(failure)) {
                break;
            }
            pause(RETRY_AFTER_MS).await;
            opened = Self::open_here(Mishap::Gone).await;
        }
        match opened {
            Err(failure)
                if does_not_open(&failure)
                    && mirror::put_together().await.is_some()
                    && places::enter(place.map_or(1, |place| place.saturating_add(1))).await.is_some() =>
            {
                Self::open_here(Mishap::DoesNotOpen).await
            }
            opened => opened,
        }
    }

    /// Opens it in the place that was entered last.
    async fn open_here(mishap: Mishap) -> Result<Self, Failure> {
        let opening = Base::open(NAME).with_version(VERSION).with_on_upgrade_needed(|_, base| {
            let there: BTreeSet<String> = base.object_store_names().collect();
            for store in STORES.iter().filter(|store| !there.contains(**store)) {
                base.create_object_store(store).build()?;
            }
            Ok(())
        });
        let opening = opening.await.map_err(|error| match error {
            OpenDbError::Base(error) => failure(error),
            _ => Failure::NoStorage,
        });
        let mut database = Self { base: opening?, mirror: RefCell::default(), put_together: None };
        if database.keys("workers", "").await?.is_empty()
            && let Some(changes) = mirror::put_together().await
        {
            // Taken for empty, it would be set up anew, and the copy replaced.
            database.write(changes).await?;
            database.put_together = Some(mishap);
        }
        Ok(database)
    }

    /// All keys of a store with what stands under them, at one moment.
    pub(in crate::keeper) async fn rows(&self, store: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let transaction = self.base.transaction(store).build().map_err(failure)?;
        let store = transaction.object_store(store).map_err(failure)?;
        // Both are asked before either is waited for, so that nothing comes between.
        let keys = store.get_all_keys::<String>().primitive().map_err(failure)?;
        let values = store.get_all::<Uint8Array>().primitive().map_err(failure)?;
        let keys = keys.await.map_err(failure)?;
        let values = values.await.map_err(failure)?;
        // What is neither a text nor an array of bytes is nothing of ours.
        let rows = keys.zip(values).filter_map(|(key, value)| Some((key.ok()?, value.ok()?.into())));
        Ok(rows.collect())
    }

    /// What stands under a key.
    pub(in crate::keeper) async fn get(&self, store: &str, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        let transaction = self.base.transaction(store).build().map_err(failure)?;
        let store = transaction.object_store(store).map_err(failure)?;
        let found: Option<Uint8Array> =
            store.get(key).primitive().map_err(failure)?.await.map_err(failure)?;
        Ok(found.map(Into::into))
    }

    /// All that stands under keys that begin so, in their order.
    pub(in crate::keeper) async fn all(&self, store: &str, prefix: &str) -> Result<Vec<Vec<u8>>, Failure> {
        let transaction = self.base.transaction(store).build().map_err(failure)?;
        let store = transaction.object_store(store).map_err(failure)?;
        let found = store
            .get_all::<Uint8Array>()
            .with_query::<String, _>(range(prefix))
            .primitive()
            .map_err(failure)?
            .await
            .map_err(failure)?;
        // What is no array of bytes is damage like any other: it will not open.
        Ok(found.map(|one| one.map(Into::into).unwrap_or_default()).collect())
    }

    /// The keys that begin so, in their order.
    pub(in crate::keeper) async fn keys(&self, store: &str, prefix: &str) -> Result<Vec<String>, Failure> {
        let transaction = self.base.transaction(store).build().map_err(failure)?;
        let store = transaction.object_store(store).map_err(failure)?;
        let found = store
            .get_all_keys::<String>()
            .with_query::<String, _>(range(prefix))
            .primitive()
            .map_err(failure)?
            .await
            .map_err(failure)?;
        Ok(found.filter_map(Result::ok).collect())
    }

    /// Does all of the changes or none. When it returns they are on the disk, and not only with the operating system.
    pub(in crate::keeper) async fn write(&self, changes: Vec<Change>) -> Result<(), Failure> {
        let stores: Vec<&str> =
            changes.iter().map(Change::store).collect::<BTreeSet<_>>().into_iter().collect();
        if stores.is_empty() {
            return Ok(());
        }
        let told = Told::of(&changes);
        let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        let transaction = self
            .base
            .transaction(stores.as_slice())
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()
            .map_err(failure)?;
        for change in changes {
            let store = transaction.object_store(change.store()).map_err(failure)?;
            match change {
                Change::Need(_, key) => {
                    let found: Option<Uint8Array> =
                        store.get(key.as_str()).primitive().map_err(failure)?.await.map_err(failure)?;
                    if found.is_none() {
                        return Err(Failure::NotFound);
                    }
                }
                Change::Add(_, key, bytes) => {
                    store
                        .add(Uint8ArraySlice::new(&bytes))
                        .with_key(key)
                        .primitive()
                        .map_err(failure)?
                        .await
                        .map_err(failure)?;
                }
                Change::Put(_, key, bytes) => {
                    store
                        .put(Uint8ArraySlice::new(&bytes))
                        .with_key(key)
                        .primitive()
                        .map_err(failure)?
                        .await
                        .map_err(failure)?;
                }
                Change::Remove(_, key) => {
                    store.delete(key).primitive().map_err(failure)?.await.map_err(failure)?;
                }
                Change::RemoveAll(_, prefix) => {
                    store
                        .delete::<String, _>(range(&prefix))
                        .primitive()
                        .map_err(failure)?
                        .await
                        .map_err(failure)?;
                }
            }
        }
        transaction.commit().await.map_err(failure)?;
        let mirror = self.mirror.take();
        let mirror = mirror.note(self, &told).await;
        self.mirror.replace(mirror);
        Ok(())
    }
}

/// Whether it is a failure of the browser's own, with its files as a rule: it says no more.
fn does_not_open(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(name) if name == "UnknownError")
}

/// Whether a database that was open may have been closed by the browser.
pub(in crate::keeper) fn may_be_closed(failure: &Failure) -> bool {
    *failure == Failure::NoStorage || does_not_open(failure)
}

/// All keys that begin so. Keys are ASCII.
fn range(prefix: &str) -> KeyRange<String> {
    KeyRange::Bound(prefix.to_owned(), false, format!("{prefix}\u{7f}"), true)
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
fn failure(error: Error) -> Failure {
    let exception = match &error {
        Error::DomException(exception) => web_sys::DomException::from(exception.clone()),
        // A transaction that was called off though nobody asked for it: the disk has no room.
        Error::MissingData(_) => return Failure::Full,
        _ => return Failure::Refused("error".to_owned()),
    };
    match exception.name().as_str() {
        // A transaction that is called off though nobody asked for it finds no room either: at its end.
        "QuotaExceededError" | "AbortError" => Failure::Full,
        "ConstraintError" => Failure::ReadOnly,
        "InvalidStateError" | "SecurityError" => Failure::NoStorage,
        name => Failure::Refused(name.to_owned()),
    }
}

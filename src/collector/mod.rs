//! The collector: receives profiles, verifies each with the engine, and keeps each once.
//!
//! It knows nothing of HTTP. Whatever is told to a sender was written to the disk before: a sender that hears nothing
//! sends again, and hears then that the profile is there.

mod audit;
mod error;
mod item;
mod key;
mod listing;
mod rate;
mod store;
mod take;
mod token;

pub use error::CollectError;
pub use listing::{Listed, Page, Standing, Wanted};
pub use rate::Rates;
pub use take::{Outcome, Received};
pub use token::{Bearer, Role};

use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use rusqlite::Connection;

use crate::verification::Verifier;

/// What one request may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request.
    pub request_bytes: usize,
    /// Bytes of one item.
    pub item_bytes: usize,
    /// Items of a request.
    pub items: usize,
    /// Requests of one token in a minute.
    pub per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { request_bytes: 16 * 1024 * 1024, item_bytes: 2 * 1024 * 1024, items: 1_000, per_minute: 600 }
    }
}

/// A collection of profiles in a folder.
#[derive(Debug)]
pub struct Collector {
    connection: Mutex<Connection>,
    verifier: Verifier,
    limits: Limits,
}

impl Collector {
    /// Opens the collection of a folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder or its database cannot be used.
    pub fn open(folder: &Path, verifier: Verifier, limits: Limits) -> Result<Self, CollectError> {
        Ok(Self { connection: Mutex::new(store::open(folder)?), verifier, limits })
    }

    /// What one request may hold.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// A thread that ended while it held the connection has left no half of a change: SQLite takes it back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

//! Who did what and when.

use rusqlite::{Connection, params};

use super::{CollectError, Collector};

/// Notes something that was done, or refused.
pub(super) fn note(
    connection: &Connection,
    at: &str,
    station: Option<&str>,
    action: &str,
    profile_id: Option<&str>,
    outcome: &str,
    code: Option<&str>,
) -> Result<(), CollectError> {
    connection.execute(
        "INSERT INTO audit (at, station, action, profile_id, outcome, code) VALUES (?, ?, ?, ?, ?, ?)",
        params![at, station, action, profile_id, outcome, code],
    )?;
    Ok(())
}

impl Collector {
    /// Notes that a request was let through or turned away before it touched a profile.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn note(
        &self,
        at: &str,
        station: Option<&str>,
        action: &str,
        outcome: &str,
        code: Option<&str>,
    ) -> Result<(), CollectError> {
        note(&self.connection(), at, station, action, None, outcome, code)
    }
}

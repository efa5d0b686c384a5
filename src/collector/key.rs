//! Keys: whose signatures vouch for what cannot be assessed again.

use rusqlite::params;

use super::token::is_station;
use super::{Bearer, CollectError, Collector, Role, audit};
use crate::export::PublicKey;

/// The keys that are registered, each with its station.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<(String, String)>);

impl Keys {
    /// Whether a signature of this key counts for what somebody brings. A relay brings what its stations signed: then
    /// the station counts that the profile names.
    pub(super) fn count(&self, key: &PublicKey, bearer: &Bearer, stated: Option<&str>) -> bool {
        let key = key.to_jwk_x();
        let station = match bearer.role {
            Role::Relay => stated,
            Role::Send | Role::Read => Some(bearer.station.as_str()),
        };
        self.0.iter().any(|(known, of)| *known == key && station.is_none_or(|station| station == of))
    }
}

impl Collector {
    /// Registers a public key of a station: from now on its signature vouches for what cannot be assessed again.
    ///
    /// # Errors
    /// If the name is none for a station, or the database cannot be written.
    pub fn add_key(&self, station: &str, key: &PublicKey, now: &str) -> Result<(), CollectError> {
        if !is_station(station) {
            return Err(CollectError::Station);
        }
        let connection = self.connection();
        connection.execute(
            "INSERT INTO keys (key, station, created_at) VALUES (?, ?, ?)
             ON CONFLICT (key, station) DO UPDATE SET revoked_at = NULL",
            params![key.to_jwk_x(), station, now],
        )?;
        audit::note(&connection, now, Some(station), "key", None, "added", None)
    }

    /// Takes a key of a station out of use; whether it was in use. What it vouched for before stays.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn revoke_key(&self, station: &str, key: &PublicKey, now: &str) -> Result<bool, CollectError> {
        let connection = self.connection();
        let count = connection.execute(
            "UPDATE keys SET revoked_at = ? WHERE key = ? AND station = ? AND revoked_at IS NULL",
            params![now, key.to_jwk_x(), station],
        )?;
        audit::note(&connection, now, Some(station), "key", None, "revoked", None)?;
        Ok(count > 0)
    }

    /// The keys that are in use.
    pub(super) fn keys(&self) -> Result<Keys, CollectError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT key, station FROM keys WHERE revoked_at IS NULL")?;
        let keys = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Keys(keys.collect::<Result<_, _>>()?))
    }
}

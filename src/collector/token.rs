//! Tokens: who may send and who may read.

use rusqlite::{OptionalExtension as _, params};

use super::{CollectError, Collector, audit};
use crate::json::sha256;
use crate::value::words;

words! {
    /// What a token allows.
    Role {
        /// Sending the profiles of its own station.
        Send = "send",
        /// Sending the profiles of any station: for an office that passes on what its stations sent.
        Relay = "relay",
        /// Reading everything.
        Read = "read",
    }
}

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The station.
    pub station: String,
    /// What it may do.
    pub role: Role,
}

/// So that a token is known for one wherever it turns up.
const PREFIX: &str = "intake_";

/// Whether a name can be one of a station.
pub(super) fn is_station(name: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !name.is_empty() && name.len() <= 64 && name.bytes().all(sound)
}

impl Collector {
    /// Makes a token for a station and forgets it: only its hash is kept.
    ///
    /// # Errors
    /// If the name is none for a station, or the database cannot be written.
    pub fn make_token(&self, station: &str, role: Role, now: &str) -> Result<String, CollectError> {
        if !is_station(station) {
            return Err(CollectError::Station);
        }
        let token = random()?;
        let connection = self.connection();
        connection.execute(
            "INSERT INTO tokens (hash, station, role, created_at) VALUES (?, ?, ?, ?)",
            params![sha256(&token), station, role.word(), now],
        )?;
        audit::note(&connection, now, Some(station), "token", None, "made", None)?;
        Ok(token)
    }

    /// Takes all tokens of a station out of use; how many there were.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn revoke_tokens(&self, station: &str, now: &str) -> Result<usize, CollectError> {
        let connection = self.connection();
        let count = connection.execute(
            "UPDATE tokens SET revoked_at = ? WHERE station = ? AND revoked_at IS NULL",
            params![now, station],
        )?;
        audit::note(&connection, now, Some(station), "token", None, "revoked", None)?;
        Ok(count)
    }

    /// Whose token it is; none if it is not known or out of use.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn bearer(&self, token: &str) -> Result<Option<Bearer>, CollectError> {
        let found: Option<(String, String)> = self
            .connection()
            .query_row(
                "SELECT station, role FROM tokens WHERE hash = ? AND revoked_at IS NULL",
                [sha256(token)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        Ok(found.and_then(|(station, role)| Some(Bearer { station, role: role.parse().ok()? })))
    }
}

#[allow(clippy::disallowed_methods, reason = "a token is chance and nothing else")]
fn random() -> Result<String, CollectError> {
    use std::fmt::Write as _;
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| CollectError::Chance)?;
    let mut token = String::from(PREFIX);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}

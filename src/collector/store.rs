//! The database.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::CollectError;

/// Its name in the folder.
const FILE: &str = "collector.sqlite";
/// The version of the tables, in `user_version`. 2 has portable documents and keys beside what 1 had.
const VERSION: i64 = 2;

#[allow(clippy::disallowed_methods, reason = "the collection is a folder of this machine")]
pub(super) fn open(folder: &Path) -> Result<Connection, CollectError> {
    let unusable = |cause| CollectError::Folder { folder: folder.to_owned(), cause };
    fs::create_dir_all(folder).map_err(unusable)?;
    private(folder).map_err(unusable)?;
    let connection = Connection::open(folder.join(FILE))?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // What is told to a sender is on the disk: `FULL` waits for it at every commit. What is withdrawn is overwritten.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    )?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(CollectError::Newer);
    }
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(connection)
}

/// Nobody else of this machine looks into the folder.
#[cfg(unix)]
#[allow(clippy::disallowed_methods, reason = "the collection is a folder of this machine")]
fn private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

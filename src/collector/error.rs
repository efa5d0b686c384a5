use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a collection cannot be used. It holds no answer, for SQLite's messages quote no values.
#[derive(Debug)]
pub enum CollectError {
    /// The folder cannot be made or written.
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// The database was written by a newer version of this program.
    Newer,
    /// The database cannot do what it should.
    Database(rusqlite::Error),
    /// There is no chance to be had from the operating system.
    Chance,
    /// A name of a station that cannot be one.
    Station,
    /// The work was ended before it was done.
    Interrupted,
}

impl From<rusqlite::Error> for CollectError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for CollectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { folder, cause } => write!(f, "{} cannot be used: {cause}", folder.display()),
            Self::Newer => {
                f.write_str("the collection was written by a newer version of this program: use that one")
            }
            Self::Database(cause) => write!(f, "the database of the collection cannot be used: {cause}"),
            Self::Chance => f.write_str("the operating system gives no random numbers"),
            Self::Station => {
                f.write_str("the name of a station has up to 64 letters, digits, `.`, `_` and `-`")
            }
            Self::Interrupted => f.write_str("the work was ended before it was done"),
        }
    }
}

impl Error for CollectError {}

//! An outbox in a folder: two files for each item, one of what is sent and one of how it stands.
//!
//! The folder holds answers as they are sent. Nobody but its owner may read it; whoever wants it encrypted puts it on
//! an encrypted disk. The tablet's outbox is encrypted by the tablet's storage.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::json::{canonical, sha256, sha256_of};
use crate::outbox::{Change, Item, Key, Outbox, State, Storage};

/// The outbox of a folder. One program has it at a time.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held while the folder is in use; the operating system lets go of it however the program ends.
    _lock: File,
}

/// Why a folder cannot be an outbox.
#[derive(Debug)]
pub enum FolderError {
    /// A file cannot be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// Another program sends from it now.
    InUse {
        /// Which folder.
        path: PathBuf,
    },
    /// A file of it is damaged.
    Damaged {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::InUse { path } => write!(f, "{} is in use: another program sends from it", path.display()),
            Self::Damaged { path } => {
                write!(f, "{} is damaged: restore it from a copy, or move it away", path.display())
            }
        }
    }
}

impl std::error::Error for FolderError {}

const STATE: &str = "item.json";
const BODY: &str = "body";

impl Folder {
    /// Takes the folder, which is made if it is not there, and loads what is in it.
    ///
    /// # Errors
    /// If it cannot be used, is in use, or holds a damaged file.
    pub fn open(path: &Path) -> Result<(Self, Outbox), FolderError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |cause| FolderError::File { path, cause }
        };
        fs::create_dir_all(path).map_err(at(path))?;
        private(path).map_err(at(path))?;
        let lock_path = path.join("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(FolderError::InUse { path: path.to_owned() }),
            Err(fs::TryLockError::Error(cause)) => return Err(FolderError::File { path: lock_path, cause }),
        }
        let mut items = Vec::new();
        for entry in fs::read_dir(path).map_err(at(path))? {
            let file = entry.map_err(at(path))?.path();
            if file.to_string_lossy().ends_with(STATE) {
                items.push(load(&file)?);
            }
        }
        Ok((Self { path: path.to_owned(), _lock: lock }, Outbox::load(items)))
    }

    /// The files of an item. The name is a fingerprint: an id may hold what a file name may not.
    fn file(&self, key: &Key, part: &str) -> PathBuf {
        let name = canonical::of(key).map(|key| sha256(&key)).unwrap_or_default();
        self.path.join(format!("{}.{part}", name.trim_start_matches("sha256:")))
    }

    fn put(&self, item: &Item) -> io::Result<()> {
        let body = self.file(&item.key, BODY);
        // The body is written before the item says that it is there, and taken away after it says "sent". A new item's
        // is written over what a program left that ended in between.
        if item.is_open() && (item.attempts == 0 || !body.is_file()) {
            self.write(&body, &item.body)?;
        }
        let state = canonical::of(item).map_err(io::Error::other)?;
        self.write(&self.file(&item.key, STATE), state.as_bytes())?;
        if matches!(item.state, State::Sent { .. }) {
            remove(&body)?;
        }
        Ok(())
    }

    /// Writes a file so that it is there whole or not at all, even if the power fails.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let draft = path.with_extension("draft");
        let mut file = File::create(&draft)?;
        private(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        self.sync()
    }

    /// Makes the names in the folder last.
    fn sync(&self) -> io::Result<()> {
        if cfg!(unix) { File::open(&self.path)?.sync_all() } else { Ok(()) }
    }
}

impl Storage for Folder {
    type Error = FolderError;

    async fn keep(&mut self, change: Change) -> Result<(), FolderError> {
        let done = match &change {
            Change::Put(item) => self.put(item),
            // The state first: a body without one is nothing.
            Change::Remove(key) => remove(&self.file(key, STATE))
                .and_then(|()| remove(&self.file(key, BODY)))
                .and_then(|()| self.sync()),
        };
        done.map_err(|cause| FolderError::File { path: self.path.clone(), cause })
    }
}

fn load(path: &Path) -> Result<Item, FolderError> {
    let read =
        |path: &Path| fs::read(path).map_err(|cause| FolderError::File { path: path.to_owned(), cause });
    let damaged = || FolderError::Damaged { path: path.to_owned() };
    let mut item: Item = serde_json::from_slice(&read(path)?).map_err(|_| damaged())?;
    if !matches!(item.state, State::Sent { .. }) {
        let name = path.to_string_lossy();
        let body = name.strip_suffix(STATE).ok_or_else(damaged)?;
        item.body = read(Path::new(&format!("{body}{BODY}")))?;
        if sha256_of(&item.body) != item.digest {
            return Err(damaged());
        }
    }
    Ok(item)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if path.is_dir() { 0o700 } else { 0o600 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn private(_: &Path) -> io::Result<()> {
    Ok(())
}

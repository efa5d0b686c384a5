//! A backup: everything that a worker can open, as it stands in the database, still sealed.
//!
//! ```text
//! intake-backup-1
//! {"made":…,"worker":…,"rows":n}
//! {"store":"entries","key":…,"bytes":…}    n lines
//! {"sum":…,"seal":…}
//! ```
//!
//! Nothing in it is readable without the worker's passphrase or the station's private key; what shows is how many
//! pieces there are and how large they are. The last line holds the SHA-256 of all before it, sealed under the
//! worker's key: a backup that was cut off, changed or put together from two is refused as a whole, before anything of
//! it is written.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::worker::Worker;
use super::{Id, base64};

/// The first line.
const MAGIC: &str = "intake-backup-1";
/// The longest backup that is read.
pub const MOST_BYTES: usize = 512 * 1024 * 1024;

/// What stands in front of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// When it was made, by the tablet's clock.
    pub made: String,
    /// Whose it is.
    pub worker: Worker,
    /// How many rows follow.
    pub rows: u64,
}

/// A row of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// In which of its stores.
    pub store: String,
    /// Under which key.
    pub key: String,
    /// What stands there.
    #[serde(with = "base64::text")]
    pub bytes: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    sum: String,
    #[serde(with = "base64::text")]
    seal: Vec<u8>,
}

/// Why a file is not restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBackup {
    /// It is none, or one of a later version.
    NotABackup,
    /// It was cut off or changed.
    Damaged,
}

/// A backup that is being written.
#[derive(Debug)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// Begins one.
    #[must_use]
    pub fn new(contents: &Contents) -> Self {
        let mut writer = Self { text: format!("{MAGIC}\n") };
        writer.line(contents);
        writer
    }

    /// Adds a row.
    pub fn row(&mut self, row: &Row) {
        self.line(row);
    }

    /// What is to be sealed: the sum of all so far.
    #[must_use]
    pub fn sum(&self) -> [u8; 32] {
        Sha256::digest(self.text.as_bytes()).into()
    }

    /// Ends it, with the sealed sum.
    #[must_use]
    pub fn finish(mut self, seal: Vec<u8>) -> String {
        let sum = hex(&self.sum());
        self.line(&End { sum, seal });
        self.text
    }

    fn line(&mut self, value: &impl Serialize) {
        // None of these types can fail: no maps with other keys than texts, no failing implementations.
        self.text.push_str(&serde_json::to_string(value).unwrap_or_default());
        self.text.push('\n');
    }
}

/// A backup that was read: its sum holds; whether the seal does only the worker's key can tell.
#[derive(Debug, PartialEq, Eq)]
pub struct Backup {
    /// What stands in front.
    pub contents: Contents,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sum of all.
    pub sum: [u8; 32],
    /// The sum, sealed: a frame.
    pub seal: Vec<u8>,
}

/// The stores whose rows are in a backup.
pub const STORES: [&str; 8] = ["forms", "keys", "heads", "entries", "packs", "chunks", "profiles", "items"];

impl Backup {
    /// Reads a backup.
    ///
    /// # Errors
    /// See [`NoBackup`].
    pub fn read(text: &str) -> Result<Self, NoBackup> {
        let rest =
            text.strip_prefix(MAGIC).and_then(|rest| rest.strip_prefix('\n')).ok_or(NoBackup::NotABackup)?;
        let before = text.strip_suffix('\n').and_then(|all| all.rfind('\n')).ok_or(NoBackup::Damaged)? + 1;
        let (summed, last) = text.split_at_checked(before).ok_or(NoBackup::Damaged)?;
        let end: End = serde_json::from_str(last.trim_end()).map_err(|_| NoBackup::Damaged)?;
        let sum: [u8; 32] = Sha256::digest(summed.as_bytes()).into();
        if hex(&sum) != end.sum {
            return Err(NoBackup::Damaged);
        }
        let mut lines = rest.lines();
        let contents: Contents = lines.next().and_then(read_line).ok_or(NoBackup::Damaged)?;
        let rows = lines.take(usize::try_from(contents.rows).unwrap_or(usize::MAX));
        let rows = rows.map(read_line).collect::<Option<Vec<Row>>>().ok_or(NoBackup::Damaged)?;
        if !are_of(contents.worker.id, &rows)
            || rows.len() as u64 != contents.rows
            || summed.lines().count() != rows.len() + 2
        {
            return Err(NoBackup::Damaged);
        }
        Ok(Self { contents, rows, sum, seal: end.seal })
    }

    /// Whose it is.
    #[must_use]
    pub fn worker(&self) -> Id {
        self.contents.worker.id
    }
}

/// Whether rows are all that a worker has a share in, and nothing else: a backup that somebody made by hand must not write
/// over what is another's.
fn are_of(worker: Id, rows: &[Row]) -> bool {
    let share = format!("/{worker}");
    let shares = rows.iter().filter(|row| row.store == "keys");
    let drafts: BTreeSet<&str> = shares.filter_map(|row| row.key.strip_suffix(&share)).collect();
    rows.iter().all(|row| match row.store.as_str() {
        "forms" => true,
        "keys" => row.key.ends_with(&share),
        "items" => row.key.starts_with(&format!("{worker}/")),
        "heads" | "profiles" => drafts.contains(row.key.as_str()),
        store => {
            STORES.contains(&store) && row.key.split_once('/').is_some_and(|(of, _)| drafts.contains(of))
        }
    })
}

fn read_line<T: for<'de> Deserialize<'de>>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a draft that the worker `01…` has a share in.
    fn rows() -> Vec<(&'static str, String)> {
        let (worker, draft) = (Id([1; 16]), Id([7; 16]));
        vec![("keys", format!("{draft}/{worker}")), ("entries", format!("{draft}/00000000000000000000"))]
    }

    fn backup() -> String {
        backup_of(&rows())
    }

    fn backup_of(rows: &[(&str, String)]) -> String {
        let worker = Worker {
            worker_version: 1,
            id: Id([1; 16]),
            name: "Li".into(),
            made: "2026-11-23T10:00:00Z".into(),
            cost: serde_json::json!({}),
            key: vec![1, 2],
            public: "age1".into(),
            identity: vec![3],
            recovery: None,
        };
        let contents = Contents { made: "2026-11-24T10:00:00Z".into(), worker, rows: rows.len() as u64 };
        let mut writer = Writer::new(&contents);
        for (store, key) in rows {
            writer.row(&Row { store: (*store).into(), key: key.clone(), bytes: vec![0, 255] });
        }
        writer.finish(vec![9; 40])
    }

    #[test]
    fn what_is_backed_up_is_read_again() {
        let backup = Backup::read(&backup()).unwrap();
        assert_eq!(backup.rows.len(), 2);
        let (store, key) = rows().remove(1);
        assert_eq!(backup.rows[1], Row { store: store.into(), key, bytes: vec![0, 255] });
        assert_eq!((backup.worker(), backup.seal.len()), (Id([1; 16]), 40));
    }

    #[test]
    fn what_is_anothers_is_in_no_backup() {
        let (worker, other, draft) = (Id([1; 16]), Id([2; 16]), Id([7; 16]));
        let of_draft = |store, key: &str| (store, format!("{draft}{key}"));
        for row in [
            ("forms", "sha256:0".to_owned()),
            ("items", format!("{worker}/outbox/{draft}")),
            of_draft("heads", ""),
            of_draft("profiles", ""),
            of_draft("packs", "/00000000000000000200"),
            of_draft("chunks", &format!("/{other}/00000000")),
        ] {
            assert!(Backup::read(&backup_of(&[rows(), vec![row.clone()]].concat())).is_ok(), "{row:?}");
        }
        for row in [
            ("items", format!("{other}/outbox/{draft}")),
            ("items", worker.to_string()),
            ("keys", format!("{draft}/{other}")),
            ("keys", worker.to_string()),
            ("heads", other.to_string()),
            ("profiles", format!("{draft}/")),
            ("entries", format!("{other}/00000000000000000000")),
            ("chunks", draft.to_string()),
            ("workers", other.to_string()),
            ("tablet", "station".to_owned()),
            ("handed", format!("{draft}/{worker}")),
        ] {
            let text = backup_of(&[rows(), vec![row.clone()]].concat());
            assert_eq!(Backup::read(&text), Err(NoBackup::Damaged), "{row:?}");
        }
    }

    #[test]
    fn any_change_is_noticed() {
        let text = backup();
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            let seal_alone = Backup::read(&changed).is_ok_and(|read| read.seal != vec![9; 40]);
            assert!(seal_alone || Backup::read(&changed).is_err(), "byte {place}");
            assert!(Backup::read(text.get(..place).unwrap()).is_err(), "cut at {place}");
        }
        assert_eq!(Backup::read("hello"), Err(NoBackup::NotABackup));
    }
}

//! A worker of a tablet, as they stand in its database.

use serde::{Deserialize, Serialize};

use super::{Id, base64};

/// The version of the record.
pub const WORKER_VERSION: u32 = 1;
/// The fewest letters of a passphrase. Chinese characters count twice: there are many more of them.
pub const LEAST_LETTERS: usize = 10;
/// The longest name of a worker.
pub const LONGEST_NAME: usize = 60;

/// A worker: what can be known of them while they are locked out, and their keys, each under another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    /// [`WORKER_VERSION`].
    pub worker_version: u32,
    /// Their id.
    pub id: Id,
    /// What they are called on the list. Whoever holds the tablet can read it: a first name or a number is enough.
    pub name: String,
    /// When they were entered, by the tablet's clock.
    pub made: String,
    /// How their passphrase becomes a key: [`super::passphrase::Cost`].
    pub cost: serde_json::Value,
    /// Their key, under the one that the passphrase gives: a frame.
    #[serde(with = "base64::text")]
    pub key: Vec<u8>,
    /// Their public key, to which drafts are handed over: `age1…`.
    pub public: String,
    /// The private half of it, under their key: a frame.
    #[serde(with = "base64::text")]
    pub identity: Vec<u8>,
    /// Their key, for the station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
}

/// A worker's key, for the station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// The station's public key: `age1…`.
    pub station: String,
    /// An armored `age` file.
    pub sealed: String,
}

/// Why a passphrase is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weak {
    /// It has fewer than [`LEAST_LETTERS`].
    Short,
    /// It is made of too few different letters, or of one run of keys.
    Simple,
}

/// Whether a passphrase is one that somebody would guess at once. It says nothing of how good it is: that is up to
/// whoever thinks of it.
///
/// # Errors
/// See [`Weak`].
pub fn judge(passphrase: &str) -> Result<(), Weak> {
    let weight: usize = passphrase.chars().map(|letter| if letter > '\u{2e7f}' { 2 } else { 1 }).sum();
    if weight < LEAST_LETTERS {
        return Err(Weak::Short);
    }
    let mut letters: Vec<char> = passphrase.chars().flat_map(char::to_lowercase).collect();
    let step = |pair: &[char]| match *pair {
        [one, next] => i64::from(u32::from(next)) - i64::from(u32::from(one)),
        _ => 0,
    };
    let steps: Vec<i64> = letters.windows(2).map(step).collect();
    let run = steps.iter().filter(|step| step.abs() <= 1).count() * 4 >= steps.len() * 3;
    letters.sort_unstable();
    letters.dedup();
    if run || letters.len() < 5 && weight < 2 * LEAST_LETTERS { Err(Weak::Simple) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_at_once_is_refused() {
        for (passphrase, verdict) in [
            ("", Err(Weak::Short)),
            ("tea at 4", Err(Weak::Short)),
            ("春天来了", Err(Weak::Short)),
            ("aaaaaaaaaaaa", Err(Weak::Simple)),
            ("1234567890", Err(Weak::Simple)),
            ("abcdefghijkl", Err(Weak::Simple)),
            ("abababababab", Err(Weak::Simple)),
            ("three old bridges", Ok(())),
            ("春天来了我家院子", Ok(())),
            ("k7#Qz!m2Lp", Ok(())),
        ] {
            assert_eq!(judge(passphrase), verdict, "{passphrase}");
        }
    }
}

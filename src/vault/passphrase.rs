//! From a passphrase to a key: Argon2id (RFC 9106).

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::base64;

/// How much work a guess costs. It stands beside the key that it guards, so that it can be raised for new ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Always `argon2id`.
    pub algorithm: String,
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
    /// By chance, for each wrapping.
    #[serde(with = "base64::text")]
    pub salt: Vec<u8>,
}

/// How long a salt is.
pub const SALT_BYTES: usize = 16;
const ARGON2ID: &str = "argon2id";
/// The second recommendation of RFC 9106 (64 MiB, three passes), on the one lane that a browser has.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// What a damaged or planted record may ask for at most: a tablet that runs out of memory opens nothing at all.
const MOST_MEMORY_KIB: u32 = 512 * 1024;
const MOST_PASSES: u32 = 32;

impl Cost {
    /// What is asked of new passphrases.
    #[must_use]
    pub fn of_today(salt: [u8; SALT_BYTES]) -> Self {
        Self {
            algorithm: ARGON2ID.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: salt.to_vec(),
        }
    }

    /// The key of a passphrase; none if the record of the cost is not one of ours.
    #[must_use]
    pub fn key(&self, passphrase: &str) -> Option<Zeroizing<[u8; 32]>> {
        let bounded = self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES;
        if self.algorithm != ARGON2ID || !bounded || self.salt.len() < 8 {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()?;
        let mut key = Zeroizing::new([0; 32]);
        let work = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        work.hash_password_into(passphrase.as_bytes(), &self.salt, key.as_mut_slice()).ok()?;
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer() {
        // `echo -n password | argon2 somesalt -id -t 2 -k 256 -p 1 -r`, as the reference implementation has it.
        let cost = Cost {
            algorithm: "argon2id".into(),
            memory_kib: 256,
            passes: 2,
            lanes: 1,
            salt: b"somesalt".to_vec(),
        };
        let key = cost.key("password").unwrap();
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }

    #[test]
    fn a_planted_cost_is_refused() {
        let cost = Cost::of_today([1; SALT_BYTES]);
        for cost in [
            Cost { memory_kib: u32::MAX, ..cost.clone() },
            Cost { passes: 1_000_000, ..cost.clone() },
            Cost { passes: 0, ..cost.clone() },
            Cost { salt: vec![], ..cost.clone() },
            Cost { algorithm: "none".into(), ..cost.clone() },
        ] {
            assert!(cost.key("password").is_none(), "{cost:?}");
        }
    }
}

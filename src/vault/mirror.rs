//! The second copy of a tablet's database: a file in which every change of it stands once more.
//!
//! A browser that finds its database damaged throws it away. The file is no part of it. What stands there is what stands
//! in the database, sealed in the same way; read from the beginning it gives the same rows.
//!
//! ```text
//! 0            4                                12
//! length (BE)  the first 8 bytes of its SHA-256  step
//!
//! 0           8     9                      …
//! order (BE)  what  store: length and text  key: length (2, BE) and text, then the value to the end
//! ```
//!
//! A file that was cut off anywhere gives all that stands before; a step that was changed is left out.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

const SUM_BYTES: usize = 8;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// Something was put under the key.
    Put(&'a [u8]),
    /// What stood under the key was removed.
    Remove,
    /// All whose key begins so was removed.
    RemoveAll,
}

/// A change of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// Steps of several files are gone through by this number.
    pub order: u64,
    /// In which store.
    pub store: &'a str,
    /// Under which key.
    pub key: &'a str,
    /// What.
    pub what: What<'a>,
}

impl Step<'_> {
    /// Adds it to what is to be written. What is too long for a file is left out: no piece of the vault is.
    pub fn write(&self, into: &mut Vec<u8>) {
        let (what, value): (u8, &[u8]) = match self.what {
            What::Put(value) => (0, value),
            What::Remove => (1, &[]),
            What::RemoveAll => (2, &[]),
        };
        let (Ok(store), Ok(key)) = (u8::try_from(self.store.len()), u16::try_from(self.key.len())) else {
            return;
        };
        let mut body = Vec::with_capacity(12 + self.store.len() + self.key.len() + value.len());
        body.extend(self.order.to_be_bytes());
        body.extend([what, store]);
        body.extend(self.store.as_bytes());
        body.extend(key.to_be_bytes());
        body.extend(self.key.as_bytes());
        body.extend(value);
        let Ok(length) = u32::try_from(body.len()) else { return };
        into.extend(length.to_be_bytes());
        into.extend(sum(&body));
        into.extend(body);
    }
}

/// The steps that a file holds.
#[must_use]
pub fn read(mut bytes: &[u8]) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    while let Some((found, rest)) = first(bytes) {
        steps.extend(found);
        bytes = rest;
    }
    steps
}

/// The first step, unless it was changed, and what follows.
fn first(bytes: &[u8]) -> Option<(Option<Step<'_>>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (told, rest) = rest.split_first_chunk::<SUM_BYTES>()?;
    let (body, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some(((sum(body) == *told).then(|| step(body)).flatten(), rest))
}

fn step(body: &[u8]) -> Option<Step<'_>> {
    let (order, rest) = body.split_first_chunk::<8>()?;
    let ([what, store], rest) = rest.split_first_chunk::<2>()?;
    let (store, rest) = rest.split_at_checked(usize::from(*store))?;
    let (key, rest) = rest.split_first_chunk::<2>()?;
    let (key, value) = rest.split_at_checked(usize::from(u16::from_be_bytes(*key)))?;
    let what = match what {
        0 => What::Put(value),
        1 => What::Remove,
        2 => What::RemoveAll,
        _ => return None,
    };
    let [store, key] = [store, key].map(std::str::from_utf8);
    Some(Step { order: u64::from_be_bytes(*order), store: store.ok()?, key: key.ok()?, what })
}

fn sum(body: &[u8]) -> [u8; SUM_BYTES] {
    let whole: [u8; 32] = Sha256::digest(body).into();
    let mut sum = [0; SUM_BYTES];
    for (byte, of) in sum.iter_mut().zip(whole) {
        *byte = of;
    }
    sum
}

/// The rows to which the steps of all files come: by store and key.
#[must_use]
pub fn rows(mut steps: Vec<Step<'_>>) -> BTreeMap<(&str, &str), &[u8]> {
    steps.sort_by_key(|step| step.order);
    let mut rows = BTreeMap::new();
    for Step { store, key, what, .. } in steps {
        match what {
            What::Put(value) => drop(rows.insert((store, key), value)),
            What::Remove => drop(rows.remove(&(store, key))),
            What::RemoveAll => rows.retain(|(of, one), _| *of != store || !one.starts_with(key)),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step<'_>; 6] = [
        Step { order: 1, store: "heads", key: "", what: What::RemoveAll },
        Step { order: 2, store: "entries", key: "a/1", what: What::Put(b"one") },
        Step { order: 3, store: "entries", key: "b/1", what: What::Put(b"") },
        Step { order: 4, store: "entries", key: "a/2", what: What::Put(&[0, 255]) },
        Step { order: 5, store: "entries", key: "a/", what: What::RemoveAll },
        Step { order: 6, store: "heads", key: "b", what: What::Remove },
    ];

    fn file() -> (Vec<u8>, Vec<usize>) {
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        for step in STEPS {
            step.write(&mut bytes);
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    #[test]
    fn what_was_written_is_read_and_comes_to_the_same_rows() {
        let (bytes, _) = file();
        assert_eq!(read(&bytes), STEPS);
        let before = rows(STEPS.get(..4).unwrap().to_vec());
        assert_eq!(before.len(), 3);
        assert_eq!(before.get(&("entries", "a/2")), Some(&[0, 255].as_slice()));
        let after = rows(STEPS.to_vec());
        assert_eq!(after.into_iter().collect::<Vec<_>>(), [(("entries", "b/1"), [].as_slice())]);
    }

    #[test]
    fn steps_of_several_files_go_by_their_order() {
        let mut steps = STEPS.to_vec();
        steps.reverse();
        assert_eq!(rows(steps), rows(STEPS.to_vec()));
    }

    #[test]
    fn a_file_that_was_cut_off_gives_what_stands_before() {
        let (bytes, ends) = file();
        for place in 0..bytes.len() {
            let whole = ends.iter().filter(|end| **end <= place).count();
            assert_eq!(read(bytes.get(..place).unwrap()), STEPS.get(..whole).unwrap(), "cut at {place}");
        }
        let filled = [bytes, vec![0; 4096]].concat();
        assert_eq!(read(&filled), STEPS, "zeros at its end");
    }

    #[test]
    fn a_step_that_was_changed_is_left_out_and_none_comes_that_never_was() {
        let (bytes, ends) = file();
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[place] ^= 1 << bit;
                let found = read(&changed);
                let at = ends.iter().filter(|end| **end <= place).count();
                assert!(!found.contains(STEPS.get(at).unwrap()), "byte {place}, bit {bit}");
                assert!(found.iter().all(|step| STEPS.contains(step)), "byte {place}, bit {bit}");
                assert_eq!(found.get(..at), STEPS.get(..at), "byte {place}, bit {bit}: what stands before");
            }
        }
    }
}

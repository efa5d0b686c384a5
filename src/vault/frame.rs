//! A sealed piece: what every value in the database is.
//!
//! ```text
//! 0        1      2            10           22
//! version  kind   number (BE)  nonce        AES-256-GCM ciphertext, with its tag of 16 bytes at the end
//! ```
//!
//! The version, the kind, the number and the ids of what the piece belongs to are the associated data. A byte that was
//! changed anywhere, or a piece that stands in another's place, so does not open; the others do.

use super::Id;

/// The version of the layout.
pub const FRAME_VERSION: u8 = 1;
/// How long a nonce is.
pub const NONCE_BYTES: usize = 12;
/// How long the tag at the end is.
pub const TAG_BYTES: usize = 16;
const HEAD_BYTES: usize = 2 + 8 + NONCE_BYTES;

/// What a piece is. The numbers are on tablets: they are never used again for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// The key of a worker, under the key that their passphrase gives.
    WorkerKey = 1,
    /// The private identity of a worker, under their key.
    Identity = 2,
    /// The key of a draft, under the key of a worker.
    DraftKey = 3,
    /// A line of a draft's journal.
    Entry = 4,
    /// Many lines of a draft's journal.
    Pack = 5,
    /// What a list shows of a draft.
    Head = 6,
    /// A part of an attachment.
    Chunk = 7,
    /// The profile that came out.
    Profile = 8,
    /// What a worker keeps beside drafts.
    Item = 9,
    /// The sum at the end of a backup.
    Backup = 10,
    /// A line of the audit trail.
    Audit = 11,
    /// The public keys of a worker, under their key: so that they know their own.
    Public = 12,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::WorkerKey,
        Self::Identity,
        Self::DraftKey,
        Self::Entry,
        Self::Pack,
        Self::Head,
        Self::Chunk,
        Self::Profile,
        Self::Item,
        Self::Backup,
        Self::Audit,
        Self::Public,
    ];

    const fn byte(self) -> u8 {
        self as u8
    }
}

/// Where a piece belongs: what it is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// The draft or the worker that it is of.
    pub of: Id,
    /// The worker that a draft's key is for, or the attachment of a chunk; else [`Id::NONE`].
    pub part: Id,
    /// Its number among its like.
    pub number: u64,
}

impl Place {
    /// A piece of which there is one.
    #[must_use]
    pub const fn only(kind: Kind, of: Id) -> Self {
        Self { kind, of, part: Id::NONE, number: 0 }
    }

    /// A piece by its number.
    #[must_use]
    pub const fn numbered(kind: Kind, of: Id, number: u64) -> Self {
        Self { kind, of, part: Id::NONE, number }
    }

    /// The associated data. All parts have a fixed length, so that no two places give the same bytes.
    #[must_use]
    pub fn associated_data(&self) -> Vec<u8> {
        let mut data = b"intake/vault".to_vec();
        data.extend([FRAME_VERSION, self.kind.byte()]);
        data.extend(self.of.0);
        data.extend(self.part.0);
        data.extend(self.number.to_be_bytes());
        data
    }

    /// The bytes to keep, from what the cipher gave.
    #[must_use]
    pub fn frame(&self, nonce: [u8; NONCE_BYTES], sealed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + sealed.len());
        bytes.extend([FRAME_VERSION, self.kind.byte()]);
        bytes.extend(self.number.to_be_bytes());
        bytes.extend(nonce);
        bytes.extend(sealed);
        bytes
    }
}

/// A piece as it was kept, not yet opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What it says that it is.
    pub kind: Kind,
    /// The number that it says it has.
    pub number: u64,
    /// Its nonce.
    pub nonce: [u8; NONCE_BYTES],
    /// What the cipher is to open.
    pub sealed: &'a [u8],
}

/// Why bytes are no piece that this version can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FrameError {
    /// Too short: it was cut off.
    Short,
    /// Written by a later version of the program, or damaged in its first byte.
    Version,
    /// Of no kind that there is, or not of the one that should stand here.
    Kind,
    /// With another number than should stand here.
    Number,
}

impl<'a> Frame<'a> {
    /// Takes the bytes apart.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let (&[version, kind], rest) = bytes.split_first_chunk::<2>().ok_or(FrameError::Short)?;
        if version != FRAME_VERSION {
            return Err(FrameError::Version);
        }
        let kind = Kind::ALL.into_iter().find(|one| one.byte() == kind).ok_or(FrameError::Kind)?;
        let (number, rest) = rest.split_first_chunk::<8>().ok_or(FrameError::Short)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(FrameError::Short)?;
        if sealed.len() < TAG_BYTES {
            return Err(FrameError::Short);
        }
        Ok(Self { kind, number: u64::from_be_bytes(*number), nonce: *nonce, sealed })
    }

    /// The same, of the kind and with the number that should stand here.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn read_at(place: Place, bytes: &'a [u8]) -> Result<Self, FrameError> {
        let frame = Self::read_as(place.kind, bytes)?;
        // The seal vouches for the number of the place and not for the one that is written in front of it.
        if frame.number == place.number { Ok(frame) } else { Err(FrameError::Number) }
    }

    /// The same, of the kind that should stand here.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn read_as(kind: Kind, bytes: &'a [u8]) -> Result<Self, FrameError> {
        let frame = Self::read(bytes)?;
        if frame.kind == kind { Ok(frame) } else { Err(FrameError::Kind) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_framed_is_read_again() {
        let place = Place::numbered(Kind::Entry, Id([7; 16]), 300);
        let bytes = place.frame([9; 12], &[1; 40]);
        let frame = Frame::read_as(Kind::Entry, &bytes).unwrap();
        assert_eq!((frame.number, frame.nonce, frame.sealed), (300, [9; 12], [1_u8; 40].as_slice()));
        assert_eq!(Frame::read_as(Kind::Head, &bytes), Err(FrameError::Kind));
        assert_eq!(Frame::read_at(place, &bytes), Ok(frame));
        assert_eq!(Frame::read_at(Place { number: 301, ..place }, &bytes), Err(FrameError::Number));
    }

    #[test]
    fn half_a_frame_is_none() {
        let bytes = Place::only(Kind::Head, Id([7; 16])).frame([9; 12], &[1; 16]);
        for length in 0..bytes.len() {
            assert_eq!(Frame::read(&bytes[..length]), Err(FrameError::Short), "{length}");
        }
        let mut later = bytes.clone();
        later[0] = 2;
        assert_eq!(Frame::read(&later), Err(FrameError::Version));
        let mut other = bytes;
        other[1] = 0;
        assert_eq!(Frame::read(&other), Err(FrameError::Kind));
    }

    #[test]
    fn no_two_places_are_bound_alike() {
        let mut all = BTreeSet::new();
        let ids = [Id::NONE, Id([1; 16]), Id([2; 16])];
        for kind in Kind::ALL {
            for of in ids {
                for part in ids {
                    for number in [0, 1, 256, u64::MAX] {
                        assert!(all.insert(Place { kind, of, part, number }.associated_data()));
                    }
                }
            }
        }
        let bytes: BTreeSet<u8> = Kind::ALL.iter().map(|kind| kind.byte()).collect();
        assert_eq!(bytes.len(), Kind::ALL.len());
    }
}

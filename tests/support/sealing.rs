//! Seals and opens what is kept on a tablet with another implementation of AES-256-GCM than the browser's.
#![allow(clippy::expect_used, reason = "a piece that cannot be sealed ends the test")]

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use intake::vault::frame::NONCE_BYTES;
use intake::vault::passphrase::Cost;
use intake::vault::worker::Worker;
use intake::vault::{Frame, Id, Kind, Place};

/// A key, as the keeper has it.
pub struct Key(Aes256Gcm);

impl Key {
    /// From its 32 bytes.
    pub fn new(raw: &[u8]) -> Self {
        Self(Aes256Gcm::new_from_slice(raw).unwrap())
    }

    /// The key of a worker, from their record and passphrase.
    pub fn of_worker(worker: &Worker, passphrase: &str) -> Option<Self> {
        let cost: Cost = serde_json::from_value(worker.cost.clone()).ok()?;
        let guard = Self::new(cost.key(passphrase)?.as_slice());
        let raw = guard.open(Place::only(Kind::WorkerKey, worker.id), &worker.key)?;
        (raw.len() == 32).then(|| Self::new(&raw))
    }

    /// The key of a draft, from a worker's share in it.
    pub fn of_draft(worker: &Self, draft: Id, of: Id, share: &[u8]) -> Option<Self> {
        let place = Place { kind: Kind::DraftKey, of: draft, part: of, number: 0 };
        worker.open(place, share).filter(|raw| raw.len() == 32).map(|raw| Self::new(&raw))
    }

    /// Seals a piece.
    pub fn seal(&self, place: Place, nonce: [u8; NONCE_BYTES], plain: &[u8]) -> Vec<u8> {
        let data = place.associated_data();
        let sealed = self.0.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &data });
        place.frame(nonce, &sealed.unwrap())
    }

    /// Opens a piece from its place, as the keeper does.
    pub fn open(&self, place: Place, bytes: &[u8]) -> Option<Vec<u8>> {
        let frame = Frame::read_at(place, bytes).ok()?;
        let data = place.associated_data();
        self.0.decrypt(&Nonce::from(frame.nonce), Payload { msg: frame.sealed, aad: &data }).ok()
    }

    /// Opens a numbered piece of a draft: its number, and its text.
    pub fn open_numbered(&self, kind: Kind, of: Id, bytes: &[u8]) -> Option<(u64, String)> {
        let number = Frame::read_as(kind, bytes).ok()?.number;
        let text = self.open(Place::numbered(kind, of, number), bytes)?;
        Some((number, String::from_utf8(text).ok()?))
    }
}

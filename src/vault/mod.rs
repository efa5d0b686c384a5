//! What is kept on a tablet, and in which form: ids, sealed frames, workers and their keys, drafts, backups.
//!
//! These are formats: nothing here draws a random number, reads a clock or touches a browser. The keeper (a module of
//! its own in a Web Worker) encrypts with the browser's AES-GCM and writes into its database; what it writes is made
//! and read here, so that all of it is tested natively. `docs/offline.md` says the same for whoever has to judge it.
//!
//! Keys, from the top:
//! - a **passphrase** gives, through Argon2id, the key that wraps the worker's key ([`worker`]);
//! - the **worker's key** wraps the keys of the drafts that they may open, and their private identity;
//! - a **draft's key** seals its entries, its head, its attachments ([`frame`]); every frame is bound to its draft and
//!   its place, so that none can stand where another stood;
//! - the **station's public key** ([`age`]) gets a copy of the worker's key; its private half never is on a tablet.

#[cfg(feature = "crypto")]
pub mod age;
pub mod backup;
pub mod base64;
pub mod chunks;
pub mod frame;
pub mod head;
pub mod id;
pub mod lines;
pub mod message;
pub mod mirror;
#[cfg(feature = "crypto")]
pub mod passphrase;
pub mod profile_id;
pub mod recovery;
pub mod worker;

pub use frame::{Frame, FrameError, Kind, Place};
pub use head::{Head, State};
pub use id::Id;
pub use lines::Lines;
pub use profile_id::{Fate, ProfileId, Went};

//! JSON as it stands in files: read with its places and every fault, and written in one canonical way.
//!
//! [`read`] never stops at the first fault. What RFC 8259 rejects gives at least one error; what it accepts gives
//! none, but for names that stand twice, halves of surrogate pairs, numbers beyond all measure and the limits of
//! [`MAX_DEPTH`], [`MAX_BYTES`] and [`MAX_NODES`]. After a fault the reader goes on with what was probably meant, so
//! that one run lists them all and the parts of the program that come after it can look for more.
//!
//! No message quotes a value: the same reader reads what people answered.

pub mod canonical;
mod container;
mod decimal;
mod discreet;
mod document;
pub mod edit;
mod encoding;
mod hash;
mod item;
mod number;
mod plain;
mod reader;
mod text;
mod trivia;
mod word;

pub use discreet::discreet;
pub use document::{Document, NodeId, View};
pub use encoding::decode;
pub use hash::{sha256, sha256_of};
pub use item::Item;
pub use reader::{MAX_BYTES, MAX_DEPTH, MAX_FAULTS, MAX_NODES, read};

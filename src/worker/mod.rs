//! The second check of a finished record, in a Web Worker: a module of its own, because the `jsonschema` crate is
//! several times as large as the page, and a thread of its own, so that the page never stalls.
//!
//! Both sides share these messages. The page only sends and waits; the work is behind the feature `worker`. The
//! worker opens the questionnaire again for itself: its verdict owes nothing to the page's state.

mod bundle;
#[cfg(feature = "worker")]
mod host;
#[cfg(feature = "worker")]
mod judge;
mod message;

pub use bundle::Bundle;
pub use message::{Asked, Heard, Remark, Request, Verdict};

/// Starts to answer the page's messages.
#[cfg(feature = "worker")]
pub fn run() {
    host::serve(judge::verdict);
}

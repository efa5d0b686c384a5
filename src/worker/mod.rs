//! The second check of a finished record, and what is sent of a profile, in a Web Worker: a module of its own, because the
//! `jsonschema` crate and the exporters are several times as large as the page, and a thread of its own, so that the page
//! never stalls.
//!
//! Both sides share these messages. The page only sends and waits; the work is behind the feature `worker`. The
//! worker opens the questionnaire again for itself: its verdict owes nothing to the page's state.

mod bundle;
#[cfg(feature = "worker")]
mod host;
#[cfg(feature = "worker")]
mod judge;
#[cfg(feature = "worker")]
mod make;
mod message;

pub use bundle::Bundle;
pub use message::{Ask, Asked, Heard, Made, Order, Remark, Reply, Request, To, Verdict};

/// Starts to answer the page's messages.
#[cfg(feature = "worker")]
pub fn run() {
    host::serve(|ask| match ask {
        Ask::Judge(request) => Reply::Judged(judge::verdict(request)),
        Ask::Make(order) => Reply::Made(make::make(order)),
    });
}

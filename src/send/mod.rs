//! Sending from a machine with a disk: the outbox in a folder, and requests over HTTP. The state machine is
//! [`crate::outbox`], which the tablet drives as well.
#![allow(
    clippy::disallowed_methods,
    reason = "the outbox of a machine is a folder, and its destinations are elsewhere"
)]

mod folder;
mod http;

pub use folder::{Folder, FolderError};
pub use http::Http;

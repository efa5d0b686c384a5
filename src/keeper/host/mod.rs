//! The browser's services, as a Web Worker has them, and the only place of the keeper that touches them.
#![allow(clippy::disallowed_methods, reason = "this is the one place where the keeper meets the browser")]

pub(super) mod clock;
pub(super) mod crypto;
pub(super) mod database;
pub(super) mod files;
pub(super) mod locks;
pub(super) mod pause;
pub(super) mod places;
pub(super) mod scope;

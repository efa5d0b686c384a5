//! The browser's services, and the only place that touches them.
//!
//! Everything else in the page is values in and markup out. Each file is one service; a service that is not there
//! (an old browser, a blocked worker) says so by its result and never panics.
#![allow(clippy::disallowed_methods, reason = "this is the one place where the page meets the browser")]

pub(crate) mod address;
mod background;
pub(crate) mod bytes;
pub(crate) mod chance;
pub(crate) mod chosen_file;
pub(crate) mod clock;
pub(crate) mod dialog;
pub(crate) mod document;
pub(crate) mod download;
pub(crate) mod drawing;
pub(crate) mod fetch;
pub(crate) mod field;
pub(crate) mod focus;
pub(crate) mod frame;
pub(crate) mod hiding;
pub(crate) mod idle;
pub(crate) mod installed;
pub(crate) mod keeper;
pub(crate) mod later;
pub(crate) mod leaving;
pub(crate) mod mark;
pub(crate) mod patience;
pub(crate) mod picture;
pub(crate) mod position;
pub(crate) mod post;
pub(crate) mod printing;
pub(crate) mod settings;
pub(crate) mod storage;
pub(crate) mod tabs;
pub(crate) mod upload;
pub(crate) mod verifier;

//! One driver for all tests in a browser: a change of the browser's interface touches this folder alone.
//!
//! Each [`Page`] has a server, a driver and a browser profile of its own, so that tests run side by side and none
//! finds what another has left. Its methods wait: for an element to appear, for a condition to hold, for a download.

mod console;
mod control;
mod crash;
mod download;
mod driver;
mod engine;
mod extension;
mod page;
mod process;
mod role;
mod server;

#[allow(unused_imports, reason = "not every test needs all of them")]
pub(crate) use {
    console::Entry,
    control::Control,
    crash::Tab,
    engine::{Engine, Feature, lacks},
    fantoccini::key::Key,
    page::Page,
    server::Server,
    server::site,
};

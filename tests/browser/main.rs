//! What only a real browser can show: the built site in Chromium, driven over WebDriver.
//!
//! `cargo xtask test` builds the site and runs these; by hand it is
//! `cargo xtask build && cargo test --features cli,server,browser-tests --test browser`.
//! `INTAKE_ENGINE=firefox` or `webkitgtk` takes another browser than Chromium.
//! A test that fails leaves a screenshot in `target/browser`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests start programs, wait, say where a screenshot is, and fail by panicking"
)]

mod accessible;
mod agreed;
mod begun;
mod elder;
mod filling;
mod follow_up;
mod gallery;
mod handout;
mod harness;
mod journey;
mod kept;
mod languages;
mod looks;
mod manner;
mod names;
mod profile;
mod screens;
mod second_check;
mod smoke;
#[path = "../support/mod.rs"]
mod support;
mod tour;
mod types;

//! The commands of `docs/back-ends.md`, as they stand there, against the programs that they are about.
//!
//! A program that is not here is left out by name; in a full run (`cargo xtask test --full`) it is installed first, as
//! far as that needs no question: PostgreSQL through apt, `pouchdb-server` through npm and PySpark through pip into
//! `target/back-ends`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod couchdb;
mod guide;
mod postgres;
mod rollup;
mod sandbox;
mod spark;

/// Whether this is a full run, which installs what it needs and does more.
fn full() -> bool {
    std::env::var_os("INTAKE_FULL").is_some()
}

/// Says that a test did nothing, and why.
fn left_out(what: &str, want: &str) {
    eprintln!("left out: {what}, for want of {want}");
}

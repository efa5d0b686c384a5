//! The `intake` program as it is called: whole outputs, exit status, what goes to which stream.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod assess;
mod awkward;
mod calls;
mod check;
mod explain;
mod export;
mod fix;
mod leaks;
mod refused;
mod sandbox;
mod schema;
#[cfg(all(feature = "send", feature = "server"))]
mod send;
mod streams;
mod suites;
mod verify;

/// The questionnaire of these tests.
const VISIT: &str = "tests/data/visit/questionnaire.json";

/// A record of it that is complete and raises one need.
const RECORD: &str =
    r#"{"assessed_on":"2026-11-24","answers":{"name":"Ma","alone":false,"low":2,"tired":1,"hit":false}}"#;

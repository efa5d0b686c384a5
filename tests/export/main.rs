//! What leaves: consent, redaction, and every format, held to something that others wrote.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod fhir;
mod leaks;
mod others;
mod portable;
mod sample;
mod tables;
mod tools;

const FORMS: [&str; 5] =
    ["intake-consent", "elder-needs", "child-needs", "follow-up", "new-resident-household"];

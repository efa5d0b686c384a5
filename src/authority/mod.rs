//! The authority over a record's answers: a plan as plain JSON Schema, judged by the `jsonschema` crate.
//!
//! [`answer_schema`] says what any single answer may be: types, choices, constraints, rows. It has no keyword of the
//! project's own, so that every validator in every language gives the same verdict. [`Authority`] is the one used here,
//! when an interview is finished, assessed or verified. Whether a question is asked, must be answered or may be
//! absent, and what holds between answers, is the engine's; [`published_schema`] adds as much of that as JSON Schema
//! can say, for integrators, and lists the rest.

mod condition;
mod formats;
mod projection;
mod published;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read files, and fail by panicking"
)]
mod suite;
mod validator;

pub use projection::answer_schema;
pub use published::{NotExpressed, Published, published_schema};
pub use validator::{Authority, Violation};

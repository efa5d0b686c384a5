//! **intake**: a declarative questionnaire becomes an interview, and the interview a needs profile.
//!
//! One engine serves the browser, the command line and a back end, so that what a tablet decided can be replayed
//! to the byte. The folders are named after the steps; `src/README.md` has the picture and the import table.

#[cfg(feature = "server")]
pub mod server;

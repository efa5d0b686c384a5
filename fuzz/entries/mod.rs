//! What the fuzz targets do with their input. `tests/fuzz_corpus.rs` does the same with every file of the corpus, so
//! that what a fuzzer once found stays found without a nightly compiler.
//!
//! Each entry reads, then uses what it read, then holds the result to a promise that needs no second implementation.

pub mod expression;
pub mod fields;
pub mod journal;
pub mod plan;
pub mod questionnaire;
pub mod record;

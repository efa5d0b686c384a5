//! What must hold on every machine that the engine is compiled for. `cargo xtask test` runs these tests natively and,
//! compiled as the page is, in WebAssembly, and then compares what the two came to, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read files and the clock, and fail by panicking"
)]

#[allow(dead_code, reason = "hostile inputs and outcomes use a part each")]
#[path = "../../fuzz/entries/mod.rs"]
mod entries;
mod hostile;
mod outcomes;
mod survivor;

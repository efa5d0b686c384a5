#![no_main]

#[allow(dead_code, reason = "each target has one of them")]
#[path = "../entries/mod.rs"]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::journal::run(data));

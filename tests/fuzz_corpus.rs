//! What the fuzz targets do, done with every file of their corpus.
//!
//! The corpus holds inputs that reach something of their own, and each input that a fuzzer ever broke the engine with.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::path::Path;

#[path = "../fuzz/entries/mod.rs"]
mod entries;

fn every_file(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "{} has {} files", folder.display(), paths.len());
    for path in paths {
        let data = std::fs::read(&path).unwrap();
        assert!(data.len() < 64 * 1024, "{} is large for a corpus", path.display());
        if std::panic::catch_unwind(|| run(&data)).is_err() {
            panic!("{} breaks its target", path.display());
        }
    }
}

#[test]
fn expressions() {
    every_file("expression", entries::expression::run);
}

#[test]
fn questionnaires() {
    every_file("questionnaire", entries::questionnaire::run);
}

#[test]
fn records() {
    every_file("record", entries::record::run);
}

#[test]
fn journals() {
    every_file("journal", entries::journal::run);
}

//! `docs/lint.md` is what the doc comments of the rules say.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files, and fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use intake::lint;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint.md")
}

#[test]
fn the_reference_is_what_the_rules_say() {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    assert_eq!(kept, lint::page(), "write it anew: cargo test --test lint_reference -- --ignored");
}

#[test]
fn every_page_says_what_why_and_what_instead() {
    for rule in lint::reference() {
        for part in ["Finds ", "# Why\n", "# Example\n", "# Instead\n"] {
            assert!(rule.manual.contains(part), "{}: no `{}`", rule.code, part.trim());
        }
    }
}

#[test]
#[ignore = "writes docs/lint.md"]
fn write_the_reference() {
    fs::create_dir_all(path().parent().unwrap()).unwrap();
    fs::write(path(), lint::page()).unwrap();
}

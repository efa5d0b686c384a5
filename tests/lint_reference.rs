//! `docs/lint.md` is what the doc comments of the rules say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use intake::lint;

#[test]
fn the_reference_is_what_the_rules_say() {
    support::hold_to("docs/lint.md", &lint::page());
}

#[test]
fn every_page_says_what_why_and_what_instead() {
    for rule in lint::reference() {
        for part in ["Finds ", "# Why\n", "# Example\n", "# Instead\n"] {
            assert!(rule.manual.contains(part), "{}: no `{}`", rule.code, part.trim());
        }
    }
}

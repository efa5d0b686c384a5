//! What ships with the project is sound.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

#[test]
fn the_elder_questionnaire_compiles_without_a_word() {
    let (_, sources, diagnostics) =
        intake::open(&support::Schemas, "questionnaires/elder-needs/questionnaire.json");
    let text: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    assert!(diagnostics.is_empty(), "{text}");
}

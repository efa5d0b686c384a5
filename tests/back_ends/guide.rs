//! The code blocks of `docs/back-ends.md`.

/// The blocks of a language in the section under a heading.
pub fn blocks(heading: &str, language: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/back-ends.md");
    let text = std::fs::read_to_string(path).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    let found: Vec<String> = blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect();
    assert!(!found.is_empty(), "docs/back-ends.md has no {language} under `{heading}`");
    found
}

//! What the suites share.
#![allow(dead_code, reason = "each suite uses a part of it")]

pub mod interview;
pub mod records;
#[cfg(feature = "crypto")]
pub mod sealing;
pub mod small;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use intake::diagnostic::{Diagnostic, Sources};
use intake::plan::Plan;
use intake::questionnaire::Loader;

/// The project's own `schemas/` folder.
pub struct Schemas;

impl Loader for Schemas {
    fn load(&self, path: &str) -> Result<Option<String>, String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(path);
        if !path.exists() {
            return Ok(None);
        }
        std::fs::read_to_string(path).map(Some).map_err(|why| why.to_string())
    }
}

/// A questionnaire that ships with the project.
pub fn shipped(id: &str) -> Arc<Plan> {
    let (plan, sources, diagnostics) =
        intake::open(&Schemas, &format!("questionnaires/{id}/questionnaire.json"));
    let text: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
    plan.unwrap_or_else(|| panic!("{id} does not compile:\n{text}"))
}

/// Compiles a questionnaire from its text alone.
pub fn compile(text: &str) -> (Option<Arc<Plan>>, Sources, Vec<Diagnostic>) {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
    intake::open(&files, "questionnaire.json")
}

/// Holds a page to the text that is made for it; with `INTAKE_WRITE=1` in the environment, writes it instead.
pub fn hold_to(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("INTAKE_WRITE").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = stands.lines().zip(text.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or_else(|| stands.lines().count().min(text.lines().count())) + 1;
    assert!(
        stands == text,
        "{page} is no longer true, first at line {line}: run the tests once with INTAKE_WRITE=1 and look at the change"
    );
}

//! A questionnaire with all files that it needs, as one file: what the page reads is what the command line reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{reference, sync};

/// A questionnaire and the files that it reaches, each as it was written, by its path in `schemas/`.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) entry: String,
    pub(super) document: Value,
    pub(super) files: BTreeMap<String, String>,
    /// The questionnaire's own language packs, by language.
    pub(super) packs: BTreeMap<String, Value>,
}

impl Form {
    /// Reads `schemas/questionnaires/<folder>`.
    pub(super) fn read(schemas: &Path, folder: &str) -> Result<Self> {
        let place = format!("questionnaires/{folder}");
        let entry = format!("{place}/questionnaire.json");
        let mut files = BTreeMap::new();
        let mut packs = BTreeMap::new();
        let document = read(schemas, &entry, &mut files)?;
        for name in sync::files_with(&schemas.join(&place), ".json")? {
            // The scenarios are for `intake test`; a tablet has no use for them.
            if name == "questionnaire.json" || name == "scenarios.json" {
                continue;
            }
            let path = format!("{place}/{name}");
            let language = name.trim_end_matches(".json");
            packs.insert(language.to_owned(), read_pack(schemas, &path, language, &mut files)?);
        }
        let mut waiting = reference::files(&entry, &document)?;
        while let Some(path) = waiting.pop() {
            if files.contains_key(&path) {
                continue;
            }
            let part = read(schemas, &path, &mut files)?;
            waiting.extend(reference::files(&path, &part)?);
            for (pack, language) in packs_beside(schemas, &path)? {
                read_pack(schemas, &pack, &language, &mut files)?;
            }
        }
        Ok(Self { entry, document, files, packs })
    }

    /// The bundle, as the page reads it.
    pub(super) fn bundle(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(&json!({ "entry": self.entry, "files": self.files }))?)
    }
}

fn read(schemas: &Path, path: &str, files: &mut BTreeMap<String, String>) -> Result<Value> {
    let text =
        fs::read_to_string(schemas.join(path)).with_context(|| format!("cannot read schemas/{path}"))?;
    let document = serde_json::from_str(&text).with_context(|| format!("schemas/{path}"))?;
    files.insert(path.to_owned(), text);
    Ok(document)
}

fn read_pack(
    schemas: &Path,
    path: &str,
    language: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<Value> {
    let pack = read(schemas, path, files)?;
    if pack.get("language").and_then(Value::as_str) != Some(language) {
        bail!("schemas/{path}: a language pack, by its name, whose `language` is not `{language}`");
    }
    Ok(pack)
}

/// `<name>.<language>.json` beside `<name>.json`, with its language.
fn packs_beside(schemas: &Path, path: &str) -> Result<Vec<(String, String)>> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = format!("{}.", file.trim_end_matches(".json"));
    let mut found = Vec::new();
    for name in sync::files_with(&schemas.join(folder), ".json")? {
        let language = name.strip_prefix(&stem).and_then(|rest| rest.strip_suffix(".json"));
        if let Some(language) = language.filter(|language| !language.contains('.')) {
            let pack = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            found.push((pack, language.to_owned()));
        }
    }
    Ok(found)
}

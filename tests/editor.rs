//! An editor that knows JSON Schema accepts every file that ships, for it checks by the same meta-schemas that it
//! completes from.
#![cfg(feature = "authority")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_file_that_ships_satisfies_the_schema_that_it_names() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut files = Vec::new();
    for folder in ["questionnaires", "instruments", "lists"] {
        json_files(&schemas.join(folder), &mut files);
    }
    assert!(files.len() > 50, "the files are missing");
    let mut validators = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files {
        let document = read(&file);
        let schema = file.parent().unwrap().join(document["$schema"].as_str().unwrap());
        let schema = fs::canonicalize(schema).expect("`$schema` leads to a file");
        let validator = validators
            .entry(schema.clone())
            .or_insert_with(|| jsonschema::validator_for(&read(&schema)).unwrap());
        for error in validator.iter_errors(&document) {
            faults.push(format!("{}: {error} at {}", file.display(), error.instance_path()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

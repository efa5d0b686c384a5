use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::outcome::Stop;

/// Folders that hold no work of an author's.
const PASSED_OVER: [&str; 3] = ["node_modules", "target", "dist"];

/// A JSON file that a command is to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Whether it was named itself, rather than found in a folder.
    pub(super) named: bool,
}

/// The files that paths name, and the JSON files in the folders that they name, each once: first what is named first,
/// and within a folder by name. Links to folders are not followed, so that there is no way round in a circle.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<Found>, Stop> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let about = fs::metadata(path).map_err(|error| unusable(path, &error))?;
        let mut inside = Vec::new();
        if about.is_dir() {
            walk(path, &mut inside)?;
        }
        let named = !about.is_dir();
        if named {
            inside.push(path.clone());
        }
        for path in inside {
            let key = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if seen.insert(key) {
                found.push(Found { path, named });
            }
        }
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Stop> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unusable(&folder, &error))?;
        let mut inside = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| unusable(&folder, &error))?;
            let kind = entry.file_type().map_err(|error| unusable(&folder, &error))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = entry.path();
            if kind.is_dir() && !name.starts_with('.') && !PASSED_OVER.contains(&&*name) {
                inside.push((path, true));
            } else if path.extension().is_some_and(|extension| extension == "json")
                // Of what is no file, such as a pipe, reading might never end. A link that leads nowhere is told.
                && path.metadata().map_or(true, |about| about.is_file())
            {
                inside.push((path, false));
            }
        }
        inside.sort();
        found.extend(inside.iter().filter(|(_, folder)| !folder).map(|(path, _)| path.clone()));
        folders.extend(inside.into_iter().rev().filter(|(_, folder)| *folder).map(|(path, _)| path));
    }
    Ok(())
}

/// That a path cannot be read.
pub(super) fn unusable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Unusable(format!("cannot read {}: {error}", path.display()))
}

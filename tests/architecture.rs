//! The code keeps to the import table of `src/README.md`: arrows point downward only, and what is the browser's, the
//! server's or the command line's stays there. The table is read from the page, so that the page cannot be out of date.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/lists.rs"]
mod lists;
#[path = "architecture/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use imports::Imports;
use table::{Libraries, Table};

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}

fn page() -> String {
    fs::read_to_string(source("README.md")).unwrap()
}

/// Every Rust file below a folder, as a path from `src`.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(source(folder)).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path));
        } else if path.ends_with(".rs") {
            found.push(path);
        }
    }
    found
}

/// The files of folders, each with its folder; `lib.rs` and the programs belong to none.
fn files_in_folders() -> Vec<(String, String)> {
    let in_folder = |path: String| Some((path.split_once('/')?.0.to_owned(), path));
    files("").into_iter().filter_map(in_folder).filter(|(folder, _)| folder != "bin").collect()
}

#[test]
fn every_folder_has_its_row_and_every_row_its_folder() {
    let table = Table::read(&page());
    let rows: Vec<&str> = table.folders().collect();
    let distinct: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(rows.len(), distinct.len(), "a folder has two rows");
    let folders: BTreeSet<String> = files_in_folders().into_iter().map(|(folder, _)| folder).collect();
    let folders: BTreeSet<&str> = folders.iter().map(String::as_str).collect();
    assert_eq!(distinct, folders, "left: the rows in src/README.md; right: the folders in src");
}

#[test]
fn the_table_points_downward_only() {
    let table = Table::read(&page());
    let mut above: Vec<&str> = Vec::new();
    for folder in table.folders() {
        for import in table.may_import(folder) {
            assert!(above.contains(&import), "`{folder}` may import `{import}`, which stands below it");
        }
        above.push(folder);
    }
}

#[test]
fn the_code_imports_what_the_table_allows() {
    let table = Table::read(&page());
    let modules: BTreeSet<&str> = table.folders().collect();
    let mut faults = Vec::new();
    for (folder, path) in files_in_folders() {
        let text = fs::read_to_string(source(&path)).unwrap();
        let allowed: BTreeSet<&str> = table.may_import(&folder).collect();
        for import in Imports::of(&path, &text).modules {
            if import != folder && modules.contains(&*import) && !allowed.contains(&*import) {
                faults.push(format!("src/{path}: `{folder}` may not import `{import}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn libraries_are_named_in_their_places_only() {
    let libraries = Libraries::read(&page());
    assert!(libraries.names().any(|name| name == "yew"));
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for path in files("").into_iter().filter(|path| path != "lib.rs") {
        let text = fs::read_to_string(source(&path)).unwrap();
        for library in Imports::of(&path, &text).libraries {
            let Some(places) = libraries.places(&library) else { continue };
            seen.insert(library.clone());
            if !places.iter().any(|place| path.starts_with(&format!("{place}/"))) {
                faults.push(format!("src/{path}: only {} may name `{library}`", places.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for library in libraries.names() {
        assert!(seen.contains(library), "`{library}` is named nowhere: take it off the table");
    }
}

#[test]
fn a_list_on_a_page_moves_nothing_beside_it() {
    let mut faults = Vec::new();
    for path in files("web") {
        let text = fs::read_to_string(source(&path)).unwrap();
        for line in lists::among_siblings(&text) {
            faults.push(format!("src/{path}:{line}: give the list a fragment of its own: <>{{ for … }}</>"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

//! Looks for texts in everything that a browser has left on the disk, in every form in which it may have written them.

mod forms;
mod leveldb;
mod unpack;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use forms::{Needle, needles};

/// What a search came to.
pub(super) struct Search {
    /// Where something was found: the file, the text, and in which form.
    pub(super) found: Vec<String>,
    /// How many files were looked through.
    pub(super) files: usize,
    /// How many bytes, those that were unpacked too.
    pub(super) bytes: usize,
}

/// Searches every file below a folder.
pub(super) fn search(folder: &Path, planted: &[&str]) -> Search {
    let needles = needles(planted);
    let mut search = Search { found: Vec::new(), files: 0, bytes: 0 };
    for file in files(folder) {
        let Ok(bytes) = fs::read(&file) else { continue };
        search.files += 1;
        let mut here = BTreeSet::new();
        for text in texts(&file, bytes) {
            search.bytes += text.len();
            here.extend(places(&text, &needles));
        }
        let name = file.strip_prefix(folder).unwrap_or(&file).display();
        search.found.extend(here.into_iter().map(|which| format!("{name}: {}", needles[which].name)));
    }
    search
}

/// The bytes of a file, and all that can be unpacked from them.
fn texts(file: &Path, bytes: Vec<u8>) -> Vec<Vec<u8>> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let inner = match extension {
        Some("ldb" | "sst") => leveldb::table(&bytes),
        Some("log") => leveldb::log(&bytes),
        _ => Vec::new(),
    };
    let mut found = vec![bytes];
    found.extend(inner);
    let unpacked: Vec<Vec<u8>> = found.iter().flat_map(|text| unpack::streams(text)).collect();
    found.extend(unpacked);
    found
}

/// Which of the needles are in a text, in one pass over it: profiles are large, and tests are not optimised.
fn places(text: &[u8], needles: &[Needle]) -> BTreeSet<usize> {
    let two = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
    let mut begins = vec![false; 1 << 16];
    for needle in needles {
        begins[two(&needle.bytes)] = true;
    }
    let mut found = BTreeSet::new();
    for (place, pair) in text.windows(2).enumerate() {
        if begins[two(pair)] {
            let rest = &text[place..];
            let here = needles.iter().enumerate().filter(|(_, needle)| rest.starts_with(&needle.bytes));
            found.extend(here.map(|(which, _)| which));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

//! What the browser has downloaded.

use std::fs;
use std::path::{Path, PathBuf};

/// The finished downloads of a folder, sorted. Chromium and Firefox write
/// into a file with an ending of its own until it is done.
pub(super) fn finished(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the download folder");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !name.ends_with(".crdownload") && !name.ends_with(".part") && !name.starts_with('.')
    });
    files.sort();
    files
}

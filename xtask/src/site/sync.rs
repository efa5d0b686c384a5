//! A folder that holds exactly the files of a site.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Site;

/// Writes what differs, so that a server's `Last-Modified` says when a file changed, and deletes what is left of
/// older builds, but for what `keep` knows.
pub(crate) fn write(site: &Site, folder: &Path, keep: impl Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for address in files_below(folder)? {
        if site.file(&address).is_none() && !keep(&address) {
            fs::remove_file(folder.join(&address))?;
        }
    }
    for (address, bytes) in site.files() {
        let path = folder.join(address);
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The paths of all files below a folder, relative to it, with `/`, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(prefix) = folders.pop() {
        let place = folder.join(&prefix);
        for entry in fs::read_dir(&place).with_context(|| format!("cannot read {}", place.display()))? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(|name| format!("{prefix}{name}")) else {
                continue;
            };
            if entry.path().is_dir() {
                folders.push(format!("{name}/"));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files of a folder itself with an ending, sorted by name; none if there is no such folder.
pub(super) fn files_with(folder: &Path, ending: &str) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let fits = |name: &String| !name.contains('/') && name.ends_with(ending);
    Ok(files_below(folder)?.into_iter().filter(fits).collect())
}

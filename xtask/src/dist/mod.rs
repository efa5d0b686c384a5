//! `cargo xtask dist`: the site for a static host, compressed, with what a first visit costs.

mod compress;
mod sizes;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::site::{self, hash};
use crate::workspace::Workspace;
use compress::Format;
use sizes::{Row, Sizes};

/// What a first visit loads before the page is drawn.
const FIRST_LOAD: [&str; 4] = ["intake-web_bg.wasm", "intake-web.js", "boot.js", "intake.css"];
/// What an interview loads in addition, once the first page is drawn.
const INTERVIEW: &str = "intake-web-later_bg.wasm";
/// What the second check loads, once the page is idle.
const SECOND_CHECK: &str = "worker";
/// The most that a first visit may cost, in bytes after Brotli: ten seconds on a poor rural connection.
const FIRST_LOAD_LIMIT: usize = 300_000;

/// Writes `dist/` and prints the sizes; fails if a first visit costs too much.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    let site = site::assemble(workspace)?;
    let folder = workspace.at("dist");
    site::write(&site, &folder, |path| {
        Format::ALL.iter().any(|format| {
            path.strip_suffix(format.ending())
                .is_some_and(|path| site.file(path).is_some() && compress::pays(path))
        })
    })?;

    let mut first_load = vec!["index.html"];
    for name in FIRST_LOAD {
        first_load.push(site.address(name)?);
    }
    let interview = site.address(INTERVIEW)?;
    let (mut opening, mut checking) = (0, 0);
    let mut sizes = Sizes::default();
    for (address, bytes) in site.files() {
        let [brotli, gzip] = compress_beside(&folder, address, bytes)?;
        let cost = brotli.unwrap_or(bytes.len());
        opening += if address == interview { cost } else { 0 };
        checking += if address.contains(SECOND_CHECK) { cost } else { 0 };
        sizes.add(Row { address, plain: bytes.len(), brotli, gzip, first: first_load.contains(&address) });
    }
    print!("{sizes}");
    let cost = sizes.first_load();
    let limit = FIRST_LOAD_LIMIT / 1000;
    println!("First load, to draw the first page: {} kB brotli (at most {limit} kB)", sizes::kilobytes(cost));
    println!(
        "An interview loads in addition: {} kB brotli, together {} kB, and its questionnaire",
        sizes::kilobytes(opening),
        sizes::kilobytes(cost + opening)
    );
    println!("The second check loads when the page is idle: {} kB brotli", sizes::kilobytes(checking));
    if cost > FIRST_LOAD_LIMIT {
        eprintln!(
            "xtask: the first load is too large: move code to the worker's module, or drop a dependency of `web`"
        );
        return Ok(ExitCode::FAILURE);
    }
    println!("The site is in {}.", workspace.show(&folder));
    Ok(ExitCode::SUCCESS)
}

/// Writes the compressed forms of a file beside it, unless they are there already, and returns their sizes.
fn compress_beside(folder: &Path, address: &str, bytes: &[u8]) -> Result<[Option<usize>; 2]> {
    let mut sizes = [None; 2];
    if !compress::pays(address) {
        return Ok(sizes);
    }
    for (format, size) in Format::ALL.iter().zip(&mut sizes) {
        let path = folder.join(format!("{address}{}", format.ending()));
        // The name vouches for what is there only if it carries a hash.
        if hash::is_hashed(address)
            && let Ok(old) = fs::metadata(&path)
        {
            *size = usize::try_from(old.len()).ok();
            continue;
        }
        let compressed = format.compress(bytes)?;
        *size = Some(compressed.len());
        // In two steps: a run that is broken off leaves no half file under a name that is believed.
        let half = path.with_extension("half");
        fs::write(&half, compressed).with_context(|| format!("cannot write {}", half.display()))?;
        fs::rename(&half, &path)?;
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::{FIRST_LOAD, compress};
    use crate::site::Site;

    #[test]
    fn a_first_visit_needs_no_worker() {
        assert!(FIRST_LOAD.iter().all(|name| !name.contains("worker") && compress::pays(name)));
        assert!(Site::default().address(FIRST_LOAD[0]).is_err());
    }
}

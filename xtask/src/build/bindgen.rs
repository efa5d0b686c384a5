//! `wasm-bindgen` as a library, so that its version is the one in `Cargo.lock` and nobody installs a program.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Recipe;
use super::split::split;
use crate::site::hash;
use crate::workspace::Workspace;

/// What `wasm-bindgen` makes of a binary.
#[derive(Debug)]
pub(crate) struct Module {
    /// The binary's name: the JavaScript refers to the module as `<name>_bg.wasm`.
    pub(crate) name: String,
    pub(crate) wasm: Vec<u8>,
    /// The part that is loaded later, if the module was split.
    pub(crate) later: Option<Vec<u8>>,
    pub(crate) javascript: String,
    /// Scripts that crates carry: the path by which the JavaScript imports them, and their text.
    pub(crate) snippets: Vec<(String, String)>,
}

/// Part of the stamp: what is kept from an older version of this step must not be taken for the newer one's.
const STEP: &str = concat!(
    "wasm-bindgen 0.2.130 web with path, no names, split at a door, xtask ",
    env!("CARGO_PKG_VERSION")
);

/// Turns cargo's module into the browser's, unless that was done already.
pub(super) fn run(workspace: &Workspace, recipe: Recipe, wasm: &Path) -> Result<Module> {
    let name = recipe.binary;
    let input = fs::read(wasm).with_context(|| format!("cargo left no {}", wasm.display()))?;
    let folder = workspace.target("bindgen").join(name);
    let stamp_file = folder.join("stamp");
    let stamp = format!("{}\n{STEP}\n", hash::full(&input));
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return read(name, &folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(name, input.clone())
        .out_name(name)
        .web(true)?
        .typescript(false)
        // Names are a fifth of the module, and a person's browser has no use for them; the split needs them.
        .remove_name_section(recipe.door.is_none())
        // Names as the linker knows them: the split compares them.
        .demangle(false)
        .remove_producers_section(true);
    // The library, unlike the program, leaves it to the caller to say where the module is.
    bindgen.omit_default_module_path(false);
    bindgen.generate(&folder).with_context(|| format!("wasm-bindgen failed on {name}"))?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    if let Some(door) = recipe.door {
        let halves =
            split(&input, &fs::read(&wasm)?, door).with_context(|| format!("cannot split {name}"))?;
        fs::write(&wasm, halves.first)?;
        fs::write(later_file(&folder, name), halves.later)?;
    }
    // Last, so that a run that was broken off is done again.
    fs::write(&stamp_file, stamp)?;
    read(name, &folder)
}

fn later_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}-later_bg.wasm"))
}

fn read(name: &str, folder: &Path) -> Result<Module> {
    let mut snippets = Vec::new();
    let scripts = folder.join("snippets");
    if scripts.is_dir() {
        for path in crate::site::files_below(&scripts)? {
            snippets.push((format!("./snippets/{path}"), fs::read_to_string(scripts.join(&path))?));
        }
    }
    let later = later_file(folder, name);
    Ok(Module {
        name: name.to_owned(),
        later: if later.is_file() { Some(fs::read(later)?) } else { None },
        wasm: fs::read(folder.join(format!("{name}_bg.wasm")))?,
        javascript: fs::read_to_string(folder.join(format!("{name}.js")))?,
        snippets,
    })
}

#[cfg(test)]
mod tests {
    use super::STEP;

    #[test]
    fn the_stamp_names_the_version_in_use() {
        let lock = include_str!("../../../Cargo.lock");
        let version = |name: &str| {
            let entry =
                lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")));
            let line = entry.and_then(|entry| entry.lines().find(|line| line.starts_with("version = ")));
            line.and_then(|line| line.split('"').nth(1)).map(str::to_owned)
        };
        let bindgen = version("wasm-bindgen-cli-support").unwrap();
        assert_eq!(version("wasm-bindgen").as_ref(), Some(&bindgen), "the two speak a private format");
        assert!(STEP.contains(&format!("wasm-bindgen {bindgen} ")), "STEP is out of date: {bindgen}");
    }
}

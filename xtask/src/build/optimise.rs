//! `wasm-opt`, if there is one: it takes an eighth off, and everything works without it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::find_program;

const OPTIONS: [&str; 2] = ["-Oz", "--all-features"];

/// The optimiser on the PATH, or none.
pub(super) enum Optimiser {
    None,
    WasmOpt { path: PathBuf, version: String },
}

impl Optimiser {
    /// Looks for `wasm-opt`.
    pub(super) fn find() -> Result<Self> {
        let Some(path) = find_program("wasm-opt") else { return Ok(Self::None) };
        let output = Command::new(&path).arg("--version").output().context("cannot run wasm-opt")?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Self::WasmOpt { path, version })
    }

    /// What distinguishes its results, for the stamp.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::None => "not optimised".into(),
            Self::WasmOpt { version, .. } => format!("{version} {}", OPTIONS.join(" ")),
        }
    }

    /// Optimises a module in place.
    pub(super) fn run(&self, wasm: &Path) -> Result<()> {
        let Self::WasmOpt { path, version } = self else { return Ok(()) };
        let status = Command::new(path).args(OPTIONS).arg(wasm).arg("-o").arg(wasm).status()?;
        if !status.success() {
            bail!("{version} failed on {}: update it, or take it off the PATH", wasm.display());
        }
        Ok(())
    }
}

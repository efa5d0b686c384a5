//! The compiler's WebAssembly target.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, find_program};

/// Adds the target if the toolchain in use lacks it: a toolchain file is not installed by itself everywhere.
pub(super) fn ensure(workspace: &Workspace, triple: &str) -> Result<()> {
    if installed(workspace, triple)? {
        return Ok(());
    }
    let advice = format!("the compiler lacks {triple}; run `rustup target add {triple}`");
    if find_program("rustup").is_none() {
        bail!(
            "{advice} (there is no rustup here: install it, or the target by the way that installed rustc)"
        );
    }
    println!("Adding the compiler's target {triple}.");
    let status =
        Command::new("rustup").args(["target", "add", triple]).current_dir(workspace.at("")).status();
    match status {
        Ok(status) if status.success() && installed(workspace, triple)? => Ok(()),
        _ => bail!("{advice} (it was tried, and failed: is there a network?)"),
    }
}

fn installed(workspace: &Workspace, triple: &str) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", triple])
        .current_dir(workspace.at(""))
        .output()
        .context("cannot run rustc")?;
    Ok(output.status.success() && PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

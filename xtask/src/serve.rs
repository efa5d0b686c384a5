//! `cargo xtask serve`: the site on this machine, by the program that people will run.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::build;
use crate::workspace::Workspace;

/// Builds the site and the program, and serves until it is interrupted.
pub(crate) fn run(workspace: &Workspace, port: u16) -> Result<ExitCode> {
    crate::build_site(workspace)?;
    let program = build::program(workspace)?;
    let status = Command::new(&program)
        .arg("serve")
        .arg("--site")
        .arg(workspace.site())
        .args(["--port", &port.to_string()])
        .status()
        .with_context(|| format!("cannot run {}", program.display()))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

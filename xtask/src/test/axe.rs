//! axe-core, by which the pages are held to the rules of accessibility.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::workspace::{Workspace, find_program, run};

const VERSION: &str = "4.14.1";

/// Fetches it into `target/axe` unless it is there, and says where its script is. Without npm there is none, and that
/// is said.
pub(super) fn find(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let folder = workspace.target("axe");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if script.is_file() {
        return Ok(Some(script));
    }
    let Some(npm) = find_program("npm") else {
        println!("Left out: axe-core needs Node.js with npm.");
        return Ok(None);
    };
    std::fs::create_dir_all(&folder)?;
    let package = format!("axe-core@{VERSION}");
    run(Command::new(npm)
        .args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", &package])
        .current_dir(folder))?;
    Ok(Some(script))
}

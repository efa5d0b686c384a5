//! fhirpath.js, to which the expression language is held: only for `cargo xtask test --full`.

use std::process::Command;

use anyhow::Result;

use crate::workspace::{Workspace, find_program, run};

/// Puts it into `target/differential`, where the tests look for it. Without npm they say that they skip it.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let Some(npm) = find_program("npm") else {
        println!(
            "Left out: fhirpath.js needs Node.js with npm; 10,000 recorded pairs are compared all the same."
        );
        return Ok(());
    };
    let folder = workspace.target("differential");
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(workspace.at("tests/differential/package.json"), folder.join("package.json"))?;
    run(Command::new(npm)
        .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder))
}

//! What others wrote, to which ours is held: only for `cargo xtask test --full`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, find_program, run};

/// The package that has the JSON Schema Test Suite in its sources; npm's packages of it are years old or empty.
const SUITE: &str = "jsonschema==4.26.0";

/// Puts fhirpath.js and the JSON Schema Test Suite where the tests look for them.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    fhirpath(workspace)?;
    schema_suite(workspace)
}

/// fhirpath.js. Without npm the tests say that they skip it.
fn fhirpath(workspace: &Workspace) -> Result<()> {
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

/// The JSON Schema Test Suite. Without pip the tests say that they skip it.
fn schema_suite(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target("json-schema-suite");
    if folder.is_dir() {
        return Ok(());
    }
    let (Some(python), Some(tar)) = (find_program("python3"), find_program("tar")) else {
        println!(
            "Left out: the JSON Schema Test Suite comes with python3, pip and tar; its recorded part runs all the same."
        );
        return Ok(());
    };
    let download = workspace.target("json-schema-suite.download");
    std::fs::create_dir_all(&download)?;
    run(Command::new(python)
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", SUITE, "--dest"])
        .arg(&download))?;
    let archive = std::fs::read_dir(&download)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "gz"))
        .context("pip brought no archive")?;
    run(Command::new(tar).arg("xzf").arg(archive).arg("--directory").arg(&download))?;
    // At once and last: a folder that is there is whole.
    std::fs::rename(&download, &folder).context("cannot put the suite in its place")
}

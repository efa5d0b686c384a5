//! The same tests in WebAssembly: compiled as the page is, run by Node, and held to what came of them natively.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Run;
use crate::build;
use crate::workspace::{Workspace, find_program};

/// WebAssembly with files and a clock, which the tests need and the page's module does without.
const TRIPLE: &str = "wasm32-wasip1";
/// The first version of Node that runs it without being asked twice.
const NODE: u32 = 20;

/// Where the outcomes of the native run are.
pub(super) fn native_outcomes(workspace: &Workspace) -> Result<PathBuf> {
    outcomes(workspace, "native.txt")
}

fn outcomes(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    let folder = workspace.target("portable");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

/// Builds and runs the tests, and compares the outcomes with those of the native run.
pub(super) fn run(workspace: &Workspace, state: &mut Run) -> Result<()> {
    let Some(node) = node() else {
        println!("Left out: the tests in WebAssembly need Node.js {NODE} or later.");
        return Ok(());
    };
    if let Err(reason) = build::ensure(workspace, TRIPLE) {
        println!(
            "Left out: the tests in WebAssembly need the target {TRIPLE}, which cannot be had: {reason:#}"
        );
        return Ok(());
    }
    let module = module(workspace)?;
    let (native, wasm) = (native_outcomes(workspace)?, outcomes(workspace, "wasm.txt")?);
    let mut command = Command::new(node);
    command
        .arg("--no-warnings")
        .arg(workspace.at("tests/portable/run.mjs"))
        .args([&module, &workspace.at(""), &workspace.target("")])
        .env("INTAKE_OUTCOMES", &wasm);
    state.test(&mut command)?;
    compare(&native, &wasm)
}

fn node() -> Option<PathBuf> {
    let node = find_program("node")?;
    let output = Command::new(&node).arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout);
    let major: u32 = version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()?;
    (major >= NODE).then_some(node)
}

/// Builds the tests and says where they are.
fn module(workspace: &Workspace) -> Result<PathBuf> {
    let output = workspace
        .cargo(["build", "--package", "intake", "--test", "portable", "--profile", build::PROFILE])
        .args(["--target", TRIPLE, "--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("the tests could not be built ({})", output.status);
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let built = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let module =
        built.filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from)).next_back();
    module.context("cargo names no module")
}

fn compare(native: &Path, wasm: &Path) -> Result<()> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).with_context(|| format!("there are no outcomes in {}", path.display()))
    };
    let (ours, theirs) = (read(native)?, read(wasm)?);
    if ours != theirs {
        let line = ours.lines().zip(theirs.lines()).take_while(|(ours, theirs)| ours == theirs).count() + 1;
        bail!(
            "native and WebAssembly differ, first in line {line} of {} and {}",
            native.display(),
            wasm.display()
        );
    }
    println!("Native and WebAssembly agree on {} outcomes, {} bytes.", ours.lines().count(), ours.len());
    Ok(())
}

//! From Rust to what a browser and this machine run. Cargo decides what is stale; the steps after cargo are skipped
//! when the module that they read is the one that they read last.

mod bindgen;
mod links;
mod reach;
mod split;
mod target;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

pub(crate) use bindgen::Module;

use crate::workspace::{Workspace, run};

/// The profile of the modules, in the workspace's `Cargo.toml`.
pub(crate) const PROFILE: &str = "wasm";
const TRIPLE: &str = "wasm32-unknown-unknown";

/// One of the modules: its binary and the feature that it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub(crate) binary: &'static str,
    pub(crate) feature: &'static str,
    /// The path of the function behind which a part begins that is loaded later.
    pub(crate) door: Option<&'static str>,
}

/// The page's module.
pub(crate) const PAGE: Recipe =
    Recipe { binary: "intake-web", feature: "web", door: Some("intake::web::later::enter") };
/// The module in the Web Worker.
pub(crate) const WORKER: Recipe = Recipe { binary: "intake-worker", feature: "worker", door: None };
/// Keys and storage, in a Web Worker of its own.
pub(crate) const KEEPER: Recipe = Recipe { binary: "intake-keeper", feature: "keeper", door: None };

/// Builds a module, with its JavaScript.
pub(crate) fn module(workspace: &Workspace, recipe: Recipe) -> Result<Module> {
    target::ensure(workspace, TRIPLE)?;
    let Recipe { binary, feature, door } = recipe;
    let arguments = [
        "rustc",
        "--package",
        "intake",
        "--profile",
        PROFILE,
        "--target",
        TRIPLE,
        "--bin",
        binary,
        "--features",
        feature,
    ];
    // Only the linker knows which numbers are addresses, and without them nothing can be split.
    let relocations: &[&str] = if door.is_some() { &["--", "-C", "link-arg=--emit-relocs"] } else { &[] };
    run(&mut workspace.cargo(arguments.iter().chain(relocations)))?;
    let wasm = workspace.target(TRIPLE).join(PROFILE).join(format!("{binary}.wasm"));
    bindgen::run(workspace, recipe, &wasm)
}

/// Adds a target of the compiler if it is missing.
pub(crate) fn ensure(workspace: &Workspace, triple: &str) -> Result<()> {
    target::ensure(workspace, triple)
}

/// Lints for the browser's side need its target too.
pub(crate) fn ensure_target(workspace: &Workspace) -> Result<()> {
    target::ensure(workspace, TRIPLE)
}

/// Clippy for a module.
pub(crate) fn clippy(workspace: &Workspace, recipe: Recipe) -> Command {
    let Recipe { binary, feature, .. } = recipe;
    let package = [
        "clippy",
        "--package",
        "intake",
        "--target",
        TRIPLE,
        "--lib",
        "--bin",
        binary,
        "--features",
        feature,
    ];
    workspace.cargo(package.iter().chain(&["--", "-D", "warnings"]))
}

/// The features of the program as it is served and shipped.
pub(crate) const NATIVE_FEATURES: &str = "cli,server";

/// Builds the `intake` program and says where it is.
pub(crate) fn program(workspace: &Workspace) -> Result<PathBuf> {
    run(&mut workspace.cargo([
        "build",
        "--package",
        "intake",
        "--bin",
        "intake",
        "--features",
        NATIVE_FEATURES,
    ]))?;
    let path = workspace.target("debug").join(format!("intake{}", std::env::consts::EXE_SUFFIX));
    path.canonicalize().with_context(|| format!("cargo left no {}", path.display()))
}

//! Whoever takes a part of the project takes nothing else with it: what each feature brings, as cargo resolves it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

use std::collections::BTreeSet;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";
const BROWSER: [&str; 6] = ["yew", "gloo", "gloo-worker", "web-sys", "js-sys", "wasm-bindgen"];
const NETWORK: [&str; 8] = ["tokio", "axum", "hyper", "tower-http", "reqwest", "ureq", "rusqlite", "socket2"];
const PROGRAM: [&str; 2] = ["clap", "anstream"];
const VALIDATOR: [&str; 1] = ["jsonschema"];

/// The packages that a build with some features needs.
fn packages(features: &str, target: Option<&str>) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["tree", "--locked", "--package", "intake", "--edges", "normal", "--prefix", "none"]);
    command.args(["--format", "{p}", "--no-default-features", "--features", features]);
    if let Some(target) = target {
        command.args(["--target", target]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<String> =
        text.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect();
    assert!(packages.contains("rust_decimal"), "no tree of packages:\n{text}");
    packages
}

fn brings_none_of(features: &str, target: Option<&str>, unwanted: &[&[&str]]) {
    let packages = packages(features, target);
    let found: Vec<&&str> =
        unwanted.iter().copied().flatten().filter(|name| packages.contains(**name)).collect();
    assert!(found.is_empty(), "the features `{features}` bring {found:?}");
}

#[test]
fn the_engine_alone_has_no_interface_and_no_network() {
    // `default` names what a library's user gets without asking.
    brings_none_of("default", None, &[&BROWSER, &NETWORK, &PROGRAM, &VALIDATOR]);
    brings_none_of("", Some(WASM), &[&BROWSER, &NETWORK, &PROGRAM, &VALIDATOR]);
}

#[test]
fn the_command_line_has_no_browser_and_no_network() {
    brings_none_of("cli", None, &[&BROWSER, &NETWORK]);
    assert!(packages("cli", None).contains("jsonschema"));
}

#[test]
fn the_server_is_a_feature_of_its_own() {
    brings_none_of("server", None, &[&BROWSER, &PROGRAM]);
    let packages = packages("cli,server", None);
    for needed in ["axum", "rusqlite", "jsonschema"] {
        assert!(packages.contains(needed), "{needed}");
    }
}

#[test]
fn sending_is_a_feature_of_its_own() {
    brings_none_of("send", None, &[&BROWSER, &PROGRAM, &VALIDATOR, &["tokio", "axum", "hyper", "rusqlite"]]);
    assert!(packages("send", None).contains("ureq"));
}

#[test]
fn the_page_is_small_and_the_worker_has_no_page() {
    brings_none_of("web", Some(WASM), &[&NETWORK, &PROGRAM, &VALIDATOR]);
    brings_none_of("worker", Some(WASM), &[&["yew"], &NETWORK, &PROGRAM]);
    assert!(packages("worker", Some(WASM)).contains("jsonschema"));
    brings_none_of("keeper", Some(WASM), &[&["yew", "gloo", "axum", "hyper"], &PROGRAM, &VALIDATOR]);
}

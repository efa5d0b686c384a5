//! Programs that others wrote, against which formats are held. What is not there is skipped by its name; with
//! `INTAKE_FULL=1` it is installed first.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn target(part: &str) -> PathBuf {
    // The folder above that of the test programs: `target/debug/deps/export-…`.
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join(part)
}

pub fn full() -> bool {
    std::env::var_os("INTAKE_FULL").is_some()
}

/// Says on standard error what is not tested, and why.
pub fn skipped(what: &str) {
    eprintln!("skipped: {what} is not installed (INTAKE_FULL=1 installs it)");
}

/// A Python that has these packages; none if it has not.
pub fn python(packages: &[&str]) -> Option<PathBuf> {
    let folder = target("export/python");
    let python = folder.join("bin/python");
    if full() && !has(&python, packages) {
        if !python.exists() {
            let _ = Command::new("python3").args(["-m", "venv"]).arg(&folder).status();
        }
        let _ = Command::new(&python).args(["-m", "pip", "install", "-q"]).args(packages).status();
    }
    if has(&python, packages) { Some(python) } else { None }
}

fn has(python: &Path, packages: &[&str]) -> bool {
    let script = format!(
        "import importlib.metadata as m\nfor p in {:?}: m.version(p)",
        packages.iter().map(|package| package.split("==").next().unwrap()).collect::<Vec<_>>()
    );
    let done = Command::new(python).args(["-c", &script]).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// A folder in which Node.js finds these packages; none if it does not.
pub fn node(folder: &str, packages: &[&str]) -> Option<PathBuf> {
    let folder = target(folder);
    let there = || packages.iter().all(|package| folder.join("node_modules").join(package).exists());
    if full() && !there() {
        std::fs::create_dir_all(&folder).ok()?;
        let _ = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
            .args(packages)
            .current_dir(&folder)
            .status();
    }
    let runs = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    (there() && runs.is_ok_and(|status| status.success())).then_some(folder)
}

/// Runs a script with an input.
pub fn run(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = pipe.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// The standard output of a script that has to end well.
pub fn said(command: &mut Command, input: &[u8]) -> String {
    let output = run(command, input);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}\n{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder for the files of a test, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = target("export/files").join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

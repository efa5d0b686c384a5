//! `cargo xtask release`: the command line for a back end, compiled for what it really does there.
//!
//! Assessing a record is thousands of small steps of which none stands out, so that the compiler has to be told which way
//! they mostly go: it is built once to count them on made-up records of every questionnaire that ships, and a second time
//! with what was counted. What it computes does not change.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, find_program, run};

/// Made-up records of each questionnaire: enough that another seed's take the same ways.
const RECORDS: &str = "500";
/// Not the seed that figures are measured with: nobody is to be quick with just those records.
const SEED: &str = "271828";

/// Builds the program twice, and says where it is.
pub(crate) fn build_trained(workspace: &Workspace) -> Result<()> {
    let host = host(workspace)?;
    let tool = profile_tool(workspace, &host)?;
    let folder = workspace.target("trained");
    let counts = folder.join("counts");
    if counts.exists() {
        fs::remove_dir_all(&counts)?;
    }
    fs::create_dir_all(&counts)?;
    println!("Building the program that counts.");
    let counting = build(workspace, &host, &folder.join("counting"), &flag("profile-generate", &counts)?)?;
    println!("Counting, on {RECORDS} made-up records of each questionnaire.");
    train(workspace, &counting, &folder)?;
    let merged = folder.join("counts.profdata");
    run(Command::new(tool).args(["merge", "-o"]).arg(&merged).arg(&counts))?;
    println!("Building the program by what was counted.");
    let program = build(workspace, &host, &folder.join("program"), &flag("profile-use", &merged)?)?;
    println!("The program is {}.", workspace.show(&program));
    Ok(())
}

/// An option of the compiler with a path.
fn flag(option: &str, path: &Path) -> Result<String> {
    let path = path.to_str().context("the path of the target folder is not UTF-8")?;
    Ok(format!("-C{option}={path}"))
}

/// Builds the program with an option of the compiler, and gives its path.
fn build(workspace: &Workspace, host: &str, target: &Path, flag: &str) -> Result<PathBuf> {
    // With a target named, the option does not reach what runs while building. Encoded, for a path may hold blanks.
    let arguments = [
        "build",
        "--release",
        "--package",
        "intake",
        "--bin",
        "intake",
        "--features",
        "cli,server,send",
        "--target",
        host,
    ];
    let given = std::env::var("CARGO_ENCODED_RUSTFLAGS").ok();
    let given = given.or_else(|| {
        let plain = std::env::var("RUSTFLAGS").ok()?;
        Some(plain.split_whitespace().collect::<Vec<_>>().join("\u{1f}"))
    });
    let flags: Vec<&str> =
        given.as_deref().filter(|given| !given.is_empty()).into_iter().chain([flag]).collect();
    let mut cargo = workspace.cargo(arguments);
    run(cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")).env("CARGO_TARGET_DIR", target))?;
    Ok(target.join(host).join("release").join(format!("intake{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs what a back end runs most, on made-up records of every questionnaire.
fn train(workspace: &Workspace, program: &Path, folder: &Path) -> Result<()> {
    let questionnaires = workspace.at("schemas/questionnaires");
    let mut ids: Vec<PathBuf> =
        fs::read_dir(&questionnaires)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    ids.sort_unstable();
    let (records, profiles) = (folder.join("records.jsonl"), folder.join("profiles.jsonl"));
    for questionnaire in ids.into_iter().map(|folder| folder.join("questionnaire.json")) {
        let call = || Command::new(program);
        let made_up = ["--count", RECORDS, "--seed", SEED];
        into(call().arg("simulate").arg(&questionnaire).args(made_up), &records)?;
        into(call().args(["assess", "--jobs", "1"]).arg(&questionnaire).arg(&records), &profiles)?;
        let verify = ["verify", "--jobs", "1", "--questionnaires"];
        let status = call().args(verify).arg(&questionnaires).arg(&profiles).stdout(Stdio::null()).status();
        succeeded("verify", status.context("cannot run the program")?)?;
    }
    Ok(())
}

/// Runs the program with its output in a file.
fn into(command: &mut Command, file: &Path) -> Result<()> {
    let out = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
    let name = command.get_args().next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    succeeded(&name, command.stdout(out).status().context("cannot run the program")?)
}

fn succeeded(name: &str, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`intake {name}` failed on records that it had made up ({status})");
    }
    Ok(())
}

/// What the compiler prints when it is asked.
fn asked(workspace: &Workspace, arguments: &[&str]) -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(arguments).current_dir(workspace.at("")).output();
    Ok(String::from_utf8_lossy(&output.context("cannot run rustc")?.stdout).into_owned())
}

/// The kind of this machine.
fn host(workspace: &Workspace) -> Result<String> {
    let version = asked(workspace, &["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say for which machine it compiles")
}

/// The compiler's own tool that reads what was counted; a component of the toolchain, which is added if it is missing.
fn profile_tool(workspace: &Workspace, host: &str) -> Result<PathBuf> {
    let library = asked(workspace, &["--print", "sysroot"])?;
    let tool = format!("lib/rustlib/{host}/bin/llvm-profdata{}", std::env::consts::EXE_SUFFIX);
    let tool = Path::new(library.trim()).join(tool);
    if !tool.is_file() && find_program("rustup").is_some() {
        println!("Adding the compiler's component llvm-tools.");
        let add = ["component", "add", "llvm-tools"];
        let _ = Command::new("rustup").args(add).current_dir(workspace.at("")).status();
    }
    if !tool.is_file() {
        bail!("the compiler lacks llvm-profdata; run `rustup component add llvm-tools`");
    }
    Ok(tool)
}

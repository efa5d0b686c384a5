//! `cargo xtask test`: all that must hold before a change is merged, the quickest first.
//!
//! The lints and the tests of the package share one set of features, so that none of them makes another build again.

mod axe;
mod browser;
mod licences;
mod oracle;
mod portable;
mod tally;

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::build;
use crate::workspace::{Workspace, run as run_command};
use tally::Tally;

/// All native features, what the tests in a browser need, and the page, whose logic is tested without one.
const FEATURES: &str = "cli,server,send,browser-tests,web";
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// What a step does, given the workspace and the sums so far.
type Action = fn(&Workspace, &mut Run) -> Result<()>;

/// A named step, with what to do when it fails.
struct Step {
    name: &'static str,
    remedy: &'static str,
    action: Action,
}

/// What the steps share.
#[derive(Default)]
struct Run {
    full: bool,
    tally: Tally,
}

const STEPS: [Step; 10] = [
    Step { name: "formatting", remedy: "run `cargo fmt --all`", action: formatting },
    Step { name: "lints", remedy: "mend what clippy names above", action: native_lints },
    Step { name: "lints of the tasks", remedy: "mend what clippy names above", action: task_lints },
    Step {
        name: "lints of the page and the worker",
        remedy: "mend what clippy names above",
        action: web_lints,
    },
    Step {
        name: "tests",
        remedy: "run the failing test by its name: `cargo test NAME`",
        action: native_tests,
    },
    Step {
        name: "tests in WebAssembly",
        remedy: "run one by its name: `node tests/portable/run.mjs MODULE . target NAME`",
        action: portable::run,
    },
    Step { name: "tests of the tasks", remedy: "run `cargo test --package xtask`", action: task_tests },
    Step { name: "site", remedy: "run `cargo xtask build`", action: site },
    Step {
        name: "tests in a browser",
        remedy: "see the messages above; screenshots are in target/browser",
        action: browser_tests,
    },
    Step { name: "licences and sources", remedy: "see deny.toml", action: licences },
];

/// Runs all steps up to the first that fails. The last line says how many tests passed and failed.
pub(crate) fn run(workspace: &Workspace, full: bool) -> Result<ExitCode> {
    let mut state = Run { full, ..Run::default() };
    let mut code = ExitCode::SUCCESS;
    for step in &STEPS {
        println!("== {}", step.name);
        let begin = Instant::now();
        let result = (step.action)(workspace, &mut state);
        let seconds = begin.elapsed().as_secs_f32();
        match result {
            Ok(()) => println!("== {}: ok, {seconds:.1} s\n", step.name),
            Err(error) => {
                println!(
                    "== {}: failed after {seconds:.1} s: {error:#}\n   What to do: {}\n",
                    step.name, step.remedy
                );
                // A closing line without a failure would hide one that is not a test's.
                state.tally.failed = state.tally.failed.max(1);
                code = ExitCode::FAILURE;
                break;
            }
        }
    }
    println!("{}", state.tally);
    Ok(code)
}

fn formatting(workspace: &Workspace, _: &mut Run) -> Result<()> {
    run_command(&mut workspace.cargo(["fmt", "--all", "--check"]))
}

fn native_lints(workspace: &Workspace, _: &mut Run) -> Result<()> {
    let package = ["clippy", "--package", "intake", "--features", FEATURES];
    run_command(&mut workspace.cargo(package.iter().chain(&["--all-targets"]).chain(&DENY_WARNINGS)))?;
    // Not part of `--all-targets`, since plain `cargo test` must not run them.
    run_command(&mut workspace.cargo(package.iter().chain(&["--test", "browser"]).chain(&DENY_WARNINGS)))
}

fn task_lints(workspace: &Workspace, _: &mut Run) -> Result<()> {
    let package = ["clippy", "--package", "xtask", "--all-targets"];
    run_command(&mut workspace.cargo(package.iter().chain(&DENY_WARNINGS)))
}

fn web_lints(workspace: &Workspace, _: &mut Run) -> Result<()> {
    build::ensure_target(workspace)?;
    run_command(&mut build::clippy(workspace, build::PAGE))?;
    run_command(&mut build::clippy(workspace, build::WORKER))?;
    run_command(&mut build::clippy(workspace, build::KEEPER))
}

fn native_tests(workspace: &Workspace, state: &mut Run) -> Result<()> {
    if state.full {
        oracle::install(workspace)?;
    }
    let outcomes = portable::native_outcomes(workspace)?;
    let arguments = ["test", "--package", "intake", "--features", FEATURES, "--no-fail-fast"];
    state.test(workspace.cargo(arguments).env("INTAKE_OUTCOMES", outcomes))
}

fn task_tests(workspace: &Workspace, state: &mut Run) -> Result<()> {
    state.test(&mut workspace.cargo(["test", "--package", "xtask"]))
}

fn site(workspace: &Workspace, _: &mut Run) -> Result<()> {
    crate::build_site(workspace)
}

/// In Chromium; the tests themselves take one journey each to the other engines. `--full` has those run all tests too,
/// each of them whatever came of the one before.
fn browser_tests(workspace: &Workspace, state: &mut Run) -> Result<()> {
    let browser = browser::find()?;
    let others = browser::others(workspace)?;
    let axe = axe::find(workspace)?;
    let command = |engine: &str| {
        let arguments = ["test", "--package", "intake", "--features", FEATURES, "--test", "browser"];
        let mut command = workspace.cargo(arguments);
        command
            .env("INTAKE_ENGINE", engine)
            .env("INTAKE_SITE", workspace.site())
            .env("CHROMIUM", &browser.chromium)
            .env("CHROMEDRIVER", &browser.driver)
            .envs(axe.as_ref().map(|script| ("INTAKE_AXE", script)))
            .envs(others.iter().cloned());
        command
    };
    let mut faults = Vec::new();
    let mut note = |engine, result: Result<()>| {
        faults.extend(result.err().map(|error| format!("{engine}: {error:#}")));
    };
    note("chromium", state.test(&mut command("chromium")));
    for (engine, driver) in browser::OTHERS {
        if state.full && others.iter().any(|(variable, _)| *variable == driver) {
            println!("-- all of them in {engine}");
            // What takes hours or hundreds of rounds is held in Chromium alone.
            note(engine, state.listen(&mut command(engine)));
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

/// `cargo xtask screenshots`: the pages as a person sees them, to be looked at.
pub(crate) fn screenshots(workspace: &Workspace) -> Result<ExitCode> {
    crate::build_site(workspace)?;
    let browser = browser::find()?;
    let arguments = ["test", "--package", "intake", "--features", FEATURES, "--test", "browser"];
    run_command(
        workspace
            .cargo(arguments.iter().chain(&["--", "--ignored", "screens::"]))
            .env("INTAKE_SITE", workspace.site())
            .env("CHROMIUM", browser.chromium)
            .env("CHROMEDRIVER", browser.driver),
    )?;
    println!("The pictures are in {}.", workspace.show(&workspace.target("screenshots")));
    Ok(ExitCode::SUCCESS)
}

fn licences(workspace: &Workspace, _: &mut Run) -> Result<()> {
    licences::check(workspace)
}

impl Run {
    /// Runs tests, and adds to the sums.
    fn test(&mut self, command: &mut Command) -> Result<()> {
        if self.full {
            command.env("INTAKE_FULL", "1");
        }
        self.listen(command)
    }

    /// The same, whatever is asked for in its ordinary length.
    fn listen(&mut self, command: &mut Command) -> Result<()> {
        let failed = self.tally.failed;
        let status = self.tally.listen(command)?;
        if self.tally.failed > failed {
            bail!("{} failed", self.tally.failed - failed);
        }
        if !status.success() {
            // In no sum of the tests' own: with others that fail, it would not show in the last line.
            self.tally.failed += 1;
            bail!("the tests could not be built or run ({status})");
        }
        Ok(())
    }
}

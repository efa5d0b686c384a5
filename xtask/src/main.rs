//! The project's own tasks: `cargo xtask serve | build | dist | release | bench | screenshots | test`.
//!
//! Everything is built by cargo and by libraries pinned in `Cargo.lock`; there is no other program to install.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool works on files, processes and the clock, and says what it does"
)]

mod arguments;
mod bench;
mod build;
mod dist;
mod release;
mod serve;
mod site;
mod test;
mod workspace;

use std::process::ExitCode;

use arguments::Task;
use workspace::Workspace;

const HELP: &str = "\
The project's tasks.

Usage: cargo xtask <TASK>

  serve [--port N]   Build the site and `intake`, serve the site on this machine (port 8080; 0: any free one)
  build              Build the site into target/site
  dist               Build the site for a static host into dist/, compressed beside each file, and print the sizes
  release            Build `intake` for a back end: twice, the second time by what the first counted on made-up records
  bench              This engine beside others on the same work, in one run, as a table (needs Node.js and npm)
  screenshots        Pictures of every page in every language and size, in target/screenshots
  test [--full]      Formatting, lints, all tests, natively and in WebAssembly, the site, the tests in a browser, licences
                     --full: property tests run for longer; what others wrote is installed and ours held to it
  help               This text";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let task = arguments::parse(std::env::args().skip(1))?;
    if task == Task::Help {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::find()?;
    match task {
        Task::Help => Ok(ExitCode::SUCCESS),
        Task::Build => {
            build_site(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Serve { port } => serve::run(&workspace, port),
        Task::Dist => dist::run(&workspace),
        Task::Release => {
            release::build_trained(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Bench => bench::run(&workspace),
        Task::Screenshots => test::screenshots(&workspace),
        Task::Test { full } => test::run(&workspace, full),
    }
}

/// Builds the site for this machine, and says where it is.
fn build_site(workspace: &Workspace) -> anyhow::Result<()> {
    let folder = workspace.site();
    site::write(&site::assemble(workspace)?, &folder, |_| false)?;
    println!("The site is in {}.", workspace.show(&folder));
    Ok(())
}

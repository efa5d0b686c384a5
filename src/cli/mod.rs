//! The command line: one subcommand a file, files or standard input in, JSON Lines or text out.
//!
//! Exit status 0 is clean, 1 is findings, 2 is a call or a file that cannot be used. What a command is asked for goes
//! to standard output; what is only said about it goes to standard error.

#![allow(
    clippy::disallowed_methods,
    reason = "the command line is where files, arguments and streams come in"
)]

mod assess;
mod check;
mod explain;
mod export;
mod findings;
mod fix;
mod folder;
mod form;
mod key;
mod library;
mod loader;
mod new;
#[cfg(feature = "send")]
mod outbox;
mod outcome;
mod pool;
mod previous;
mod records;
mod recover;
mod refusal;
mod rollup;
mod schema;
#[cfg(feature = "send")]
mod send;
#[cfg(feature = "server")]
mod serve;
mod simulate;
mod test;
#[cfg(feature = "server")]
mod token;
mod verify;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use outcome::{Status, Stop};

/// Intake and needs assessment: questionnaires, interviews' records, and the needs profiles that come out of them.
#[derive(Debug, Parser)]
#[command(name = "intake", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Test(test::Args),
    Assess(assess::Args),
    Explain(explain::Args),
    Verify(verify::Args),
    Export(export::Args),
    Key(key::Args),
    Recover(recover::Args),
    Schema(schema::Args),
    New(new::Args),
    Simulate(simulate::Args),
    Rollup(rollup::Args),
    #[cfg(feature = "send")]
    Send(send::Args),
    #[cfg(feature = "send")]
    Outbox(outbox::Args),
    #[cfg(feature = "server")]
    Token(token::Args),
    #[cfg(feature = "server")]
    Serve(serve::Args),
    /// Tells that this program has no server.
    #[cfg(not(feature = "server"))]
    #[command(hide = true, disable_help_flag = true)]
    Serve {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        _options: Vec<String>,
    },
}

/// Runs the command that the program was called with.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::stdout().lock();
    let done = match cli.command {
        Command::Check(args) => check::run(&args, &mut out),
        Command::Test(args) => test::run(&args, &mut out),
        Command::Assess(args) => assess::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
        Command::Verify(args) => verify::run(&args, &mut out),
        Command::Export(args) => export::run(&args, &mut out),
        Command::Key(args) => key::run(&args, &mut out),
        Command::Recover(args) => recover::run(&args, &mut out),
        Command::Schema(args) => schema::run(&args, &mut out),
        Command::New(args) => new::run(&args, &mut out),
        Command::Rollup(args) => rollup::run(&args, &mut out),
        Command::Simulate(args) => simulate::run(&args, &mut out),
        #[cfg(feature = "send")]
        Command::Send(args) => send::run(&args, &mut out),
        #[cfg(feature = "send")]
        Command::Outbox(args) => outbox::run(&args, &mut out),
        #[cfg(feature = "server")]
        Command::Token(args) => token::run(&args, &mut out),
        #[cfg(feature = "server")]
        Command::Serve(args) => serve::run(&args),
        #[cfg(not(feature = "server"))]
        Command::Serve { .. } => Err(Stop::Unusable(
            "this program was built without a server: build it with `--features cli,server`".into(),
        )),
    };
    let done = done.and_then(|status| out.flush().map(|()| status).map_err(Stop::from));
    match done {
        Ok(status) => status.into(),
        // Whoever read the output has had enough, as `head` does: no fault of anybody's.
        Err(Stop::Closed) => Status::Clean.into(),
        Err(Stop::Unusable(why)) => {
            outcome::complain(&why);
            Status::Unusable.into()
        }
    }
}

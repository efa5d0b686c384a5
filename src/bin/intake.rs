//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Intake and needs-assessment forms.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the built site.
    #[cfg(feature = "server")]
    Serve {
        /// The folder of the built site.
        #[arg(long, default_value = "target/site")]
        site: PathBuf,
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1")]
        address: std::net::IpAddr,
        /// The port; 0 takes any free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        #[cfg(feature = "server")]
        Command::Serve { site, address, port } => {
            match intake::server::serve(intake::server::Options { site, address, port }) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("intake: {error}");
                    ExitCode::from(2)
                }
            }
        }
    }
}

//! The built site, served by the program that people run.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::Process;

/// A running server.
pub(super) struct Server {
    /// Where it listens, with a `/` at the end.
    pub(super) address: String,
    _process: Process,
}

impl Server {
    /// Serves a folder.
    pub(super) fn start(site: &Path) -> Self {
        assert!(
            site.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build`",
            site.display()
        );
        let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
        command.arg("serve").arg("--site").arg(site).args(["--port", "0"]);
        let (process, address) = Process::start(&mut command, |line| {
            let address = line.strip_prefix("listening on ")?;
            Some(address.trim().to_owned())
        });
        Self { address, _process: process }
    }
}

/// The site that `INTAKE_SITE` names, or else `target/site`.
pub(crate) fn site() -> PathBuf {
    std::env::var_os("INTAKE_SITE").map_or_else(|| target().join("site"), PathBuf::from)
}

/// Cargo's target folder, which the programs under test stand in.
pub(super) fn target() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_intake"));
    program.ancestors().nth(2).expect("target/debug/intake").to_owned()
}

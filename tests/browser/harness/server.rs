//! The built site, served by the program that people run.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::Process;

/// A running server.
pub(crate) struct Server {
    /// Where it listens, with a `/` at the end.
    pub(crate) address: String,
    process: Option<Process>,
}

impl Server {
    /// Serves a folder.
    pub(super) fn start(site: &Path) -> Self {
        Self::start_at(site, 0)
    }

    /// Serves a folder at a port; 0 takes any free one.
    pub(super) fn start_at(site: &Path, port: u16) -> Self {
        Self::start_with(site, port, &[])
    }

    /// The same, with further arguments of `intake serve`.
    pub(crate) fn start_with(site: &Path, port: u16, arguments: &[&str]) -> Self {
        assert!(
            site.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build`",
            site.display()
        );
        let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
        command.arg("serve").arg("--site").arg(site).args(["--port", &port.to_string()]).args(arguments);
        let (process, address) = Process::start(&mut command, |line| {
            let address = line.strip_prefix("listening on ")?;
            Some(address.trim().to_owned())
        });
        Self { address, process: Some(process) }
    }

    /// A port that is free at this moment.
    pub(crate) fn free_port() -> u16 {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener.local_addr().expect("its address").port()
    }

    /// The port at which it listens.
    pub(super) fn port(&self) -> u16 {
        let port = self.address.trim_end_matches('/').rsplit(':').next();
        port.and_then(|port| port.parse().ok()).expect("a port")
    }

    /// Ends it; its address stays its own.
    pub(super) fn stop(&mut self) {
        self.process.take();
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

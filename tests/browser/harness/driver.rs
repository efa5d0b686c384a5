//! A browser's driver.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;

use super::Engine;
use super::page::DUMPS;
use super::process::Process;

/// How long a driver may take until it listens.
const START: Duration = Duration::from_secs(20);

/// How a browser is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As anybody begins it.
    Ordinary,
    /// Each process that crashes leaves a dump in the profile.
    WithDumps,
    /// In a private window.
    Private,
}

impl Manner {
    /// The folder for dumps of crashes, in the folder of a test.
    pub(super) fn dumps(self, folder: &Path) -> Option<PathBuf> {
        (self == Self::WithDumps).then(|| folder.join(DUMPS))
    }
}

/// A running driver.
pub(super) struct Driver {
    engine: Engine,
    port: u16,
    _process: Process,
}

impl Driver {
    /// Starts the driver of a browser on a free port. The browser writes a dump of each process that crashes into a folder,
    /// if one is named.
    pub(super) fn start(engine: Engine, dumps: Option<&Path>) -> Self {
        // Only `chromedriver` chooses a port by itself and says which in every version.
        let (process, port) = if engine == Engine::Chromium {
            let mut command = engine.command(0);
            if let Some(dumps) = dumps {
                // Without the first Chromium writes none, and without the second not here.
                command.env("CHROME_HEADLESS", "1").env("BREAKPAD_DUMP_LOCATION", dumps);
            }
            Process::start(&mut command, |line| {
                let port = line.split("started successfully on port ").nth(1)?;
                port.trim_end_matches('.').parse().ok()
            })
        } else {
            let port = free_port();
            let process = Process::begin(&mut engine.command(port));
            let begin = Instant::now();
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                assert!(begin.elapsed() < START, "the driver of {engine} does not listen");
                std::thread::sleep(Duration::from_millis(50));
            }
            (process, port)
        };
        Self { engine, port, _process: process }
    }

    /// Opens a browser with a fresh profile; what it downloads goes into a folder.
    pub(super) async fn connect(&self, profile: &Path, downloads: &Path, manner: Manner) -> Client {
        let Value::Object(mut capabilities) = self.engine.capabilities(profile, downloads) else {
            panic!("an object")
        };
        if manner == Manner::Private {
            match capabilities
                .get_mut("goog:chromeOptions")
                .and_then(|options| options["args"].as_array_mut())
            {
                Some(arguments) => arguments.push("--incognito".into()),
                None => {
                    capabilities["moz:firefoxOptions"]["prefs"]["browser.privatebrowsing.autostart"] =
                        true.into();
                }
            }
        }
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap_or_else(|error| panic!("{} opens no session: {error}", self.engine))
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

//! The browsers that the tests know, and what each cannot do.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// How long a script of a test may take: some try every step of something.
const SCRIPT_MS: u32 = 300_000;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium with `chromedriver`: all tests.
    Chromium,
    /// Firefox with `geckodriver`: the journey, by keyboard and by touch.
    Firefox,
    /// WebKitGTK's `MiniBrowser` with `WebKitWebDriver`: the journey.
    WebKitGtk,
}

impl Engine {
    /// Whether both of its programs are here. `cargo xtask test` finds or installs them and names them in variables;
    /// without it, the programs on the PATH are used.
    pub(crate) fn is_here(self) -> bool {
        runs(&self.driver()) && self.binary().is_none_or(|binary| binary.is_file())
    }

    /// What the tests leave out in it, since nothing standard tells it: said by name where they run.
    pub(crate) fn limits(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[],
            Self::Firefox => &[
                "the console's log (its driver has none): errors of scripts and a broken policy are caught in the page, so that what is wrong before the page has loaded shows only as a page that does not come",
                "cutting off the network, and names from the accessibility tree: both are commands of Chromium's protocol",
            ],
            Self::WebKitGtk => &[
                "the console's log: as in Firefox",
                "cutting off the network, and names from the accessibility tree: as in Firefox",
                "touch: its driver makes a mouse of a finger, so that the interview by touch is held in the other two",
                "downloads: under automation nothing is written to disk, so that the bytes are taken from what the page hands to the browser",
            ],
        }
    }

    /// The variables that name the browser's program and its driver's.
    fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMIUM", "CHROMEDRIVER"),
            Self::Firefox => ("FIREFOX", "GECKODRIVER"),
            Self::WebKitGtk => ("MINIBROWSER", "WEBKITWEBDRIVER"),
        }
    }

    fn driver(self) -> PathBuf {
        let default = match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKitGtk => "WebKitWebDriver",
        };
        std::env::var_os(self.variables().1).map_or_else(|| default.into(), PathBuf::from)
    }

    fn binary(self) -> Option<PathBuf> {
        let named = std::env::var_os(self.variables().0).map(PathBuf::from);
        // Only this one is never on the PATH.
        let usual = || {
            (self == Self::WebKitGtk)
                .then(|| PathBuf::from("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"))
        };
        named.or_else(usual)
    }

    /// How its driver is started on a free port, and how a line of its output tells that port, if it chooses one.
    pub(super) fn command(self, port: u16) -> Command {
        match self {
            Self::Chromium | Self::Firefox => {
                let mut command = Command::new(self.driver());
                command.arg(format!("--port={port}"));
                command
            }
            // It has no mode without a window: a screen that nobody sees is put under it.
            Self::WebKitGtk => {
                let mut command = Command::new("xvfb-run");
                command.args(["-a", "-s", "-screen 0 1600x1600x24"]);
                command.arg(self.driver()).arg(format!("--port={port}"));
                command
            }
        }
    }

    /// What a session is asked for: a fresh profile, and downloads in a folder.
    pub(super) fn capabilities(self, profile: &Path, downloads: &Path) -> Value {
        match self {
            Self::Chromium => chromium(self.binary(), profile, downloads),
            Self::Firefox => firefox(self.binary(), profile, downloads),
            Self::WebKitGtk => json!({
                "webkitgtk:browserOptions": { "binary": self.binary(), "args": ["--automation"] },
            }),
        }
    }
}

impl Engine {
    /// What the name of its program holds.
    pub(super) const fn program(self) -> &'static str {
        match self {
            Self::Chromium => "chrom",
            Self::Firefox => "firefox",
            Self::WebKitGtk => "MiniBrowser",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKitGtk => "WebKitGTK",
        })
    }
}

fn chromium(binary: Option<PathBuf>, profile: &Path, downloads: &Path) -> Value {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
        // As large as any page that is shown: a finger hits nothing outside of the window.
        "--window-size=1400,1400",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({
        "args": arguments,
        "prefs": { "download.default_directory": downloads, "download.prompt_for_download": false },
    });
    if let Some(binary) = binary {
        options["binary"] = json!(binary);
    }
    json!({
        "browserName": "chrome",
        "timeouts": { "script": SCRIPT_MS },
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(binary: Option<PathBuf>, profile: &Path, downloads: &Path) -> Value {
    // It takes no folder that is not there.
    let _ = std::fs::create_dir_all(profile);
    let mut options = json!({
        "args": ["-headless", "-profile", profile],
        "prefs": {
            // A folder of our own, no question, and nothing fetched by the browser itself.
            "browser.download.folderList": 2,
            "browser.download.dir": downloads,
            "browser.download.useDownloadDir": true,
            // The list of downloads would take the focus from the page.
            "browser.download.alwaysOpenPanel": false,
            "browser.helperApps.neverAsk.saveToDisk": "application/json",
            "intl.accept_languages": "en-GB",
            "app.update.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
        },
    });
    if let Some(binary) = binary {
        options["binary"] = json!(binary);
    }
    json!({ "browserName": "firefox", "timeouts": { "script": SCRIPT_MS }, "moz:firefoxOptions": options })
}

/// Whether it starts at all: not each of them knows `--version`.
fn runs(program: &Path) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

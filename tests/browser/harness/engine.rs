//! The browsers that the tests know, and what each cannot do.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// How long a script of a test may take: some try every step of something.
const SCRIPT_MS: u32 = 300_000;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium with `chromedriver`: what tests run in unless another is asked for.
    Chromium,
    /// Firefox with `geckodriver`.
    Firefox,
    /// WebKitGTK's `MiniBrowser` with `WebKitWebDriver`.
    WebKitGtk,
}

/// What a test can need that not every engine's driver can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    /// A browser that is begun again with what the one before has left.
    Restart,
    /// A finger.
    Touch,
    /// A tab whose process crashes.
    CrashTab,
    /// A worker that stands still between two transactions, the first of which has ended.
    StandStill,
    /// Files of a site's own, in which the second copy is.
    Files,
    /// Dumps of what crashed.
    CrashDumps,
    /// A private window.
    Private,
    /// Text that an input method composes.
    Composition,
    /// The answer to whether what is stored may stay.
    Permission,
    /// A browser that throws away what a site has stored.
    ClearStorage,
    /// A script that runs before those of the page.
    EarlyScript,
    /// What keeps an app from being installed.
    Installability,
    /// Databases on the disk in the files that the test knows.
    DiskFormat,
    /// A server of another origin that is asked first whether it takes what is sent.
    Preflight,
}

impl Feature {
    /// What is told where it is missing.
    const fn missing(self) -> &'static str {
        match self {
            Self::Restart => {
                "under automation nothing is kept beyond a session, so that none can be gone on with"
            }
            Self::Touch => "its driver makes a mouse of a finger",
            Self::CrashTab => "its driver has no command that crashes one tab alone",
            Self::StandStill => {
                "a worker that stands still ends no transaction in it, so that nobody comes between two"
            }
            Self::Files => {
                "it gives a site no files of its own (no `navigator.storage`), so that there is no second copy"
            }
            Self::CrashDumps => "it writes no dump of a crash that a test could ask for",
            Self::Private => "its driver opens no private window",
            Self::Composition => "its driver composes no text as an input method does",
            Self::Permission => "its driver sets no permission to keep what is stored",
            Self::ClearStorage => "its driver has no command that throws away what a site stores",
            Self::EarlyScript => "its driver runs no script before those of a page",
            Self::Installability => "its driver does not say what keeps an app from being installed",
            Self::Preflight => {
                "where a service worker lets a request pass, it goes to another origin that was not asked first"
            }
            Self::DiskFormat => "it keeps databases in files of another kind than the test takes apart",
        }
    }
}

/// Whether the engine of this run lacks what a test needs, which is then said with the test's name.
pub(crate) fn lacks(feature: Feature) -> bool {
    let engine = Engine::chosen();
    if engine.can(feature) {
        return false;
    }
    skip(feature.missing());
    true
}

/// Says by its name that a test is skipped, and why: past what swallows the output of tests that pass.
pub(super) fn skip(why: &str) {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("test");
    let _ = writeln!(std::io::stdout(), "skipped in {}: {name}: {why}", Engine::chosen());
}

impl Engine {
    /// The engine that `INTAKE_ENGINE` names.
    pub(crate) fn chosen() -> Self {
        match std::env::var("INTAKE_ENGINE").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkitgtk") => Self::WebKitGtk,
            Ok(other) => panic!("INTAKE_ENGINE is chromium, firefox or webkitgtk, not {other}"),
        }
    }

    /// Whether both of its programs are here. `cargo xtask test` finds or installs them and names them in variables;
    /// without it, the programs on the PATH are used.
    pub(crate) fn is_here(self) -> bool {
        runs(&self.driver()) && self.binary().is_none_or(|binary| binary.is_file())
    }

    /// Whether its driver can do something.
    pub(crate) const fn can(self, feature: Feature) -> bool {
        match self {
            Self::Chromium => true,
            Self::Firefox => matches!(
                feature,
                Feature::Restart
                    | Feature::Touch
                    | Feature::Files
                    | Feature::Private
                    | Feature::Permission
                    | Feature::ClearStorage
                    | Feature::Preflight
            ),
            Self::WebKitGtk => false,
        }
    }

    /// What is done in it by other means than in Chromium, and so tells less: said where one journey runs in it.
    pub(crate) const fn limits(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[],
            Self::Firefox => &[
                "the console's log (its driver has none): errors of scripts and a broken policy are caught in the page, so that what is wrong before the page has loaded shows only as a page that does not come",
            ],
            Self::WebKitGtk => &[
                "the console's log: as in Firefox",
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
            Self::Chromium => {
                let mut command = Command::new(self.driver());
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new(self.driver());
                // Cutting off the network is a command to the browser itself, and to no page.
                command.arg(format!("--port={port}")).arg("--allow-system-access");
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
                "timeouts": { "script": SCRIPT_MS },
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
            // Without a network the test's server cannot be reached either.
            "network.disable-localhost-when-offline": true,
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

//! The browser for the tests in one: found, or installed where that needs no question.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::{find_program, run};

/// The two programs.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) chromium: PathBuf,
    pub(super) driver: PathBuf,
}

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVER: [&str; 1] = ["chromedriver"];
/// The last is for the Chinese text in screenshots.
const DEBIAN_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Finds Chromium and its driver; on Debian as root, installs them if they are missing.
pub(super) fn find() -> Result<Browser> {
    if let Some(browser) = look()? {
        return Ok(browser);
    }
    if is_debian_root() {
        println!("Installing {}.", DEBIAN_PACKAGES.join(", "));
        let apt = |arguments: &[&str]| {
            run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        apt(&["update"])?;
        apt(&[["install", "-y"].as_slice(), &DEBIAN_PACKAGES].concat())?;
        if let Some(browser) = look()? {
            return Ok(browser);
        }
    }
    bail!(
        "there is no Chromium with chromedriver here: install both (Debian: `apt-get install {}`) or set CHROMIUM and CHROMEDRIVER",
        DEBIAN_PACKAGES.join(" ")
    );
}

fn look() -> Result<Option<Browser>> {
    let chromium = program("CHROMIUM", &CHROMIUM)?;
    let driver = program("CHROMEDRIVER", &DRIVER)?;
    Ok(chromium.zip(driver).map(|(chromium, driver)| Browser { chromium, driver }))
}

/// What a variable names, or the first of some names that is on the PATH.
fn program(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    match std::env::var(variable) {
        Ok(name) if !name.is_empty() => {
            let path = find_program(&name)
                .with_context(|| format!("{variable} names {name}, which is not there"))?;
            Ok(Some(path))
        }
        _ => Ok(names.iter().find_map(|name| find_program(name))),
    }
}

fn is_debian_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    Path::new("/etc/debian_version").is_file()
        && find_program("apt-get").is_some()
        && user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

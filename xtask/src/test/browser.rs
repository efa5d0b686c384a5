//! The browsers for the tests in them: found, or installed where that needs no question.
//!
//! Chromium must be there: it runs all tests. Firefox and WebKitGTK run one journey each, all tests with `--full`, and a
//! machine that has none of them, and where none can be installed, is told what it leaves out.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, find_program, run};

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

const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];
const FIREFOX_PACKAGES: [&str; 1] = ["firefox-esr"];
/// The version that the journey was tried with.
const GECKODRIVER: &str = "0.37.1";
const WEBKIT_PACKAGES: [&str; 2] = ["webkit2gtk-driver", "xvfb"];

/// The other engines as `INTAKE_ENGINE` names them, and the variable that names the driver of each.
pub(super) const OTHERS: [(&str, &str); 2] = [("firefox", "GECKODRIVER"), ("webkitgtk", "WEBKITWEBDRIVER")];

/// Finds Chromium and its driver; on Debian as root, installs them if they are missing.
pub(super) fn find() -> Result<Browser> {
    if let Some(browser) = look()? {
        return Ok(browser);
    }
    if is_debian_root() {
        install(&DEBIAN_PACKAGES)?;
        if let Some(browser) = look()? {
            return Ok(browser);
        }
    }
    bail!(
        "there is no Chromium with chromedriver here: install both (Debian: `apt-get install {}`) or set CHROMIUM and CHROMEDRIVER",
        DEBIAN_PACKAGES.join(" ")
    );
}

/// The other two browsers: the variables by which the tests find them. What is missing and cannot be installed is left
/// out with a line that says so.
pub(super) fn others(workspace: &Workspace) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut found = Vec::new();
    match firefox(workspace)? {
        Some((firefox, driver)) => found.extend([("FIREFOX", firefox), ("GECKODRIVER", driver)]),
        None => println!(
            "Firefox is left out: install Firefox, and `cargo install geckodriver --root {}`.",
            workspace.show(&workspace.target("tools"))
        ),
    }
    match webkit()? {
        Some((browser, driver)) => found.extend([("MINIBROWSER", browser), ("WEBKITWEBDRIVER", driver)]),
        None => println!(
            "WebKitGTK is left out: install its driver and Xvfb (Debian: `apt-get install {}`).",
            WEBKIT_PACKAGES.join(" ")
        ),
    }
    Ok(found)
}

fn firefox(workspace: &Workspace) -> Result<Option<(PathBuf, PathBuf)>> {
    let look = || program("FIREFOX", &FIREFOX);
    let mut firefox = look()?;
    if firefox.is_none() && is_debian_root() && install(&FIREFOX_PACKAGES).is_ok() {
        firefox = look()?;
    }
    let Some(firefox) = firefox else { return Ok(None) };
    if let Some(driver) = program("GECKODRIVER", &["geckodriver"])? {
        return Ok(Some((firefox, driver)));
    }
    // Debian has no package of it. Built once, beside what else is built.
    let tools = workspace.target("tools");
    let driver = tools.join("bin/geckodriver");
    if !driver.is_file() {
        println!("Building geckodriver, which takes some minutes once.");
        let mut command = workspace.cargo(["install", "--locked", "--version", GECKODRIVER, "geckodriver"]);
        if let Err(error) = run(command.arg("--root").arg(&tools)) {
            println!("geckodriver cannot be built: {error:#}");
            return Ok(None);
        }
    }
    Ok(Some((firefox, driver)))
}

fn webkit() -> Result<Option<(PathBuf, PathBuf)>> {
    let look = || -> Result<Option<(PathBuf, PathBuf)>> {
        let driver = program("WEBKITWEBDRIVER", &["WebKitWebDriver"])?;
        let browser = match std::env::var_os("MINIBROWSER") {
            Some(path) => Some(PathBuf::from(path)),
            None => mini_browser(),
        };
        Ok(browser.zip(driver).filter(|_| find_program("xvfb-run").is_some()))
    };
    if let Some(found) = look()? {
        return Ok(Some(found));
    }
    if is_debian_root() && install(&WEBKIT_PACKAGES).is_ok() {
        return look();
    }
    Ok(None)
}

/// It stands in the library folder of the machine's architecture.
fn mini_browser() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    let mut found = folders.flatten().map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    found.find(|path| path.is_file())
}

fn install(packages: &[&str]) -> Result<()> {
    println!("Installing {}.", packages.join(", "));
    let apt = |arguments: &[&str]| {
        run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])?;
    apt(&[["install", "-y"].as_slice(), packages].concat())
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

//! What ends a browser or a server without asking, and what begins them again at the same place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::driver::Driver;
use super::extension;
use super::page::Page;
use super::server::Server;

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Where the browser keeps all that it keeps.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.join("profile")
    }

    /// Ends the browser at once, as a crash does: every process of it is killed.
    pub(crate) fn crash(&self) {
        for process in processes_of(&self.profile(), self.engine.program()) {
            let _ = Command::new("kill").args(["-9", &process]).status();
        }
        while !processes_of(&self.profile(), self.engine.program()).is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Has the tab that is in front crash: its process ends in the middle of whatever it does.
    pub(crate) fn crash_tab(&self) {
        // The command is not answered: whoever should has crashed.
        let _ = self.wait(extension::protocol(&self.client, "Page.crash", serde_json::json!({})));
    }

    /// Ends the browser in good order.
    pub(crate) fn close(&self) {
        let _ = self.wait(self.client.clone().close());
        self.crash();
    }

    /// Begins the browser again, with what the one before has left, at an address of the site.
    pub(crate) fn reopen(&mut self, path: &str) {
        let driver = Driver::start(self.engine);
        self.client = self.runtime.block_on(driver.connect(&self.profile(), &self.folder.join("downloads")));
        self.driver = driver;
        self.resize(820, 1180);
        self.goto(path);
    }

    /// Ends the server.
    pub(crate) fn stop_server(&mut self) {
        self.server.stop();
    }

    /// Serves a folder at the same address.
    pub(crate) fn serve(&mut self, site: &Path) {
        self.server.stop();
        self.server = Server::start_at(site, self.server.port());
    }

    /// A folder of the test's own, removed with the page.
    pub(crate) fn own_folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).expect("a folder for the test");
        folder
    }
}

/// The processes of a program whose command line names a folder: those of the browser with this profile, and no others.
fn processes_of(folder: &Path, program: &str) -> Vec<String> {
    let wanted = folder.display().to_string();
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let found = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        name.parse::<u32>().ok()?;
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).into_owned();
        let driver = ["chromedriver", "geckodriver"].iter().any(|driver| line.contains(driver));
        (line.contains(&wanted) && line.contains(program) && !driver).then_some(name)
    });
    found.collect()
}

/// A tab of the browser.
pub(crate) type Tab = fantoccini::wd::WindowHandle;

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// The tab that is in front.
    pub(crate) fn this_tab(&self) -> Tab {
        self.wait(self.client.window()).expect("a tab")
    }

    /// Opens the site in another tab, which is then in front.
    pub(crate) fn new_tab(&self) -> Tab {
        let tab = self.wait(self.client.new_window(true)).expect("another tab").handle;
        self.go_to_tab(&tab);
        self.goto("");
        tab
    }

    /// Opens an empty tab behind the one in front: where a tab has crashed no other can be opened.
    pub(crate) fn spare_tab(&self) -> Tab {
        let front = self.this_tab();
        let tab = self.wait(self.client.new_window(true)).expect("another tab").handle;
        self.go_to_tab(&front);
        tab
    }

    /// Closes the tab that is in front, and brings another to the front.
    pub(crate) fn close_tab(&self, next: &Tab) {
        self.wait(self.client.close_window()).expect("the tab closes");
        self.go_to_tab(next);
    }

    /// Brings a tab to the front.
    pub(crate) fn go_to_tab(&self, tab: &Tab) {
        self.wait(self.client.switch_to_window(tab.clone())).expect("the tab");
    }
}

//! What ends a browser or a server without asking, and what begins them again at the same place.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Engine;
use super::driver::Driver;
use super::extension;
use super::page::{DUMPS, Page};
use super::server::Server;

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Where the browser keeps all that it keeps.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.join("profile")
    }

    /// Where the databases of sites are on the disk.
    pub(crate) fn databases(&self) -> Vec<PathBuf> {
        let place = if self.engine == Engine::Firefox { "storage/default" } else { "Default/IndexedDB" };
        let found = fs::read_dir(self.profile().join(place)).into_iter().flatten().flatten();
        found.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("127.0.0.1")).collect()
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

    /// Has every page of the browser crash as a faulty program does, and waits for the dumps of their memory: those, and
    /// all before.
    pub(crate) fn crash_with_dumps(&self) -> Vec<PathBuf> {
        let written = self.folder.join(DUMPS).join("pending");
        let dumps = || {
            let files = fs::read_dir(&written).into_iter().flatten().flatten().map(|entry| entry.path());
            files.filter(|file| file.extension().is_some_and(|end| end == "dmp")).collect::<Vec<PathBuf>>()
        };
        let before = dumps().len();
        for process in processes_of(&self.profile(), "--type=renderer") {
            let _ = Command::new("kill").args(["-SEGV", &process]).status();
        }
        for _ in 0..200 {
            std::thread::sleep(std::time::Duration::from_millis(50));
            let dumps = dumps();
            let whole = |file: &PathBuf| fs::metadata(file).is_ok_and(|data| data.len() > 0);
            if dumps.len() > before && dumps.iter().all(whole) {
                return dumps;
            }
        }
        dumps()
    }

    /// Ends the browser in good order.
    pub(crate) fn close(&self) {
        self.listen_once_more();
        let _ = self.wait(self.client.clone().close());
        self.crash();
    }

    /// Begins the browser again, with what the one before has left, at an address of the site.
    pub(crate) fn reopen(&mut self, path: &str) {
        let driver = Driver::start(self.engine, self.manner.dumps(&self.folder).as_deref());
        let downloads = self.folder.join("downloads");
        self.client = self.runtime.block_on(driver.connect(&self.profile(), &downloads, self.manner));
        self.driver = driver;
        self.resize(820, 1180);
        self.goto(path);
    }

    /// Ends the server.
    pub(crate) fn stop_server(&mut self) {
        self.server.stop();
    }

    /// Ends the server, and listens in its place: whatever still asks for something, page or worker, is heard there.
    pub(crate) fn listen_instead(&mut self) -> TcpListener {
        self.server.stop();
        let listener = TcpListener::bind(("127.0.0.1", self.server.port())).expect("the server's port");
        listener.set_nonblocking(true).expect("a listener that does not wait");
        listener
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
        // WebKit's driver brings no tab to the front, and what is hidden stands nearly still there: two windows are both seen.
        let as_tab = self.engine != Engine::WebKitGtk;
        let tab = self.wait(self.client.new_window(as_tab)).expect("another tab").handle;
        self.go_to_tab(&tab);
        if !as_tab {
            self.resize(820, 1180);
        }
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

//! The page under test.

mod console;
mod files;
mod input;

use std::cell::RefCell;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::driver::{Driver, Manner};
use super::engine::skip;
use super::server::{Server, site, target};
use super::{Control, Engine, Entry, extension, role};

/// Where dumps of crashes go, in the folder of the test: with all else that the browser leaves.
pub(super) const DUMPS: &str = "profile/Dumps";
/// How long anything may take that is waited for; and in engines that draw without a graphics card and are driven over
/// more steps, which a busy machine makes slow.
const PATIENCE: Duration = Duration::from_secs(15);
const PATIENCE_ELSEWHERE: Duration = Duration::from_secs(45);
const PAUSE: Duration = Duration::from_millis(25);
/// How long a driver may take for one command; longer than for any script. One that never answers would hold up all tests.
const ANSWER: Duration = Duration::from_secs(360);
/// Catches in the page what a driver without a log does not tell, in the shape of Chromium's log; and keeps what is
/// handed to the browser for a download.
const LISTEN: &str = "
    if (window.caught) return;
    window.caught = [];
    const keep = (source, message) => window.caught.push({ level: 'SEVERE', source, message: String(message) });
    addEventListener('error', (event) => keep('javascript', event.message));
    addEventListener('unhandledrejection', (event) => keep('javascript', event.reason));
    document.addEventListener('securitypolicyviolation', (event) => keep('security', event.violatedDirective));
    const make = URL.createObjectURL;
    const blobs = new Map();
    window.handed = {};
    URL.createObjectURL = (blob) => {
      const address = make.call(URL, blob);
      blobs.set(address, blob);
      return address;
    };
    // The link is in no document, so that no event of its click passes here.
    HTMLAnchorElement.prototype.click = async function () {
      const blob = blobs.get(this.href);
      HTMLElement.prototype.click.call(this);
      if (blob) (window.handed[this.download] ??= []).push(await blob.text());
    };
";

/// A browser with the site in it.
pub(crate) struct Page {
    pub(super) engine: Engine,
    // In the order in which they must end: the browser, its driver, the server.
    pub(super) client: Client,
    pub(super) runtime: Runtime,
    pub(super) driver: Driver,
    pub(super) server: Server,
    pub(super) folder: PathBuf,
    /// How the browser is begun, and begun again.
    pub(super) manner: Manner,
    console: RefCell<Vec<Entry>>,
}

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// Starts all that is needed, at the size of a small tablet held upright, and opens the site.
    pub(crate) fn open() -> Self {
        Self::open_site(&site())
    }

    /// The same, with the site in a folder.
    pub(crate) fn open_site(site: &Path) -> Self {
        Self::start(Engine::chosen(), Server::start(site), Manner::Ordinary)
    }

    /// The same, served with further arguments of `intake serve`.
    pub(crate) fn open_with(site: &Path, arguments: &[&str]) -> Self {
        Self::start(Engine::chosen(), Server::start_with(site, 0, arguments), Manner::Ordinary)
    }

    /// The same, at a port.
    pub(crate) fn open_at(site: &Path, port: u16) -> Self {
        Self::start(Engine::chosen(), Server::start_at(site, port), Manner::Ordinary)
    }

    /// The same, where each process of the browser that crashes leaves a dump in its profile.
    pub(crate) fn open_with_dumps() -> Self {
        Self::start(Engine::chosen(), Server::start(&site()), Manner::WithDumps)
    }

    /// The same in a private window.
    pub(crate) fn open_privately() -> Self {
        Self::start(Engine::chosen(), Server::start(&site()), Manner::Private)
    }

    /// The same in a browser of another kind. `None`, with a line that says so, where it is not installed, and where all
    /// tests are held in another.
    pub(crate) fn open_in(engine: Engine) -> Option<Self> {
        let chosen = Engine::chosen();
        if chosen != Engine::Chromium && chosen != engine {
            skip(&format!("it is a test of {engine}"));
            return None;
        }
        if !engine.is_here() {
            eprintln!("skipped: {engine} and its driver are not installed here");
            return None;
        }
        for limit in engine.limits() {
            eprintln!("not tested in {engine}: {limit}");
        }
        Some(Self::start(engine, Server::start(&site()), Manner::Ordinary))
    }

    fn start(engine: Engine, server: Server, manner: Manner) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("intake-browser-{}-{number}", std::process::id()));
        let downloads = folder.join("downloads");
        fs::create_dir_all(&downloads).expect("a folder for the test");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start(engine, manner.dumps(&folder).as_deref());
        let client = runtime.block_on(driver.connect(&folder.join("profile"), &downloads, manner));
        let page =
            Self { engine, client, runtime, driver, server, folder, manner, console: RefCell::default() };
        page.resize(820, 1180);
        page.goto("");
        page
    }

    /// Goes to a path of the site, such as `#/profile`.
    pub(crate) fn goto(&self, path: &str) {
        let address = format!("{}{path}", self.server.address);
        // WebKit's driver loads a page anew even for another part of it.
        if self.engine == Engine::WebKitGtk && self.address().split('#').next() == address.split('#').next() {
            self.script(&format!("location.href = {}", json!(address)));
        } else {
            self.wait(self.client.goto(&address)).expect("the address");
        }
        self.listen();
    }

    /// Loads the page again.
    pub(crate) fn reload(&self) {
        if self.engine == Engine::Chromium {
            self.wait(self.client.refresh()).expect("the page again");
            return;
        }
        // Firefox's driver goes past the service worker, as nobody does who touches the browser's button.
        self.script("window.before = true; location.reload()");
        self.wait_for("the page again", || {
            self.script("return !window.before && document.readyState === 'complete'") == true
        });
        self.listen();
    }

    /// Begins to listen in the page, where the driver does not tell what the console says: again, where it was the page
    /// that loaded itself anew.
    pub(crate) fn listen(&self) {
        if self.engine != Engine::Chromium {
            self.script(LISTEN);
        }
    }

    /// The address in the browser's bar.
    pub(crate) fn address(&self) -> String {
        self.wait(self.client.current_url()).expect("the address").to_string()
    }

    /// The title of the page.
    pub(crate) fn title(&self) -> String {
        self.wait(self.client.title()).expect("the title")
    }

    /// Makes the window's inside this large, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        if self.engine != Engine::Chromium {
            return self.resize_window(width, height);
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.protocol("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// The same by the WebDriver standard alone, which knows the size of the whole window.
    fn resize_window(&self, width: u32, height: u32) {
        self.wait(self.client.set_window_size(width, height)).expect("a size");
        let frame = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight]");
        let frame =
            |place: usize| u32::try_from(frame[place].as_i64().unwrap_or_default()).unwrap_or_default();
        self.wait(self.client.set_window_size(width + frame(0), height + frame(1))).expect("a size");
    }

    /// The one element with a role and a name, as assistive technology knows it; waits until it is there.
    pub(crate) fn find(&self, role: &str, name: &str) -> Control<'_> {
        let element = self.eventually(|| {
            let nodes = self
                .wait(role::nodes(&self.client, self.engine, role, Some(name)))
                .ok_or("the page was changing")?;
            let mut found = nodes.iter().filter(|node| node.name == name);
            let (Some(node), None) = (found.next(), found.next()) else {
                let names: Vec<&str> = nodes.iter().map(|node| node.name.as_str()).collect();
                return Err(format!("not one {role} “{name}”, but {names:?}"));
            };
            self.wait(node.element(&self.client)).ok_or_else(|| "the page was changing".into())
        });
        Control::new(self, element)
    }

    /// The names of all elements of a role at this moment, in the order of the page.
    pub(crate) fn names(&self, role: &str) -> Vec<String> {
        self.eventually(|| {
            let nodes = self
                .wait(role::nodes(&self.client, self.engine, role, None))
                .ok_or("the page was changing")?;
            Ok(nodes.into_iter().map(|node| node.name).collect())
        })
    }

    /// The name of an element as assistive technology knows it.
    pub(in crate::harness) fn name_of(&self, element: &Element) -> String {
        let id = element.element_id().to_string();
        self.wait(extension::computed(&self.client, &id, "computedlabel")).expect("a name")
    }

    /// The first element that a CSS selector finds; waits until there is one.
    pub(crate) fn css(&self, selector: &str) -> Control<'_> {
        let element = self.eventually(|| {
            self.wait(self.client.find(Locator::Css(selector)))
                .map_err(|_| format!("nothing fits `{selector}`"))
        });
        Control::new(self, element)
    }

    /// All elements that a CSS selector finds at this moment.
    pub(crate) fn all(&self, selector: &str) -> Vec<Control<'_>> {
        let found = self.wait(self.client.find_all(Locator::Css(selector))).expect("a selector");
        found.into_iter().map(|element| Control::new(self, element)).collect()
    }

    /// The texts that a person sees of all elements that a CSS selector finds, at one moment.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((one) => one.innerText.trim())",
            json!(selector)
        );
        match self.script(&script) {
            // Firefox answers so where the page was left meanwhile.
            Value::Null => Vec::new(),
            texts => serde_json::from_value(texts).expect("texts"),
        }
    }

    /// The id of the element that has the focus; empty if it has none.
    pub(crate) fn focused_id(&self) -> String {
        self.script("return document.activeElement.id").as_str().unwrap_or_default().to_owned()
    }

    /// The element that has the focus.
    pub(crate) fn focused(&self) -> Control<'_> {
        Control::new(self, self.wait(self.client.active_element()).expect("a focused element"))
    }

    /// Waits until a condition holds; `what` says which, should it never.
    pub(crate) fn wait_for(&self, what: &str, condition: impl Fn() -> bool) {
        self.eventually(|| if condition() { Ok(()) } else { Err(format!("not: {what}")) });
    }

    /// Runs a script in the page and returns what it returns.
    pub(crate) fn script(&self, script: &str) -> Value {
        self.wait(self.client.execute(script, Vec::new())).expect("a script")
    }

    /// Runs the body of an `async` function in the page and returns what it returns.
    pub(crate) fn script_async(&self, body: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {body} }})().then(done, (e) => done(String(e)));"
        );
        self.wait(self.client.execute_async(&script, Vec::new())).expect("a script")
    }

    /// A command of the browser's own protocol.
    pub(crate) fn protocol(&self, method: &str, parameters: Value) -> Value {
        let answer = self.wait(extension::protocol(&self.client, method, parameters));
        answer.unwrap_or_else(|| panic!("the browser refuses {method}"))
    }

    /// Cuts the network off, or joins it again.
    pub(crate) fn set_offline(&self, offline: bool) {
        match self.engine {
            Engine::Chromium => {
                self.protocol("Network.enable", json!({}));
                let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
                self.protocol("Network.emulateNetworkConditions", conditions);
            }
            Engine::Firefox => {
                let script =
                    format!("Services.io.manageOfflineStatus = false; Services.io.offline = {offline};");
                self.wait(extension::in_firefox(&self.client, &script)).expect("Firefox without a network");
            }
            Engine::WebKitGtk => self.pretend_offline(offline),
        }
    }

    /// Says what the browser answers when the page asks it to keep what is stored.
    pub(crate) fn allow_storage(&self, allowed: bool) {
        if self.engine == Engine::Firefox {
            let action = if allowed { "ALLOW_ACTION" } else { "DENY_ACTION" };
            self.firefox(&format!(
                "Services.perms.addFromPrincipal(tab.contentPrincipal, 'persistent-storage', Services.perms.{action})"
            ));
            return;
        }
        let name = json!({ "name": "persistent-storage" });
        let setting = if allowed { "granted" } else { "denied" };
        self.protocol("Browser.setPermission", json!({ "permission": name, "setting": setting }));
    }

    /// Has the browser throw away all that the site has stored.
    pub(crate) fn clear_storage(&self) {
        if self.engine == Engine::Firefox {
            self.firefox(
                "return new Promise((done) => Services.clearData.deleteDataFromPrincipal(
                   tab.contentPrincipal, true, Ci.nsIClearDataService.CLEAR_DOM_STORAGES, { onDataDeleted: done }))",
            );
            return;
        }
        let origin = self.script("return location.origin");
        self.protocol("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" }));
    }

    /// Runs a script in Firefox itself, with its `tab` that is in front.
    pub(in crate::harness) fn firefox(&self, script: &str) -> Value {
        let tab =
            "const tab = Services.wm.getMostRecentWindow('navigator:browser').gBrowser.selectedBrowser;";
        let answer = self.wait(extension::in_firefox(&self.client, &format!("{tab} {script}")));
        answer.expect("a script in Firefox itself")
    }

    /// Where nothing cuts the network off the page alone is told that it has none, and its requests fail as they would.
    fn pretend_offline(&self, offline: bool) {
        self.script(&format!(
            "const offline = {offline};
             Object.defineProperty(navigator, 'onLine', {{ configurable: true, get: () => !offline }});
             window.connected ??= window.fetch;
             window.fetch = offline ? async () => {{ throw new TypeError('no network'); }} : window.connected;
             dispatchEvent(new Event(offline ? 'offline' : 'online'));"
        ));
    }

    /// Runs something to its end.
    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.within(ANSWER, future).expect("the driver answers")
    }

    /// Runs something, but no longer than this.
    fn within<T>(&self, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async { tokio::time::timeout(limit, future).await.ok() })
    }

    /// Runs a script on an element.
    pub(super) fn run_on(&self, script: &str, element: &Element) -> Value {
        let element = serde_json::to_value(element).expect("an element");
        self.wait(self.client.execute(script, vec![element])).expect("a script")
    }

    /// Tries until it works or patience ends; then fails with the last reason.
    fn eventually<T>(&self, attempt: impl Fn() -> Result<T, String>) -> T {
        let begin = Instant::now();
        let patience = if self.engine == Engine::Chromium { PATIENCE } else { PATIENCE_ELSEWHERE };
        loop {
            match attempt() {
                Ok(value) => return value,
                Err(reason) if begin.elapsed() > patience => panic!("{reason}"),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Leaves what helps to understand a failure.
    fn explain(&self, name: &str) {
        let new = self.within(PATIENCE, self.log()).unwrap_or_default();
        for entry in self.console.borrow().iter().cloned().chain(new.iter().map(Entry::read)) {
            eprintln!("console: {entry}");
        }
        // WebKit makes none of a page that is hidden, and does not say so.
        if let Some(Ok(picture)) = self.within(PATIENCE, self.client.screenshot()) {
            let path: &Path = &target().join("browser").join(format!("{}.png", name.replace("::", "-")));
            let saved = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
            if saved && fs::write(path, picture).is_ok() {
                eprintln!("screenshot: {}", path.display());
            }
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.explain(std::thread::current().name().unwrap_or("test"));
        } else {
            self.listen_once_more();
        }
        // Without this the browser outlives its driver.
        let _ = self.within(PATIENCE, self.client.clone().close());
        let _ = fs::remove_dir_all(&self.folder);
        if !std::thread::panicking() {
            let broken: Vec<String> = self
                .console
                .borrow()
                .iter()
                .filter(|entry| entry.breaks_policy())
                .map(ToString::to_string)
                .collect();
            assert!(broken.is_empty(), "the page's policy was broken:\n{}", broken.join("\n"));
        }
    }
}

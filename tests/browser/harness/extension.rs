//! The commands that fantoccini does not know: those of the WebDriver standard that it leaves out, and what drivers have
//! beyond it.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

/// A question about an element that the standard has: `computedrole` or `computedlabel`.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        let session = session_id.unwrap_or_default();
        base_url.join(&format!("session/{session}/element/{}/{}", self.element, self.what))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

/// An element's role or name as the browser itself computes it; `None` if the element has gone.
pub(super) async fn computed(client: &Client, element: &str, what: &'static str) -> Option<String> {
    let answer = client.issue_cmd(Computed { element: element.to_owned(), what }).await.ok()?;
    answer.as_str().map(str::to_owned)
}

/// Runs a script in Firefox itself, and not in the page.
pub(super) async fn in_firefox(client: &Client, script: &str) -> Option<Value> {
    let context = |name: &str| Extension { path: "moz/context", body: json!({ "context": name }) };
    client.issue_cmd(context("chrome")).await.ok()?;
    let answer = client.execute(script, Vec::new()).await;
    client.issue_cmd(context("content")).await.ok()?;
    answer.ok()
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// A command of the browser's own protocol, such as `Network.emulateNetworkConditions`.
pub(super) async fn protocol(client: &Client, method: &str, parameters: Value) -> Option<Value> {
    let body = json!({ "cmd": method, "params": parameters });
    client.issue_cmd(Extension { path: "goog/cdp/execute", body }).await.ok()
}

/// What the console has said since it was last asked; nothing if the browser has ended.
pub(super) async fn last_words(client: &Client) -> Vec<Value> {
    let command = Extension { path: "se/log", body: json!({ "type": "browser" }) };
    let log = client.issue_cmd(command).await.ok();
    log.as_ref().and_then(Value::as_array).cloned().unwrap_or_default()
}

/// All that the console has said since it was last asked.
pub(super) async fn console(client: &Client) -> Vec<Value> {
    let command = Extension { path: "se/log", body: json!({ "type": "browser" }) };
    match client.issue_cmd(command).await {
        Ok(log) => log.as_array().cloned().unwrap_or_default(),
        // A test that fails may have ended its browser before: that it fails is what is to be told.
        Err(_) if std::thread::panicking() => Vec::new(),
        Err(error) => panic!("the console's log: {error}"),
    }
}

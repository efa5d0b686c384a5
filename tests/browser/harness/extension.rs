//! The commands that `chromedriver` has beyond the WebDriver standard.

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

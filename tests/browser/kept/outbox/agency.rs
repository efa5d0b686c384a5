//! An agency with a site of its own, and its collector.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::super::offline::{copy, hex};
use crate::harness::site;

/// A form that an agency has written.
pub(crate) struct OwnForm<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: [&'a str; 2],
    pub(crate) text: &'a str,
}

/// Two questions, so that an interview is finished at once.
const SHORT: OwnForm<'_> =
    OwnForm { id: "short", title: ["A short talk", "简短的谈话"], text: SHORT_TEXT };

const SHORT_TEXT: &str = r#"{
  "$schema": "https://example.org/questionnaire-1.schema.json",
  "id": "short", "version": "1.0.0", "title": "A short talk", "languages": ["en"], "type": "object",
  "unevaluatedProperties": false, "allOf": [{"id": "person", "title": "The person", "properties": {
    "full_name": {"title": "What is your name?", "type": "string", "maxLength": 40, "sensitivity": "identifying"},
    "tea": {"title": "What do you like?", "type": "string", "maxLength": 40}
  }}]}"#;

/// An agency that sends to its collector without asking, and to a school with consent only.
const POLICY: &str = r#"{"policy_version": 1, "purposes": {
    "care": {"title": {}, "consents": [], "identity": "within", "sensitive": {},
      "highly_sensitive": {"recipients": ["agency"]}},
    "share": {"title": {}, "consents": [], "withhold": ["tea"], "identity": "detached"},
    "school": {"title": {}, "consents": ["share_school"], "identity": "within"}},
  "recipients": {"agency": {"title": {}, "purposes": ["care"]}, "clinic": {"title": {}, "purposes": ["share"]},
    "school": {"title": {}, "purposes": ["school"]}}}"#;

/// A site of an agency's own, with its form, its policy and where it sends; and the folder of its collector.
pub(crate) struct Agency {
    pub(super) folder: PathBuf,
}

impl Agency {
    /// Its site has its own form alone.
    pub(crate) fn new(destinations: &Value) -> Self {
        Self::with_forms(destinations, &SHORT, |_, own| json!([own]))
    }

    /// Its site has another form alone, and it sends nothing.
    pub(crate) fn asking(form: &OwnForm<'_>) -> Self {
        Self::with_forms(&json!([]), form, |_, own| json!([own]))
    }

    /// Its site has its own form beside those that are shipped.
    pub(crate) fn beside_others(destinations: &Value) -> Self {
        Self::with_forms(destinations, &SHORT, |shipped, own| {
            let shipped = shipped.as_array().expect("forms").iter().cloned();
            shipped.chain([own]).collect()
        })
    }

    /// Its site has another form beside those that are shipped, and it sends nothing.
    pub(crate) fn asking_beside_others(form: &OwnForm<'_>) -> Self {
        Self::with_forms(&json!([]), form, |shipped, own| {
            let shipped = shipped.as_array().expect("forms").iter().cloned();
            shipped.chain([own]).collect()
        })
    }

    fn with_forms(destinations: &Value, form: &OwnForm<'_>, forms: impl Fn(&Value, Value) -> Value) -> Self {
        let OwnForm { id, title: [english, chinese], text } = *form;
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("intake-outbox-{}-{number}", std::process::id()));
        let agency = Self { folder };
        let place = agency.site();
        copy(&site(), &place);
        let own_folder = agency.folder.join("questionnaires").join(id);
        fs::create_dir_all(&own_folder).unwrap();
        fs::write(own_folder.join("questionnaire.json"), text).unwrap();
        let bundle =
            json!({"entry": "questionnaire.json", "files": {"questionnaire.json": text}}).to_string();
        let address = format!("forms/{id}.json");
        fs::write(place.join(&address), &bundle).unwrap();
        let mut changed = Vec::new();
        for entry in fs::read_dir(&place).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if name.starts_with("catalogue-") {
                let mut catalogue: Value =
                    serde_json::from_slice(&fs::read(place.join(&name)).unwrap()).unwrap();
                let own = json!({
                    "id": id, "version": "1.0.0", "languages": ["en"], "file": address,
                    "title": {"en": english, "zh-CN": chinese},
                });
                catalogue["forms"] = forms(&catalogue["forms"], own);
                fs::write(place.join(&name), catalogue.to_string()).unwrap();
                changed.push(name);
            }
        }
        relist(&place, &changed);
        fs::write(place.join("policy.json"), POLICY).unwrap();
        fs::write(place.join("destinations.json"), json!({"destinations": destinations}).to_string())
            .unwrap();
        agency
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Holds its site to its list again after files of it were changed.
    pub(crate) fn relist(&self, changed: &[String]) {
        relist(&self.site(), changed);
    }

    /// From now on care too needs a consent.
    pub(super) fn asks_consent_for_care(&self) {
        let policy = POLICY.replacen("\"consents\": []", "\"consents\": [\"share_agency\"]", 1);
        fs::write(self.site().join("policy.json"), policy).unwrap();
    }

    /// Has its page send to some servers: the page's own policy must name them.
    pub(super) fn reaches(&self, destinations: &Value, origins: &[String]) {
        let place = self.site();
        let page = fs::read_to_string(place.join("index.html")).unwrap();
        let allowed = format!("connect-src 'self' {}", origins.join(" "));
        fs::write(place.join("index.html"), page.replace("connect-src 'self'", &allowed)).unwrap();
        relist(&place, &["index.html".to_owned()]);
        fs::write(place.join("destinations.json"), json!({"destinations": destinations}).to_string())
            .unwrap();
    }

    /// The arguments with which its server collects.
    pub(crate) fn arguments(&self) -> [String; 4] {
        let at = |name: &str| self.folder.join(name).to_string_lossy().into_owned();
        ["--data".into(), at("data"), "--questionnaires".into(), at("questionnaires")]
    }

    pub(crate) fn intake(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_intake"));
        let output = command.args(arguments).current_dir(&self.folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    pub(crate) fn token(&self) -> String {
        self.intake(&["token", "--data", "data", "--station", "st01"])
    }

    /// What its database holds: the profiles in the order of their arrival, and how many were withdrawn.
    pub(crate) fn received(&self) -> (Vec<Value>, i64) {
        let database = rusqlite::Connection::open(self.folder.join("data/collector.sqlite")).unwrap();
        let mut statement =
            database.prepare("SELECT body FROM profiles WHERE body IS NOT NULL ORDER BY sequence").unwrap();
        let bodies = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let profiles = bodies.map(|body| serde_json::from_str(&body.unwrap()).unwrap()).collect();
        let gone = database.query_row("SELECT count(*) FROM withdrawals", [], |row| row.get(0)).unwrap();
        (profiles, gone)
    }
}

impl Drop for Agency {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Holds a site to its list again after files of it were changed.
fn relist(place: &Path, changed: &[String]) {
    let old = fs::read(place.join("precache.json")).unwrap();
    let mut list: Value = serde_json::from_slice(&old).unwrap();
    for file in list["files"].as_array_mut().unwrap() {
        let address = file["address"].as_str().unwrap().to_owned();
        if changed.contains(&address) {
            file["sha256"] = json!(hex(&fs::read(place.join(&address)).unwrap()));
        }
    }
    let list = serde_json::to_vec(&list).unwrap();
    let script = fs::read_to_string(place.join("service-worker.js")).unwrap();
    fs::write(place.join("service-worker.js"), script.replace(&hex(&old), &hex(&list))).unwrap();
    fs::write(place.join("precache.json"), list).unwrap();
}

/// A destination at the collector beside the page.
pub(crate) fn collector(id: &str, title: &str, purpose: &str, recipient: &str, format: &str) -> Value {
    json!({
        "id": id, "title": {"en": title, "zh-CN": title}, "address": "/api/v1/profiles",
        "authentication": {"kind": "bearer", "secret": "collector"}, "timeout_seconds": 5,
        "purpose": purpose, "recipient": recipient, "format": format,
        "success": {"status": [200, 201], "content_type": "application/json", "echo": "/profile_id",
                    "word": {"at": "/status", "one_of": ["accepted", "duplicate"]}},
        "refused": {"status": [409, 422], "code": "/error/code", "reason": "/error/message"},
    })
}

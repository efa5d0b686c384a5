//! Where things go: two files beside the app, `destinations.json` and `policy.json`, which whoever runs the site writes.
//! The tablet keeps what it has read last, for when there is no network.

use serde::{Deserialize, Serialize};

use super::Sending;
use super::kept::short;
use crate::diagnostic::SourceId;
use crate::json::sha256;
use crate::outbox::{Destination, read_destinations};
use crate::vault::message::{Ask, Tell};
use crate::web::host::fetch;

/// The name of the secret that signs what is redacted.
pub(crate) const SIGNING_KEY: &str = "signing-key";

const CONFIG: &str = "config";

/// Where things go, and on which terms.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) destinations: Vec<Destination>,
    /// The export policy, as it was read.
    pub(super) policy: Option<String>,
    /// How many faults the file has.
    pub(super) faults: usize,
}

/// The files as they were read.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Files {
    destinations: String,
    policy: Option<String>,
}

impl Sending {
    /// Reads the files of the site, or else what was read of them last. A tablet that has neither sends nothing.
    ///
    /// Nothing is asked for once the round is over: an interview may have begun.
    pub(super) async fn look_for_places(&self, turn: u32) {
        let before = self.files_kept().await;
        let goes_on = || self.0.turn.get() == turn;
        let destinations = if goes_on() { fetch::text("destinations.json").await.ok() } else { None };
        let now = match destinations {
            // The page of a captive portal is no file of destinations.
            Some(destinations) if is_file(&destinations) => {
                let policy = if goes_on() { fetch::text("policy.json").await.ok() } else { None };
                // Every site has one. Without it, what the shipped one allows would leave, and the site's may be stricter.
                let policy = policy.filter(|text| text.trim_start().starts_with('{'));
                policy.map(|policy| Files { destinations, policy: Some(policy) })
            }
            _ => None,
        };
        if let Some(files) = now.as_ref().filter(|now| before.as_ref() != Some(*now)) {
            // They are read again the next time.
            let _ = self.put(CONFIG, short(&sha256(CONFIG)), files).await;
        }
        let Some(files) = now.or(before) else { return };
        let (destinations, found) = read_destinations(&files.destinations, SourceId(0));
        let faults = found.iter().filter(|fault| fault.is_error()).count();
        self.0.places.replace(Places { destinations, policy: files.policy, faults }.into());
    }

    async fn files_kept(&self) -> Option<Files> {
        let told = self.0.keeping.ask(Ask::Items { shelf: CONFIG.to_owned() }).await;
        match told {
            Ok(Tell::Items(items)) => items.first().and_then(|(_, text)| serde_json::from_str(text).ok()),
            _ => None,
        }
    }
}

fn is_file(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|file| file.get("destinations").is_some())
}

//! Where profiles go, as data.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A back end that takes profiles over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// What items refer to it by; it never changes its meaning.
    pub id: String,
    /// What people read, by language.
    pub title: BTreeMap<String, String>,
    /// The address; `{profile_id}` in it becomes the profile's id. One that begins with `/` is on the server from which
    /// the page came.
    pub address: String,
    /// `POST` or `PUT`.
    pub method: String,
    /// Headers beside those that every request has.
    pub headers: BTreeMap<String, String>,
    /// How the sender says who it is.
    pub authentication: Authentication,
    /// The name of the format in which profiles are sent.
    pub format: String,
    /// What the format is told: as it stands, for the exporter to read.
    pub mapping: Map<String, Value>,
    /// For what it is sent: a purpose of the export policy.
    pub purpose: String,
    /// Who receives it: a recipient of the export policy.
    pub recipient: String,
    /// What counts as arrived.
    pub success: Success,
    /// What counts as refused for good.
    pub refusals: Refusals,
    /// How a withdrawal is told.
    pub withdrawal: WithdrawalRequest,
    /// How long to wait for an answer.
    pub timeout_seconds: u32,
}

impl Destination {
    /// Whether it is on the server from which the page came, so that nothing but the page can find it.
    #[must_use]
    pub fn is_beside_the_page(&self) -> bool {
        self.addresses().any(|address| address.starts_with('/'))
    }

    /// What people read, in a language or else in any.
    #[must_use]
    pub fn name(&self, tag: &str) -> &str {
        let primary = tag.split('-').next().unwrap_or_default();
        let near = || self.title.iter().find(|(known, _)| known.split('-').next() == Some(primary));
        let found = self.title.get_key_value(tag).or_else(near).or_else(|| self.title.iter().next());
        found.map_or(self.id.as_str(), |(_, title)| title)
    }

    /// The servers to which it sends, as a policy of the page names them: scheme, host and port. None for the one from
    /// which the page came.
    pub fn origins(&self) -> impl Iterator<Item = String> {
        self.addresses().filter_map(|address| {
            let (scheme, rest) = address.split_once("://")?;
            let host = rest.split(['/', '?', '#']).next()?;
            Some(format!("{scheme}://{host}"))
        })
    }

    fn addresses(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.address.as_str()).chain(self.withdrawal.address.as_deref())
    }
}

/// How a sender says who it is. The secret itself stands elsewhere, under its name: this file may be passed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Authentication {
    /// Not at all.
    #[default]
    None,
    /// `Authorization: Bearer …`
    Bearer {
        /// The name of the secret.
        secret: String,
    },
    /// `Authorization: Basic …`
    Basic {
        /// The name of the user.
        user: String,
        /// The name of the secret.
        secret: String,
    },
    /// A header of its own.
    Header {
        /// Its name.
        name: String,
        /// The name of the secret.
        secret: String,
    },
}

impl Authentication {
    /// The name of the secret that it needs.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Bearer { secret } | Self::Basic { secret, .. } | Self::Header { secret, .. } => {
                Some(secret)
            }
        }
    }
}

/// What an answer must be for an item to count as arrived. All that is stated must hold: the page of a captive portal
/// has a status of success too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// The statuses.
    pub status: Vec<u16>,
    /// The media type of the answer, without parameters; any if none is stated.
    pub content_type: Option<String>,
    /// JSON Pointer into the answer at which the profile's id stands.
    pub echo: Option<String>,
    /// JSON Pointer into the answer, and the words of which one must stand there.
    pub word: Option<(String, Vec<String>)>,
    /// Statuses that mean that the item had arrived before, and count as success with the same media type and without
    /// an echo: such as CouchDB's 409 for the second time.
    pub already: Vec<u16>,
}

/// What an answer must be for an item to count as refused: sent again, it would be refused again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// The statuses.
    pub status: Vec<u16>,
    /// JSON Pointer into the answer at which a code for the reason stands.
    pub code: Option<String>,
    /// JSON Pointer into the answer at which the reason stands in words.
    pub reason: Option<String>,
}

/// How a destination is told that a profile was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawalRequest {
    /// The address; the one of profiles if none is stated.
    pub address: Option<String>,
    /// `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Whether the withdrawal is sent as the body.
    pub body: bool,
    /// The statuses that mean that it is done, if not those of profiles.
    pub status: Vec<u16>,
}

impl Default for Success {
    fn default() -> Self {
        Self {
            status: vec![200, 201],
            content_type: Some("application/json".to_owned()),
            echo: Some("/profile_id".to_owned()),
            word: None,
            already: Vec::new(),
        }
    }
}

impl Default for Refusals {
    fn default() -> Self {
        Self { status: vec![400, 409, 413, 415, 422], code: None, reason: None }
    }
}

impl Default for WithdrawalRequest {
    fn default() -> Self {
        Self { address: None, method: "POST".to_owned(), body: true, status: Vec::new() }
    }
}

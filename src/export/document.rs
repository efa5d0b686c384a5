use serde_json::Value;

use super::loss::Loss;
use super::portable;

/// Bytes for a target, with what is needed to file or send them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What to call it, without the ending.
    pub name: String,
    /// The ending of a file's name.
    pub extension: &'static str,
    /// RFC 6838.
    pub media_type: &'static str,
    /// What is sent or written.
    pub bytes: Vec<u8>,
}

/// What an exporter makes of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What goes to the target.
    pub document: Document,
    /// What goes to the same target beside it: the other tables.
    pub beside: Vec<Document>,
    /// The identity part, where it leaves apart: never on the same way by itself.
    pub identity: Option<Document>,
    /// What of the profile as it leaves the target cannot carry. The receiver may read it: it is about what they get.
    pub losses: Vec<Loss>,
}

impl Document {
    pub(super) fn json(name: String, value: Value) -> Self {
        Self::typed(name, &value, "json", "application/json")
    }

    /// JSON of a type of its own.
    pub(super) fn typed(
        name: String,
        value: &Value,
        extension: &'static str,
        media_type: &'static str,
    ) -> Self {
        Self { name, extension, media_type, bytes: portable::text(value).into_bytes() }
    }
}

impl Made {
    pub(super) fn new(document: Document) -> Self {
        Self { document, beside: Vec::new(), identity: None, losses: Vec::new() }
    }
}

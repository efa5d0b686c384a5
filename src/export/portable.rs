//! Portable JSON: the profile as it leaves, for what and to whom, signed if there is a key; wire format `portable-1`.

use serde_json::{Map, Value, json};

use super::document::{Document, Made};
use super::key::PrivateKey;
use super::leaving::Leaving;
use super::signature;
use crate::json::canonical;

/// The version of the format.
pub const PORTABLE_VERSION: u32 = 1;

/// The portable document of what leaves. An identity part that leaves apart is a document of its own, with a signature
/// of its own, so that each can be checked without the other.
pub(super) fn document(leaving: &Leaving, key: Option<&PrivateKey>) -> Made {
    Made::new(Document::json(leaving.name(), envelope(leaving, key)))
}

/// The identity part, where it leaves apart, signed if there is a key.
#[must_use]
pub fn identity_document(leaving: &Leaving, key: Option<&PrivateKey>) -> Option<Document> {
    let mut value = serde_json::to_value(leaving.identity.as_ref()?).ok()?;
    if let (Some(members), Some(key)) = (value.as_object_mut(), key) {
        signature::sign(members, key);
    }
    Some(Document::json(format!("{}.identity", leaving.name()), value))
}

/// The object itself.
pub(super) fn envelope(leaving: &Leaving, key: Option<&PrivateKey>) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            members.insert(name.to_owned(), value);
        }
    };
    put("portable_version", PORTABLE_VERSION.into());
    put("purpose", json!(leaving.purpose));
    put("recipient", json!(leaving.recipient));
    put("withheld", leaving.withheld.into());
    put("profile", leaving.profile.to_value());
    if let Some(key) = key {
        signature::sign(&mut members, key);
    }
    Value::Object(members)
}

/// Takes a profile out of a portable document; a bare profile is its own.
#[must_use]
pub fn profile_of(document: &Value) -> Option<&Value> {
    let members = document.as_object()?;
    match members.get("portable_version") {
        Some(version) if version.as_u64() == Some(PORTABLE_VERSION.into()) => members.get("profile"),
        Some(_) => None,
        None => Some(document),
    }
}

/// The text of a document, as it is signed and written.
pub(super) fn text(value: &Value) -> String {
    canonical::to_string(value)
}

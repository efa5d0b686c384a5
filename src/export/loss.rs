use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::value::words;

/// Something of a profile that a target is not given, or cannot carry.
///
/// It never holds what is lost: only where it stands in the profile, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Loss {
    /// JSON Pointer into the profile.
    pub pointer: String,
    /// Why.
    pub why: Why,
    /// What becomes of it, where that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'static, str>>,
}

words! {
    /// Why something is lost.
    Why {
        /// A consent that it needs was not given.
        Consent = "consent",
        /// It is too sensitive for this purpose or recipient, whatever the consent.
        Sensitivity = "sensitivity",
        /// It follows from something that may not be told.
        Derived = "derived",
        /// Somebody wrote it, and what it follows from cannot be known.
        Untraceable = "untraceable",
        /// It tells who the person is, and leaves apart or not at all.
        Identity = "identity",
        /// The format has no place for it.
        Format = "format",
        /// The mapping of the destination does not name it.
        Unmapped = "unmapped",
        /// It is carried in another form, from which it cannot be read back exactly.
        Changed = "changed",
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Loss {
    /// That something is lost.
    #[must_use]
    pub fn new(pointer: impl Into<String>, why: Why) -> Self {
        Self { pointer: pointer.into(), why, note: None }
    }

    /// That a format has no place for something.
    #[must_use]
    pub fn format(pointer: impl Into<String>) -> Self {
        Self::new(pointer, Why::Format)
    }

    /// With what becomes of it.
    #[must_use]
    pub fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// A name as a part of a JSON Pointer.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

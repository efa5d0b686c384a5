//! What the page, its worker and the browser itself wrote to the console.

use std::fmt;

use serde_json::Value;

/// A line of the console.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub(crate) level: String,
    /// Who says it: `javascript`, `network`, `security` (a broken content security policy) and others.
    pub(crate) source: String,
    pub(crate) message: String,
}

impl Entry {
    pub(super) fn read(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Self { level: text("level"), source: text("source"), message: text("message") }
    }

    /// Whether this must not happen. What breaks the policy counts, whatever its level.
    pub(crate) fn is_fault(&self) -> bool {
        self.level == "SEVERE" || self.breaks_policy()
    }

    /// Whether it tells that something was tried which the page's policy forbids.
    pub(super) fn breaks_policy(&self) -> bool {
        self.source == "security" || self.message.contains("Content Security Policy")
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.level, self.source, self.message)
    }
}

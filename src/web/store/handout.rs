//! What the worker decided about the hand-out. It is kept with the draft: whoever comes back, on another day or after
//! finishing, must not print what was left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Store;

/// How the hand-out is to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Handout {
    /// In which language, if another one than that of the interview was chosen.
    pub(crate) language: Option<String>,
    /// The lines that stay out of it, by what they stand for.
    pub(crate) left_out: BTreeSet<String>,
}

impl Handout {
    /// What the line of an entry stands for: its id or, where it has none, all that it says.
    pub(crate) fn line(name: &str, entry: &Value) -> String {
        let id = entry.get("id").and_then(Value::as_str).map_or_else(|| entry.to_string(), str::to_owned);
        format!("{name} {id}")
    }

    /// As it is kept: nothing where nothing was decided.
    pub(super) fn to_value(&self) -> Option<Value> {
        (*self != Self::default()).then(|| serde_json::to_value(self).unwrap_or_default())
    }

    /// What was kept. What cannot be read decides nothing.
    fn from_value(value: &Value) -> Self {
        Self::deserialize(value).unwrap_or_default()
    }
}

impl Store {
    /// How the hand-out is to be printed.
    pub(crate) fn handout(&self) -> Handout {
        self.0.handout.borrow().clone()
    }

    /// Notes how the hand-out is to be printed.
    pub(crate) fn set_handout(&self, handout: Handout) {
        if self.only_reads() {
            return;
        }
        self.0.handout.replace(handout);
        self.write_stated();
    }

    /// Goes on with what was decided before the page was closed.
    pub(crate) fn go_on_with_handout(&self, kept: Option<&Value>) {
        self.0.handout.replace(kept.map(Handout::from_value).unwrap_or_default());
    }

    /// An entry is there no more. Another one may get its id, or say the same, and is to be printed.
    pub(crate) fn forget_left_out(&self, name: &str, entry: &Value) {
        let line = Handout::line(name, entry);
        let mut handout = self.handout();
        if handout.left_out.remove(&line) {
            self.set_handout(handout);
        }
    }

    /// An entry says something else now. If its line stays out of the hand-out, it goes on to.
    pub(crate) fn keep_left_out(&self, name: &str, before: &Value, now: &Value) {
        let mut handout = self.handout();
        if handout.left_out.contains(&Handout::line(name, before))
            && handout.left_out.insert(Handout::line(name, now))
        {
            self.set_handout(handout);
        }
    }
}

//! Findings that the author has looked at and means: `"allow": { "lint.later-question": "why" }`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::diagnostic::{Code, SourceId};
use crate::json::Item;

/// The `allow` objects of a questionnaire's files.
pub(super) struct Allowances<'a> {
    /// The root of every file.
    roots: Vec<Item<'a>>,
    used: RefCell<BTreeSet<(SourceId, String)>>,
}

impl<'a> Allowances<'a> {
    pub(super) fn new(roots: Vec<Item<'a>>) -> Self {
        Self { roots, used: RefCell::default() }
    }

    /// Whether a finding is allowed where it stands, in anything around that, or in one of its owners.
    pub(super) fn allow(&self, code: Code, item: Item<'_>, owners: &[Item<'_>]) -> bool {
        [item].iter().chain(owners).any(|item| self.allowed_around(code, *item))
    }

    fn allowed_around(&self, code: Code, item: Item<'_>) -> bool {
        let place = item.place();
        let Some(root) = self.roots.iter().find(|root| root.place().source == place.source) else {
            return false;
        };
        let mut here = Some(*root);
        let mut allowed = false;
        let mut parts = place.pointer.split('/').skip(1);
        while let Some(around) = here {
            if let Some(reason) = around
                .get("allow")
                .filter(|allow| allow.is_object())
                .and_then(|allow| allow.get(code.as_str()))
            {
                self.used.borrow_mut().insert((place.source, reason.pointer()));
                allowed = true;
            }
            here = parts.next().and_then(|part| {
                let name = part.replace("~1", "/").replace("~0", "~");
                around.get(&name).or_else(|| around.items().nth(name.parse().ok()?))
            });
        }
        allowed
    }

    /// Whether an entry of an `allow` has allowed anything.
    pub(super) fn is_used(&self, reason: Item<'_>) -> bool {
        self.used.borrow().contains(&(reason.place().source, reason.pointer()))
    }

    /// The root of the questionnaire's own file.
    pub(super) fn root(&self) -> Option<Item<'a>> {
        self.roots.first().copied()
    }
}

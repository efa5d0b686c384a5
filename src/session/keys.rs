//! What tells the rows of a repeat from each other, kept as they change: a thousand rows are not compared again
//! because one of them got another key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::expression::RowId;

/// The keys of the rows of a repeat. A row without all parts of its key has none.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    by_row: BTreeMap<RowId, Arc<str>>,
    rows: BTreeMap<Arc<str>, BTreeSet<RowId>>,
    /// How many keys more than one row has.
    shared: usize,
}

impl Keys {
    /// A row has this key now, or none; whether it had another.
    pub(super) fn set(&mut self, row: RowId, key: Option<String>) -> bool {
        if self.by_row.get(&row).map(|key| &**key) == key.as_deref() {
            return false;
        }
        if let Some(old) = self.by_row.remove(&row)
            && let Some(rows) = self.rows.get_mut(&old)
        {
            self.shared -= usize::from(rows.len() == 2);
            rows.remove(&row);
            if rows.is_empty() {
                self.rows.remove(&old);
            }
        }
        if let Some(key) = key {
            let key: Arc<str> = key.into();
            let rows = self.rows.entry(Arc::clone(&key)).or_default();
            rows.insert(row);
            self.shared += usize::from(rows.len() == 2);
            self.by_row.insert(row, key);
        }
        true
    }

    /// Whether two rows have the same key.
    pub(super) const fn has_doubles(&self) -> bool {
        self.shared > 0
    }

    /// The rows that have the key of another row.
    pub(super) fn doubles(&self) -> BTreeSet<RowId> {
        self.rows.values().filter(|rows| rows.len() > 1).flatten().copied().collect()
    }
}

use std::collections::BTreeSet;

use super::{Causes, Facts, FieldId, RowId};

/// The way from what an unknown result has read to the answers that could decide it.
///
/// It is a list of what is still to be followed, not a recursion: one calculation may rest on the next for thousands of
/// steps. Each reading is followed once, however many ways lead to it.
#[derive(Debug, Default)]
pub struct Trace {
    causes: Causes,
    open: Vec<(FieldId, RowId)>,
    seen: BTreeSet<(FieldId, RowId)>,
}

impl Trace {
    /// An answer that could decide it.
    pub fn cause(&mut self, field: FieldId, row: RowId) {
        self.causes.insert((field, row));
    }

    /// A reading whose own reasons are to be followed.
    pub fn follow(&mut self, field: FieldId, row: RowId) {
        if self.seen.insert((field, row)) {
            self.open.push((field, row));
        }
    }

    /// Follows everything to its end.
    pub(super) fn into_causes(mut self, facts: &dyn Facts) -> Causes {
        while let Some((field, row)) = self.open.pop() {
            facts.trace(field, row, &mut self);
        }
        self.causes
    }
}

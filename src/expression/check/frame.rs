use super::Checked;
use crate::expression::{FieldId, Read, Scope};

/// Where a row stands, seen from the expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expression) enum Level {
    /// Any row of a repeat.
    AnyOf(FieldId),
    /// So many rows outwards from where the expression stands.
    Own(u8),
}

/// What names and `$this` mean in a part of the expression: where it stands, or inside a lambda.
pub(in crate::expression) struct Frame<'s> {
    pub(super) scope: &'s dyn Scope,
    /// Where its row stands, then the row that is in, and so on.
    pub(super) levels: Vec<Level>,
    pub(super) this: Option<Checked>,
    pub(super) outer: Option<&'s Frame<'s>>,
}

impl<'s> Frame<'s> {
    pub(super) fn base(scope: &'s dyn Scope) -> Self {
        Self { scope, levels: vec![Level::Own(0)], this: None, outer: None }
    }

    /// How many lambdas it is inside of.
    pub(in crate::expression) fn depth(&self) -> u8 {
        self.outer.map_or(0, |outer| outer.depth().saturating_add(1))
    }

    /// Where the row stands that is so many rows outwards, with all that it stands in.
    pub(super) fn levels_from(&self, up: u8) -> Vec<Level> {
        let up = usize::from(up);
        match self.levels.get(up..) {
            Some(levels) if !levels.is_empty() => levels.to_vec(),
            _ => {
                let beyond = u8::try_from(up + 1 - self.levels.len()).unwrap_or(u8::MAX);
                match self.levels.last() {
                    Some(Level::Own(own)) => vec![Level::Own(own.saturating_add(beyond))],
                    _ => vec![Level::Own(beyond)],
                }
            }
        }
    }
}

/// What reading a field there depends on.
pub(super) fn read_at(levels: &[Level], field: FieldId) -> Read {
    match levels.first() {
        Some(Level::AnyOf(rows)) => Read::Column { rows: *rows, field },
        Some(Level::Own(up)) => Read::Field { field, up: *up },
        None => Read::Field { field, up: 0 },
    }
}

use super::{Causes, Facts, Read, RowId, Type};
use crate::value::{Interval, Truth, Value};

/// A compiled expression: checked, resolved, flat.
#[derive(Clone, Debug)]
pub struct Program {
    ty: Type,
    canonical: Box<str>,
    reads: Box<[Read]>,
}

impl Program {
    /// What kind of value it gives, and whether several.
    #[must_use]
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The canonical FHIRPath text.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// What its value depends on: sorted, no doubles.
    #[must_use]
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// Whether the condition holds. Unknown for a program that is no condition.
    #[must_use]
    pub fn test(&self, _facts: &dyn Facts, _row: RowId) -> Truth {
        Truth::Unknown
    }

    /// The same, with what an unknown hangs on.
    #[must_use]
    pub fn test_explained(&self, facts: &dyn Facts, row: RowId) -> (Truth, Causes) {
        (self.test(facts, row), Causes::new())
    }

    /// The value; none if it is unknown. A list of texts comes as [`Value::Codes`].
    #[must_use]
    pub fn value(&self, _facts: &dyn Facts, _row: RowId) -> Option<Value> {
        None
    }

    /// The same, with what an unknown hangs on.
    #[must_use]
    pub fn value_explained(&self, facts: &dyn Facts, row: RowId) -> (Option<Value>, Causes) {
        (self.value(facts, row), Causes::new())
    }

    /// The bounds of a number: a point where it is known, an interval where a score or an age is read bare and is
    /// only known within bounds, none where nothing is known.
    #[must_use]
    pub fn bounds(&self, _facts: &dyn Facts, _row: RowId) -> Option<Interval> {
        None
    }
}

use std::sync::Arc;

use super::{FieldId, Trace};
use crate::value::{Absence, DateTime, Decimal, Interval, PartialDate, Value};

/// A row of a repeat, or the form itself. Numbers are the caller's and never reused in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl RowId {
    /// The form: what is in no row.
    pub const FORM: Self = Self(0);
}

/// What a field holds for logic.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading<'a> {
    /// A value.
    Known(&'a Value),
    /// No value, but surely within these bounds: a score with missing items, the age of an imprecise birth date.
    Within(Interval),
    /// Unanswered, absent, hidden or not computable.
    Missing,
}

/// What an unknown result hangs on: the fields, with their rows, whose answers could decide it. Sorted, no doubles.
pub type Causes = std::collections::BTreeSet<(FieldId, RowId)>;

/// The numbers of a column, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSum {
    /// Their sum, exact.
    pub sum: Decimal,
    /// How many there are.
    pub count: u32,
}

/// What the fields hold while an expression is evaluated.
///
/// A hidden question reads as missing here: the caller has applied relevance before.
pub trait Facts {
    /// What a field holds in a row (or [`RowId::FORM`]).
    fn read(&self, field: FieldId, row: RowId) -> Reading<'_>;

    /// What the missing items of a score still allow whose value stands in for them (a prorated one); none where a value
    /// is final.
    fn stand_in(&self, _field: FieldId) -> Option<Interval> {
        None
    }

    /// The typed absence recorded for a question, if it is asked and has one.
    fn absence(&self, field: FieldId, row: RowId) -> Option<Absence>;

    /// The relevant rows of a repeat that stands in `row`, in display order.
    fn rows(&self, repeat: FieldId, row: RowId) -> &[RowId];

    /// The numbers of a column in the rows that [`Facts::rows`] names, where the caller keeps their sum as they change;
    /// exactly what adding them up row by row would come to.
    fn column_sum(&self, _rows: FieldId, _row: RowId, _column: FieldId) -> Option<ColumnSum> {
        None
    }

    /// The row that a row stands in.
    fn parent(&self, row: RowId) -> RowId;

    /// The row before this one in its repeat.
    fn previous(&self, row: RowId) -> Option<RowId>;

    /// The label of a choice in the language of the session.
    fn choice_label(&self, field: FieldId, code: &str) -> Option<Arc<str>>;

    /// A column of the list entry that a choice filter looks at.
    fn choice_column(&self, name: &str) -> Option<Arc<str>>;

    /// The assessment date.
    fn today(&self) -> PartialDate;

    /// The moment of the assessment.
    fn now(&self) -> DateTime;

    /// Says what the missing or imprecise reading of a field hangs on, one step down: an unanswered question is a cause
    /// itself; what is computed hangs on what it reads, a score on its missing items, a question of which it is not
    /// known whether it is asked on what decides that; one hidden by a decided condition hangs on nothing.
    fn trace(&self, field: FieldId, row: RowId, trace: &mut Trace);
}

use super::FieldId;

/// Something that the value of an expression depends on.
///
/// `up` counts rows outwards from where the expression stands: 0 is its own row, or the form for an expression that
/// stands in no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// What a field holds.
    Field {
        /// The field.
        field: FieldId,
        /// How many rows outwards.
        up: u8,
    },
    /// The absence recorded for a field: `absentReason(q)`.
    Absence {
        /// The field.
        field: FieldId,
        /// How many rows outwards.
        up: u8,
    },
    /// What a column holds, or its absence, in every row of a repeat.
    Column {
        /// The repeat.
        rows: FieldId,
        /// The column.
        field: FieldId,
    },
    /// Which rows a repeat has, and in which order.
    Rows {
        /// The repeat.
        field: FieldId,
    },
    /// What a column holds in the row before this one: `previous(col)`.
    Previous {
        /// The column.
        field: FieldId,
    },
    /// The assessment date: `today()`.
    Today,
    /// The moment of the assessment: `now()`.
    Now,
    /// In which language texts are shown: `choiceLabel(q)`.
    Language,
}

use super::ChoiceSet;

/// A field that expressions can read: a question, a calculation, a score, a score's level or band, the age.
///
/// The number is the caller's; this folder only hands it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u32);

/// What kind of value a field or an expression has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Boolean,
    /// A number; `integer` where it can only be whole.
    Number {
        /// Only whole numbers.
        integer: bool,
    },
    /// Text; with choices, one of their codes.
    Text(Option<ChoiceSet>),
    /// A calendar date, perhaps partial.
    Date,
    /// A moment: only `now()`.
    DateTime,
    /// A time of day.
    Time,
    /// A number of calendar units, such as `60 years`.
    Quantity,
    /// Rows of a repeat.
    Rows(FieldId),
}

/// Kind and cardinality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// What each value is.
    pub kind: Kind,
    /// Whether there can be more than one: a multiple choice, rows, a column over rows.
    pub many: bool,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The field.
    pub field: FieldId,
    /// Its type.
    pub ty: Type,
    /// How many rows outwards it lives from where the expression stands: 0 is the same row (or the form, for an
    /// expression outside of any row).
    pub up: u8,
}

/// The answer to a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A field.
    Field(Symbol),
    /// Nothing of that name; the nearest name, if one is near.
    Unknown {
        /// What was probably meant.
        suggestion: Option<String>,
    },
}

/// What names mean where an expression stands.
pub trait Scope {
    /// A bare name: the innermost row first, then outwards to the form.
    fn name(&self, name: &str) -> Resolved;

    /// `%form.name`: a question of the form, from inside a row.
    fn form_name(&self, name: &str) -> Resolved;

    /// `%choice.name`: a column of the list entry that a choice filter looks at; its type is single text.
    fn choice_column(&self, name: &str) -> Option<Type>;

    /// `owner.member` of a field that has parts, such as a score's `level` and `band`.
    fn member(&self, owner: FieldId, member: &str) -> Resolved;

    /// Whether the expression stands in a row, so that there is a row before it.
    fn is_in_row(&self) -> bool;

    /// The scope inside a row of this repeat, for `rows.where(…)` and its like: bare names are columns first.
    fn rows(&self, repeat: FieldId) -> Box<dyn Scope + '_>;
}

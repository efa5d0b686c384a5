use crate::expression::FieldId;
use crate::expression::run::{Item, Machine, Sink};
use crate::expression::syntax::Unit;
use crate::value::{DateTime, Decimal, PartialDate, TimeOfDay, Truth};

/// An operation of a program: its index. What an operation works on always stands before it.
pub(in crate::expression) type OpId = u16;

/// Operations that a function works on: a range of the program's arguments.
#[derive(Clone, Copy)]
pub(in crate::expression) struct Args {
    pub(in crate::expression) first: u16,
    pub(in crate::expression) count: u16,
}

/// In which row a field is read: that of a lambda's frame (0 is where the expression stands), so many rows outwards.
#[derive(Clone, Copy)]
pub(in crate::expression) struct Place {
    pub(in crate::expression) frame: u8,
    pub(in crate::expression) up: u8,
}

/// Which way a comparison goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expression) enum Test {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
}

/// What a function of single values does. An argument that is missing never gets here: the result is missing too.
pub(in crate::expression) type Scalar = for<'a> fn(&[Item<'a>]) -> Option<Item<'a>>;
/// What a function does that looks at its arguments itself, and gives one value.
pub(in crate::expression) type Call = for<'a> fn(&mut Machine<'a>, &'a [OpId]) -> Option<Item<'a>>;
/// What a function does that gives a list, item by item; false once the list is not wanted any more.
pub(in crate::expression) type Stream = for<'a> fn(&mut Machine<'a>, &'a [OpId], &mut Sink<'_, 'a>) -> bool;

/// One operation.
///
/// The kinds of values are settled at compile time: an operation that meets another kind than it was compiled for (a
/// caller that broke its word) gives a missing value.
#[derive(Clone, Copy)]
pub(in crate::expression) enum Op {
    Nothing,
    Truth(Truth),
    Number(Decimal),
    /// A text of the program.
    Text(u16),
    Date(PartialDate),
    Time(TimeOfDay),
    Moment(DateTime),

    /// A field with one value.
    Read(FieldId, Place),
    /// A field with several.
    ReadMany(FieldId, Place),
    /// The rows of a repeat.
    Rows(FieldId, Place),
    /// A field of a row, or of each row of a list.
    Column(OpId, FieldId),
    /// The rows of a repeat that stands in a row, or in each row of a list.
    NestedRows(OpId, FieldId),
    Previous(FieldId, Place),
    Absence(FieldId, Place),
    /// A column of the list entry that a choice filter looks at.
    ChoiceColumn(u16),
    /// The label of each code, which is one of a field's.
    ChoiceLabel(OpId, FieldId),
    /// `$this` of a lambda's frame.
    This(u8),
    /// `$index` of a lambda's frame.
    Index(u8),
    Today,
    Now,

    Not(OpId),
    And(OpId, OpId),
    Or(OpId, OpId),
    Xor(OpId, OpId),
    Implies(OpId, OpId),
    /// Two numbers, of which a score may be known only within bounds.
    CompareNumbers(Test, OpId, OpId),
    Compare(Test, OpId, OpId),
    /// `~`
    Equivalent(OpId, OpId),
    /// An element and a list.
    In(OpId, OpId),
    /// A text and a regular expression of the program.
    Matches(OpId, u16),

    Negate(OpId),
    Add(OpId, OpId),
    Subtract(OpId, OpId),
    Multiply(OpId, OpId),
    Divide(OpId, OpId),
    Div(OpId, OpId),
    Mod(OpId, OpId),
    /// A date, time or moment moved by so many units.
    Shift(OpId, i32, Unit),
    /// `+` on texts: a missing one makes the result missing.
    Join(OpId, OpId),
    /// `&`: a missing one counts as nothing.
    Concat(OpId, OpId),
    Union(OpId, OpId),
    At(OpId, OpId),

    Scalar(Scalar, Args),
    Call(Call, Args),
    Stream(Stream, Args),
}

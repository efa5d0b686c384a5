//! The functions of the language, a family a file.
//!
//! Each is one [`Function`]: its name, its manual, examples that are run as tests, and what it does. To add one: write
//! it in the file of its family, list it in `FUNCTIONS`, and add cases for missing values to the JSON suites.

mod aggregate;
mod answered;
mod choose;
mod clock;
mod convert;
mod exist;
mod filter;
mod list;
mod number;
mod pattern;
mod pick;
mod set;
mod text;

use super::Kind;
use super::check::{CallSite, Checked, Checker, Frame};
use super::program::Scalar;

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// How it is called; the parts in square brackets may be left out.
    pub(super) signature: &'static str,
    /// What it gives, in a sentence.
    summary: &'static str,
    /// Whether FHIRPath has it. The others are lowered when a questionnaire is exported.
    standard: bool,
    /// Expressions with the literal that they equal; `{}` where they give nothing.
    examples: &'static [(&'static str, &'static str)],
    pub(super) form: Form,
}

/// How a function is checked and run.
pub(super) enum Form {
    /// One value from single values, of which none is missing.
    Scalar(ScalarForm),
    /// It looks at its arguments itself.
    Special(fn(&mut Checker<'_>, &CallSite<'_>, &Frame<'_>) -> Checked),
}

/// A function of single values, the first of which stands before its name.
pub(super) struct ScalarForm {
    pub(super) receiver: Want,
    pub(super) arguments: &'static [Want],
    /// How many of the arguments there must be.
    pub(super) required: usize,
    pub(super) gives: Gives,
    pub(super) run: Scalar,
}

/// What kind of value a function needs.
#[derive(Clone, Copy)]
pub(super) enum Want {
    Number,
    Text,
    Value,
}

/// What kind of value a function gives.
pub(super) enum Gives {
    Kind(Kind),
    /// That of the value it stands behind.
    Same,
}

const WHOLE: Kind = Kind::Number { integer: true };
const NUMBER: Kind = Kind::Number { integer: false };
const TEXT: Kind = Kind::Text(None);

/// Every function, in the order of its name.
static FUNCTIONS: &[&Function] = &[
    &number::ABS,
    &answered::ABSENT_REASON,
    &exist::ALL,
    &aggregate::AVG,
    &number::CEILING,
    &answered::CHOICE_LABEL,
    &choose::COALESCE,
    &set::COMBINE,
    &text::CONTAINS,
    &exist::COUNT,
    &answered::COUNT_ANSWERED,
    &set::DISTINCT,
    &clock::DURATION,
    &exist::EMPTY,
    &text::ENDS_WITH,
    &exist::EXISTS,
    &pick::FIRST,
    &number::FLOOR,
    &choose::IIF,
    &set::INTERSECT,
    &text::JOIN,
    &pick::LAST,
    &text::LENGTH,
    &text::LOWER,
    &pattern::MATCHES,
    &pattern::MATCHES_FULL,
    &aggregate::MAX,
    &aggregate::MIN,
    &clock::NOW,
    &number::POWER,
    &answered::PREVIOUS,
    &answered::PRORATE,
    &text::REPLACE,
    &number::ROUND,
    &filter::SELECT,
    &text::SPLIT,
    &number::SQRT,
    &text::STARTS_WITH,
    &text::SUBSTRING,
    &aggregate::SUM,
    &convert::TO_DATE,
    &convert::TO_DECIMAL,
    &convert::TO_INTEGER,
    &convert::TO_STRING,
    &clock::TODAY,
    &text::TRIM,
    &number::TRUNCATE,
    &text::UPPER,
    &filter::WHERE,
];

/// Functions of FHIRPath that are left out on purpose: they cannot be typed or bounded, or there is nothing here for
/// them to work on.
pub(super) const LEFT_OUT: &[&str] = &[
    "aggregate",
    "as",
    "children",
    "comparable",
    "conformsTo",
    "defineVariable",
    "descendants",
    "extension",
    "getReferenceKey",
    "getResourceKey",
    "hasValue",
    "htmlChecks",
    "is",
    "memberOf",
    "ofType",
    "repeat",
    "repeatAll",
    "resolve",
    "sort",
    "subsumedBy",
    "subsumes",
    "trace",
    "type",
];

/// What functions of other languages are called here.
pub(super) const FOREIGN: &[(&str, &str)] = &[
    ("age", "birth_date.duration(today(), 'year')"),
    ("any", "exists(…)"),
    ("average", "avg(…)"),
    ("ceil", "ceiling()"),
    ("concat", "a & b"),
    ("count-selected", "count()"),
    ("filter", "where(…)"),
    ("if", "iif(condition, a, b)"),
    ("includes", "contains"),
    ("int", "truncate()"),
    ("isEmpty", "empty()"),
    ("isNull", "empty()"),
    ("len", "length()"),
    ("map", "select(…)"),
    ("mean", "avg(…)"),
    ("number", "toDecimal()"),
    ("pow", "power(…)"),
    ("regex", "matches('…')"),
    ("selected", "a contains 'code'"),
    ("size", "count()"),
    ("some", "exists(…)"),
    ("string", "toString()"),
    ("toLowerCase", "lower()"),
    ("toNumber", "toDecimal()"),
    ("toUpperCase", "upper()"),
];

/// The function of a name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name).copied()
}

/// The name of every function.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

/// A function, for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionDoc {
    /// Its name.
    pub name: &'static str,
    /// How it is called; the parts in square brackets may be left out.
    pub signature: &'static str,
    /// What it gives, in a sentence.
    pub summary: &'static str,
    /// Whether FHIRPath has it.
    pub standard: bool,
    /// Expressions with the literal that they equal.
    pub examples: &'static [(&'static str, &'static str)],
}

/// Every function, in the order of its name.
#[must_use]
pub fn reference() -> Vec<FunctionDoc> {
    let doc = |function: &&'static Function| FunctionDoc {
        name: function.name,
        signature: function.signature,
        summary: function.summary,
        standard: function.standard,
        examples: function.examples,
    };
    FUNCTIONS.iter().map(doc).collect()
}

//! Questions, their choices, and the words for how they are drawn.

use super::document::CHECK;
use super::{SENSITIVITIES, optional, required};
use crate::questionnaire::shape::Shape::{
    self, Boolean, Choices, Expression, List, Map, Number, Object, Scalar, Text, Texts, Whole, Word, Words,
};
use crate::questionnaire::shape::Table;
use crate::value::Absence;

/// How a question can be drawn.
pub const WIDGETS: &[&str] = &[
    "textarea",
    "radio",
    "buttons",
    "cards",
    "select",
    "autocomplete",
    "faces",
    "faces-worse",
    "slider",
    "grid",
    "ranking",
    "timer",
    "signature",
    "thumbprint",
    "photo",
    "note",
    "hidden",
    "keypad",
    "roster",
];

/// Formats of text; all but `date` are the project's own.
pub const FORMATS: &[&str] = &["date", "partial-date", "time-of-day", "geo-uri", "attachment"];

const ABSENCES: &[&str] = &[
    Absence::Declined.code(),
    Absence::DontKnow.code(),
    Absence::NotApplicable.code(),
    Absence::NotAsked.code(),
    Absence::Unable.code(),
];

/// A question.
pub static QUESTION: Table = Table {
    what: "a question",
    keywords: &[
        required("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("placeholder", Text),
        optional("type", Word(&["boolean", "integer", "number", "string", "array"])),
        optional("format", Word(FORMATS)),
        optional("enum", Shape::Scalars),
        optional("oneOf", Choices),
        optional("choicesFrom", Text),
        optional("minimum", Number),
        optional("maximum", Number),
        optional("exclusiveMinimum", Number),
        optional("exclusiveMaximum", Number),
        optional("multipleOf", Number),
        optional("minLength", Whole),
        optional("maxLength", Whole),
        optional("pattern", Text),
        optional("items", Object(&ITEMS)),
        optional("uniqueItems", Boolean),
        optional("minItems", Whole),
        optional("maxItems", Whole),
        optional("itemTitle", Text),
        optional("countFrom", Text),
        optional("uniqueKey", Texts),
        optional("visibleIf", Expression),
        optional("requiredIf", Expression),
        optional("readOnlyIf", Expression),
        optional("calculate", Expression),
        optional("checks", List(&Object(&CHECK))),
        optional("choiceFilter", Expression),
        optional("absence", Words(ABSENCES)),
        optional("expected", Boolean),
        optional("answerOrRefusal", Boolean),
        optional("askAlone", Boolean),
        optional("sensitivity", Word(SENSITIVITIES)),
        optional("qualification", Text),
        optional("safety", Boolean),
        optional("unit", Text),
        optional("widget", Word(WIDGETS)),
        optional("concepts", List(&Object(&CONCEPT))),
        optional("default", Scalar),
        optional("prefill", Text),
        optional("allow", Map(&Text)),
    ],
};

static ITEMS: Table = Table {
    what: "the items of a list",
    keywords: &[
        optional("type", Word(&["string", "integer", "object"])),
        optional("enum", Shape::Scalars),
        optional("oneOf", Choices),
        optional("choicesFrom", Text),
        optional("properties", Map(&Object(&QUESTION))),
        optional("required", Texts),
        optional("unevaluatedProperties", Shape::False),
    ],
};

/// A choice.
pub static CHOICE: Table = Table {
    what: "a choice",
    keywords: &[
        required("const", Scalar),
        required("title", Text),
        optional("score", Number),
        optional("picture", Text),
        optional("concepts", List(&Object(&CONCEPT))),
    ],
};

static CONCEPT: Table = Table {
    what: "a coded meaning",
    keywords: &[required("system", Text), required("code", Text), optional("display", Text)],
};

//! The dialect as data: which keywords stand where, and what they hold.
//!
//! The tables drive the check of every file and the reference for authors; a test holds them to the meta-schemas in
//! `schemas/dialect`, so that an editor and the engine agree.

use super::shape::Shape::{
    self, Boolean, Choices, Expression, List, Map, Name, Number, Object, Scalar, Text, Texts, Whole, Word,
    Words,
};
use super::shape::{Keyword, Table};
use crate::value::Absence;

const fn required(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: true }
}

const fn optional(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: false }
}

/// The words for [`crate::plan::Sensitivity`].
pub const SENSITIVITIES: &[&str] = &["ordinary", "identifying", "sensitive", "highly_sensitive"];

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
const URGENCIES: &[&str] = &["now", "24h", "72h", "14d", "30d", "routine"];
const BASES: &[&str] = &["felt", "expressed", "normative"];
const DOMAINS: &[&str] =
    &["D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12"];
const GRADES: &[&str] = &["R0", "R1", "R2", "R3"];

/// The root of a questionnaire.
pub static QUESTIONNAIRE: Table = Table {
    what: "a questionnaire",
    keywords: &[
        required("$schema", Text),
        required("id", Name),
        required("version", Text),
        required("title", Text),
        optional("description", Text),
        required("languages", Texts),
        optional("type", Word(&["object"])),
        optional("offer", Expression),
        optional("subject", Object(&SUBJECT)),
        optional("lists", Map(&Object(&LIST_USE))),
        required("allOf", List(&Shape::Section)),
        required("unevaluatedProperties", Shape::False),
        optional("checks", List(&Object(&CHECK))),
        optional("scores", Map(&Object(&SCORE))),
        optional("rules", List(&Object(&RULE))),
        optional("review", Object(&REVIEW)),
        optional("allow", Map(&Text)),
    ],
};

/// A section of a questionnaire.
pub static SECTION: Table = Table {
    what: "a section",
    keywords: &[
        required("id", Name),
        required("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("type", Word(&["object"])),
        required("properties", Map(&Object(&QUESTION))),
        optional("required", Texts),
        optional("visibleIf", Expression),
        optional("readOnlyIf", Expression),
        optional("askAlone", Boolean),
        optional("sensitivity", Word(SENSITIVITIES)),
        optional("qualification", Text),
        optional("expected", Boolean),
        optional("checks", List(&Object(&CHECK))),
        optional("scores", Map(&Object(&SCORE))),
        optional("rules", List(&Object(&RULE))),
        optional("allow", Map(&Text)),
    ],
};

/// What may stand beside the `$ref` of a section.
pub static SECTION_REFERENCE: Table = Table {
    what: "a section that refers to an instrument",
    keywords: &[
        required("$ref", Text),
        optional("id", Name),
        optional("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("visibleIf", Expression),
        optional("readOnlyIf", Expression),
        optional("askAlone", Boolean),
        optional("sensitivity", Word(SENSITIVITIES)),
        optional("qualification", Text),
        optional("expected", Boolean),
        optional("allow", Map(&Text)),
    ],
};

/// The root of an instrument.
pub static INSTRUMENT: Table = Table {
    what: "an instrument",
    keywords: &[
        required("$schema", Text),
        required("id", Name),
        required("version", Text),
        required("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        required("licence", Text),
        required("source", Text),
        optional("type", Word(&["object"])),
        required("properties", Map(&Object(&QUESTION))),
        optional("required", Texts),
        optional("visibleIf", Expression),
        optional("readOnlyIf", Expression),
        optional("askAlone", Boolean),
        optional("sensitivity", Word(SENSITIVITIES)),
        optional("qualification", Text),
        optional("expected", Boolean),
        optional("checks", List(&Object(&CHECK))),
        optional("scores", Map(&Object(&SCORE))),
        optional("rules", List(&Object(&RULE))),
        optional("allow", Map(&Text)),
    ],
};

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

static CHECK: Table = Table {
    what: "a check",
    keywords: &[
        required("id", Name),
        required("assert", Expression),
        required("message", Text),
        optional("severity", Word(&["error", "warning", "info"])),
        optional("allow", Map(&Text)),
    ],
};

static SUBJECT: Table = Table {
    what: "the subject",
    keywords: &[
        optional("birthDate", Text),
        optional("birthPrecision", Text),
        optional("sex", Text),
        optional("ethnicGroup", Text),
        optional("ageRule", Word(&["birthday"])),
        optional("leapDay", Word(&["03-01"])),
        optional("groups", Texts),
        optional("legalFlags", Map(&Expression)),
    ],
};

static LIST_USE: Table =
    Table { what: "a list", keywords: &[optional("$ref", Text), optional("entries", List(&Shape::Entry))] };

/// The root of a list.
pub static LIST: Table = Table {
    what: "a list",
    keywords: &[
        required("$schema", Text),
        required("id", Name),
        required("version", Text),
        required("title", Text),
        optional("description", Text),
        optional("source", Text),
        required("entries", List(&Shape::Entry)),
        optional("allow", Map(&Text)),
    ],
};

static SCORE: Table = Table {
    what: "a score",
    keywords: &[
        required("title", Text),
        optional("description", Text),
        optional("items", List(&Shape::ScoreItem)),
        required("method", Word(&["sum", "mean", "count", "max", "weighted", "expression"])),
        optional("expression", Expression),
        optional("missing", Object(&MISSING)),
        optional("min", Number),
        optional("max", Number),
        optional("step", Number),
        optional("rounding", Whole),
        optional("bands", List(&Object(&BAND))),
        optional("alternativeBands", Map(&List(&Object(&BAND)))),
        optional("adjustments", Object(&ADJUSTMENTS)),
        optional("structure", Text),
        optional("source", Text),
        optional("licence", Text),
        required("fidelity", Word(&["verbatim", "adapted", "structure_only", "imported"])),
        optional("permission", Text),
        optional("show", Boolean),
        optional("allow", Map(&Text)),
    ],
};

/// An item of a score that is a question.
pub static SCORE_QUESTION: Table = Table {
    what: "an item of a score",
    keywords: &[required("name", Text), optional("weight", Number), optional("reverse", Boolean)],
};

/// An item of a score that is a condition.
pub static SCORE_CONDITION: Table = Table {
    what: "an item of a score",
    keywords: &[
        required("id", Name),
        required("when", Expression),
        optional("points", Number),
        optional("weight", Number),
        optional("reverse", Boolean),
    ],
};

static MISSING: Table = Table {
    what: "a missing rule",
    keywords: &[
        required("rule", Word(&["interval", "none", "prorate", "blankZero"])),
        optional("minAnswered", Whole),
        optional("maxBlank", Whole),
    ],
};

static BAND: Table = Table {
    what: "a band",
    keywords: &[
        required("id", Name),
        required("from", Number),
        required("to", Number),
        optional("title", Text),
        optional("level", Whole),
    ],
};

static ADJUSTMENTS: Table = Table {
    what: "the adjustments of a score",
    keywords: &[
        optional("cap", Whole),
        optional("stacking", Word(&["once", "each"])),
        optional("set", List(&Object(&SET))),
        optional("raise", List(&Object(&RAISE))),
    ],
};

static SET: Table = Table {
    what: "an adjustment",
    keywords: &[required("id", Name), required("when", Expression), required("level", Whole)],
};

static RAISE: Table = Table {
    what: "an adjustment",
    keywords: &[required("id", Name), required("when", Expression), required("steps", Whole)],
};

static RULE: Table = Table {
    what: "a rule",
    keywords: &[
        required("id", Name),
        required("title", Text),
        optional("why", Text),
        optional("source", Text),
        optional("when", Expression),
        optional("levels", List(&Object(&STEP))),
        optional("need", Object(&NEED)),
        optional("alert", Object(&ALERT)),
        optional("notAssessed", Object(&NOT_ASSESSED)),
        optional("review", Object(&RULE_REVIEW)),
        optional("recommend", Object(&RECOMMEND)),
        optional("allow", Map(&Text)),
    ],
};

static STEP: Table = Table {
    what: "a step of a rule",
    keywords: &[
        required("when", Expression),
        optional("level", Whole),
        optional("grade", Word(GRADES)),
        optional("urgency", Word(URGENCIES)),
        optional("services", Texts),
    ],
};

static NEED: Table = Table {
    what: "a need",
    keywords: &[
        required("domain", Word(DOMAINS)),
        required("code", Name),
        required("label", Text),
        optional("level", Whole),
        optional("basis", Word(BASES)),
        optional("urgency", Word(URGENCIES)),
        optional("services", Texts),
    ],
};

static ALERT: Table = Table {
    what: "an alert",
    keywords: &[
        required("code", Name),
        required("label", Text),
        optional("grade", Word(GRADES)),
        optional("script", Text),
        optional("mandatoryReport", Boolean),
    ],
};

static NOT_ASSESSED: Table =
    Table { what: "an outcome", keywords: &[required("domain", Word(DOMAINS)), required("reason", Text)] };

static RULE_REVIEW: Table =
    Table { what: "a review", keywords: &[required("within", Whole), optional("reason", Text)] };

static RECOMMEND: Table = Table {
    what: "a recommendation",
    keywords: &[optional("service", Text), optional("check", Name), optional("label", Text)],
};

static REVIEW: Table = Table {
    what: "the review intervals",
    keywords: &[
        optional("alert", Whole),
        optional("level3", Whole),
        optional("level2", Whole),
        optional("level1", Whole),
        optional("none", Whole),
    ],
};

/// The root of a language pack.
pub static PACK: Table = Table {
    what: "a language pack",
    keywords: &[
        required("$schema", Text),
        required("language", Text),
        required("for", Text),
        optional("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("sections", Map(&Object(&PACK_SECTION))),
        optional("questions", Map(&Object(&PACK_QUESTION))),
        optional("scores", Map(&Object(&PACK_SCORE))),
        optional("rules", Map(&Object(&PACK_RULE))),
        optional("checks", Map(&Text)),
        optional("entries", Map(&Text)),
    ],
};

static PACK_SECTION: Table = Table {
    what: "the texts of a section",
    keywords: &[
        optional("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("checks", Map(&Text)),
    ],
};

static PACK_QUESTION: Table = Table {
    what: "the texts of a question",
    keywords: &[
        optional("title", Text),
        optional("description", Text),
        optional("guidance", Text),
        optional("placeholder", Text),
        optional("unit", Text),
        optional("itemTitle", Text),
        optional("choices", Map(&Text)),
        optional("checks", Map(&Text)),
    ],
};

static PACK_SCORE: Table = Table {
    what: "the texts of a score",
    keywords: &[optional("title", Text), optional("description", Text), optional("bands", Map(&Text))],
};

static PACK_RULE: Table = Table {
    what: "the texts of a rule",
    keywords: &[
        optional("title", Text),
        optional("why", Text),
        optional("label", Text),
        optional("script", Text),
        optional("reason", Text),
    ],
};

/// JSON Schema keywords that mean something to a validator but have no place in a questionnaire.
pub const LEFT_OUT: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$vocabulary",
    "additionalProperties",
    "anyOf",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "definitions",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "else",
    "if",
    "maxContains",
    "maxProperties",
    "minContains",
    "minProperties",
    "not",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "readOnly",
    "then",
    "unevaluatedItems",
    "writeOnly",
];

//! The dialect as data: which keywords stand where, and what they hold.
//!
//! The tables drive the check of every file and the reference for authors; a test holds them to the meta-schemas in
//! `schemas/dialect`, so that an editor and the engine agree.

mod document;
mod pack;
mod question;
mod rule;
mod score;

pub use document::{INSTRUMENT, LIST, QUESTIONNAIRE, SECTION, SECTION_REFERENCE};
pub use pack::PACK;
pub use question::{CHOICE, FORMATS, QUESTION, WIDGETS};
pub use score::{SCORE_CONDITION, SCORE_QUESTION};

use super::shape::{Keyword, Shape};

const fn required(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: true }
}

const fn optional(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: false }
}

/// The words for [`crate::plan::Sensitivity`].
pub const SENSITIVITIES: &[&str] = &["ordinary", "identifying", "sensitive", "highly_sensitive"];

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

//! What stands at the root of a file and in a section: questionnaires, instruments, lists, checks.

use super::question::QUESTION;
use super::rule::RULE;
use super::score::SCORE;
use super::{SENSITIVITIES, optional, required};
use crate::questionnaire::shape::Shape::{
    self, Boolean, Expression, List, Map, Name, Object, Text, Texts, Whole, Word,
};
use crate::questionnaire::shape::Table;

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

pub(super) static CHECK: Table = Table {
    what: "a check",
    keywords: &[
        required("id", Name),
        required("assert", Expression),
        required("message", Text),
        optional("severity", Word(&["error", "warning", "info"])),
        optional("allow", Map(&Text)),
    ],
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

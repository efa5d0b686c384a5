//! Scores: items, what is missing, bands, adjustments.

use super::{optional, required};
use crate::questionnaire::shape::Shape::{
    self, Boolean, Expression, List, Map, Name, Number, Object, Text, Whole, Word,
};
use crate::questionnaire::shape::Table;

pub(super) static SCORE: Table = Table {
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

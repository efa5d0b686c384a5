//! Language packs: the texts of a file in another language.

use super::{optional, required};
use crate::questionnaire::shape::Shape::{Map, Object, Text};
use crate::questionnaire::shape::Table;

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

//! Rules: their steps, needs and alerts, and what they recommend.

use super::{optional, required};
use crate::questionnaire::shape::Shape::{
    Boolean, Expression, List, Map, Name, Object, Text, Texts, Whole, Word,
};
use crate::questionnaire::shape::Table;

const URGENCIES: &[&str] = &["now", "24h", "72h", "14d", "30d", "routine"];
const BASES: &[&str] = &["felt", "expressed", "normative"];
const DOMAINS: &[&str] =
    &["D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12"];
const GRADES: &[&str] = &["R0", "R1", "R2", "R3"];

pub(super) static RULE: Table = Table {
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

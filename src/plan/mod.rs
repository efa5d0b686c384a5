//! A questionnaire made ready: ids instead of names, types, programs, the order in which things depend.
//!
//! A [`Plan`] never changes and can be shared between threads. It is the only thing that a session, the scores and
//! a profile know of a questionnaire.

mod check;
mod choice;
mod constraint;
mod field;
mod question;
mod rule;
mod score;
mod section;
mod subject;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use check::{Check, CheckId};
pub use choice::{Choice, ChoiceSource, List, ListEntry, ListId};
pub use constraint::Constraints;
pub use field::Field;
pub use question::{AnswerKind, DateShape, Demand, Question, QuestionId, Repeat, Sensitivity, TextShape};
pub use rule::{AlertGrade, Basis, Domain, Need, Outcome, Rule, RuleId, RuleStep, Urgency};
pub use score::{
    Adjustment, AdjustmentKind, Adjustments, Band, Fidelity, Item, ItemPoints, Method, MissingRule, Score, ScoreId, Stacking,
};
pub use section::{Section, SectionId};
pub use subject::{ReviewDays, Subject};
pub use text::{LanguageId, Localised, Piece, Template};

use crate::expression::FieldId;

/// A compiled questionnaire.
#[derive(Debug)]
pub struct Plan {
    /// Its id, the same in every version.
    pub id: Arc<str>,
    /// Its version, as the author wrote it.
    pub version: Arc<str>,
    /// `sha256:` and the hash of the bundled document: instruments, lists and language packs resolved.
    pub content_hash: Arc<str>,
    /// `sha256:` and the hash of the scores, rules and thresholds alone.
    pub rules_hash: Arc<str>,
    /// BCP 47 tags; the first is the language of the document.
    pub languages: Vec<Arc<str>>,
    /// The name of the questionnaire.
    pub title: Localised,
    /// What it is for.
    pub description: Option<Localised>,
    /// Whether to offer it for a person: decided by the list of forms, never a condition inside.
    pub offer: Option<Program>,
    /// In document order.
    pub sections: Vec<Section>,
    /// In document order, columns of a repeat right after it. [`QuestionId`] indexes this.
    pub questions: Vec<Question>,
    /// [`CheckId`] indexes this.
    pub checks: Vec<Check>,
    /// [`ScoreId`] indexes this. In an order in which a score comes after the scores that it reads.
    pub scores: Vec<Score>,
    /// [`RuleId`] indexes this; in document order.
    pub rules: Vec<Rule>,
    /// [`ListId`] indexes this.
    pub lists: Vec<List>,
    /// Which answers describe the person.
    pub subject: Subject,
    /// When to look again.
    pub review: ReviewDays,
    pub(crate) names: BTreeMap<Arc<str>, FieldId>,
    pub(crate) graph: graph::Graph,
}

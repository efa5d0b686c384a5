use std::sync::Arc;

use super::{Localised, QuestionId};
use crate::diagnostic::Place;
use crate::expression::Program;
use crate::value::{Decimal, Interval};

/// An index into [`super::Plan::scores`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScoreId(pub u32);

impl ScoreId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A scale: what is counted how, what missing items mean, which bands there are, and where that comes from.
#[derive(Clone, Debug)]
pub struct Score {
    /// Its id, which is also its name in expressions.
    pub id: Arc<str>,
    /// What a person reads.
    pub title: Localised,
    /// More about it.
    pub description: Option<Localised>,
    /// What is counted, in order.
    pub items: Vec<Item>,
    /// How.
    pub method: Method,
    /// What missing items mean.
    pub missing: MissingRule,
    /// The least and the most that it can be, from the items.
    pub range: Interval,
    /// The step between two possible values.
    pub step: Decimal,
    /// Digits after the point, where the author said.
    pub rounding: Option<u32>,
    /// In ascending order, without gaps at the step.
    pub bands: Vec<Band>,
    /// Other published bands, by name; never used by rules.
    pub alternative_bands: Vec<(Arc<str>, Vec<Band>)>,
    /// What moves the level of a band.
    pub adjustments: Option<Adjustments>,
    /// What it is built like.
    pub structure: Option<Arc<str>>,
    /// Where its cut-offs come from.
    pub source: Option<Arc<str>>,
    /// Under which terms it may be used.
    pub licence: Option<Arc<str>>,
    /// How near its items are to the published ones.
    pub fidelity: Fidelity,
    /// Fingerprint of how it counts and of what its answers mean, whatever the wording.
    pub definition: Arc<str>,
    /// Shown to the worker while it grows.
    pub show: bool,
    /// Every question that its items read.
    pub questions: Vec<QuestionId>,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

impl Score {
    /// Every expression of it: its own, the conditions of its items, what moves its level.
    pub(crate) fn programs(&self) -> impl Iterator<Item = &Program> {
        let own = match &self.method {
            Method::Expression(program) => Some(program),
            _ => None,
        };
        let items = self.items.iter().filter_map(|item| match &item.points {
            ItemPoints::Condition(when, _) => Some(when),
            ItemPoints::Question(_) | ItemPoints::Score(_) => None,
        });
        let moves = self.adjustments.iter().flat_map(|adjustments| &adjustments.list);
        own.into_iter().chain(items).chain(moves.map(|adjustment| &adjustment.when))
    }
}

/// One thing that a score counts.
#[derive(Clone, Debug)]
pub struct Item {
    /// The name of the question or of the score, or the id of a condition.
    pub id: Arc<str>,
    /// Where its points come from.
    pub points: ItemPoints,
    /// Multiplies the points.
    pub weight: Decimal,
    /// Counts from the other end: least + most − points.
    pub reverse: bool,
    /// The least and most points (before the weight).
    pub range: Interval,
}

/// Where the points of an item come from.
#[derive(Clone, Debug)]
pub enum ItemPoints {
    /// The answer to a question: the score of its choice, its number, or 1 for yes and 0 for no.
    Question(QuestionId),
    /// Another score: its value, or what its missing items leave open.
    Score(ScoreId),
    /// So many points if the condition is true, 0 if it is false.
    Condition(Program, Decimal),
}

/// How items become a value.
#[derive(Clone, Debug)]
pub enum Method {
    /// Points added up.
    Sum,
    /// Points times their weights, added up. A sum may carry weights too: only the word differs.
    Weighted,
    /// The mean of the points.
    Mean,
    /// How many items have points.
    Count,
    /// The highest points.
    Max,
    /// An expression over answers and other scores.
    Expression(Program),
}

impl Method {
    /// The word for it on the wire.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Weighted => "weighted",
            Self::Mean => "mean",
            Self::Count => "count",
            Self::Max => "max",
            Self::Expression(_) => "expression",
        }
    }
}

/// What missing items mean for the value. The interval is computed whatever the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingRule {
    /// No value unless every item is answered; a band all the same where the interval decides it.
    Interval,
    /// No value and no band unless every item is answered.
    None,
    /// The mean of the answered items stands for the others, from this many answered.
    Prorate {
        /// How many must be answered.
        min_answered: u32,
    },
    /// A blank counts 0, up to this many; with more the score is invalid.
    BlankZero {
        /// How many may be blank.
        max_blank: u32,
    },
}

/// A range of values with a meaning.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its id.
    pub id: Arc<str>,
    /// The least value in it.
    pub from: Decimal,
    /// The highest value in it.
    pub to: Decimal,
    /// What a person reads.
    pub title: Option<Localised>,
    /// A level, where the scale has levels.
    pub level: Option<u8>,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

/// What moves the level of a band.
#[derive(Clone, Debug)]
pub struct Adjustments {
    /// In order: first those that set a level, then those that raise it.
    pub list: Vec<Adjustment>,
    /// No higher than this.
    pub cap: u8,
    /// Whether several raises add up.
    pub stacking: Stacking,
}

/// Whether several raises add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stacking {
    /// However many are true, the level moves by the largest step of one.
    Once,
    /// Each adds its steps.
    Each,
}

/// One thing that moves the level of a band. It acts only if it is surely true.
#[derive(Clone, Debug)]
pub struct Adjustment {
    /// Its id.
    pub id: Arc<str>,
    /// When it acts.
    pub when: Program,
    /// What it does.
    pub kind: AdjustmentKind,
}

/// What an [`Adjustment`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdjustmentKind {
    /// The level becomes this.
    Set(u8),
    /// The level goes up by so many steps.
    Raise(u8),
}

/// How near a score's items are to those of the published instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fidelity {
    /// The published items, with permission.
    Verbatim,
    /// The published structure with other wording.
    Adapted,
    /// The dimensions only.
    StructureOnly,
    /// A result computed elsewhere.
    Imported,
}

impl Fidelity {
    /// The word for it on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Adapted => "adapted",
            Self::StructureOnly => "structure_only",
            Self::Imported => "imported",
        }
    }
}

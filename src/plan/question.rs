use std::sync::Arc;

use super::{CheckId, Choice, ChoiceSource, Constraints, Localised, SectionId};
use crate::diagnostic::Place;
use crate::expression::Program;
use crate::json::NodeId;
use crate::value::{Absence, Value};

/// An index into [`super::Plan::questions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub u32);

impl QuestionId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One question, calculation, note or repeat.
#[derive(Clone, Debug)]
pub struct Question {
    /// The key of its answer.
    pub name: Arc<str>,
    /// JSON Pointer of its place in the questionnaire.
    pub pointer: Arc<str>,
    /// Where it stands in the questionnaire.
    pub place: Place,
    /// The section in which it stands.
    pub section: SectionId,
    /// The repeat of which it is a column.
    pub parent: Option<QuestionId>,
    /// What the person is asked.
    pub title: Localised,
    /// A hint for the person.
    pub description: Option<Localised>,
    /// Advice for the worker.
    pub guidance: Option<Localised>,
    /// What stands in an empty box.
    pub placeholder: Option<Localised>,
    /// The unit of a number.
    pub unit: Option<Localised>,
    /// What kind of answer it takes.
    pub kind: AnswerKind,
    /// JSON Schema's constraints on the answer.
    pub constraints: Constraints,
    /// How it is drawn, where the author said.
    pub widget: Option<Arc<str>>,
    /// Whether an answer is needed.
    pub demand: Demand,
    /// Shown only if true.
    pub visible_if: Option<Program>,
    /// A value is needed if true.
    pub required_if: Option<Program>,
    /// Not to be changed if true.
    pub read_only_if: Option<Program>,
    /// Calculated, never answered.
    pub calculate: Option<Program>,
    /// Choices kept only if true.
    pub choice_filter: Option<Program>,
    /// Checks shown at this question.
    pub checks: Vec<CheckId>,
    /// The absence codes that it offers.
    pub absences: Vec<Absence>,
    /// Its refusal is never a "no": see [`Question::safety`].
    pub safety: bool,
    /// To be asked with nobody else in the room.
    pub ask_alone: bool,
    /// Who may see the answer.
    pub sensitivity: Sensitivity,
    /// A qualification that the interface asks for; it never feeds relevance.
    pub qualification: Option<Arc<str>>,
    /// The value at the start.
    pub default: Option<Value>,
    /// What it means in code systems.
    pub concepts: Vec<Concept>,
    /// Where in the profile of the time before its answer is taken over from: a JSON Pointer; in a repeat, from the
    /// element that the row stands for.
    pub prefill: Option<Arc<str>>,
    /// The file, and the place in it, where it is written.
    pub(crate) written: (usize, NodeId),
    /// The number of this question's cell within its row (or the form).
    pub(crate) slot: u32,
}

/// A coded meaning of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The address of the code system, such as `http://loinc.org`.
    pub system: Arc<str>,
    /// The code in it.
    pub code: Arc<str>,
    /// How the code system calls it.
    pub display: Option<Arc<str>>,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug)]
pub enum AnswerKind {
    /// Yes or no.
    Boolean,
    /// A number.
    Number {
        /// Only whole numbers.
        integer: bool,
    },
    /// Text.
    Text(TextShape),
    /// A calendar date.
    Date(DateShape),
    /// A time of day.
    Time,
    /// One of several codes; `numbers` where the codes are whole numbers.
    Choice {
        /// What is offered.
        choices: ChoiceSource,
        /// Whether the codes are whole numbers, recorded as numbers.
        numbers: bool,
    },
    /// Any of several codes.
    Choices {
        /// What is offered.
        choices: ChoiceSource,
        /// Whether the order is the answer.
        ranking: bool,
    },
    /// Rows of further questions.
    Repeat(Repeat),
    /// Nothing to answer.
    Note,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextShape {
    /// Any text.
    Plain,
    /// `geo:lat,lon;u=metres`
    Location,
    /// `sha256:…`, bytes apart.
    Attachment,
}

/// What a date must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateShape {
    /// Year, month and day.
    Full,
    /// At least a year.
    Partial,
}

/// The rows of a repeat.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// Its columns, in order.
    pub columns: Vec<QuestionId>,
    /// The heading of a row.
    pub item_title: Option<Localised>,
    /// The question that says how many rows there are.
    pub count_from: Option<QuestionId>,
    /// Columns whose values together may stand in one row only.
    pub unique_key: Vec<QuestionId>,
}

/// Whether an answer is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// May be left open without a word.
    Optional,
    /// May be left open, and is listed as missing.
    Expected,
    /// Blocks until there is a value or a typed absence.
    AnswerOrRefusal,
    /// Blocks until there is a value.
    Required,
}

/// Who may see an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sensitivity {
    /// Whoever may see the case.
    #[default]
    Ordinary,
    /// Tells who the person is; goes into the detachable part.
    Identifying,
    /// Leaves only with consent for its kind.
    Sensitive,
    /// Leaves only for those named.
    HighlySensitive,
}

impl Question {
    /// The choices written at the question; none for a shared list (see [`super::Plan::choices`]).
    #[must_use]
    pub fn own_choices(&self) -> &[Choice] {
        match &self.kind {
            AnswerKind::Choice { choices: ChoiceSource::Own(choices), .. }
            | AnswerKind::Choices { choices: ChoiceSource::Own(choices), .. } => choices,
            _ => &[],
        }
    }

    /// Whether a person answers it: not a note, not a calculation.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.calculate.is_none() && !matches!(self.kind, AnswerKind::Note)
    }

    /// Whether nobody ever sees it (`widget: hidden`), whatever else holds.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.widget.as_deref() == Some("hidden")
    }

    /// The rows, if it is a repeat.
    #[must_use]
    pub fn repeat(&self) -> Option<&Repeat> {
        match &self.kind {
            AnswerKind::Repeat(repeat) => Some(repeat),
            _ => None,
        }
    }
}

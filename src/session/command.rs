use super::Node;
use crate::expression::RowId;
use crate::plan::LanguageId;
use crate::value::{Absence, Informant, Value};

/// Something that a person does to an interview. A session is its commands: applied again in the same order, they
/// give the same state.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Gives, changes or takes back an answer. An absence recorded before is dropped.
    Answer {
        /// Which question.
        node: Node,
        /// The answer; none, or a blank one, takes it back.
        value: Option<Value>,
    },
    /// Says why there is no answer, or takes that back. A value given before is dropped.
    Absent {
        /// Which question.
        node: Node,
        /// Why; none takes it back.
        absence: Option<Absence>,
    },
    /// Says who an answer comes from.
    Inform {
        /// Which question.
        node: Node,
        /// Who.
        informant: Informant,
    },
    /// Adds a row to a repeat.
    AddRow {
        /// Which repeat.
        repeat: Node,
        /// Before which row, counted from 0; at the end if none.
        at: Option<usize>,
    },
    /// Removes a row with all that stands in it.
    RemoveRow {
        /// Which row.
        row: RowId,
    },
    /// Moves a row within its repeat.
    MoveRow {
        /// Which row.
        row: RowId,
        /// Its new place, counted from 0.
        to: usize,
    },
    /// Changes the language of texts.
    Language(LanguageId),
}

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// There is no such question in such a row.
    NoSuchNode,
    /// There is no such row.
    NoSuchRow,
    /// It is a note, a calculation or a repeat: nobody answers it.
    NotAnswerable,
    /// It must not be changed now.
    ReadOnly,
    /// A value of this type is no answer to this question.
    WrongType,
    /// The question does not take this absence code.
    AbsenceNotOffered,
    /// The number of rows follows from an answer.
    CountedRows,
    /// A session takes no more rows.
    TooManyRows,
    /// The questionnaire does not speak this language.
    NoSuchLanguage,
}

impl Refusal {
    /// Why, in words.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoSuchNode => "there is no such question here",
            Self::NoSuchRow => "there is no such row",
            Self::NotAnswerable => "this is not answered: it is a note, a calculation or a group of rows",
            Self::ReadOnly => "this must not be changed now",
            Self::WrongType => "an answer of this type does not fit the question",
            Self::AbsenceNotOffered => "this question does not take this reason for having no answer",
            Self::CountedRows => "the number of rows follows from an answer",
            Self::TooManyRows => "there are too many rows",
            Self::NoSuchLanguage => "the questionnaire does not have this language",
        }
    }
}

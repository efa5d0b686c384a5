use super::{Accounts, Contents, Node};
use crate::expression::RowId;
use crate::plan::LanguageId;
use crate::value::{Absence, Informant, Value};

/// Something that a person does to an interview. A session is its commands: applied again in the same order, they
/// give the same state.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Says all of a question at once: what takes back one of the three before it, and what is done where several
    /// people answer the same question.
    Put {
        /// Which question.
        node: Node,
        /// The answer.
        value: Option<Value>,
        /// Why there is none.
        absence: Option<Absence>,
        /// Who it comes from.
        informant: Informant,
        /// What others said; what is there stays where none are given.
        accounts: Option<Accounts>,
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
    /// Brings a removed row back, under the number that it had: what takes back a removal.
    RestoreRow(Box<RemovedRow>),
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

/// A row that was removed, with all that stood in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedRow {
    /// Of which repeat.
    pub repeat: Node,
    /// Its number.
    pub row: RowId,
    /// Its place, counted from 0.
    pub at: usize,
    /// What stood in it.
    pub contents: Contents,
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
    /// The row that should come back is there.
    RowIsThere,
    /// Nothing was done that can be taken back.
    NothingToUndo,
    /// Nothing was taken back that can be done again.
    NothingToRedo,
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
            Self::NothingToUndo => "there is nothing to take back",
            Self::NothingToRedo => "there is nothing to do again",
            Self::RowIsThere => "the row is there",
            Self::NoSuchLanguage => "the questionnaire does not have this language",
        }
    }
}

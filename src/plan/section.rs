use std::sync::Arc;

use super::{CheckId, Localised, QuestionId, Sensitivity};
use crate::diagnostic::Place;
use crate::expression::Program;

/// An index into [`super::Plan::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

impl SectionId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A part of the interview. It carries no data: moving a question to another section changes no answer.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its id, for addresses and provenance.
    pub id: Arc<str>,
    /// Its heading.
    pub title: Localised,
    /// A text under the heading.
    pub description: Option<Localised>,
    /// Advice for the worker.
    pub guidance: Option<Localised>,
    /// Its questions, in order, without the columns of repeats.
    pub questions: Vec<QuestionId>,
    /// Asked only if true.
    pub visible_if: Option<Program>,
    /// Not to be changed if true.
    pub read_only_if: Option<Program>,
    /// To be asked with nobody else in the room.
    pub ask_alone: bool,
    /// Who may see its answers, unless a question says otherwise.
    pub sensitivity: Sensitivity,
    /// A qualification that the interface asks for.
    pub qualification: Option<Arc<str>>,
    /// Checks shown at its end.
    pub checks: Vec<CheckId>,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

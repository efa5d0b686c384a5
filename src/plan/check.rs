use std::sync::Arc;

use super::{Localised, QuestionId, SectionId};
use crate::diagnostic::{Place, Severity};
use crate::expression::Program;

/// An index into [`super::Plan::checks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(pub u32);

/// What should hold between answers. It is violated only if it is surely false.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its id, unique among the checks of its question.
    pub id: Arc<str>,
    /// The question at which it is shown; none for a check of a section or the form.
    pub question: Option<QuestionId>,
    /// The section at whose end it is shown; none for a check of a question or the form.
    pub section: Option<SectionId>,
    /// What should hold.
    pub assert: Program,
    /// What to tell the worker.
    pub message: Localised,
    /// Only an error keeps an interview from being finished.
    pub severity: Severity,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

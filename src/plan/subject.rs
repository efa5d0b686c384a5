use std::sync::Arc;

use super::QuestionId;
use crate::diagnostic::Place;
use crate::expression::Program;

/// Which answers describe the person.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The birth date, from which the age is computed.
    pub birth_date: Option<QuestionId>,
    /// How precise the birth date is, where the worker said so.
    pub birth_precision: Option<QuestionId>,
    /// The sex.
    pub sex: Option<QuestionId>,
    /// The ethnic group.
    pub ethnic_group: Option<QuestionId>,
    /// Groups to which everybody assessed with this questionnaire belongs.
    pub groups: Vec<Arc<str>>,
    /// Computed by law, in order.
    pub legal_flags: Vec<(Arc<str>, Program)>,
    /// Where it stands in the questionnaire.
    pub place: Place,
}

/// After how many days to look again (project defaults, unless the questionnaire says otherwise).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewDays {
    /// With an open alert.
    pub alert: u32,
    /// With a need of level 3.
    pub level3: u32,
    /// With a need of level 2.
    pub level2: u32,
    /// With a need of level 1.
    pub level1: u32,
    /// Without a need.
    pub none: u32,
}

impl Default for ReviewDays {
    fn default() -> Self {
        Self { alert: 7, level3: 14, level2: 30, level1: 90, none: 180 }
    }
}

use std::rc::Rc;

use crate::profile::Profile;
use crate::session::Record;

use crate::worker::Remark;

/// How far finishing is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Outcome {
    /// The interview goes on.
    #[default]
    Open,
    /// The second check is at work, for this attempt.
    Checking(Attempt),
    /// The engine or the second check does not accept the answers.
    Refused(Rc<[Remark]>),
    /// There is a profile.
    Finished(Rc<Finished>),
}

/// An attempt to finish. Equal only to itself: what is said of one that ended meanwhile is said of other answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempt(Rc<()>);

impl PartialEq for Attempt {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A finished interview.
#[derive(Debug)]
pub(crate) struct Finished {
    /// What was answered.
    pub(crate) record: Record,
    /// What follows from it.
    pub(crate) profile: Profile,
    /// The profile's canonical text, without a line end.
    pub(crate) profile_text: String,
    /// Whether the second check has seen the record.
    pub(crate) verified: bool,
}

//! What the worker decided about the hand-out. It outlives the page, as long as the interview stays open: whoever comes
//! back must not print what was left out.

use std::collections::BTreeSet;

use yew::AttrValue;

use super::Store;

/// How the hand-out is to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Handout {
    /// In which language, if another one than that of the interview was chosen.
    pub(crate) language: Option<AttrValue>,
    /// The lines that stay out of it, by what they stand for.
    pub(crate) left_out: BTreeSet<String>,
}

impl Store {
    /// How the hand-out is to be printed.
    pub(crate) fn handout(&self) -> Handout {
        self.0.handout.borrow().clone()
    }

    /// Notes how the hand-out is to be printed.
    pub(crate) fn set_handout(&self, handout: Handout) {
        self.0.handout.replace(handout);
    }
}

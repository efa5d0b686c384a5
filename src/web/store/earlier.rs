use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::plan::{Plan, QuestionId};
use crate::profile::{self, AtHome, Before, LastTime, Previous, Profile};
use crate::value::PartialDate;

/// The profile of the time before, from which an interview goes on, and what was answered then.
#[derive(Debug)]
pub(crate) struct Earlier {
    profile: Profile,
    answers: BTreeMap<QuestionId, LastTime>,
    /// The ids of its needs that may lie on a table at home, once that was found out.
    told: OnceCell<BTreeSet<String>>,
}

impl Earlier {
    /// Looks up what was answered to the questions of this questionnaire. `then` is the questionnaire of that time,
    /// where it is known.
    pub(crate) fn new(plan: &Plan, profile: Profile, then: Option<&Plan>, today: PartialDate) -> Self {
        let previous = Previous { profile: &profile, plan: then };
        let answers = profile::last_time(plan, previous, today)
            .into_iter()
            .filter_map(|one| Some((plan.question_named(None, &one.name)?, one)))
            .collect();
        Self { profile, answers, told: OnceCell::new() }
    }

    /// The profile.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What is known of what of it may lie on a table at home; nothing before [`Self::find_told`].
    pub(crate) fn before(&self) -> Option<Before<'_>> {
        Some(Before { profile: &self.profile, told: self.told.get()? })
    }

    /// Finds out what of it may lie on a table at home, by the very questionnaire with which it was made.
    pub(crate) fn find_told(&self, then: &Arc<Plan>) {
        self.told.get_or_init(|| {
            let told = AtHome::new(then, &self.profile, None);
            told.needs().iter().map(|need| need.id.clone()).collect()
        });
    }

    /// What was answered to a question.
    pub(crate) fn answer(&self, question: QuestionId) -> Option<&LastTime> {
        self.answers.get(&question)
    }
}

use std::collections::BTreeMap;

use crate::plan::{Plan, QuestionId};
use crate::profile::{self, LastTime, Previous, Profile};
use crate::value::PartialDate;

/// The profile of the time before, from which an interview goes on, and what was answered then.
#[derive(Debug)]
pub(crate) struct Earlier {
    profile: Profile,
    answers: BTreeMap<QuestionId, LastTime>,
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
        Self { profile, answers }
    }

    /// The profile.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What was answered to a question.
    pub(crate) fn answer(&self, question: QuestionId) -> Option<&LastTime> {
        self.answers.get(&question)
    }
}

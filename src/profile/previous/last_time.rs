use serde_json::Value;

use super::Previous;
use crate::plan::Plan;
use crate::session::takes;
use crate::value::{Absence, Informant, PartialDate};

/// What was answered the time before: to be shown as last time's, never to be taken for an answer of today.
#[derive(Clone, Debug, PartialEq)]
pub struct LastTime {
    /// The question.
    pub name: String,
    /// What was answered.
    pub value: Option<Value>,
    /// Why there was no answer.
    pub absent: Option<Absence>,
    /// Who said so.
    pub informant: Informant,
    /// When, as the profile has it.
    pub assessed_on: String,
    /// How many days ago, where the dates say.
    pub days: Option<u32>,
    /// Whether the answer means the same today: the question is the same, or its answers are.
    pub comparable: bool,
}

/// The answers of the time before to the questions of this questionnaire, in document order. Rows are left out: which
/// row is which is not known.
#[must_use]
pub fn last_time(plan: &Plan, previous: Previous<'_>, today: PartialDate) -> Vec<LastTime> {
    let then = previous.profile;
    let same = plan.content_hash() == then.questionnaire.content_hash;
    let assessed_on = then.assessed_on.parse::<PartialDate>().ok().and_then(PartialDate::day_number);
    let days = today.day_number().zip(assessed_on).and_then(|(today, then)| u32::try_from(today - then).ok());
    plan.question_ids()
        .filter(|id| {
            let question = plan.question(*id);
            question.parent.is_none() && question.repeat().is_none() && question.is_asked()
        })
        .filter_map(|id| {
            let question = plan.question(id);
            let pointer = format!("/{}", question.name);
            let value = then.answers.get(&*question.name).cloned();
            let absent = then.absent.get(&pointer).map(|absence| absence.0);
            if value.is_none() && absent.is_none() {
                return None;
            }
            let same_definition = || {
                let old = previous.plan?;
                Some(old.meaning(old.question_named(None, &question.name)?) == plan.meaning(id))
            };
            let fits = value.as_ref().is_none_or(|value| takes(plan, id, value));
            Some(LastTime {
                name: question.name.to_string(),
                value,
                absent,
                informant: then.informants.get(&pointer).map_or(Informant::Own, |informant| informant.0),
                assessed_on: then.assessed_on.clone(),
                days,
                comparable: fits && (same || same_definition().unwrap_or(false)),
            })
        })
        .collect()
}

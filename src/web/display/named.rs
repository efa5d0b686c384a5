use crate::plan::{Localised, Outcome, Plan};
use crate::profile::wire::Need;

/// What a need is called: by the rule that raises it, whose texts are there in every language, while a profile holds those
/// of one. `say` puts a text into the language that is wanted.
pub(crate) fn need_label(plan: &Plan, need: &Need, say: impl FnOnce(&Localised) -> String) -> String {
    let rules = plan.rules.iter().filter(|rule| need.rules.iter().any(|id| **id == *rule.id));
    let mut labels = rules.filter_map(|rule| match &rule.outcome {
        Outcome::Need(raised) if *raised.code == *need.code => Some(&raised.label),
        _ => None,
    });
    labels.next().map_or_else(|| need.label.clone(), say)
}

/// The name of a service, from the questionnaire's list of them.
pub(crate) fn service_name(plan: &Plan, code: &str, say: impl FnOnce(&Localised) -> String) -> String {
    let list = plan.lists.iter().find(|list| &*list.id == "services");
    let entry = list.and_then(|list| list.entry(code));
    entry.map_or_else(|| code.to_owned(), |entry| say(&entry.choice.label))
}

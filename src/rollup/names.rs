use std::collections::BTreeMap;

use super::Language;
use crate::plan::Plan;

/// The list in which services have their names.
const SERVICES: &str = "services";

/// What services and questions are called, for whoever reads the page: profiles hold their codes and names only.
#[derive(Clone, Debug, Default)]
pub struct Names {
    services: BTreeMap<String, String>,
    /// By questionnaire and the question's path.
    questions: BTreeMap<(String, String), String>,
}

impl Names {
    /// Adds the names of a questionnaire, in a language or, where it has not got it, in its own.
    pub fn add(&mut self, plan: &Plan, language: Language) {
        let language = plan.language(language.tag()).unwrap_or_default();
        for list in plan.lists.iter().filter(|list| *list.id == *SERVICES) {
            for entry in &list.entries {
                let label = entry.choice.label.text(language).to_string();
                self.services.insert(entry.choice.code.to_string(), label);
            }
        }
        for id in plan.question_ids() {
            let title = plan.question(id).title.text(language).to_string();
            self.questions.insert((plan.id.to_string(), plan.path(id)), title);
        }
    }

    /// What the measure of a service or a question is called; its code where nobody said.
    pub(super) fn of(&self, questionnaire: &str, measure: &str) -> Option<String> {
        let (kind, name) = measure.split_once('.')?;
        match kind {
            "service" => {
                Some(self.services.get(name).map_or(name.to_owned(), |label| format!("{name} {label}")))
            }
            "item" => {
                let known = self.questions.get(&(questionnaire.to_owned(), name.to_owned()));
                Some(known.map_or(name.to_owned(), Clone::clone))
            }
            _ => None,
        }
    }
}

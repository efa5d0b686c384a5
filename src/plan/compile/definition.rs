//! Fingerprints of what a score and an answer mean, so that two versions of a questionnaire can be compared.
//!
//! Wording, translations and sources are left out: they may get better while the meaning stays. Whoever changes the
//! meaning gives the question a new name.

use serde_json::{Map, Value, json};

use super::Compiler;
use super::declare::ScoreDraft;
use crate::expression::FieldId;
use crate::json::{Item, canonical, sha256};

/// The keywords of a question that say which answers there are and what each counts.
const ANSWER: [&str; 11] = [
    "type",
    "format",
    "choicesFrom",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "uniqueItems",
    "calculate",
    "unit",
];

/// The keywords of a score that say how it counts.
const COUNTING: [&str; 10] =
    ["method", "expression", "missing", "min", "max", "step", "rounding", "adjustments", "items", "fidelity"];

/// What an answer to a question means, as JSON.
fn answer(item: Item<'_>) -> Value {
    let mut meaning = members(item, &ANSWER);
    let choices = |item: Item<'_>| -> Option<Value> {
        match item.get("oneOf") {
            Some(list) => {
                Some(list.items().map(|choice| json!(members(choice, &["const", "score"]))).collect())
            }
            None => item.get("enum").map(Item::to_value),
        }
    };
    if let Some(choices) = choices(item) {
        meaning.insert("choices".to_owned(), choices);
    }
    if let Some(items) = item.get("items") {
        let columns: Map<String, Value> = items
            .get("properties")
            .into_iter()
            .flat_map(Item::entries)
            .map(|(name, column)| (name.to_owned(), answer(column)))
            .collect();
        meaning.insert(
            "items".to_owned(),
            json!({ "choices": choices(items), "from": items.text_of("choicesFrom"), "columns": columns }),
        );
    }
    Value::Object(meaning)
}

fn members(item: Item<'_>, names: &[&str]) -> Map<String, Value> {
    names.iter().filter_map(|name| Some(((*name).to_owned(), item.get(name)?.to_value()))).collect()
}

/// The fingerprint of what an answer to a question means.
pub(super) fn of_question(item: Item<'_>) -> String {
    sha256(&canonical::to_string(&answer(item)))
}

impl Compiler<'_> {
    /// The fingerprint of how a score counts, and of what the answers mean that it counts.
    pub(super) fn definition_of_score(&self, draft: &ScoreDraft<'_>) -> String {
        let bands: Vec<Value> = draft
            .item
            .get("bands")
            .into_iter()
            .flat_map(Item::items)
            .map(|band| json!(members(band, &["id", "from", "to", "level"])))
            .collect();
        let items: Vec<Value> = draft
            .item
            .get("items")
            .into_iter()
            .flat_map(Item::items)
            .filter_map(|item| item.text().or_else(|| item.text_of("name")))
            .filter_map(|name| {
                let FieldId(field) = self.names.form.get(name)?;
                Some(json!({ name: answer(self.drafts.get(*field as usize)?.item) }))
            })
            .collect();
        let counting = members(draft.item, &COUNTING);
        sha256(&canonical::to_string(&json!({ "score": counting, "bands": bands, "items": items })))
    }
}

//! What an answer means, and the fingerprint of what a score means, so that two versions of a questionnaire can be compared.
//!
//! Wording, translations and sources are left out: they may get better while the meaning stays. Whoever changes the
//! meaning gives the question a new name.

use std::collections::BTreeMap;

use super::declare::ScoreDraft;
use crate::json::{Item, canonical, sha256};
use crate::plan::{Question, Score};

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

/// What an answer to a question means, as canonical JSON.
#[inline(never)]
pub(in crate::plan) fn meaning(item: Item<'_>) -> String {
    let choices = |item: Item<'_>| -> Option<String> {
        match item.get("oneOf") {
            Some(list) => {
                Some(canonical::array(list.items().map(|choice| part(choice, &["const", "score"]))))
            }
            None => item.get("enum").map(canonical::item_to_string),
        }
    };
    let mut members = members(item, &ANSWER);
    members.extend(choices(item).map(|choices| ("choices", choices)));
    if let Some(items) = item.get("items") {
        let null = || "null".to_owned();
        let columns = items.get("properties").into_iter().flat_map(Item::entries);
        let inside = vec![
            ("choices", choices(items).unwrap_or_else(null)),
            ("from", items.text_of("choicesFrom").map_or_else(null, canonical::text)),
            ("columns", canonical::object(columns.map(|(name, column)| (name, meaning(column))).collect())),
        ];
        members.push(("items", canonical::object(inside)));
    }
    canonical::object(members)
}

fn members<'n>(item: Item<'_>, names: &[&'n str]) -> Vec<(&'n str, String)> {
    names.iter().filter_map(|name| Some((*name, canonical::item_to_string(item.get(name)?)))).collect()
}

/// An object with only these members.
fn part(item: Item<'_>, names: &[&str]) -> String {
    canonical::object(members(item, names))
}

/// The fingerprint of how a score counts, of what the answers mean that it reads itself, and of the scores that it reads.
pub(super) fn of_score<'a>(
    draft: &ScoreDraft<'_>,
    answers: impl Iterator<Item = (&'a Question, String)>,
    scores: impl Iterator<Item = &'a Score>,
) -> String {
    let bands = draft.item.get("bands").into_iter().flat_map(Item::items);
    // By name: where a question stands does not matter.
    let answers: BTreeMap<&str, String> =
        answers.map(|(answer, meaning)| (&*answer.name, sha256(&meaning))).collect();
    let scores: BTreeMap<&str, String> =
        scores.map(|score| (&*score.id, (*score.definition).to_owned())).collect();
    let named =
        |(name, definition): (&str, String)| canonical::object(vec![(name, canonical::text(&definition))]);
    let whole = vec![
        ("score", part(draft.item, &COUNTING)),
        ("bands", canonical::array(bands.map(|band| part(band, &["id", "from", "to", "level"])))),
        ("items", canonical::array(answers.into_iter().map(named))),
        ("scores", canonical::array(scores.into_iter().map(named))),
    ];
    sha256(&canonical::object(whole))
}

use serde_json::{Map, Value as Json};

use crate::plan::{AnswerKind, Plan, QuestionId, Repeat};
use crate::profile::wire::Profile;
use crate::session::{Record, takes};

/// Fills in what the questionnaire takes over from the profile of the time before (`prefill`), where the record has
/// neither an answer nor a reason for having none. What does not fit the question is left open.
pub fn prefill(plan: &Plan, previous: &Profile, record: &mut Record) {
    prefill_from(plan, &previous.to_value(), record);
}

/// The same from a profile on the wire, or from those parts of one that are given.
pub(crate) fn prefill_from(plan: &Plan, source: &Json, record: &mut Record) {
    for id in plan.question_ids() {
        let question = plan.question(id);
        let Some(pointer) = question.prefill.as_deref().filter(|_| question.parent.is_none()) else {
            continue;
        };
        let absent = record.absent.contains_key(&format!("/{}", question.name));
        if absent || record.answers.contains_key(&*question.name) {
            continue;
        }
        if let Some(answer) = source.pointer(pointer).and_then(|found| offered(plan, id, found)) {
            record.answers.insert(question.name.to_string(), answer);
        }
    }
}

/// What a question makes of something in a profile.
fn offered(plan: &Plan, id: QuestionId, found: &Json) -> Option<Json> {
    let question = plan.question(id);
    match &question.kind {
        AnswerKind::Repeat(repeat) => {
            let most = question.constraints.max_items.map_or(usize::MAX, |most| most as usize);
            let rows: Vec<Json> = elements(found)
                .filter_map(|element| row(plan, repeat, element))
                .take(most)
                .map(Json::Object)
                .collect();
            (!rows.is_empty()).then_some(Json::Array(rows))
        }
        AnswerKind::Choices { .. } => {
            let named: Vec<String> = names(found);
            let codes: Vec<Json> = plan
                .choices(id)
                .filter(|choice| named.iter().any(|name| **name == *choice.code))
                .map(|choice| Json::from(&*choice.code))
                .collect();
            (!codes.is_empty()).then_some(Json::Array(codes))
        }
        _ => takes(plan, id, found).then(|| found.clone()),
    }
}

/// What a repeat takes over of one element, as a row.
pub(in crate::profile) fn row_of(
    plan: &Plan,
    repeat: QuestionId,
    element: &Json,
) -> Option<Map<String, Json>> {
    row(plan, plan.question(repeat).repeat()?, element)
}

fn row(plan: &Plan, repeat: &Repeat, element: &Json) -> Option<Map<String, Json>> {
    let mut row = Map::new();
    for &column in &repeat.columns {
        let question = plan.question(column);
        let found = question.prefill.as_deref().and_then(|pointer| element.pointer(pointer));
        if let Some(answer) = found.and_then(|found| offered(plan, column, found)) {
            row.insert(question.name.to_string(), answer);
        }
    }
    (!row.is_empty()).then_some(row)
}

/// The elements of a list, or the values of an object.
fn elements(found: &Json) -> Box<dyn Iterator<Item = &Json> + '_> {
    match found {
        Json::Array(list) => Box::new(list.iter()),
        Json::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The texts of a list, or the names in an object; what the profile calls not assessed was not there to go on with.
fn names(found: &Json) -> Vec<String> {
    match found {
        Json::Array(list) => list.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Json::Object(members) => members
            .iter()
            .filter(|(_, member)| member.get("status").and_then(Json::as_str) != Some("not_assessed"))
            .map(|(name, _)| name.clone())
            .collect(),
        _ => Vec::new(),
    }
}

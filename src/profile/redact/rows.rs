//! Rows that stand for the needs of the time before, of which some are known to rest on nothing that was confided.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::at_home::Before;
use crate::plan::{Plan, Question, QuestionId};
use crate::profile::previous::row_of;
use crate::session::Record;

/// The needs in a profile.
const NEEDS: &str = "/needs";

/// Whether a questionnaire asks what became of the needs of the time before.
#[must_use]
pub fn follows_needs(plan: &Plan) -> bool {
    plan.questions.iter().any(are_needs_before)
}

/// Whether a question gets a row for each need of the time before.
pub(super) fn are_needs_before(question: &Question) -> bool {
    question.parent.is_none() && question.repeat().is_some() && question.prefill.as_deref() == Some(NEEDS)
}

/// The record with those rows alone that are about a need which may be told.
///
/// Who said what, and what people did, is left out: it names rows by their places, and raises no need.
pub(super) fn with_known_rows(plan: &Plan, record: &Record, before: Before<'_>) -> Record {
    let mut known = record.clone();
    known.overrides.clear();
    known.alerts.clear();
    known.informants.clear();
    known.accounts.clear();
    let profile = before.profile.to_value();
    let needs = profile.pointer(NEEDS).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for id in plan.question_ids().filter(|id| are_needs_before(plan.question(*id))) {
        let name = &*plan.question(id).name;
        let Some(Value::Array(rows)) = known.answers.get_mut(name) else { continue };
        let kept: Vec<bool> = rows.iter().map(|row| is_known(plan, id, row, needs, before)).collect();
        let mut stays = kept.iter();
        rows.retain(|_| stays.next().is_some_and(|stays| *stays));
        known.absent = moved(known.absent, name, &kept);
    }
    known
}

/// Whether a row still says what was taken over of a need that may be told, and can stand for no other one.
fn is_known(plan: &Plan, repeat: QuestionId, row: &Value, needs: &[Value], before: Before<'_>) -> bool {
    let stands_for = |need: &&Value| {
        let taken_over = row_of(plan, repeat, need).unwrap_or_default();
        !taken_over.is_empty() && says(row, &taken_over)
    };
    let mut stood_for = needs.iter().filter(stands_for).peekable();
    let may_be_told = |need: &Value| need["id"].as_str().is_some_and(|id| before.told.contains(id));
    stood_for.peek().is_some() && stood_for.all(may_be_told)
}

fn says(row: &Value, members: &Map<String, Value>) -> bool {
    members.iter().all(|(name, value)| row.get(name) == Some(value))
}

/// What is stated by pointers, for the rows that stay and with their new places.
fn moved<T>(stated: BTreeMap<String, T>, repeat: &str, kept: &[bool]) -> BTreeMap<String, T> {
    let rows = format!("/{repeat}/");
    let place = |pointer: &str| {
        let Some(in_rows) = pointer.strip_prefix(&rows) else { return Some(pointer.to_owned()) };
        let (row, column) = in_rows.split_once('/')?;
        let row: usize = row.parse().ok().filter(|row| kept.get(*row) == Some(&true))?;
        let before = kept.iter().take(row).filter(|stays| **stays).count();
        Some(format!("{rows}{before}/{column}"))
    };
    stated.into_iter().filter_map(|(pointer, value)| Some((place(&pointer)?, value))).collect()
}

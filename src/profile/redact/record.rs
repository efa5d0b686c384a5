//! What is left of a record.

use serde_json::{Map, Value};

use super::{Withheld, acts};
use crate::plan::{Plan, QuestionId};
use crate::session::Record;

/// The record without the answers, absences, informants and accounts that are withheld, and without what people did about what
/// followed from them.
pub(super) fn reduced(plan: &Plan, record: &Record, withheld: &Withheld) -> Record {
    let mut reduced = record.clone();
    reduced.answers = answers(plan, None, &record.answers, withheld);
    let told = |pointer: &str| question_at(plan, pointer).is_some_and(|id| !withheld.question(id));
    reduced.absent.retain(|pointer, _| told(pointer));
    reduced.informants.retain(|pointer, _| told(pointer));
    reduced.accounts.retain(|pointer, _| told(pointer));
    acts::reduce(plan, withheld, &mut reduced, &told);
    reduced
}

fn answers(
    plan: &Plan,
    parent: Option<QuestionId>,
    answers: &Map<String, Value>,
    withheld: &Withheld,
) -> Map<String, Value> {
    let mut left = Map::new();
    for (name, value) in answers {
        let Some(id) = plan.question_named(parent, name).filter(|id| !withheld.question(*id)) else {
            continue;
        };
        let value = match value {
            Value::Array(rows) if plan.question(id).repeat().is_some() => {
                let row = |row: &Value| match row {
                    Value::Object(row) => Value::Object(self::answers(plan, Some(id), row, withheld)),
                    other => other.clone(),
                };
                Value::Array(rows.iter().map(row).collect())
            }
            value => value.clone(),
        };
        left.insert(name.clone(), value);
    }
    left
}

/// The question that a pointer into the answers means, in whichever row.
fn question_at(plan: &Plan, pointer: &str) -> Option<QuestionId> {
    let mut parts = pointer.strip_prefix('/')?.split('/');
    let mut question = plan.question_named(None, parts.next()?)?;
    while let Some(_row) = parts.next() {
        question = plan.question_named(Some(question), parts.next()?)?;
    }
    Some(question)
}

//! The time before: what is taken over from it, what was answered then, and what has changed.
//!
//! Nothing of it is copied in silence. Where a questionnaire says `prefill`, the facts of the last profile that a
//! follow-up is about arrive as answers (its needs as rows); an answer of the last time is only shown, with its age.

mod deltas;
mod last_time;
mod prefill;

use std::sync::Arc;

pub use last_time::{LastTime, last_time};
pub use prefill::prefill;
pub(crate) use prefill::prefill_from;
pub(super) use prefill::row_of;

use serde_json::{Value, json};

use super::acts;
use super::assess::assess;
use super::wire::{Kind, Profile};
use crate::plan::Plan;
use crate::session::{Finding, Record};

/// The profile of the time before.
#[derive(Clone, Copy, Debug)]
pub struct Previous<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The questionnaire with which it was made, where the host has it: then answers of another version can be
    /// compared too.
    pub plan: Option<&'a Plan>,
}

/// The record as it follows on another: what the questionnaire takes over is filled in where the record leaves it
/// open, the kind is `reassessment` unless the record says otherwise, and the changes are stated in it, so that its
/// profile can be replayed without the one of the time before.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn follow_on(plan: &Arc<Plan>, record: &Record, previous: Previous<'_>) -> Result<Record, Vec<Finding>> {
    let mut record = record.clone();
    prefill(plan, previous.profile, &mut record);
    state_changes(plan, &record, previous)
}

/// The record as it follows on another from which everything was taken over before: only the kind and the changes are
/// stated. An interview that begins with what was taken over may have taken some of it back since.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn state_changes(
    plan: &Arc<Plan>,
    record: &Record,
    previous: Previous<'_>,
) -> Result<Record, Vec<Finding>> {
    let mut record = record.clone();
    if record.acts.get("kind").is_none_or(Value::is_null) {
        record.acts.insert("kind".to_owned(), Kind::Reassessment.word().into());
    }
    let profile = assess(plan, &record)?;
    let deltas: Vec<Value> = deltas::deltas(previous.profile, &profile)
        .iter()
        .filter_map(|delta| serde_json::to_value(delta).ok())
        .collect();
    let mut stated = acts::object(&record, "reassessment");
    stated.insert("previous".to_owned(), json!(previous.profile.profile_id));
    stated.insert("deltas".to_owned(), deltas.into());
    record.acts.insert("reassessment".to_owned(), Value::Object(stated));
    Ok(record)
}

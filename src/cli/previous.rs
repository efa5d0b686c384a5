use std::path::Path;

use serde_json::Value;

use super::outcome::Stop;
use super::records::{Framed, Frames, inputs};
use super::refusal::Fault;
use crate::diagnostic::codes;
use crate::plan::Plan;
use crate::profile::{self, Previous, Profile};
use crate::session::Record;

/// The profiles of the time before.
pub(super) struct Earlier {
    profiles: Vec<Profile>,
}

impl Earlier {
    /// Reads a file with one profile a line, or one over several lines.
    pub(super) fn open(path: &Path) -> Result<Self, Stop> {
        let mut profiles = Vec::new();
        for input in inputs(&[path.to_path_buf()])? {
            let mut frames = Frames::new(input.bytes);
            while let Some(Framed { line, bytes, .. }) = frames
                .next()
                .map_err(|error| Stop::Unusable(format!("cannot read {}: {error}", path.display())))?
            {
                // The reader's own words may quote an answer, so they stay out of the message.
                let profile = serde_json::from_slice(&bytes).map_err(|_| {
                    Stop::Unusable(format!("{}: there is no profile on line {line}", path.display()))
                })?;
                profiles.push(profile);
            }
        }
        if profiles.is_empty() {
            return Err(Stop::Unusable(format!("{} holds no profile", path.display())));
        }
        Ok(Self { profiles })
    }

    /// The record as it follows on its profile of the time before.
    pub(super) fn continued(
        &self,
        plan: &std::sync::Arc<Plan>,
        record: &Record,
    ) -> Result<Record, Vec<Fault>> {
        let Some(profile) = self.of(record) else {
            let message = "the record names a profile of the time before that is not among those given";
            return Err(vec![Fault::new(codes::RECORD_PREVIOUS, message)]);
        };
        profile::follow_on(plan, record, Previous { profile, plan: None })
            .map_err(|findings| findings.into_iter().map(Fault::from).collect())
    }

    /// The profile that a record names (`reassessment.previous`, or what its questionnaire asks under
    /// `previous_profile`); the only one there is, if it names none.
    fn of(&self, record: &Record) -> Option<&Profile> {
        let stated = record.acts.get("reassessment").and_then(|stated| stated.get("previous"));
        let named = stated.or_else(|| record.answers.get("previous_profile")).and_then(Value::as_str);
        match (named, self.profiles.as_slice()) {
            (Some(id), profiles) => profiles.iter().find(|profile| profile.profile_id.as_deref() == Some(id)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

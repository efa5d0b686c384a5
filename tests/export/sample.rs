//! Profiles with much in them.

use std::sync::Arc;

use intake::diagnostic::SourceId;
use intake::export::{Leaving, Policy, Terms};
use intake::plan::Plan;
use intake::profile::{Profile, assess};
use intake::session::read_record;
use serde_json::{Value, json};

use super::support::shipped;

/// The elder of the worked cases, with what people did.
pub fn elder() -> (Arc<Plan>, Profile) {
    let plan = shipped("elder-needs");
    let mut record: Value = serde_json::from_str(include_str!("../data/elder-main.record.json")).unwrap();
    let more = json!({
        "profile_id": "p-1", "language": "en",
        "subject": {"person_ref": "x-17", "household_ref": "h-3"},
        "informants": {"/adl_eating": "proxy"},
        "consent": {
            "case_service": "granted", "sensitive_health": "granted", "share_health_centre": "granted",
            "share_committee": "granted", "anonymous_statistics": "granted", "share_school": "declined",
        },
        "goals": [{"id": "g1", "text": "to the market alone", "need": "D05.daily_living.normative"}, "to sleep well"],
        "plan": [{"service": "S05", "start": "2026-12"}],
        "strengths": [{"text": "sings", "grade": "centrepiece", "domain": "D08"}],
        "provenance": {
            "agency": "a", "station": "st-9", "ended_at": "2026-11-23T10:00:00+08:00", "people_present": ["neighbour"],
            "assessors": [{"ref": "w1", "qualification": "ability_assessor"}],
        },
    });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (record, found) = read_record(&record.to_string(), SourceId(0));
    let record = record.unwrap_or_else(|| panic!("{found:?}"));
    let profile = assess(&plan, &record).unwrap_or_else(|found| panic!("{found:?}"));
    (plan, profile)
}

/// What of a profile leaves by the shipped policy.
pub fn leaving(plan: &Arc<Plan>, profile: &Profile, purpose: &str, recipient: &str) -> Leaving {
    let policy = Policy::shipped().unwrap();
    let terms = Terms { policy: &policy, purpose, recipient, on: None };
    Leaving::new(plan, profile, terms).unwrap_or_else(|found| panic!("{found:?}"))
}

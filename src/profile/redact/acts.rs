//! What people did and wrote, as far as it can be told.
//!
//! Nobody can follow what somebody wrote back to the answers that made them write it. So of what people stated only
//! that stays which is about a need, an alert or a domain that is told in full; the rest is withheld.

use serde_json::Value;

use super::Withheld;
use crate::plan::{Domain, Outcome, Plan, Rule};
use crate::profile::domains::touches;
use crate::session::Record;

/// What the receiver is told of how the interview went. Who was in the room and what was asked alone are left out:
/// they tell of what was spoken about.
pub(super) const PROVENANCE: [&str; 10] = [
    "agency",
    "assessors",
    "ended_at",
    "interpreter",
    "mode",
    "offline",
    "org_path",
    "project",
    "started_at",
    "station",
];

pub(super) fn reduce(plan: &Plan, withheld: &Withheld, record: &mut Record, told: &dyn Fn(&str) -> bool) {
    let in_full = |domain: Domain| !withheld.rules(plan).any(|rule| touches(rule, domain));
    record.overrides.retain(|set| in_full(set.domain));
    record.alerts.retain(|act| match plan.find_rule(&act.rule) {
        Some(rule) => !withheld.rule(rule),
        // The alert of a safety question that nobody answered.
        None => match &act.field {
            Some(field) => told(field),
            None => !withheld.unscreened(plan),
        },
    });
    let need_in_full = |need: &str| {
        let raises = |rule: &Rule| match &rule.outcome {
            Outcome::Need(raised) => format!("{}.{}.{}", raised.domain, raised.code, raised.basis) == need,
            _ => false,
        };
        plan.rules.iter().any(raises) && !withheld.rules(plan).any(raises)
    };
    let member = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    for name in ["goals", "plan"] {
        keep(record, name, |entry| member(entry, "need").is_some_and(|need| need_in_full(&need)));
    }
    let domain = |entry: &Value| member(entry, "domain").and_then(|domain| domain.parse().ok());
    // A strength may be an answer, and say to which question.
    let choice = |entry: &Value| match entry.get("choice") {
        Some(choice) => member(choice, "question").is_some_and(|question| told(&format!("/{question}"))),
        None => true,
    };
    keep(record, "strengths", |entry| domain(entry).is_some_and(in_full) && choice(entry));
    if let Some(Value::Object(review)) = record.acts.get_mut("reassessment") {
        // The time before had consents of its own.
        review.remove("deltas");
    }
    if let Some(Value::Object(provenance)) = record.acts.get_mut("provenance") {
        provenance.retain(|name, _| PROVENANCE.contains(&name.as_str()));
    }
}

fn keep(record: &mut Record, list: &str, mut told: impl FnMut(&Value) -> bool) {
    if let Some(Value::Array(entries)) = record.acts.get_mut(list) {
        entries.retain(|entry| told(entry));
    }
}

//! What is counted of a profile: for each measure one category.

mod alerts;
mod items;
mod services;

use serde_json::Value;

use crate::plan::Domain;
use crate::value::DateTime;

/// The categories of a domain's level.
const LEVELS: [&str; 5] = ["0", "1", "2", "3", "not_assessed"];
/// The grade of the most urgent alert that is not withdrawn.
const GRADES: [&str; 5] = ["R0", "R1", "R2", "R3", "none"];
/// What the needs rest on.
const BASES: [&str; 4] = ["normative_only", "expressed_only", "both", "none"];
const THREE: [&str; 3] = ["true", "false", "unknown"];
const CARE_LEVELS: [&str; 6] = ["0", "1", "2", "3", "4", "not_determined"];
/// What was said to a purpose.
const CONSENTS: [&str; 4] = ["granted", "withdrawn", "declined", "not_asked"];
/// Whether the next assessment came, as the end of the period finds it.
const REVIEWS: [&str; 4] = ["done", "not_due", "overdue", "none"];

/// The measure of the next assessment: for this one, the other profiles of the person are looked at.
pub(super) const REVIEW: &str = "review";

/// Whether a measure is counted for all people only. What became of single questions says how good a questionnaire is;
/// place by place it would be some hundred tables, of mostly small counts.
pub(super) fn is_for_all_only(measure: &str) -> bool {
    measure.starts_with("item.")
}

/// The categories of a measure, in the order in which they are shown; empty for one whose categories are what is found.
pub(super) fn categories(measure: &str) -> &'static [&'static str] {
    match measure.split_once('.') {
        Some(("domain", _)) => &LEVELS,
        Some(("legal", _)) => &THREE,
        Some(("score", _)) => &CARE_LEVELS,
        Some(("service", _)) => &services::STAGES,
        Some(("item", _)) => &items::STATES,
        Some(("consent", _)) => &CONSENTS,
        _ => match measure {
            "alert" => &GRADES,
            "alert_acted" => &alerts::ACTED,
            REVIEW => &REVIEWS,
            "basis" => &BASES,
            "unscreened" => &["yes", "no"],
            _ => &[],
        },
    }
}

/// Every measure of a profile with its category. `end` is the first moment after the period.
pub(super) fn of(profile: &Value, end: Option<DateTime>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Domain::ALL
        .iter()
        .map(|domain| {
            let level = profile.get("domain_levels").and_then(|levels| levels.get(domain.word()));
            let category =
                level.and_then(Value::as_u64).map_or("not_assessed".to_owned(), |level| level.to_string());
            (format!("domain.{domain}"), category)
        })
        .collect();
    found.push(("alert".to_owned(), alerts::most_urgent(profile).to_owned()));
    found.push(("alert_acted".to_owned(), alerts::acted(profile, end).to_owned()));
    found.push(("basis".to_owned(), basis(profile).to_owned()));
    let unscreened = profile.get("unscreened").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    found.push(("unscreened".to_owned(), if unscreened { "yes" } else { "no" }.to_owned()));
    let flags = profile.pointer("/subject/legal_flags").and_then(Value::as_object);
    for (flag, value) in flags.into_iter().flatten() {
        let category = value.as_bool().map_or("unknown".to_owned(), |flag| flag.to_string());
        found.push((format!("legal.{flag}"), category));
    }
    if let Some(score) = profile.pointer("/scores/gb26") {
        let level = score.pointer("/band/level").and_then(Value::as_u64);
        let category = level.map_or("not_determined".to_owned(), |level| level.to_string());
        found.push(("score.gb26".to_owned(), category));
    }
    if let Some(version) = profile.pointer("/questionnaire/version").and_then(Value::as_str) {
        found.push(("version".to_owned(), version.to_owned()));
    }
    let stages = services::stages(profile).into_iter();
    found.extend(stages.map(|(code, stage)| (format!("service.{code}"), stage.to_owned())));
    let items = items::states(profile).into_iter();
    found.extend(items.map(|(name, state)| (format!("item.{name}"), state.to_owned())));
    let consents = profile.get("consent").and_then(Value::as_object);
    for (purpose, said) in consents.into_iter().flatten() {
        found.push((format!("consent.{purpose}"), said.as_str().unwrap_or_default().to_owned()));
    }
    // What no category is foreseen for is not lost: it would be missing from the sums.
    for (measure, category) in &mut found {
        let known = categories(measure);
        if let Some(last) = known.last().filter(|_| !known.contains(&category.as_str())) {
            *category = (*last).to_owned();
        }
    }
    found
}

fn basis(profile: &Value) -> &'static str {
    let needs = profile.get("needs").and_then(Value::as_array);
    let has = |normative: bool| {
        let mut bases =
            needs.into_iter().flatten().filter_map(|need| need.get("basis").and_then(Value::as_str));
        bases.any(|basis| (basis == "normative") == normative)
    };
    match (has(true), has(false)) {
        (true, true) => "both",
        (true, false) => "normative_only",
        (false, true) => "expressed_only",
        (false, false) => "none",
    }
}

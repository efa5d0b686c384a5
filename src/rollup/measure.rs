//! What is counted of a profile: for each measure one category.

use serde_json::Value;

use crate::plan::Domain;

/// The categories of a domain's level.
const LEVELS: [&str; 5] = ["0", "1", "2", "3", "not_assessed"];
/// The grade of the most urgent alert that is not withdrawn.
const GRADES: [&str; 5] = ["R0", "R1", "R2", "R3", "none"];
/// What the needs rest on.
const BASES: [&str; 4] = ["normative_only", "expressed_only", "both", "none"];
const THREE: [&str; 3] = ["true", "false", "unknown"];
const CARE_LEVELS: [&str; 6] = ["0", "1", "2", "3", "4", "not_determined"];

/// The categories of a measure, in the order in which they are shown; empty for one whose categories are what is found.
pub(super) fn categories(measure: &str) -> &'static [&'static str] {
    match measure.split_once('.') {
        Some(("domain", _)) => &LEVELS,
        Some(("legal", _)) => &THREE,
        Some(("score", _)) => &CARE_LEVELS,
        _ => match measure {
            "alert" => &GRADES,
            "basis" => &BASES,
            "unscreened" => &["yes", "no"],
            _ => &[],
        },
    }
}

/// Every measure of a profile with its category.
pub(super) fn of(profile: &Value) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Domain::ALL
        .iter()
        .map(|domain| {
            let level = profile.get("domain_levels").and_then(|levels| levels.get(domain.word()));
            let category =
                level.and_then(Value::as_u64).map_or("not_assessed".to_owned(), |level| level.to_string());
            (format!("domain.{domain}"), category)
        })
        .collect();
    found.push(("alert".to_owned(), alert(profile)));
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
    // What no category is foreseen for is not lost: it would be missing from the sums.
    for (measure, category) in &mut found {
        let known = categories(measure);
        if let Some(last) = known.last().filter(|_| !known.contains(&category.as_str())) {
            *category = (*last).to_owned();
        }
    }
    found
}

fn alert(profile: &Value) -> String {
    let alerts = profile.get("alerts").and_then(Value::as_array);
    let standing = alerts
        .into_iter()
        .flatten()
        .filter(|alert| alert.get("status").and_then(Value::as_str) != Some("withdrawn"))
        .filter_map(|alert| alert.get("grade").and_then(Value::as_str));
    standing.min().unwrap_or("none").to_owned()
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

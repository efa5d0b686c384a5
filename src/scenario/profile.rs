//! Expectations that are about the profile, compared on the wire: as whoever receives it sees it.

use serde_json::Value as Json;

use super::shown;
use super::step::Aspect;
use crate::json::Item;
use crate::profile::assess;
use crate::session::Session;

/// The profile of a session as it stands, on the wire.
pub(super) fn of(session: &Session) -> Result<Json, String> {
    let profile = assess(session.plan(), &session.record()).map_err(|findings| {
        let list: Vec<String> =
            findings.iter().map(|finding| format!("{} at `{}`", finding.code, finding.pointer)).collect();
        format!("there is no profile, for the record is refused: {}", list.join(", "))
    })?;
    serde_json::to_value(profile).map_err(|error| format!("there is no profile: {error}"))
}

/// Where a profile is not as expected, and how.
pub(super) fn differences<'d>(profile: &Json, aspect: Aspect, item: Item<'d>) -> Vec<(Item<'d>, String)> {
    match aspect {
        Aspect::Domains => members(profile.get("domain_levels"), item),
        Aspect::DomainStatus => members(profile.get("domain_status"), item),
        Aspect::LegalFlags => members(profile.pointer("/subject/legal_flags"), item),
        Aspect::Status => one("status", profile.get("status"), item).into_iter().collect(),
        Aspect::Needs => item.items().filter_map(|need| Some((need, need_missing(profile, need)?))).collect(),
        Aspect::NoNeeds => item
            .items()
            .filter_map(|domain| {
                let raised =
                    list(profile, "needs").find(|need| need.get("domain") == Some(&domain.to_value()))?;
                Some((domain, format!("expected no need, found {}", need_shown(raised))))
            })
            .collect(),
        Aspect::Alerts => item
            .entries()
            .filter_map(|(rule, grade)| {
                let found = list(profile, "alerts").find(|alert| text(alert, "rule") == Some(rule));
                one(rule, found.and_then(|alert| alert.get("grade")), grade)
            })
            .collect(),
        Aspect::NoAlerts => {
            let alerts: Vec<&str> = list(profile, "alerts").filter_map(|alert| text(alert, "rule")).collect();
            let sentence = format!("expected no alert, found {}", alerts.join(", "));
            if alerts.is_empty() { Vec::new() } else { vec![(item, sentence)] }
        }
        Aspect::Unscreened => item
            .items()
            .filter(|name| !list(profile, "unscreened").any(|found| found.as_str() == name.text()))
            .map(|name| (name, format!("`{}`: expected to be unscreened", name.text().unwrap_or_default())))
            .collect(),
        Aspect::Visible
        | Aspect::Hidden
        | Aspect::Values
        | Aspect::Scores
        | Aspect::Rules
        | Aspect::Missing
        | Aspect::NotMissing
        | Aspect::NoIssues
        | Aspect::Errors
        | Aspect::Warnings => Vec::new(),
    }
}

fn members<'d>(found: Option<&Json>, expected: Item<'d>) -> Vec<(Item<'d>, String)> {
    expected
        .entries()
        .filter_map(|(name, value)| one(name, found.and_then(|found| found.get(name)), value))
        .collect()
}

fn one<'d>(name: &str, found: Option<&Json>, expected: Item<'d>) -> Option<(Item<'d>, String)> {
    if found == Some(&expected.to_value()) {
        return None;
    }
    let found = found.map_or_else(|| "nothing".to_owned(), Json::to_string);
    Some((expected, format!("`{name}`: expected {}, found {found}", shown::json(expected))))
}

/// Why an expected need is not among those of a profile; none if it is.
fn need_missing(profile: &Json, expected: Item<'_>) -> Option<String> {
    if need(profile, expected).is_some() {
        return None;
    }
    let domain = expected.text_of("domain").unwrap_or_default();
    let near: Vec<String> =
        list(profile, "needs").filter(|need| text(need, "domain") == Some(domain)).map(need_shown).collect();
    let found = if near.is_empty() { format!("no need in {domain}") } else { near.join(", ") };
    Some(format!("expected a need {}, found {found}", shown::json(expected)))
}

/// The first need of a profile that is as expected.
pub(super) fn need<'p>(profile: &'p Json, expected: Item<'_>) -> Option<&'p Json> {
    let same = |need: &&Json| expected.entries().all(|(key, value)| need.get(key) == Some(&value.to_value()));
    list(profile, "needs").find(same)
}

fn need_shown(need: &Json) -> String {
    let level = need.get("level").map(Json::to_string).unwrap_or_default();
    let word = |name| text(need, name).unwrap_or_default();
    format!("{} {} (level {level}, {})", word("domain"), word("code"), word("urgency"))
}

fn list<'p>(profile: &'p Json, name: &str) -> impl Iterator<Item = &'p Json> {
    profile.get(name).and_then(Json::as_array).into_iter().flatten()
}

fn text<'p>(object: &'p Json, name: &str) -> Option<&'p str> {
    object.get(name)?.as_str()
}

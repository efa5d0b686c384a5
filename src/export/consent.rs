//! Whether anything may leave at all, and which answers may not.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::loss::Why;
use super::policy::{Allowance, Minors, Purpose};
use crate::diagnostic::codes;
use crate::plan::{Plan, QuestionId, Sensitivity};
use crate::profile::wire::Age;
use crate::profile::{Profile, sensitivity};
use crate::session::Finding;
use crate::value::{Decimal, PartialDate};

/// Everything that keeps a profile from leaving for a purpose on a day.
pub(super) fn obstacles(profile: &Profile, purpose: &Purpose, on: Option<PartialDate>) -> Vec<Finding> {
    let lacks = |consent: &String| {
        let message = format!("the consent `{consent}`, which this purpose needs, is not granted");
        Finding::new(codes::EXPORT_CONSENT, format!("/consent/{consent}"), message)
    };
    let mut found: Vec<Finding> =
        needed(profile, purpose).filter(|name| !granted(profile, name)).map(lacks).collect();
    if let (Some(on), Some(until)) = (on, &purpose.until)
        && has_ended(&profile.answers, until, on)
    {
        let message = "consent was given until a day that has passed: ask again".to_owned();
        found.push(Finding::new(codes::EXPORT_CONSENT, format!("/answers/{until}"), message));
    }
    found
}

/// Whether consent was given until a day that has passed, by the question that says so.
pub(crate) fn has_ended(answers: &Map<String, Value>, until: &str, on: PartialDate) -> bool {
    let last = answers.get(until).and_then(Value::as_str);
    last.is_some_and(|last| last.parse::<PartialDate>().is_ok_and(|last| is_past(last, on)))
}

/// Whether the last day of a date lies before another.
fn is_past(last: PartialDate, on: PartialDate) -> bool {
    // A month or a year is past when no day of it is left: its text is then no beginning of the other.
    let (last, on) = (last.to_string(), on.to_string());
    !on.starts_with(&last) && last < on
}

/// The consents that a purpose needs of this person, and of which its receiver is told.
pub(super) fn needed<'a>(profile: &Profile, purpose: &'a Purpose) -> impl Iterator<Item = &'a String> {
    let minors = purpose.minors.as_ref().filter(|minors| is_minor(profile, minors));
    purpose.consents.iter().chain(minors.into_iter().flat_map(|minors| &minors.consents))
}

/// Every consent on which something of this export hangs.
pub(super) fn relied_on(profile: &Profile, purpose: &Purpose) -> Vec<String> {
    let allowances = [&purpose.sensitive, &purpose.highly_sensitive].into_iter().flatten();
    let more = allowances.flat_map(|allowance| &allowance.consents).filter(|name| granted(profile, name));
    let mut names: Vec<String> = needed(profile, purpose).chain(more).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn granted(profile: &Profile, consent: &str) -> bool {
    profile.consent.get(consent).and_then(|said| said.as_str()) == Some("granted")
}

fn is_minor(profile: &Profile, minors: &Minors) -> bool {
    let below = Decimal::from(minors.below);
    let younger = |years: &crate::profile::wire::Number| years.decimal().is_some_and(|years| years < below);
    match &profile.subject.age_years {
        Some(Age::Years(years) | Age::Between([years, _])) => younger(years),
        None => profile.subject.groups.iter().any(|group| minors.groups.contains(group)),
    }
}

/// The questions whose answers may not be told, each with why. A policy is for all questionnaires: a name to withhold
/// that this one does not have means nothing here.
pub(super) fn forbidden(
    plan: &Plan,
    profile: &Profile,
    purpose: &Purpose,
    recipient: &str,
) -> BTreeMap<QuestionId, Why> {
    let allowed = |allowance: &Option<Allowance>| match allowance {
        None => Err(Why::Sensitivity),
        Some(Allowance { recipients: Some(named), .. }) if !named.iter().any(|name| name == recipient) => {
            Err(Why::Sensitivity)
        }
        Some(allowance) if !allowance.consents.iter().all(|name| granted(profile, name)) => Err(Why::Consent),
        Some(_) => Ok(()),
    };
    let sensitive = allowed(&purpose.sensitive);
    let highly_sensitive = allowed(&purpose.highly_sensitive);
    let mut forbidden = BTreeMap::new();
    for id in plan.question_ids() {
        let verdict = if withheld_by_name(plan, id, purpose) {
            Err(Why::Sensitivity)
        } else {
            match sensitivity(plan, id) {
                Sensitivity::Ordinary | Sensitivity::Identifying => Ok(()),
                Sensitivity::Sensitive => sensitive,
                Sensitivity::HighlySensitive => highly_sensitive,
            }
        };
        if let Err(why) = verdict {
            forbidden.insert(id, why);
        }
    }
    forbidden
}

fn withheld_by_name(plan: &Plan, id: QuestionId, purpose: &Purpose) -> bool {
    let section = &plan.section(plan.question(id).section).id;
    purpose.withhold.iter().any(|name| **name == **section || *name == plan.path(id))
}

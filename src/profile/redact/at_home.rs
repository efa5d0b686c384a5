//! What of a profile may lie on a table at home, where whoever lives there reads it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::rows::{are_needs_before, with_known_rows};
use super::sensitivity::{marked, sensitivity};
use super::{Withheld, redact};
use crate::plan::{Domain, Outcome, Plan, QuestionId, Rule, RuleId, Sensitivity};
use crate::profile::domains::touches;
use crate::profile::record_in;
use crate::profile::review::OPEN_ALERT;
use crate::profile::wire::{Need, Profile};
use crate::session::Record;

/// What of a profile may lie on a table at home.
///
/// Nothing of it follows from what is to be asked alone, is about safety, or is sensitive: its needs are those of the
/// [redacted](redact) profile. Nor is anything about protection, whatever it rests on.
#[derive(Debug)]
pub struct AtHome {
    plan: Arc<Plan>,
    withheld: Withheld,
    needs: Vec<Need>,
    /// By when to look again, where that may be told.
    next_on: Option<String>,
    /// The services that any need or recommendation asks for, also one of which nothing is told.
    asked_for: BTreeSet<String>,
}

/// The profile of the time before, for a follow-up.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The ids of its needs that may lie on a table.
    pub told: &'a BTreeSet<String>,
}

impl AtHome {
    /// What may be told of a profile.
    ///
    /// What was taken over from the time before is confidential, for it may stem from anything that was said then. Where
    /// the profile of that time is at hand and it is known what of it may be told, that may be told now too.
    #[must_use]
    pub fn new(plan: &Arc<Plan>, profile: &Profile, before: Option<Before<'_>>) -> Self {
        let withheld = Withheld::new(plan, confided(plan, |id| sensitivity(plan, id)));
        let record = record_in(&profile.to_value());
        let told = record.ok().and_then(|record| told(plan, &record, &withheld, before));
        let needs = told.map(|told| told.needs).unwrap_or_default();
        let for_needs = profile.needs.iter().flat_map(|need| &need.services);
        // One that may be told keeps nothing back.
        let confided_rule = |id: &str| {
            let rule = plan.rule_ids().find(|rule| *plan.rule(*rule).id == *id);
            rule.is_none_or(|rule| withheld.rule(rule) || touches(plan.rule(rule), Domain::D01))
        };
        let recommended = profile.recommendations.iter().filter(|one| confided_rule(&one.rule));
        let recommended = recommended.filter_map(|one| one.service.as_ref());
        let asked_for = for_needs.chain(recommended).cloned().collect();
        let needs: Vec<Need> = needs.into_iter().filter(|need| need.domain.0 != Domain::D01).collect();
        let follows = day_follows(plan, &withheld, profile, &needs);
        Self {
            plan: Arc::clone(plan),
            withheld,
            needs,
            next_on: profile.reassessment.next_on.clone().filter(|_| follows),
            asked_for,
        }
    }

    /// The needs, with what each rests on that may be told.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The day by which somebody comes again, where it follows from nothing that is not told.
    ///
    /// The day follows from the most pressing of all needs and alerts. Whoever reads an earlier one than the needs beside it
    /// call for would know that there is something else.
    #[must_use]
    pub fn next_on(&self) -> Option<&str> {
        self.next_on.as_deref()
    }

    /// Whether a goal, a step of the plan or a strength may be told.
    ///
    /// Nobody can follow what somebody wrote back to what made them write it, but all that it says it is about must be
    /// such as may be told: a need that is there no more, or of which nothing is known, is not.
    #[must_use]
    pub fn may_tell(&self, entry: &Value) -> bool {
        let stated = |name: &str| entry.get(name).filter(|value| !value.is_null());
        let need = stated("need");
        let about_told_need =
            || need.is_none_or(|need| self.needs.iter().any(|told| need == told.id.as_str()));
        let about_protection = || stated("domain").is_some_and(|domain| domain == Domain::D01.word());
        let chosen_in_the_open = || {
            stated("choice").is_none_or(|choice| {
                let question = choice["question"].as_str().and_then(|path| self.plan.find_question(path));
                question.is_some_and(|id| !self.withheld.question(id))
            })
        };
        let service = || match stated("service") {
            Some(Value::String(code)) => self.may_tell_service(code, need.is_some()),
            Some(_) => false,
            None => true,
        };
        about_told_need() && !about_protection() && chosen_in_the_open() && service()
    }

    /// Whether a service may be told: a need that may be told asks for it, or nothing that may not does.
    fn may_tell_service(&self, code: &str, for_told_need: bool) -> bool {
        let domain = self.domain_of_service(code);
        if domain == Some(Domain::D01) {
            return false;
        }
        let has = |services: &[String]| services.iter().any(|service| service == code);
        if self.needs.iter().any(|need| has(&need.services)) {
            return true;
        }
        if self.asked_for.contains(code) {
            return false;
        }
        // Nothing asks for it now, but something may have when it was agreed.
        let mut asking = self.plan.rule_ids().filter(|id| asks_for(self.plan.rule(*id), code)).peekable();
        if asking.peek().is_some() {
            return asking.any(|rule| self.is_open(rule));
        }
        // No rule ever asks for it, so the worker chose it for a reason of the same kind.
        let confided = |domain| self.withheld.rules(&self.plan).any(|rule| touches(rule, domain));
        for_told_need
            || domain.is_none_or(|domain| {
                self.needs.iter().any(|need| need.domain.0 == domain) || !confided(domain)
            })
    }

    /// Whether what a rule comes to may be told.
    fn is_open(&self, rule: RuleId) -> bool {
        !self.withheld.rule(rule) && !touches(self.plan.rule(rule), Domain::D01)
    }

    fn domain_of_service(&self, code: &str) -> Option<Domain> {
        let list = self.plan.lists.iter().find(|list| &*list.id == "services")?;
        list.entry(code)?.columns.get("domain")?.parse().ok()
    }
}

/// Whether the day to look again follows from what is told: from a need that makes its area one of the most pressing, or a
/// rule that reads nothing confidential. No alert is ever told.
fn day_follows(plan: &Plan, withheld: &Withheld, profile: &Profile, told: &[Need]) -> bool {
    let review = &profile.reassessment;
    if let Some(rule) = &review.rule {
        return plan.rule_ids().any(|id| *plan.rule(id).id == **rule && !withheld.rule(id));
    }
    if review.reason.as_deref() == Some(OPEN_ALERT) {
        return false;
    }
    let highest = profile.domain_levels.values().flatten().max().copied().unwrap_or_default();
    let level = |need: &Need| profile.domain_levels.get(&need.domain).copied().flatten();
    highest == 0 || told.iter().any(|need| level(need) == Some(highest) && need.level >= highest)
}

/// The profile without what was confided.
fn told(
    plan: &Arc<Plan>,
    record: &Record,
    withheld: &Withheld,
    before: Option<Before<'_>>,
) -> Option<Profile> {
    match before {
        None => redact(plan, record, withheld, &[]).ok(),
        Some(before) => {
            // The rows that are left are as sensitive as the questionnaire of today says.
            let of_today = |id: QuestionId| {
                let question = plan.question(id);
                if are_needs_before(question) { marked(plan, question) } else { sensitivity(plan, id) }
            };
            let withheld = Withheld::new(plan, confided(plan, of_today));
            redact(plan, &with_known_rows(plan, record, before), &withheld, &[]).ok()
        }
    }
}

/// The questions whose answers are for nobody else in the home.
fn confided(
    plan: &Plan,
    sensitivity: impl Fn(QuestionId) -> Sensitivity,
) -> impl Iterator<Item = QuestionId> {
    plan.question_ids().filter(move |id| {
        let question = plan.question(*id);
        question.safety
            || question.ask_alone
            || plan.section(question.section).ask_alone
            || sensitivity(*id) >= Sensitivity::Sensitive
    })
}

/// Whether a rule can ask for a service.
fn asks_for(rule: &Rule, code: &str) -> bool {
    let has = |services: &[Arc<str>]| services.iter().any(|service| **service == *code);
    let in_step = rule.steps.iter().any(|step| step.services.as_deref().is_some_and(has));
    in_step
        || match &rule.outcome {
            Outcome::Need(need) => has(&need.services),
            Outcome::Recommend { service, .. } => service.as_deref() == Some(code),
            Outcome::Alert { .. } | Outcome::NotAssessed { .. } | Outcome::Review { .. } => false,
        }
}

//! A profile without what may not be told, and without anything that follows from it.
//!
//! [`Withheld`] follows the plan's graph of dependencies from the questions whose answers may not be told: whatever
//! reads one of them, or is shown or asked because of one, is withheld too, in every record alike. [`redact`] takes
//! these answers out of the record and assesses what is left by the rules that do not read them. A redacted profile is
//! so a function of what may be told: two records that differ in nothing else have the same one, to the byte.

mod acts;
mod at_home;
mod record;
mod rows;
mod sensitivity;
mod withheld;

use std::sync::Arc;

pub use at_home::{AtHome, Before};
pub use rows::follows_needs;
pub use sensitivity::sensitivity;
pub use withheld::Withheld;

use super::assess::assess_by;
use super::domains::touches;
use super::quality;
use super::wire::{DomainStatus, MissingDemand, Profile, ProfileStatus};
use crate::plan::{Domain, Outcome, Plan};
use crate::session::{Finding, Record, Session};
use crate::value::Word;

/// The profile of a record without what is withheld.
///
/// `consents` names the purposes of consent that the receiver is told of. The profile is marked as redacted, has no
/// fingerprint of its answers (a few booleans can be guessed from one), and cannot be verified by replay.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn redact(
    plan: &Arc<Plan>,
    record: &Record,
    withheld: &Withheld,
    consents: &[String],
) -> Result<Profile, Vec<Finding>> {
    let reduced = record::reduced(plan, record, withheld);
    let (session, mut profile) = assess_by(plan, &reduced, &|rule| !withheld.rule(rule))?;
    blank(&session, withheld, &mut profile);
    profile.consent.retain(|purpose, _| consents.contains(purpose));
    profile.redacted = Some(true);
    profile.answers_hash = None;
    Ok(profile)
}

/// Takes out what the rules that are left cannot know: it would be false, though it told nothing.
fn blank(session: &Session, withheld: &Withheld, profile: &mut Profile) {
    let plan = session.plan();
    profile.scores.retain(|id, _| plan.find_score(id).is_some_and(|score| !withheld.score(score)));
    profile.subject.legal_flags.retain(|name, _| !withheld.flag(name));
    profile.missing.retain(|missing| {
        session.node_at(&missing.field).is_some_and(|node| !withheld.demand(node.question()))
    });
    profile.data_quality = quality::told_quality(session, &profile.missing, Some(withheld));
    let blocked = profile.missing.iter().any(|missing| missing.demand.0 != MissingDemand::Expected);
    profile.status = Word(match blocked || profile.data_quality.errors > 0 {
        true => ProfileStatus::InProgress,
        false => ProfileStatus::Complete,
    });
    for &domain in Domain::ALL {
        if !withheld.rules(plan).any(|rule| touches(rule, domain)) {
            continue;
        }
        // What a rule that is left out would say stays open: the level is "at least".
        let level = profile.domain_levels.get(&Word(domain)).copied().flatten();
        let status = if level.is_some() { DomainStatus::Partial } else { DomainStatus::NotAssessed };
        profile.domain_status.insert(Word(domain), Word(status));
    }
    let review = |outcome: &Outcome| !matches!(outcome, Outcome::Recommend { .. });
    if withheld.rules(plan).any(|rule| review(&rule.outcome)) || withheld.unscreened(plan) {
        // The day by which to look again follows from all needs and alerts.
        let reassessment = &mut profile.reassessment;
        (reassessment.next_on, reassessment.reason) = (None, None);
        (reassessment.rule, reassessment.text) = (None, None);
    }
}

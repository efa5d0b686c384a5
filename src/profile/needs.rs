//! From rules that fired to needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::judge::Judgement;
use super::trail::Trail;
use super::wire;
use crate::expression::RowId;
use crate::plan::{Basis, Domain, Outcome, Rule, RuleStep, Urgency};
use crate::session::Session;
use crate::value::Word;

/// The needs of a person: one for each domain, code and basis. Its level is the highest over the rules, never a sum,
/// and its urgency the shortest. By domain, the highest level first, then in the order of the rules.
pub(super) fn needs(session: &Session, judged: &[(&Rule, Judgement)]) -> Vec<wire::Need> {
    let mut merged: BTreeMap<(Domain, Arc<str>, Basis), (usize, wire::Need)> = BTreeMap::new();
    for (order, (rule, judgement)) in judged.iter().enumerate() {
        let (Outcome::Need(need), Judgement::Fired { step, open, .. }) = (&rule.outcome, judgement) else {
            continue;
        };
        let Some(held) = rule.steps.get(*step) else { continue };
        let Some(level) = held.level.filter(|level| *level > 0) else { continue };
        let urgency = held.urgency.or(need.urgency).unwrap_or_else(|| default_urgency(level));
        let services = held.services.as_ref().unwrap_or(&need.services);
        let (evidence, moving) = evidence(session, rule, held, level);
        let key = (need.domain, Arc::clone(&need.code), need.basis);
        let (_, merged) = merged.entry(key).or_insert_with(|| {
            let empty = wire::Need {
                id: format!("{}.{}.{}", need.domain, need.code, need.basis),
                domain: Word(need.domain),
                code: (*need.code).to_owned(),
                label: String::new(),
                level: 0,
                urgency: Word(Urgency::Routine),
                basis: Word(need.basis),
                rules: Vec::new(),
                evidence: Vec::new(),
                services: Vec::new(),
                provisional: false,
                would_change: None,
            };
            (order, empty)
        });
        if level > merged.level {
            merged.level = level;
            merged.label = session.text(&need.label, RowId::FORM);
        }
        merged.urgency = merged.urgency.min(Word(urgency));
        merged.rules.push((*rule.id).to_owned());
        merged.evidence.push(evidence);
        for service in services {
            if !merged.services.iter().any(|known| **known == **service) {
                merged.services.push((**service).to_owned());
            }
        }
        merged.provisional |= moving || !open.is_empty();
    }
    // Another rule of the same need, of which an answer is missing, could raise it too.
    for (rule, judgement) in judged {
        let Outcome::Need(need) = &rule.outcome else { continue };
        if let Some((_, merged)) = merged.get_mut(&(need.domain, Arc::clone(&need.code), need.basis)) {
            merged.provisional |= judgement.open().is_some() && judgement.most() > merged.level;
        }
    }
    let mut needs: Vec<(usize, wire::Need)> = merged.into_values().collect();
    needs.sort_by_key(|(order, need)| (need.domain, std::cmp::Reverse(need.level), *order));
    needs.into_iter().map(|(_, need)| need).collect()
}

/// What a fired rule rests on, and whether a score among it can still move.
///
/// The conditions of a rule overlap, so that several may be true: the evidence is that of the one that holds.
fn evidence(session: &Session, rule: &Rule, held: &RuleStep, level: u8) -> (wire::Evidence, bool) {
    let trail = Trail::of(session.plan(), &held.when);
    let evidence = wire::Evidence {
        rule: (*rule.id).to_owned(),
        title: session.text(&rule.title, RowId::FORM),
        why: rule.why.as_ref().map(|why| session.text(why, RowId::FORM)),
        level,
        answers: trail.answers(session),
        scores: trail.score_evidence(session),
    };
    (evidence, trail.scores().any(|score| session.score(score).is_provisional()))
}

/// How soon a need of a level is to be met, unless its rule says otherwise (project default).
const fn default_urgency(level: u8) -> Urgency {
    match level {
        0 => Urgency::Routine,
        1 => Urgency::Within30d,
        2 => Urgency::Within14d,
        _ => Urgency::Within72h,
    }
}

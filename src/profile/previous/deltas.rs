use std::collections::BTreeSet;

use crate::plan::Domain;
use crate::profile::wire::{Delta, DeltaKind, DomainStatus, Incomparable, Number, Profile, Score};
use crate::scoring::ScoreStatus;
use crate::value::{Decimal, Word};

/// Every change between two profiles, and what cannot be compared: scores by id, then domains, then needs by id.
/// What neither of them assessed is passed over.
pub(super) fn deltas(before: &Profile, after: &Profile) -> Vec<Delta> {
    let mut deltas = Vec::new();
    let ids: BTreeSet<&String> = before.scores.keys().chain(after.scores.keys()).collect();
    for id in ids {
        let assessed = |profile: &'_ Profile| {
            profile.scores.get(id).is_some_and(|score| score.status.0 != ScoreStatus::NotAssessed)
        };
        if assessed(before) || assessed(after) {
            deltas.push(score(id, before.scores.get(id), after.scores.get(id)));
        }
    }
    let same_rules = before.questionnaire.id == after.questionnaire.id
        && before.questionnaire.rules_hash == after.questionnaire.rules_hash;
    for &domain in Domain::ALL {
        let level = |profile: &Profile| profile.domain_levels.get(&Word(domain)).copied().flatten();
        if level(before).is_some() || level(after).is_some() {
            deltas.push(levels(DeltaKind::Domain, domain.word(), same_rules, level(before), level(after)));
        }
    }
    let ids: BTreeSet<&str> = before.needs.iter().chain(&after.needs).map(|need| need.id.as_str()).collect();
    for id in ids {
        let (then, now) = (need_level(before, id), need_level(after, id));
        deltas.push(levels(DeltaKind::Need, id, same_rules, then, now));
    }
    deltas
}

/// The level of a need; 0 where it is not there although its whole domain was looked at.
fn need_level(profile: &Profile, id: &str) -> Option<u8> {
    if let Some(need) = profile.needs.iter().find(|need| need.id == id) {
        return Some(need.level);
    }
    let domain: Domain = id.split('.').next()?.parse().ok()?;
    let status = profile.domain_status.get(&Word(domain))?;
    (status.0 == DomainStatus::Complete).then_some(0)
}

fn score(id: &str, before: Option<&Score>, after: Option<&Score>) -> Delta {
    let decided =
        |score: Option<&Score>| score.filter(|score| score.value.is_some() || score.band.is_some()).cloned();
    let (then, now) = match (decided(before), decided(after)) {
        (None, _) => return apart(DeltaKind::Score, id, Incomparable::NotAssessedBefore),
        (_, None) => return apart(DeltaKind::Score, id, Incomparable::NotAssessedNow),
        (Some(then), Some(now)) => (then, now),
    };
    match (&then.definition, &now.definition) {
        (Some(then), Some(now)) if then == now => {}
        (Some(_), Some(_)) => return apart(DeltaKind::Score, id, Incomparable::DefinitionChanged),
        _ => return apart(DeltaKind::Score, id, Incomparable::DefinitionUnknown),
    }
    let change = then.value.as_ref().zip(now.value.as_ref());
    let change = change.and_then(|(then, now)| now.decimal()?.checked_sub(then.decimal()?));
    let band = |score: &Score| score.band.as_ref().map(|band| band.id.clone());
    Delta {
        kind: Word(DeltaKind::Score),
        id: id.to_owned(),
        comparable: true,
        why: None,
        change: change.map(Number::new),
        band_before: band(&then),
        band_after: band(&now),
        before: then.value,
        after: now.value,
    }
}

fn levels(kind: DeltaKind, id: &str, same_rules: bool, before: Option<u8>, after: Option<u8>) -> Delta {
    let why = match (before, after) {
        (None, _) => Incomparable::NotAssessedBefore,
        (_, None) => Incomparable::NotAssessedNow,
        (Some(before), Some(after)) if same_rules => {
            let (before, after) = (Decimal::from(before), Decimal::from(after));
            return Delta {
                kind: Word(kind),
                id: id.to_owned(),
                comparable: true,
                why: None,
                before: Some(Number::new(before)),
                after: Some(Number::new(after)),
                change: Some(Number::new(after - before)),
                band_before: None,
                band_after: None,
            };
        }
        _ => Incomparable::RulesChanged,
    };
    apart(kind, id, why)
}

fn apart(kind: DeltaKind, id: &str, why: Incomparable) -> Delta {
    Delta {
        kind: Word(kind),
        id: id.to_owned(),
        comparable: false,
        why: Some(Word(why)),
        before: None,
        after: None,
        change: None,
        band_before: None,
        band_after: None,
    }
}

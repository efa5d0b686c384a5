use std::collections::BTreeSet;

use crate::plan::Domain;
use crate::profile::domains::MOST;
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
        let (then, now) = (domain_level(before, domain), domain_level(after, domain));
        if then.is_some() || now.is_some() {
            deltas.push(levels(DeltaKind::Domain, domain.word(), same_rules, then, now));
        }
    }
    let ids: BTreeSet<&str> = before.needs.iter().chain(&after.needs).map(|need| need.id.as_str()).collect();
    for id in ids {
        let (then, now) = (need_level(before, id), need_level(after, id));
        deltas.push(levels(DeltaKind::Need, id, same_rules, then, now));
    }
    deltas
}

/// What is known of a level. Whatever was not looked at, or was refused, could only have raised it: what was looked at
/// in part may need more than it says, never less.
#[derive(Clone, Copy, Debug)]
struct Known {
    least: u8,
    most: u8,
}

impl Known {
    const fn new(level: u8, whole: bool) -> Self {
        Self { least: level, most: if whole || level > MOST { level } else { MOST } }
    }

    const fn is_certain(self) -> bool {
        self.least == self.most
    }

    /// Whether it is certain which way it has gone since, or that it has not moved.
    const fn tells_change_to(self, now: Self) -> bool {
        let (rose, fell) = (now.least > self.most, now.most < self.least);
        rose || fell || (self.is_certain() && now.is_certain())
    }
}

fn is_complete(profile: &Profile, domain: Domain) -> bool {
    profile.domain_status.get(&Word(domain)).is_some_and(|status| status.0 == DomainStatus::Complete)
}

fn domain_level(profile: &Profile, domain: Domain) -> Option<Known> {
    let level = profile.domain_levels.get(&Word(domain)).copied().flatten()?;
    Some(Known::new(level, is_complete(profile, domain)))
}

/// The level of a need; 0 where it is not there although its whole domain was looked at.
fn need_level(profile: &Profile, id: &str) -> Option<Known> {
    let domain = id.split('.').next().and_then(|domain| domain.parse().ok());
    let complete = domain.is_some_and(|domain| is_complete(profile, domain));
    match profile.needs.iter().find(|need| need.id == id) {
        // Of a redacted profile nobody knows which rules of the need were left out.
        Some(need) => {
            let left_out = profile.redacted == Some(true) && !complete;
            Some(Known::new(need.level, !need.provisional && !left_out))
        }
        None => complete.then_some(Known::new(0, true)),
    }
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

fn levels(kind: DeltaKind, id: &str, same_rules: bool, before: Option<Known>, after: Option<Known>) -> Delta {
    let why = match (before, after) {
        (None, _) => Incomparable::NotAssessedBefore,
        (_, None) => Incomparable::NotAssessedNow,
        (Some(_), Some(_)) if !same_rules => Incomparable::RulesChanged,
        (Some(before), Some(after)) if before.tells_change_to(after) => {
            let (before, after) = (Decimal::from(before.least), Decimal::from(after.least));
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
        // A question that was refused now is no help that was given since.
        (Some(_), Some(after)) if !after.is_certain() => Incomparable::NotAssessedNow,
        (Some(_), Some(_)) => Incomparable::NotAssessedBefore,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The change between two levels, each with whether all of it was looked at.
    fn change(before: (u8, bool), after: (u8, bool)) -> Result<i64, Incomparable> {
        let known = |(level, whole)| Some(Known::new(level, whole));
        let delta = levels(DeltaKind::Domain, "D01", true, known(before), known(after));
        assert_eq!(delta.comparable, delta.why.is_none());
        assert_eq!(delta.comparable, delta.before.is_some() && delta.after.is_some());
        match delta.why {
            Some(why) => Err(why.0),
            None => Ok(delta.change.unwrap().to_string().parse().unwrap()),
        }
    }

    #[test]
    fn what_was_looked_at_in_part_has_not_become_less() {
        let (whole, part) = (true, false);
        assert_eq!(change((3, whole), (0, whole)), Ok(-3));
        for level in [0, 1, 2] {
            assert_eq!(change((3, whole), (level, part)), Err(Incomparable::NotAssessedNow), "{level}");
        }
        // There is nothing above the highest.
        assert_eq!(change((3, whole), (3, part)), Ok(0));
        assert_eq!(change((1, whole), (2, part)), Ok(1), "it is more, whatever stays open");
        assert_eq!(change((1, whole), (1, part)), Err(Incomparable::NotAssessedNow), "it may be more");
    }

    #[test]
    fn what_had_been_looked_at_in_part_has_not_become_more() {
        let (whole, part) = (true, false);
        assert_eq!(change((0, part), (3, whole)), Err(Incomparable::NotAssessedBefore));
        assert_eq!(change((1, part), (1, whole)), Err(Incomparable::NotAssessedBefore));
        assert_eq!(change((2, part), (1, whole)), Ok(-1), "it was at least that much");
        assert_eq!(change((3, part), (1, whole)), Ok(-2));
        assert_eq!(change((1, part), (2, part)), Err(Incomparable::NotAssessedNow));
        assert_eq!(change((2, part), (1, part)), Err(Incomparable::NotAssessedNow));
    }

    #[test]
    fn other_rules_are_told_before_what_stays_open() {
        let known = Some(Known::new(1, false));
        let delta = levels(DeltaKind::Need, "D01.harm.normative", false, known, known);
        assert_eq!(delta.why, Some(Word(Incomparable::RulesChanged)));
    }
}

//! What is said of each domain: its level, and how far it was looked at.

use std::collections::BTreeSet;

use super::judge::Judgement;
use super::wire::{DomainStatus, Levels, Need, Statuses};
use crate::diagnostic::codes;
use crate::plan::{Domain, Outcome, Rule};
use crate::session::{Finding, Override, SetOver};
use crate::value::Word;

/// The highest level that there is.
pub(super) const MOST: u8 = 3;

/// The level of every domain, and how far it was looked at.
///
/// A level is that of the highest need; 0 only where a rule that could raise a need was decided and none fired; null
/// where no such rule exists or none is decided. A rule that says "not assessed" takes the 0 away, never a need.
pub(super) fn computed(
    judged: &[(&Rule, Judgement)],
    needs: &[Need],
    unscreened: &BTreeSet<Domain>,
) -> (Levels, Statuses) {
    let mut levels = Levels::new();
    let mut statuses = Statuses::new();
    for &domain in Domain::ALL {
        let level =
            needs.iter().filter(|need| need.domain.0 == domain).map(|need| need.level).max().or_else(|| {
                let decided = raising(judged, domain).any(Judgement::is_decided);
                (decided && !declared_not_assessed(judged, domain)).then_some(0)
            });
        let open = raising(judged, domain).any(|judgement| judgement.open().is_some());
        let status = match level {
            // A refused safety question was at least put: the domain is not one that nobody looked at.
            _ if unscreened.contains(&domain) => DomainStatus::Partial,
            None => DomainStatus::NotAssessed,
            Some(_) if open => DomainStatus::Partial,
            Some(_) => DomainStatus::Complete,
        };
        levels.insert(Word(domain), level);
        statuses.insert(Word(domain), Word(status));
    }
    (levels, statuses)
}

/// Whether a rule says anything of a domain.
pub(super) fn touches(rule: &Rule, of: Domain) -> bool {
    match &rule.outcome {
        Outcome::Need(need) => need.domain == of,
        Outcome::NotAssessed { domain, .. } => *domain == of,
        Outcome::Alert { .. } | Outcome::Review { .. } | Outcome::Recommend { .. } => false,
    }
}

/// What came of the rules that can raise a need in a domain.
fn raising<'a>(judged: &'a [(&Rule, Judgement)], domain: Domain) -> impl Iterator<Item = &'a Judgement> {
    judged.iter().filter_map(move |(rule, judgement)| match &rule.outcome {
        Outcome::Need(need) if need.domain == domain => Some(judgement),
        _ => None,
    })
}

fn declared_not_assessed(judged: &[(&Rule, Judgement)], of: Domain) -> bool {
    judged.iter().any(|(rule, judgement)| {
        matches!(rule.outcome, Outcome::NotAssessed { domain, .. } if domain == of)
            && matches!(judgement, Judgement::Fired { .. })
    })
}

/// The levels after what workers set over them.
///
/// Anybody may raise a level. To lower one, or to say "no need" of what was not assessed, takes a reason and a
/// supervisor. What was set over a lower level than the answers come to now lowers nothing: nobody has agreed to that.
///
/// # Errors
/// Every override that is not allowed.
pub(super) fn overridden(computed: &Levels, overrides: &[Override]) -> Result<Levels, Vec<Finding>> {
    let mut levels = computed.clone();
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for (index, set) in overrides.iter().enumerate() {
        let mut refuse = |member: &str, message: &str, help: &str| {
            let at = format!("/overrides/{index}{member}");
            findings.push(Finding::new(codes::RECORD_OVERRIDE, at, format!("{message}: {help}")));
        };
        if set.level > MOST {
            refuse("/level", "there is no such level", "levels go from 0 to 3");
            continue;
        }
        if !seen.insert(set.domain) {
            refuse("/domain", "this domain is set twice", "keep the one that holds");
            continue;
        }
        let domain = Word(set.domain);
        let before = computed.get(&domain).copied().flatten();
        if is_overtaken(set, before) {
            levels.insert(domain, before.max(Some(set.level)));
            continue;
        }
        let lowers = before.map_or(set.level == 0, |before| set.level < before);
        let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if lowers && !given(&set.reason) {
            refuse("/reason", "a level is lowered without a reason", "say why, in one sentence");
        }
        if lowers && !given(&set.supervisor) {
            refuse(
                "/supervisor",
                "a level is lowered without a supervisor",
                "name the supervisor who agreed",
            );
        }
        levels.insert(domain, Some(set.level));
    }
    if findings.is_empty() { Ok(levels) } else { Err(findings) }
}

/// Whether the answers come to a higher level now than the one that a worker has set another over.
#[must_use]
pub(super) fn is_overtaken(set: &Override, computed: Option<u8>) -> bool {
    set.computed.is_some_and(|SetOver(seen)| computed > seen)
}

/// Whether what a worker has set says nothing any more: the answers come to more than it was set over, and to no less than
/// what was set. A raise that is still higher holds, and so does its reason.
#[must_use]
pub fn is_void(set: &Override, computed: Option<u8>) -> bool {
    is_overtaken(set, computed) && computed >= Some(set.level)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn levels(of: &[(Domain, Option<u8>)]) -> Levels {
        of.iter().map(|&(domain, level)| (Word(domain), level)).collect()
    }

    fn set(domain: Domain, level: u8, reason: Option<&str>, supervisor: Option<&str>) -> Override {
        Override {
            domain,
            level,
            reason: reason.map(str::to_owned),
            by: Some("w1".to_owned()),
            supervisor: supervisor.map(str::to_owned),
            computed: None,
        }
    }

    #[test]
    fn what_nobody_has_seen_is_lowered_by_nobody() {
        let holds = |seen: Option<u8>, level: u8, now: Option<u8>| {
            let over = Override { computed: Some(SetOver(seen)), ..set(Domain::D05, level, None, None) };
            overridden(&levels(&[(Domain::D05, now)]), &[over]).map(|all| all[&Word(Domain::D05)]).ok()
        };
        assert_eq!(holds(Some(1), 2, Some(3)), Some(Some(3)), "raised, and then overtaken");
        assert_eq!(holds(Some(1), 3, Some(2)), Some(Some(3)), "raised by more than the answers have come to");
        assert_eq!(holds(Some(2), 1, Some(3)), Some(Some(3)), "lowered, and then overtaken");
        assert_eq!(holds(None, 0, Some(1)), Some(Some(1)), "said to be without need before it was looked at");
        assert_eq!(holds(Some(1), 2, Some(1)), Some(Some(2)), "the answers say what they said");
        assert_eq!(holds(Some(2), 1, Some(2)), None, "lowered without a word");
        assert_eq!(holds(Some(3), 1, Some(2)), None, "lowered still, though by less");
    }

    #[test]
    fn a_raise_that_is_still_higher_is_not_void() {
        let is_void = |seen: Option<u8>, level: u8, now: Option<u8>| {
            let set = set(Domain::D05, level, Some("seen at home"), None);
            is_void(&Override { computed: Some(SetOver(seen)), ..set }, now)
        };
        assert!(
            !is_void(Some(1), 3, Some(2)),
            "the answers come to more than then, and to less than was set"
        );
        assert!(!is_void(Some(1), 3, Some(1)));
        assert!(is_void(Some(1), 2, Some(2)), "the answers say it themselves");
        assert!(is_void(Some(1), 2, Some(3)));
        assert!(is_void(Some(2), 1, Some(3)), "lowered, and then overtaken");
        assert!(is_void(None, 0, Some(1)));
    }

    #[test]
    fn anybody_may_raise_a_level() {
        let computed = levels(&[(Domain::D05, Some(1)), (Domain::D09, None)]);
        let set = [set(Domain::D05, 3, None, None), set(Domain::D09, 1, None, None)];
        let last = overridden(&computed, &set).unwrap();
        assert_eq!(last, levels(&[(Domain::D05, Some(3)), (Domain::D09, Some(1))]));
    }

    #[test]
    fn lowering_takes_a_reason_and_a_supervisor() {
        let computed = levels(&[(Domain::D05, Some(2)), (Domain::D09, None)]);
        let lowered =
            overridden(&computed, &[set(Domain::D05, 1, Some("seen at home"), Some("s1"))]).unwrap();
        assert_eq!(lowered[&Word(Domain::D05)], Some(1));
        let bare = overridden(&computed, &[set(Domain::D05, 1, Some(" "), None)]).unwrap_err();
        let places: Vec<_> = bare.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!(places, ["/overrides/0/reason", "/overrides/0/supervisor"]);
        assert!(overridden(&computed, &[set(Domain::D09, 0, None, None)]).is_err());
        assert!(overridden(&computed, &[set(Domain::D05, 4, None, None)]).is_err());
    }
}

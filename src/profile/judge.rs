//! Whether a rule fires, and how strongly.

use crate::expression::{Causes, Facts, RowId};
use crate::plan::{Rule, RuleStep};
use crate::value::Truth;

/// What the answers make of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// At least one of its conditions is true.
    Fired {
        /// Index of the strongest true condition; of equals the first.
        step: usize,
        /// What the stronger conditions that are not decided hang on: while there is any, the level is "at least".
        open: Causes,
        /// The strength of the strongest condition that is true or may be.
        most: u8,
    },
    /// Every condition is false.
    NotFired,
    /// No condition is true, and answers could make one true.
    Undetermined {
        /// Which answers.
        open: Causes,
        /// The strength of the strongest condition that may be true.
        most: u8,
    },
    /// No condition is true, one is not false, and nothing can be asked: it reads what was rightly never asked.
    OutOfReach,
}

impl Judgement {
    /// What to ask to decide the rule entirely.
    pub(super) fn open(&self) -> Option<&Causes> {
        match self {
            Self::Fired { open, .. } if !open.is_empty() => Some(open),
            Self::Undetermined { open, .. } => Some(open),
            Self::Fired { .. } | Self::NotFired | Self::OutOfReach => None,
        }
    }

    /// The most that the rule may yet give: a need's level where the rule raises one. 0 where it does not fire.
    pub(super) const fn most(&self) -> u8 {
        match self {
            Self::Fired { most, .. } | Self::Undetermined { most, .. } => *most,
            Self::NotFired | Self::OutOfReach => 0,
        }
    }

    /// Whether the answers decide if the rule fires at all.
    pub(super) fn is_decided(&self) -> bool {
        matches!(self, Self::Fired { .. } | Self::NotFired)
    }
}

/// Tests every condition of a rule. The conditions overlap on purpose: the strongest true one holds, so that a score
/// that is known only within bounds still gives the least that is certain.
pub(crate) fn judge(rule: &Rule, facts: &dyn Facts) -> Judgement {
    strongest(rule.steps.iter().map(|step| {
        let (truth, causes) = step.when.test_explained(facts, RowId::FORM);
        (strength(step), truth, causes)
    }))
}

/// The index of the strongest true condition of a rule; none if it does not fire.
pub(crate) fn held_step(rule: &Rule, facts: &dyn Facts) -> Option<usize> {
    match judge(rule, facts) {
        Judgement::Fired { step, .. } => Some(step),
        Judgement::NotFired | Judgement::Undetermined { .. } | Judgement::OutOfReach => None,
    }
}

/// A need's level, or an alert's grade counted downwards; a condition without either is as strong as any.
fn strength(step: &RuleStep) -> u8 {
    match (step.level, step.grade) {
        (Some(level), _) => level,
        (None, Some(grade)) => u8::MAX - grade as u8,
        (None, None) => 0,
    }
}

fn strongest(steps: impl Iterator<Item = (u8, Truth, Causes)>) -> Judgement {
    let steps: Vec<_> = steps.collect();
    let mut held: Option<(usize, u8)> = None;
    for (index, &(strength, truth, _)) in steps.iter().enumerate() {
        if truth.is_true() && held.is_none_or(|(_, most)| strength > most) {
            held = Some((index, strength));
        }
    }
    let unknown = || steps.iter().filter(|(_, truth, _)| truth.is_unknown());
    match held {
        Some((step, held)) => {
            let stronger =
                || unknown().filter(|(strength, _, causes)| *strength > held && !causes.is_empty());
            Judgement::Fired {
                step,
                open: stronger().flat_map(|(_, _, causes)| causes.iter().copied()).collect(),
                most: stronger().map(|(strength, _, _)| *strength).max().unwrap_or(held),
            }
        }
        None if unknown().next().is_none() => Judgement::NotFired,
        None => {
            let open: Causes = unknown().flat_map(|(_, _, causes)| causes.iter().copied()).collect();
            let reachable = unknown().filter(|(_, _, causes)| !causes.is_empty());
            match reachable.map(|(strength, _, _)| *strength).max() {
                Some(most) => Judgement::Undetermined { open, most },
                None => Judgement::OutOfReach,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};
    use super::*;
    use crate::expression::FieldId;

    fn causes(fields: &[u32]) -> Causes {
        fields.iter().map(|&field| (FieldId(field), RowId::FORM)).collect()
    }

    fn judged(steps: &[(u8, Truth, &[u32])]) -> Judgement {
        strongest(steps.iter().map(|&(strength, truth, fields)| (strength, truth, causes(fields))))
    }

    #[test]
    fn the_strongest_true_condition_holds_in_whatever_order_they_stand() {
        assert!(matches!(
            judged(&[(1, True, &[]), (3, False, &[]), (2, True, &[])]),
            Judgement::Fired { step: 2, .. }
        ));
        assert!(matches!(judged(&[(1, True, &[]), (1, True, &[])]), Judgement::Fired { step: 0, .. }));
        assert_eq!(judged(&[(1, False, &[]), (2, False, &[])]), Judgement::NotFired);
    }

    #[test]
    fn only_a_stronger_condition_leaves_a_fired_rule_open() {
        let open = judged(&[(1, True, &[]), (2, Unknown, &[7])]);
        assert_eq!(open, Judgement::Fired { step: 0, open: causes(&[7]), most: 2 });
        let closed = judged(&[(1, Unknown, &[7]), (2, True, &[])]);
        assert_eq!((closed.open(), closed.most()), (None, 2));
    }

    #[test]
    fn what_was_rightly_never_asked_leaves_nothing_to_ask() {
        assert_eq!(judged(&[(1, Unknown, &[])]), Judgement::OutOfReach);
        assert_eq!(
            judged(&[(1, Unknown, &[3]), (2, False, &[])]),
            Judgement::Undetermined { open: causes(&[3]), most: 1 }
        );
    }
}

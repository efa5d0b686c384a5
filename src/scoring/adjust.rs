//! What moves the level of a band after the items are counted: a diagnosis, events of the last month.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ScoreResult;
use crate::expression::{Causes, Facts, RowId};
use crate::plan::{AdjustmentKind, Field, Plan, Score, Stacking};
use crate::value::Truth;

/// Applies a score's adjustments to the level of its band.
///
/// An adjustment acts on *true* only. One that is not decided changes nothing, and what it hangs on is listed, so
/// that the level is read as "at least". Without a band there is no level to move.
pub(super) fn apply(plan: &Plan, score: &Score, facts: &dyn Facts, result: &mut ScoreResult) {
    let (Some(adjustments), Some(base)) = (&score.adjustments, result.base_level) else { return };
    let mut causes = BTreeSet::new();
    let mut unnamed = Vec::new();
    let truths: Vec<Truth> = adjustments
        .list
        .iter()
        .map(|adjustment| {
            let (truth, hangs_on) = adjustment.when.test_explained(facts, RowId::FORM);
            if truth.is_unknown() {
                if hangs_on.is_empty() {
                    unnamed.push(Arc::clone(&adjustment.id));
                }
                causes.extend(hangs_on);
            }
            truth
        })
        .collect();
    let with = |unknown: Truth| {
        let truths = truths.iter().map(|truth| if truth.is_unknown() { unknown } else { *truth });
        let kinds = adjustments.list.iter().map(|adjustment| adjustment.kind).zip(truths);
        level(kinds, adjustments.cap, adjustments.stacking, base)
    };
    let level = with(Truth::Unknown);
    result.level_open = with(Truth::True) != level;
    result.level = Some(level);
    result.applied = adjustments
        .list
        .iter()
        .zip(&truths)
        .filter(|(_, truth)| truth.is_true())
        .map(|(adjustment, _)| Arc::clone(&adjustment.id))
        .collect();
    result.provisional_on = names(plan, &causes);
    result.provisional_on.extend(unnamed);
}

/// The level that the true adjustments make of `base`; never better than `base`, whatever the cap.
fn level(
    adjustments: impl Iterator<Item = (AdjustmentKind, Truth)>,
    cap: u8,
    stacking: Stacking,
    base: u8,
) -> u8 {
    let mut set = base;
    let mut steps: u8 = 0;
    for (kind, _) in adjustments.filter(|(_, truth)| truth.is_true()) {
        match (kind, stacking) {
            (AdjustmentKind::Set(level), _) => set = set.max(level),
            (AdjustmentKind::Raise(by), Stacking::Once) => steps = steps.max(by),
            (AdjustmentKind::Raise(by), Stacking::Each) => steps = steps.saturating_add(by),
        }
    }
    set.saturating_add(steps).min(cap).max(base)
}

fn names(plan: &Plan, causes: &Causes) -> Vec<Arc<str>> {
    let questions: BTreeSet<_> = causes
        .iter()
        .filter_map(|&(field, _)| match plan.field(field) {
            Field::Question(question) => Some(question),
            Field::Score(_) | Field::ScoreLevel(_) | Field::ScoreBand(_) | Field::Age => None,
        })
        .collect();
    questions.into_iter().map(|question| Arc::clone(&plan.question(question).name)).collect()
}

#[cfg(test)]
mod tests {
    use super::AdjustmentKind::{Raise, Set};
    use super::Truth::{False, True, Unknown};
    use super::*;

    fn moved(base: u8, stacking: Stacking, adjustments: &[(AdjustmentKind, Truth)]) -> u8 {
        level(adjustments.iter().copied(), 4, stacking, base)
    }

    #[test]
    fn however_many_are_true_the_level_moves_by_one_step() {
        assert_eq!(moved(1, Stacking::Once, &[(Set(4), False), (Raise(1), False), (Raise(1), True)]), 2);
        assert_eq!(moved(1, Stacking::Once, &[(Raise(1), True), (Raise(1), True), (Raise(1), True)]), 2);
        assert_eq!(moved(1, Stacking::Each, &[(Raise(1), True), (Raise(1), True), (Raise(1), True)]), 4);
    }

    #[test]
    fn the_level_stops_at_the_cap_and_only_true_acts() {
        assert_eq!(moved(4, Stacking::Once, &[(Raise(1), True)]), 4);
        assert_eq!(moved(3, Stacking::Each, &[(Raise(1), True), (Raise(1), True)]), 4);
        assert_eq!(moved(2, Stacking::Once, &[(Set(4), Unknown), (Raise(1), Unknown)]), 2);
        assert_eq!(moved(0, Stacking::Once, &[(Set(4), True), (Raise(1), True)]), 4);
    }
}

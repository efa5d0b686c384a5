//! Which scores read which: an order in which the inner ones come first, and what a score rests on through others.

use std::collections::BTreeSet;

use super::declare::ScoreDraft;
use super::{Compiler, definition};
use crate::expression::Program;
use crate::json::Item;
use crate::plan::{Field, ItemPoints, Method, Question, QuestionId, Score, ScoreId};

impl Compiler<'_> {
    /// The scores that are items of a score.
    pub(super) fn scores_counted(&self, draft: &ScoreDraft<'_>) -> BTreeSet<usize> {
        let items = draft.item.get("items").into_iter().flat_map(Item::items);
        let names = items.filter_map(|item| item.get("name").unwrap_or(item).text());
        names.filter_map(|name| self.score_named(name)).map(ScoreId::index).collect()
    }

    /// The score of a name.
    pub(super) fn score_named(&self, name: &str) -> Option<ScoreId> {
        match self.names.field(*self.names.form.get(name)?) {
            Field::Score(score) => Some(score),
            _ => None,
        }
    }

    /// A score that reads other scores rests on the questions of those, and means what they mean.
    pub(super) fn read_through(
        &self,
        scores: &mut [Score],
        drafts: &[ScoreDraft<'_>],
        questions: &[Question],
    ) {
        let reads: Vec<BTreeSet<usize>> = scores.iter().map(|score| self.scores_read(score)).collect();
        for (index, reads) in
            inner_first(&reads).into_iter().filter_map(|index| Some((index, reads.get(index)?)))
        {
            let Some((score, draft)) = scores.get(index).zip(drafts.get(index)) else { continue };
            let own = score.questions.iter().filter_map(|id| {
                let asked = self.drafts.get(id.index())?;
                Some((questions.get(id.index())?, definition::meaning(asked.item)))
            });
            let inner =
                || reads.iter().filter(|other| **other != index).filter_map(|other| scores.get(*other));
            let definition = definition::of_score(draft, own, inner());
            let mut rests_on: BTreeSet<QuestionId> = score.questions.iter().copied().collect();
            rests_on.extend(inner().flat_map(|inner| inner.questions.iter().copied()));
            if let Some(score) = scores.get_mut(index) {
                score.questions = rests_on.into_iter().collect();
                score.definition = definition.into();
            }
        }
    }

    /// The other scores that a score reads, as items or in expressions.
    fn scores_read(&self, score: &Score) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        let mut from = |program: &Program| {
            let fields = program.reads().iter().filter_map(super::links::field_read);
            read.extend(fields.filter_map(|field| self.names.score_of(field)).map(ScoreId::index));
        };
        if let Method::Expression(program) = &score.method {
            from(program);
        }
        for item in &score.items {
            if let ItemPoints::Condition(program, _) = &item.points {
                from(program);
            }
        }
        read.extend(score.items.iter().filter_map(|item| match item.points {
            ItemPoints::Score(inner) => Some(inner.index()),
            ItemPoints::Question(_) | ItemPoints::Condition(..) => None,
        }));
        read
    }
}

/// An order in which each comes after those that it reads. What stands in a ring comes last: rings are reported
/// elsewhere.
pub(super) fn inner_first(reads: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut waits_for: Vec<usize> = reads.iter().map(BTreeSet::len).collect();
    let mut outer: Vec<Vec<usize>> = vec![Vec::new(); reads.len()];
    for (index, reads) in reads.iter().enumerate() {
        for inner in reads {
            if let Some(outer) = outer.get_mut(*inner) {
                outer.push(index);
            }
        }
    }
    let mut order: Vec<usize> = Vec::with_capacity(reads.len());
    order.extend(waits_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(index, _)| index));
    let mut next = 0;
    while let Some(inner) = order.get(next).copied() {
        next += 1;
        for index in outer.get(inner).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(*index) {
                *count -= 1;
                if *count == 0 {
                    order.push(*index);
                }
            }
        }
    }
    order.extend(waits_for.iter().enumerate().filter(|(_, count)| **count > 0).map(|(index, _)| index));
    order
}

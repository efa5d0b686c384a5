//! The order in which tasks run, and the rings that keep them from having one.
#![allow(clippy::indexing_slicing, reason = "tasks are numbered by their position")]

use std::collections::BTreeSet;

use super::links::{Builder, number};
use crate::diagnostic::{Diagnostic, codes};
use crate::plan::graph::Task;
use crate::plan::order::Order;
use crate::plan::{QuestionId, ScoreId};

/// How many members of a ring are printed. One of more was made by a program, and nobody reads it.
const MOST_WORDS: usize = 12;

/// Which task comes before which, and why. An arrow may stand in a list more than once.
pub(super) struct Edges {
    /// In the same row, or between the form and its rows.
    now: Vec<Vec<u32>>,
    /// From the row before: that row, not this one, has to be done.
    later: Vec<Vec<u32>>,
    /// Those of `now` that reach from all rows into each.
    far: BTreeSet<(u32, u32)>,
    /// All of them the other way round.
    back: Vec<Vec<u32>>,
}

/// An order of all tasks.
pub(super) struct Sorted {
    /// The tasks, each after those that it reads.
    pub(super) order: Vec<u32>,
    /// At the same index, the first task with which it runs row by row.
    pub(super) strata: Vec<u32>,
}

impl Edges {
    pub(super) fn new(tasks: usize) -> Self {
        let none = vec![Vec::new(); tasks];
        Self { now: none.clone(), later: none.clone(), far: BTreeSet::new(), back: none }
    }

    pub(super) fn add(&mut self, before: u32, after: u32) {
        self.now[before as usize].push(after);
        self.back[after as usize].push(before);
    }

    pub(super) fn add_far(&mut self, before: u32, after: u32) {
        self.add(before, after);
        self.far.insert((before, after));
    }

    pub(super) fn add_later(&mut self, before: u32, after: u32) {
        self.later[before as usize].push(after);
        self.back[after as usize].push(before);
    }

    /// The tasks right before a task.
    pub(super) fn before(&self, task: u32) -> impl Iterator<Item = u32> + '_ {
        self.back[task as usize].iter().copied()
    }

    /// An order, and the rings for which there is none.
    ///
    /// Reading the row before makes a ring of columns that is none, as long as nothing in it looks at other rows
    /// than that one: such a ring becomes one stratum, in which the tasks have an order of their own.
    #[inline(never)]
    pub(super) fn sort(&self, owners: &[Option<QuestionId>]) -> (Sorted, Vec<Vec<u32>>) {
        let both = self.now.iter().zip(&self.later);
        let all: Vec<Vec<u32>> =
            both.map(|(now, later)| distinct(now.iter().chain(later).copied())).collect();
        let whole = Order { successors: &all };
        let (mut order, components) = whole.sort();
        let mut places = vec![0; order.len()];
        for (place, &task) in order.iter().enumerate() {
            places[task as usize] = place;
        }
        let mut strata = order.clone();
        let mut rings = Vec::new();
        for component in components {
            match self.stratum(&component, owners) {
                Ok(members) => {
                    let first = component.iter().map(|&task| places[task as usize]).min().unwrap_or(0);
                    for (offset, &task) in members.iter().enumerate() {
                        order[first + offset] = task;
                        strata[first + offset] = members[0];
                    }
                }
                Err(Some(ring)) => rings.push(ring),
                Err(None) => rings.push(whole.ring(&component)),
            }
        }
        (Sorted { order, strata }, rings)
    }

    /// The members of a component in an order in which a row can be done at once, or the ring that prevents it.
    fn stratum(
        &self,
        component: &[u32],
        owners: &[Option<QuestionId>],
    ) -> Result<Vec<u32>, Option<Vec<u32>>> {
        let members: BTreeSet<u32> = component.iter().copied().collect();
        let index: Vec<u32> = members.iter().copied().collect();
        let at = |task: u32| index.binary_search(&task).map_or(0, number);
        let inside = |task: &u32| {
            let next = self.now[*task as usize].iter().filter(|next| members.contains(next));
            distinct(next.map(|&next| at(next)))
        };
        let inside: Vec<Vec<u32>> = index.iter().map(inside).collect();
        let local = Order { successors: &inside };
        let (order, rings) = local.sort();
        let task_at = |at: u32| index.get(at as usize).copied().unwrap_or_default();
        if let Some(ring) = rings.first() {
            return Err(Some(local.ring(ring).into_iter().map(task_at).collect()));
        }
        let owner = |task: &u32| owners.get(*task as usize).copied().flatten();
        let first = index.first().and_then(owner);
        let one_repeat = first.is_some() && index.iter().all(|task| owner(task) == first);
        let far = self.far.iter().any(|(before, after)| members.contains(before) && members.contains(after));
        if !one_repeat || far {
            return Err(None);
        }
        Ok(order.into_iter().map(task_at).collect())
    }
}

fn distinct(tasks: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut tasks: Vec<u32> = tasks.collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

impl Builder<'_> {
    /// Prints a ring with the places of all that takes part in it.
    pub(super) fn ring_fault(&self, ring: &[u32]) -> Diagnostic {
        let mut words: Vec<String> = ring.iter().take(MOST_WORDS).map(|&task| self.words(task)).collect();
        let first = words.first().cloned().unwrap_or_default();
        if ring.len() > MOST_WORDS {
            words.push(format!("{} more", ring.len() - MOST_WORDS));
        }
        let message = format!("these wait for each other: {} → {first}", words.join(" → "));
        let place = |task: u32| {
            let kind = self.kinds.get(task as usize)?;
            self.links.iter().find(|link| link.task == *kind).and_then(|link| link.place.clone())
        };
        let mut diagnostic = Diagnostic::error(codes::PLAN_CYCLE, message)
            .help("break the ring: one of these conditions or calculations must not read the next");
        let mut places =
            ring.iter().take(MOST_WORDS).filter_map(|&task| Some((place(task)?, self.words(task))));
        if let Some((first, _)) = places.next() {
            diagnostic = diagnostic.at(first);
        }
        for (place, words) in places {
            diagnostic = diagnostic.related(place, format!("{words} is here"));
        }
        diagnostic
    }

    fn words(&self, task: u32) -> String {
        let question =
            |id: QuestionId| self.questions.get(id.index()).map_or("", |question| &*question.name).to_owned();
        let section = |id: crate::plan::SectionId| {
            self.sections.get(id.index()).map_or("", |section| &*section.id).to_owned()
        };
        let score = |id: ScoreId| self.scores.get(id.index()).map_or("", |score| &*score.id).to_owned();
        match self.kinds.get(task as usize).copied() {
            Some(Task::Section(id)) => format!("the condition of section `{}`", section(id)),
            Some(Task::Lock(id) | Task::SectionLabel(id)) => format!("section `{}`", section(id)),
            Some(Task::Relevance(id)) => format!("whether `{}` is asked", question(id)),
            Some(Task::Calculate(id)) => format!("the value of `{}`", question(id)),
            Some(Task::Count(id)) => format!("the number of rows of `{}`", question(id)),
            Some(Task::Score(id)) => format!("the score `{}`", score(id)),
            Some(
                Task::Required(id)
                | Task::ReadOnly(id)
                | Task::Choices(id)
                | Task::Key(id)
                | Task::Rows(id)
                | Task::Label(id)
                | Task::RowLabel(id),
            ) => format!("`{}`", question(id)),
            Some(Task::Check(_)) => "a check".to_owned(),
            Some(Task::Age) => "the age".to_owned(),
            Some(Task::FormLabel) => "the form".to_owned(),
            None => String::new(),
        }
    }
}

#![allow(
    clippy::indexing_slicing,
    reason = "tasks are numbered by their position, as they are collected here"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::Link;
use crate::diagnostic::{Diagnostic, codes};
use crate::expression::{FieldId, Read};
use crate::plan::graph::{Dependent, Graph, Order, Task, TaskId, Via};
use crate::plan::names::Names;
use crate::plan::{Field, ItemPoints, Question, QuestionId, Score, ScoreId, Section, SectionId, Subject};

/// The graph with what is wrong with it.
pub(super) struct Built {
    pub(super) graph: Graph,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Finds an order for all tasks of a plan.
pub(super) struct Builder<'a> {
    names: &'a Names,
    questions: &'a [Question],
    sections: &'a [Section],
    scores: &'a [Score],
    subject: &'a Subject,
    links: Vec<Link>,
    tasks: BTreeMap<Task, u32>,
    owners: Vec<Option<QuestionId>>,
    kinds: Vec<Task>,
}

/// The field that a read concerns; none for the clock.
pub(super) fn field_read(read: &Read) -> Option<FieldId> {
    match read {
        Read::Field { field, .. }
        | Read::Absence { field, .. }
        | Read::Column { field, .. }
        | Read::Rows { field }
        | Read::Previous { field } => Some(*field),
        Read::Today | Read::Now => None,
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        names: &'a Names,
        questions: &'a [Question],
        sections: &'a [Section],
        scores: &'a [Score],
        subject: &'a Subject,
        links: Vec<Link>,
    ) -> Self {
        let (tasks, owners, kinds) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { names, questions, sections, scores, subject, links, tasks, owners, kinds }
    }

    pub(super) fn build(mut self) -> Built {
        self.every_task();
        let mut successors: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); self.kinds.len()];
        let mut dependents: Vec<BTreeSet<(u32, Via)>> = vec![BTreeSet::new(); self.names.types.len()];
        for (before, after) in self.inner_arrows() {
            successors[before as usize].insert(after);
        }
        for (task, field, via) in self.reads() {
            if let Some(readers) = dependents.get_mut(field.0 as usize) {
                readers.insert((task, via));
            }
            // The row before is another row: what a column computes from it waits for no other task.
            let own_column =
                via == Via::Previous && self.owners.get(task as usize) == Some(&self.names.parent(field));
            for producer in self.producers(field) {
                if !(own_column && producer == task) {
                    successors[producer as usize].insert(task);
                }
            }
        }
        let successors: Vec<Vec<u32>> =
            successors.into_iter().map(|successors| successors.into_iter().collect()).collect();
        let order = Order { successors: &successors };
        let (sorted, rings) = order.sort();
        let diagnostics = rings.iter().map(|component| self.ring_fault(&order.ring(component))).collect();
        Built { graph: self.graph(&sorted, dependents), diagnostics }
    }

    fn task(&mut self, task: Task, owner: Option<QuestionId>) -> u32 {
        let next = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        *self.tasks.entry(task).or_insert_with(|| {
            self.kinds.push(task);
            self.owners.push(owner);
            next
        })
    }

    fn every_task(&mut self) {
        for index in 0..self.sections.len() {
            self.task(Task::Section(SectionId(u32::try_from(index).unwrap_or(u32::MAX))), None);
        }
        let questions = self.questions;
        for (index, question) in questions.iter().enumerate() {
            let id = QuestionId(u32::try_from(index).unwrap_or(u32::MAX));
            self.task(Task::Relevance(id), question.parent);
            if question.repeat().is_some() {
                self.task(Task::Rows(id), question.parent);
            }
            if self.section_lock(question).is_some() {
                self.task(Task::ReadOnly(id), question.parent);
            }
        }
        for index in 0..self.scores.len() {
            self.task(Task::Score(ScoreId(u32::try_from(index).unwrap_or(u32::MAX))), None);
        }
        self.task(Task::Age, None);
        for (task, owner) in self.links.iter().map(|link| (link.task, link.owner)).collect::<Vec<_>>() {
            self.task(task, owner);
        }
    }

    fn section_lock(&self, question: &Question) -> Option<&'a crate::expression::Program> {
        self.sections.get(question.section.index())?.read_only_if.as_ref()
    }

    fn id(&self, task: Task) -> Option<u32> {
        self.tasks.get(&task).copied()
    }

    /// What follows from the form itself: a section comes before its questions, a repeat before its columns.
    fn inner_arrows(&self) -> Vec<(u32, u32)> {
        let mut arrows = Vec::new();
        for (index, question) in self.questions.iter().enumerate() {
            let id = QuestionId(u32::try_from(index).unwrap_or(u32::MAX));
            let relevance = self.id(Task::Relevance(id));
            let holder = match question.parent {
                Some(repeat) => Task::Relevance(repeat),
                None => Task::Section(question.section),
            };
            arrows.extend(self.id(holder).zip(relevance));
            for task in [Task::Calculate(id), Task::Choices(id), Task::Rows(id)] {
                arrows.extend(relevance.zip(self.id(task)));
            }
        }
        arrows
    }

    /// Every read of every task: the task, the field, and how.
    fn reads(&self) -> Vec<(u32, FieldId, Via)> {
        let mut found = Vec::new();
        let mut add = |task: u32, reads: &[Read]| {
            for read in reads {
                match *read {
                    Read::Field { field, .. } | Read::Absence { field, .. } => {
                        found.push((task, field, Via::Field))
                    }
                    Read::Column { rows, field } => {
                        if let Field::Question(repeat) = self.names.field(rows) {
                            found.push((task, field, Via::Column(repeat)));
                        }
                        found.push((task, rows, Via::Field));
                    }
                    Read::Rows { field } => found.push((task, field, Via::Field)),
                    Read::Previous { field } => {
                        found.push((task, field, Via::Previous));
                        if let Some(repeat) = self.names.parent(field) {
                            found.push((task, FieldId(repeat.0), Via::Field));
                        }
                    }
                    Read::Today | Read::Now => {}
                }
            }
        };
        for link in &self.links {
            if let Some(task) = self.id(link.task) {
                add(task, &link.reads);
            }
        }
        for (index, question) in self.questions.iter().enumerate() {
            let id = QuestionId(u32::try_from(index).unwrap_or(u32::MAX));
            if let (Some(task), Some(program)) = (self.id(Task::ReadOnly(id)), self.section_lock(question)) {
                add(task, program.reads());
            }
        }
        for (index, score) in self.scores.iter().enumerate() {
            let id = ScoreId(u32::try_from(index).unwrap_or(u32::MAX));
            let Some(task) = self.id(Task::Score(id)) else { continue };
            for item in &score.items {
                if let ItemPoints::Question(question) = item.points {
                    found.push((task, FieldId(question.0), Via::Field));
                }
            }
        }
        if let Some(task) = self.id(Task::Age) {
            let about = [self.subject.birth_date, self.subject.birth_precision];
            found.extend(about.into_iter().flatten().map(|question| (task, FieldId(question.0), Via::Field)));
        }
        for (index, question) in self.questions.iter().enumerate() {
            let id = QuestionId(u32::try_from(index).unwrap_or(u32::MAX));
            if let (Some(task), Some(repeat)) = (self.id(Task::Rows(id)), question.repeat()) {
                found.extend(
                    repeat.unique_key.iter().map(|column| (task, FieldId(column.0), Via::Column(id))),
                );
                found.extend(repeat.count_from.map(|counted| (task, FieldId(counted.0), Via::Field)));
            }
        }
        found
    }

    /// The tasks after which a field holds what logic reads.
    fn producers(&self, field: FieldId) -> Vec<u32> {
        let tasks: Vec<Task> = match self.names.field(field) {
            Field::Question(id) => vec![Task::Relevance(id), Task::Calculate(id)],
            Field::Score(id) | Field::ScoreLevel(id) | Field::ScoreBand(id) => vec![Task::Score(id)],
            Field::Age => vec![Task::Age],
        };
        tasks.into_iter().filter_map(|task| self.id(task)).collect()
    }

    fn ring_fault(&self, ring: &[u32]) -> Diagnostic {
        let words: Vec<String> = ring.iter().map(|&task| self.words(task)).collect();
        let first = words.first().cloned().unwrap_or_default();
        let message = format!("these wait for each other: {} → {first}", words.join(" → "));
        let place = |task: u32| {
            let kind = self.kinds.get(task as usize)?;
            self.links.iter().find(|link| link.task == *kind).and_then(|link| link.place.clone())
        };
        let mut diagnostic = Diagnostic::error(codes::PLAN_CYCLE, message)
            .help("break the ring: one of these conditions or calculations must not read the next");
        let mut places = ring.iter().filter_map(|&task| Some((place(task)?, self.words(task))));
        if let Some((first, _)) = places.next() {
            diagnostic = diagnostic.at(first);
        }
        for (place, words) in places {
            diagnostic = diagnostic.related(place, format!("{words} is here"));
        }
        diagnostic
    }

    fn words(&self, task: u32) -> String {
        let question = |id: &QuestionId| {
            self.questions.get(id.index()).map_or("", |question| &*question.name).to_owned()
        };
        match self.kinds.get(task as usize) {
            Some(Task::Section(id)) => {
                let name = self.sections.get(id.index()).map_or("", |section| &*section.id);
                format!("the condition of section `{name}`")
            }
            Some(Task::Relevance(id)) => format!("whether `{}` is asked", question(id)),
            Some(Task::Calculate(id)) => format!("the value of `{}`", question(id)),
            Some(Task::Score(id)) => {
                format!("the score `{}`", self.scores.get(id.index()).map_or("", |score| &*score.id))
            }
            Some(Task::Required(id) | Task::ReadOnly(id) | Task::Choices(id) | Task::Rows(id)) => {
                format!("`{}`", question(id))
            }
            Some(Task::Check(_)) => "a check".to_owned(),
            Some(Task::Age) => "the age".to_owned(),
            None => String::new(),
        }
    }

    fn graph(&self, sorted: &[u32], dependents: Vec<BTreeSet<(u32, Via)>>) -> Graph {
        let mut ranks = vec![TaskId(0); self.kinds.len()];
        for (rank, &task) in sorted.iter().enumerate() {
            ranks[task as usize] = TaskId(u32::try_from(rank).unwrap_or(u32::MAX));
        }
        let rank = |task: Task| self.id(task).map(|task| ranks[task as usize]);
        let ids =
            || (0..self.questions.len()).map(|index| QuestionId(u32::try_from(index).unwrap_or(u32::MAX)));
        let owners: Vec<Option<QuestionId>> = sorted.iter().map(|&task| self.owners[task as usize]).collect();
        let mut row_tasks: BTreeMap<QuestionId, Vec<TaskId>> = BTreeMap::new();
        for (index, owner) in owners.iter().enumerate() {
            if let Some(repeat) = owner {
                row_tasks.entry(*repeat).or_default().push(TaskId(u32::try_from(index).unwrap_or(u32::MAX)));
            }
        }
        Graph {
            row_tasks,
            tasks: sorted.iter().map(|&task| self.kinds[task as usize]).collect(),
            owners,
            dependents: dependents
                .into_iter()
                .map(|readers| {
                    readers
                        .into_iter()
                        .map(|(task, via)| Dependent { task: ranks[task as usize], via })
                        .collect()
                })
                .collect(),
            relevance: ids().map(|id| rank(Task::Relevance(id)).unwrap_or(TaskId(0))).collect(),
            rows: ids().map(|id| rank(Task::Rows(id))).collect(),
        }
    }
}

//! Every task of a plan, what each reads, and with that the graph.
#![allow(
    clippy::indexing_slicing,
    reason = "tasks are numbered by their position, as they are collected here"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::Link;
use super::rings::{Edges, Sorted};
use crate::diagnostic::Diagnostic;
use crate::expression::{FieldId, Read};
use crate::plan::graph::{Dependent, Graph, Task, TaskId, Via};
use crate::plan::names::Names;
use crate::plan::{
    AnswerKind, Field, ItemPoints, Method, Question, QuestionId, Score, ScoreId, Section, SectionId, Subject,
};

/// The graph with what is wrong with it.
pub(super) struct Built {
    pub(super) graph: Graph,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Finds an order for all tasks of a plan.
pub(super) struct Builder<'a> {
    pub(super) names: &'a Names,
    pub(super) questions: &'a [Question],
    pub(super) sections: &'a [Section],
    pub(super) scores: &'a [Score],
    pub(super) subject: &'a Subject,
    pub(super) links: Vec<Link>,
    /// Columns that an expression takes as a whole.
    whole_columns: &'a BTreeSet<FieldId>,
    pub(super) tasks: Numbers,
    pub(super) owners: Vec<Option<QuestionId>>,
    pub(super) kinds: Vec<Task>,
}

/// The number of each task, by its kind and by what it concerns: a table for each kind, since most are looked up
/// several times.
#[derive(Default)]
pub(super) struct Numbers {
    tables: [Vec<Option<u32>>; 17],
}

impl Numbers {
    /// Gives a task its number; false if it has one.
    fn give(&mut self, task: Task, number: u32) -> bool {
        let (kind, index) = place(task);
        let table = &mut self.tables[kind];
        if table.len() <= index {
            table.resize(index + 1, None);
        }
        let new = table[index].is_none();
        if new {
            table[index] = Some(number);
        }
        new
    }

    fn of(&self, task: Task) -> Option<u32> {
        let (kind, index) = place(task);
        self.tables[kind].get(index).copied().flatten()
    }
}

/// The table of a kind of task, and the place in it.
fn place(task: Task) -> (usize, usize) {
    match task {
        Task::Section(id) => (0, id.index()),
        Task::Relevance(id) => (1, id.index()),
        Task::Calculate(id) => (2, id.index()),
        Task::Required(id) => (3, id.index()),
        Task::Lock(id) => (4, id.index()),
        Task::ReadOnly(id) => (5, id.index()),
        Task::Choices(id) => (6, id.index()),
        Task::Key(id) => (7, id.index()),
        Task::Count(id) => (8, id.index()),
        Task::Rows(id) => (9, id.index()),
        Task::Check(id) => (10, id.0 as usize),
        Task::Score(id) => (11, id.index()),
        Task::Age => (12, 0),
        Task::Label(id) => (13, id.index()),
        Task::RowLabel(id) => (14, id.index()),
        Task::SectionLabel(id) => (15, id.index()),
        Task::FormLabel => (16, 0),
    }
}

/// A read of a task: which task, which field, and how.
type TaskRead = (u32, FieldId, Via);

/// The field that a read concerns; none for what comes from outside.
pub(super) fn field_read(read: &Read) -> Option<FieldId> {
    match read {
        Read::Field { field, .. }
        | Read::Absence { field, .. }
        | Read::Column { field, .. }
        | Read::Rows { field }
        | Read::Previous { field } => Some(*field),
        Read::Today | Read::Now | Read::Language => None,
    }
}

/// The id of the `index`-th of something; there are never more than fit.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        names: &'a Names,
        questions: &'a [Question],
        sections: &'a [Section],
        scores: &'a [Score],
        subject: &'a Subject,
        links: Vec<Link>,
        whole_columns: &'a BTreeSet<FieldId>,
    ) -> Self {
        let (tasks, owners, kinds) = (Numbers::default(), Vec::new(), Vec::new());
        Self { names, questions, sections, scores, subject, links, whole_columns, tasks, owners, kinds }
    }

    /// Its steps are functions of their own in the module too, as those of `Compiler::plan` are, and for its reason.
    #[inline(never)]
    pub(super) fn build(mut self) -> Built {
        self.every_task();
        let mut edges = Edges::new(self.kinds.len());
        let mut dependents: Vec<Vec<(u32, Via)>> = vec![Vec::new(); self.names.types.len()];
        for (before, after) in self.inner_arrows() {
            edges.add(before, after);
        }
        let reads = self.reads();
        for &(task, field, via) in &reads {
            if let Some(readers) = dependents.get_mut(field.0 as usize) {
                readers.push((task, via));
            }
            for producer in self.producers(field) {
                match via {
                    Via::Field => edges.add(producer, task),
                    Via::Column(_) => edges.add_far(producer, task),
                    Via::Previous => edges.add_later(producer, task),
                }
            }
        }
        for (task, field, via) in self.read_for_causes(&edges, &reads) {
            if let Some(readers) = dependents.get_mut(field.0 as usize) {
                readers.push((task, via));
            }
        }
        let (sorted, rings) = edges.sort(&self.owners);
        let diagnostics = rings.iter().map(|ring| self.ring_fault(ring)).collect();
        Built { graph: self.graph(&sorted, dependents, &reads), diagnostics }
    }

    fn task(&mut self, task: Task, owner: Option<QuestionId>) {
        if self.tasks.give(task, number(self.kinds.len())) {
            self.kinds.push(task);
            self.owners.push(owner);
        }
    }

    #[inline(never)]
    fn every_task(&mut self) {
        let (questions, sections) = (self.questions, self.sections);
        for index in 0..sections.len() {
            self.task(Task::Section(SectionId(number(index))), None);
        }
        let mut locked = vec![false; questions.len()];
        for (index, question) in questions.iter().enumerate() {
            let id = QuestionId(number(index));
            self.task(Task::Relevance(id), question.parent);
            if let Some(repeat) = question.repeat() {
                self.task(Task::Rows(id), question.parent);
                if repeat.count_from.is_some() {
                    self.task(Task::Count(id), question.parent);
                }
                if !repeat.unique_key.is_empty() {
                    self.task(Task::Key(id), Some(id));
                }
            }
            let section = sections.get(question.section.index());
            // A lock holds for all that stands inside; a column comes after its repeat.
            locked[index] = question.read_only_if.is_some()
                || section.is_some_and(|section| section.read_only_if.is_some())
                || question.parent.is_some_and(|repeat| locked.get(repeat.index()) == Some(&true));
            if locked[index] {
                self.task(Task::ReadOnly(id), question.parent);
            }
        }
        for index in 0..self.scores.len() {
            self.task(Task::Score(ScoreId(number(index))), None);
        }
        self.task(Task::Age, None);
        for (task, owner) in self.links.iter().map(|link| (link.task, link.owner)).collect::<Vec<_>>() {
            self.task(task, owner);
        }
    }

    pub(super) fn id(&self, task: Task) -> Option<u32> {
        self.tasks.of(task)
    }

    /// What follows from the form itself: a section comes before its questions, a repeat before its columns.
    #[inline(never)]
    fn inner_arrows(&self) -> Vec<(u32, u32)> {
        let mut arrows = Vec::new();
        for (index, question) in self.questions.iter().enumerate() {
            let id = QuestionId(number(index));
            let relevance = self.id(Task::Relevance(id));
            let (holder, lock) = match question.parent {
                Some(repeat) => (Task::Relevance(repeat), Task::ReadOnly(repeat)),
                None => (Task::Section(question.section), Task::Lock(question.section)),
            };
            arrows.extend(self.id(holder).zip(relevance));
            arrows.extend(self.id(lock).zip(self.id(Task::ReadOnly(id))));
            if let Some(repeat) = question.parent {
                arrows.extend(self.id(Task::Count(repeat)).zip(relevance));
            }
            for task in [Task::Calculate(id), Task::Choices(id), Task::Rows(id)] {
                arrows.extend(relevance.zip(self.id(task)));
            }
            for task in [Task::Count(id), Task::Key(id)] {
                arrows.extend(self.id(task).zip(self.id(Task::Rows(id))));
            }
        }
        arrows
    }

    /// Every read of every task.
    #[inline(never)]
    fn reads(&self) -> Vec<TaskRead> {
        let mut found = Vec::new();
        for link in &self.links {
            if let Some(task) = self.id(link.task) {
                self.reads_of(task, &link.reads, &mut found);
            }
        }
        for (index, score) in self.scores.iter().enumerate() {
            let Some(task) = self.id(Task::Score(ScoreId(number(index)))) else { continue };
            for item in &score.items {
                match item.points {
                    ItemPoints::Question(question) => {
                        found.push((task, FieldId(question.0), Via::Field));
                    }
                    ItemPoints::Score(score) => {
                        found.push((task, self.names.score_field(score), Via::Field));
                    }
                    ItemPoints::Condition(..) => {}
                }
            }
        }
        for (index, score) in self.scores.iter().enumerate() {
            // How many of its questions are answered, also those behind the scores that it reads.
            if let (Some(task), Method::Expression(_)) =
                (self.id(Task::Score(ScoreId(number(index)))), &score.method)
            {
                let questions = score.questions.iter();
                found.extend(questions.map(|question| (task, FieldId(question.0), Via::Field)));
            }
        }
        if let Some(task) = self.id(Task::Age) {
            let about = [self.subject.birth_date, self.subject.birth_precision];
            found.extend(about.into_iter().flatten().map(|question| (task, FieldId(question.0), Via::Field)));
        }
        for (index, question) in self.questions.iter().enumerate() {
            let id = QuestionId(number(index));
            let Some(repeat) = question.repeat() else { continue };
            if let Some(task) = self.id(Task::Key(id)) {
                found.extend(repeat.unique_key.iter().map(|column| (task, FieldId(column.0), Via::Field)));
            }
            if let (Some(task), Some(counted)) = (self.id(Task::Count(id)), repeat.count_from) {
                found.push((task, FieldId(counted.0), Via::Field));
            }
        }
        found
    }

    fn reads_of(&self, task: u32, reads: &[Read], found: &mut Vec<TaskRead>) {
        let opened = |repeat: QuestionId| reads.contains(&Read::Rows { field: FieldId(repeat.0) });
        // Rows of a repeat in a repeat: whose rows were opened outermost decides who sees a change.
        let outermost = |mut repeat: QuestionId, mut widest: Option<QuestionId>| {
            while let Some(outer) = self.names.parents.get(repeat.index()).copied().flatten() {
                widest = if opened(outer) { Some(outer) } else { widest };
                repeat = outer;
            }
            widest
        };
        for read in reads {
            match *read {
                Read::Field { field, .. } | Read::Absence { field, .. } => {
                    found.push((task, field, Via::Field));
                }
                Read::Column { rows, field } => {
                    if let Field::Question(repeat) = self.names.field(rows) {
                        let widest = outermost(repeat, Some(repeat)).unwrap_or(repeat);
                        found.push((task, field, Via::Column(widest)));
                    }
                }
                Read::Rows { field } => {
                    let widest = match self.names.field(field) {
                        Field::Question(repeat) => outermost(repeat, None),
                        _ => None,
                    };
                    found.push((task, field, widest.map_or(Via::Field, Via::Column)));
                }
                // Which row is before this one is no field: rows that come and go wake their neighbours.
                Read::Previous { field } => found.push((task, field, Via::Previous)),
                Read::Today | Read::Now | Read::Language => {}
            }
        }
    }

    /// What scores read so that they can name what their undecided adjustments hang on: also what decides whether
    /// the fields that these read are asked, however far away.
    #[inline(never)]
    fn read_for_causes(&self, edges: &Edges, reads: &[TaskRead]) -> Vec<TaskRead> {
        let mut found = Vec::new();
        for (index, score) in self.scores.iter().enumerate() {
            let Some(adjustments) = &score.adjustments else { continue };
            let Some(task) = self.id(Task::Score(ScoreId(number(index)))) else { continue };
            let fields = adjustments.list.iter().flat_map(|adjustment| adjustment.when.reads());
            let mut open: Vec<u32> =
                fields.filter_map(field_read).flat_map(|field| self.producers(field)).collect();
            let mut seen: BTreeSet<u32> = open.iter().copied().collect();
            while let Some(producer) = open.pop() {
                open.extend(edges.before(producer).filter(|before| seen.insert(*before)));
            }
            let behind = reads.iter().filter(|(reader, ..)| *reader != task && seen.contains(reader));
            found.extend(behind.map(|&(_, field, via)| (task, field, via)));
        }
        found
    }

    /// The tasks after which a field holds what logic reads.
    fn producers(&self, field: FieldId) -> Vec<u32> {
        let tasks: &[Task] = &match self.names.field(field) {
            Field::Question(id) => [Task::Relevance(id), Task::Calculate(id), Task::Count(id)],
            Field::Score(id) | Field::ScoreLevel(id) | Field::ScoreBand(id) => [Task::Score(id); 3],
            Field::Age => [Task::Age; 3],
        };
        let mut found: Vec<u32> = tasks.iter().filter_map(|task| self.id(*task)).collect();
        found.dedup();
        found
    }

    #[inline(never)]
    fn graph(&self, sorted: &Sorted, dependents: Vec<Vec<(u32, Via)>>, reads: &[TaskRead]) -> Graph {
        let mut ranks = vec![TaskId(0); self.kinds.len()];
        for (rank, &task) in sorted.order.iter().enumerate() {
            ranks[task as usize] = TaskId(number(rank));
        }
        let rank = |task: Task| self.id(task).map(|task| ranks[task as usize]);
        let ids = || (0..self.questions.len()).map(|index| QuestionId(number(index)));
        let owners: Vec<Option<QuestionId>> =
            sorted.order.iter().map(|&task| self.owners[task as usize]).collect();
        let mut row_tasks: BTreeMap<QuestionId, Vec<TaskId>> = BTreeMap::new();
        for (index, owner) in owners.iter().enumerate() {
            if let Some(repeat) = owner {
                row_tasks.entry(*repeat).or_default().push(TaskId(number(index)));
            }
        }
        let mut previous: BTreeMap<QuestionId, BTreeSet<TaskId>> = BTreeMap::new();
        for &(task, field, via) in reads {
            if let (Via::Previous, Some(repeat)) = (via, self.names.parent(field)) {
                previous.entry(repeat).or_default().insert(ranks[task as usize]);
            }
        }
        let mut wide = vec![false; self.kinds.len()];
        for (task, ..) in reads.iter().filter(|(_, _, via)| matches!(via, Via::Column(_))) {
            wide[ranks[*task as usize].0 as usize] = true;
        }
        let spoken = self.links.iter().filter(|link| link.reads.contains(&Read::Language));
        let language: BTreeSet<TaskId> = spoken.filter_map(|link| rank(link.task)).collect();
        Graph {
            row_tasks,
            wide,
            strata: sorted.strata.iter().map(|&task| ranks[task as usize]).collect(),
            tasks: sorted.order.iter().map(|&task| self.kinds[task as usize]).collect(),
            owners,
            previous: previous.into_iter().map(|(at, tasks)| (at, tasks.into_iter().collect())).collect(),
            language: language.into_iter().collect(),
            dependents: dependents
                .into_iter()
                .map(|mut readers| {
                    readers.sort_unstable();
                    readers.dedup();
                    let ranked = |(task, via): (u32, Via)| Dependent { task: ranks[task as usize], via };
                    readers.into_iter().map(ranked).collect()
                })
                .collect(),
            relevance: ids().map(|id| rank(Task::Relevance(id)).unwrap_or(TaskId(0))).collect(),
            rows: ids().map(|id| rank(Task::Rows(id))).collect(),
            read_only: ids().map(|id| rank(Task::ReadOnly(id))).collect(),
            summed: ids()
                .zip(self.questions)
                .map(|(id, question)| {
                    let numbers = matches!(
                        question.kind,
                        AnswerKind::Number { .. } | AnswerKind::Choice { numbers: true, .. }
                    );
                    numbers && self.whole_columns.contains(&FieldId(id.0))
                })
                .collect(),
        }
    }
}

//! What depends on what: tasks, the order in which they run, and which tasks a change of a field calls for.

use std::collections::BTreeMap;

use super::{CheckId, QuestionId, ScoreId, SectionId};
use crate::expression::FieldId;

/// Something that is computed again when what it reads has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Task {
    /// Whether a section is asked.
    Section(SectionId),
    /// Whether a question is asked.
    Relevance(QuestionId),
    /// The value of a calculation.
    Calculate(QuestionId),
    /// Whether a value is needed.
    Required(QuestionId),
    /// Whether a section's answers may be changed.
    Lock(SectionId),
    /// Whether it may be changed.
    ReadOnly(QuestionId),
    /// Which choices are offered.
    Choices(QuestionId),
    /// What tells a row of a repeat from the others; runs in each row.
    Key(QuestionId),
    /// How many rows there are, where an answer says so.
    Count(QuestionId),
    /// Whether the rows are as many, and as different, as they should be.
    Rows(QuestionId),
    /// Whether something holds between answers.
    Check(CheckId),
    /// A score.
    Score(ScoreId),
    /// The age.
    Age,
    /// What a question's texts say.
    Label(QuestionId),
    /// What the heading of a row of a repeat says.
    RowLabel(QuestionId),
    /// What a section's texts say.
    SectionLabel(SectionId),
    /// What the form's texts say.
    FormLabel,
}

/// An index into [`Graph::tasks`]; a lower one never depends on a higher one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TaskId(pub(crate) u32);

/// How a task reads a field, which decides in which rows it runs again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Via {
    /// In its own row or outwards.
    Field,
    /// In all rows of this repeat.
    Column(QuestionId),
    /// In the row before its own.
    Previous,
}

/// A task that reads a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Dependent {
    pub(crate) task: TaskId,
    pub(crate) via: Via,
}

/// The tasks of a plan in an order in which each comes after what it reads.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) tasks: Vec<Task>,
    /// For every task, the repeat in whose rows it runs.
    pub(crate) owners: Vec<Option<QuestionId>>,
    /// For every task, the first of those with which it runs row by row: itself, unless the row before is read.
    ///
    /// Where columns are computed from each other's values in the row before, all of them have to run in a row before
    /// any of them runs in the next: each then runs once.
    pub(crate) strata: Vec<TaskId>,
    /// For every task, whether it reads all rows of a repeat.
    pub(crate) wide: Vec<bool>,
    /// For every field, who reads it.
    pub(crate) dependents: Vec<Vec<Dependent>>,
    /// For every question, whether it is a column of numbers that expressions take as a whole: a session keeps its sum.
    pub(crate) summed: Vec<bool>,
    /// For every repeat, the tasks of its rows that read the row before.
    pub(crate) previous: BTreeMap<QuestionId, Vec<TaskId>>,
    /// The tasks that read in which language texts are shown.
    pub(crate) language: Vec<TaskId>,
    /// For every repeat, the tasks that run in each of its rows.
    pub(crate) row_tasks: BTreeMap<QuestionId, Vec<TaskId>>,
    /// For every question, its relevance.
    pub(crate) relevance: Vec<TaskId>,
    /// For every question with rows, their check.
    pub(crate) rows: Vec<Option<TaskId>>,
    /// For every question that can be locked, its lock.
    pub(crate) read_only: Vec<Option<TaskId>>,
}

impl Graph {
    /// Whether a session keeps the sum of a field.
    pub(crate) fn is_summed(&self, field: FieldId) -> bool {
        self.summed.get(field.0 as usize) == Some(&true)
    }

    /// Who reads a field.
    pub(crate) fn dependents(&self, field: FieldId) -> &[Dependent] {
        self.dependents.get(field.0 as usize).map_or(&[], Vec::as_slice)
    }
}

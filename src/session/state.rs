//! What a session holds: rows of cells.

use crate::expression::{FieldId, RowId};
use crate::plan::{CheckId, Plan, QuestionId};
use crate::value::{Absence, Informant, Truth, Value};

use super::issue::Issue;

/// The address of a question in a row, or in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The question's field.
    pub field: FieldId,
    /// The row, or [`RowId::FORM`].
    pub row: RowId,
}

impl Node {
    /// A question of the form.
    #[must_use]
    pub const fn form(question: QuestionId) -> Self {
        Self::new(question, RowId::FORM)
    }

    /// A question in a row.
    #[must_use]
    pub const fn new(question: QuestionId, row: RowId) -> Self {
        Self { field: FieldId(question.0), row }
    }

    /// The question.
    #[must_use]
    pub const fn question(self) -> QuestionId {
        QuestionId(self.field.0)
    }
}

/// A question in a row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// As it was given or calculated; kept while the question is hidden.
    pub(super) value: Option<Value>,
    pub(super) absence: Option<Absence>,
    pub(super) informant: Informant,
    pub(super) relevance: Truth,
    pub(super) required: bool,
    pub(super) read_only: bool,
    /// What is wrong with the value that is there.
    pub(super) issues: Vec<Issue>,
    /// The rows of a repeat, in order, and how many of them are shown.
    pub(super) rows: Vec<RowId>,
    pub(super) shown_rows: usize,
}

impl Cell {
    fn new() -> Self {
        Self {
            value: None,
            absence: None,
            informant: Informant::Own,
            relevance: Truth::Unknown,
            required: false,
            read_only: false,
            issues: Vec::new(),
            rows: Vec::new(),
            shown_rows: 0,
        }
    }

    /// The rows that are shown.
    pub(super) fn shown(&self) -> &[RowId] {
        self.rows.get(..self.shown_rows).unwrap_or(&self.rows)
    }

    /// Drops a check from what is wrong; whether it was there.
    pub(super) fn drop_check(&mut self, check: CheckId) -> bool {
        let before = self.issues.len();
        self.issues.retain(|issue| issue.check != Some(check));
        before != self.issues.len()
    }
}

/// A row of a repeat; the first is the form.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) repeat: Option<QuestionId>,
    pub(super) parent: RowId,
    pub(super) removed: bool,
    pub(super) cells: Vec<Cell>,
}

/// All rows of a session. A row keeps its number for good.
#[derive(Clone, Debug)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    pub(super) fn new(plan: &Plan) -> Self {
        let columns = plan.questions.iter().filter(|question| question.parent.is_none()).count();
        Self(vec![Row {
            repeat: None,
            parent: RowId::FORM,
            removed: false,
            cells: vec![Cell::new(); columns],
        }])
    }

    /// A new row of a repeat; none if there are too many for a session.
    pub(super) fn add(&mut self, plan: &Plan, repeat: QuestionId, parent: RowId) -> Option<RowId> {
        const MOST: usize = 1_000_000;
        if self.0.len() >= MOST {
            return None;
        }
        let columns = plan.question(repeat).repeat()?.columns.len();
        let id = RowId(u32::try_from(self.0.len()).ok()?);
        self.0.push(Row { repeat: Some(repeat), parent, removed: false, cells: vec![Cell::new(); columns] });
        Some(id)
    }

    pub(super) fn get(&self, row: RowId) -> Option<&Row> {
        self.0.get(row.0 as usize).filter(|row| !row.removed)
    }

    pub(super) fn get_mut(&mut self, row: RowId) -> Option<&mut Row> {
        self.0.get_mut(row.0 as usize).filter(|row| !row.removed)
    }

    pub(super) fn cell(&self, plan: &Plan, node: Node) -> Option<&Cell> {
        let question = plan.questions.get(node.question().index())?;
        let row = self.get(node.row).filter(|row| row.repeat == question.parent)?;
        row.cells.get(question.slot as usize)
    }

    pub(super) fn cell_mut(&mut self, plan: &Plan, node: Node) -> Option<&mut Cell> {
        let question = plan.questions.get(node.question().index())?;
        let row = self.get_mut(node.row).filter(|row| row.repeat == question.parent)?;
        row.cells.get_mut(question.slot as usize)
    }

    /// Every row that is there, the form first.
    pub(super) fn ids(&self) -> Vec<RowId> {
        (0..u32::try_from(self.0.len()).unwrap_or(u32::MAX))
            .map(RowId)
            .filter(|row| self.get(*row).is_some())
            .collect()
    }

    /// Removes a row and all rows in it.
    pub(super) fn remove(&mut self, row: RowId) {
        let mut doomed = vec![row];
        while let Some(row) = doomed.pop() {
            if let Some(state) = self.get_mut(row) {
                state.removed = true;
                doomed.extend(state.cells.iter().flat_map(|cell| cell.rows.iter().copied()));
            }
        }
    }

    /// Gives the questions of a row the answers that they have at the start.
    pub(super) fn fill_defaults(&mut self, plan: &Plan, row: RowId) {
        let Some(repeat) = self.get(row).map(|row| row.repeat) else { return };
        for question in plan.questions.iter().filter(|question| question.parent == repeat) {
            if let (Some(default), Some(state)) = (&question.default, self.get_mut(row))
                && let Some(cell) = state.cells.get_mut(question.slot as usize)
            {
                cell.value = Some(default.clone());
            }
        }
    }

    /// The row in which a field of `parent` lives, seen from a row at or below it.
    pub(super) fn climb(&self, mut row: RowId, parent: Option<QuestionId>) -> Option<RowId> {
        loop {
            let here = self.get(row)?;
            if here.repeat == parent {
                return Some(row);
            }
            here.repeat?;
            row = here.parent;
        }
    }
}

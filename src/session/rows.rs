//! All rows of a session.

use super::limits::{MOST_CELLS, MOST_LOST_NUMBERS, MOST_ROW_NUMBERS, MOST_ROWS};
use super::state::{Cell, Node};
use crate::expression::RowId;
use crate::plan::{Plan, QuestionId};

/// How far apart the places of two rows are that were added one after the other.
const GAP: u64 = 1 << 32;

/// A row of a repeat; the first is the form.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) repeat: Option<QuestionId>,
    pub(super) parent: RowId,
    /// Grows from row to row in a repeat, so that the order of two rows is known without looking for them. Places
    /// leave gaps: a row that comes between two others changes the place of none.
    pub(super) place: u64,
    removed: bool,
    pub(super) cells: Vec<Cell>,
}

/// Cells without answers. They are made one by one: to clone the first costs more.
fn blank(columns: usize) -> Vec<Cell> {
    std::iter::repeat_with(Cell::new).take(columns).collect()
}

/// All rows of a session. A row keeps its number for good.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    all: Vec<Row>,
    /// How many rows are there, without the form, and how many cells they have.
    rows: usize,
    cells: usize,
    lost: usize,
}

impl Rows {
    pub(super) fn new(plan: &Plan) -> Self {
        let columns = plan.questions.iter().filter(|question| question.parent.is_none()).count();
        let form = Row { repeat: None, parent: RowId::FORM, place: 0, removed: false, cells: blank(columns) };
        Self { all: vec![form], rows: 0, cells: 0, lost: 0 }
    }

    /// How many rows are there, in all repeats together.
    pub(super) const fn count(&self) -> usize {
        self.rows
    }

    /// The number that the next new row will have.
    pub(super) fn next(&self) -> RowId {
        RowId(u32::try_from(self.all.len()).unwrap_or(u32::MAX))
    }

    /// Leaves out all numbers before this one; whether that was possible. A damaged journal has lost the commands
    /// that made them, and the rows after must have the numbers that they had.
    pub(super) fn skip_to(&mut self, row: RowId) -> bool {
        let lost = (row.0 as usize).saturating_sub(self.all.len());
        if lost > MOST_LOST_NUMBERS.saturating_sub(self.lost) || row.0 as usize > MOST_ROW_NUMBERS {
            return false;
        }
        self.lost += lost;
        let none = Row { repeat: None, parent: RowId::FORM, place: 0, removed: true, cells: Vec::new() };
        self.all.extend(std::iter::repeat_n(none, lost));
        true
    }

    /// Makes sure that a row of this number can be there; whether that was possible.
    pub(super) fn reach(&mut self, row: RowId) -> bool {
        (row.0 as usize) < self.all.len() || (row.0 < u32::MAX && self.skip_to(RowId(row.0 + 1)))
    }

    /// Whether a session takes another row of a repeat.
    pub(super) fn takes(&self, plan: &Plan, repeat: QuestionId) -> bool {
        let columns = plan.question(repeat).repeat().map_or(0, |repeat| repeat.columns.len());
        self.rows < MOST_ROWS && self.cells + columns <= MOST_CELLS && self.all.len() < MOST_ROW_NUMBERS
    }

    /// A new row at an index of its repeat; none if there are too many for a session.
    pub(super) fn add(&mut self, plan: &Plan, repeat: Node, at: usize) -> Option<RowId> {
        if !self.takes(plan, repeat.question()) {
            return None;
        }
        let row = self.next();
        let (parent, place) = (repeat.row, 0);
        self.all.push(Row { repeat: None, parent, place, removed: true, cells: Vec::new() });
        self.put(plan, repeat, row, at).then_some(row)
    }

    /// Makes a number that is not used now a row at an index of its repeat, without answers.
    pub(super) fn put(&mut self, plan: &Plan, node: Node, row: RowId, at: usize) -> bool {
        let Some(repeat) = plan.question(node.question()).repeat() else { return false };
        let columns = repeat.columns.len();
        let free = self.all.get(row.0 as usize).is_some_and(|row| row.removed);
        if !free || self.cell(plan, node).is_none() {
            return false;
        }
        let Some(slot) = self.all.get_mut(row.0 as usize) else { return false };
        *slot = Row {
            repeat: Some(node.question()),
            parent: node.row,
            place: 0,
            removed: false,
            cells: blank(columns),
        };
        self.rows += 1;
        self.cells += columns;
        self.insert(plan, node, row, at);
        true
    }

    /// Puts a row of a repeat, which is not in its list, there at an index.
    pub(super) fn insert(&mut self, plan: &Plan, node: Node, row: RowId, at: usize) {
        let Some(cell) = self.cell_mut(plan, node) else { return };
        let list = cell.list_mut();
        let at = at.min(list.rows.len());
        list.shown = if list.shown == list.rows.len() { list.shown + 1 } else { list.shown };
        list.rows.insert(at, row);
        let before = at.checked_sub(1).and_then(|at| list.rows.get(at)).copied();
        let after = list.rows.get(at + 1).copied();
        let place = |row: Option<RowId>| row.map(|row| self.get(row).map_or(0, |row| row.place));
        let low = place(before).unwrap_or(0);
        let new = match place(after) {
            Some(high) => low + (high - low) / 2,
            None => low.saturating_add(GAP),
        };
        if new == low || new == u64::MAX {
            self.spread(plan, node);
        } else if let Some(state) = self.get_mut(row) {
            state.place = new;
        }
    }

    /// Gives all rows of a repeat new places: the gap between two of them was used up.
    fn spread(&mut self, plan: &Plan, node: Node) {
        let Some(rows) = self.cell(plan, node).map(|cell| cell.rows().to_vec()) else { return };
        let mut place = 0;
        for row in rows {
            place += GAP;
            if let Some(state) = self.get_mut(row) {
                state.place = place;
            }
        }
    }

    /// Takes a row out of the list of its repeat; at which index it was.
    pub(super) fn take_out(&mut self, plan: &Plan, node: Node, row: RowId) -> Option<usize> {
        let at = self.index_of(plan, row)?;
        let list = self.cell_mut(plan, node)?.list_mut();
        list.rows.remove(at);
        list.shown = if at < list.shown { list.shown - 1 } else { list.shown };
        Some(at)
    }

    /// At which index of its repeat a row stands.
    pub(super) fn index_of(&self, plan: &Plan, row: RowId) -> Option<usize> {
        let state = self.get(row)?;
        let rows = self.cell(plan, Node::new(state.repeat?, state.parent))?.rows();
        let place = |row: &RowId| self.get(*row).map_or(0, |row| row.place);
        rows.binary_search_by_key(&state.place, place).ok()
    }

    /// The row that stands so many rows after this one in its repeat.
    pub(super) fn neighbour(&self, plan: &Plan, row: RowId, offset: isize) -> Option<RowId> {
        let state = self.get(row)?;
        let at = self.index_of(plan, row)?.checked_add_signed(offset)?;
        self.cell(plan, Node::new(state.repeat?, state.parent))?.rows().get(at).copied()
    }

    /// Whether a row is among those of its repeat that are not put aside.
    pub(super) fn is_shown(&self, plan: &Plan, row: RowId) -> bool {
        let shown = || {
            let state = self.get(row)?;
            let cell = self.cell(plan, Node::new(state.repeat?, state.parent))?;
            Some(state.place <= self.get(*cell.shown().last()?)?.place)
        };
        shown().unwrap_or(false)
    }

    pub(super) fn get(&self, row: RowId) -> Option<&Row> {
        self.all.get(row.0 as usize).filter(|row| !row.removed)
    }

    fn get_mut(&mut self, row: RowId) -> Option<&mut Row> {
        self.all.get_mut(row.0 as usize).filter(|row| !row.removed)
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
        (0..self.next().0).map(RowId).filter(|row| self.get(*row).is_some()).collect()
    }

    /// A row and all rows in it.
    pub(super) fn within(&self, row: RowId) -> Vec<RowId> {
        let mut found = vec![row];
        let mut next = 0;
        while let Some(row) = found.get(next).copied() {
            next += 1;
            let cells = self.get(row).into_iter().flat_map(|row| &row.cells);
            found.extend(cells.flat_map(|cell| cell.rows().iter().copied()));
        }
        found
    }

    /// Removes a row, which is in no list any more, and all rows in it.
    pub(super) fn remove(&mut self, row: RowId) {
        for row in self.within(row) {
            if let Some(state) = self.get_mut(row) {
                state.removed = true;
                let cells = std::mem::take(&mut state.cells).len();
                self.rows = self.rows.saturating_sub(1);
                self.cells = self.cells.saturating_sub(cells);
            }
        }
    }

    /// Gives the questions of a row, or of the form, the answers that they have at the start.
    pub(super) fn fill_defaults(&mut self, plan: &Plan, row: RowId) {
        let Some(repeat) = self.get(row).map(|row| row.repeat) else { return };
        let columns: Vec<QuestionId> = match repeat.and_then(|repeat| plan.question(repeat).repeat()) {
            Some(repeat) => repeat.columns.clone(),
            None => plan.question_ids().filter(|id| plan.question(*id).parent.is_none()).collect(),
        };
        for column in columns {
            if let (Some(default), Some(cell)) =
                (&plan.question(column).default, self.cell_mut(plan, Node::new(column, row)))
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

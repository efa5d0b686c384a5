//! Recomputing what a change calls for, in the order in which things depend on each other, and no further than
//! values really change.
#![allow(clippy::indexing_slicing, reason = "ids are given by the plan, whose tables have a place for each")]

use std::sync::Arc;

use super::{ChangeSet, Node, Session};
use crate::expression::{FieldId, RowId};
use crate::plan::{Dependent, Plan, QuestionId, TaskId, Via};

impl Session {
    /// Runs what is queued until nothing changes any more. Ends because the tasks of a plan form no ring: a task
    /// queues only later ones, or those of its stratum in a later row.
    pub(super) fn settle(&mut self, changes: &mut ChangeSet) {
        let plan = Arc::clone(&self.plan);
        while let Some((_, _, id, row)) = self.queue.pop() {
            if let Some(task) = plan.graph.tasks.get(id.0 as usize)
                && self.rows.get(row).is_some()
            {
                self.work += 1;
                if plan.graph.wide.get(id.0 as usize).copied().unwrap_or(false) {
                    self.looked += self.rows.count() as u64;
                }
                self.run(&plan, id, *task, row, changes);
            }
        }
    }

    pub(super) fn queue(&mut self, plan: &Plan, task: TaskId, row: RowId) {
        let stratum = plan.graph.strata.get(task.0 as usize).copied().unwrap_or(task);
        let place = self.rows.get(row).map_or(0, |row| row.place);
        self.work += 1;
        self.queue.insert((stratum, place, task, row));
    }

    /// Queues many tasks of the form at once, which is cheaper than one after the other.
    pub(super) fn queue_form(&mut self, plan: &Plan, tasks: impl Iterator<Item = TaskId>) {
        let stratum = |task: TaskId| plan.graph.strata.get(task.0 as usize).copied().unwrap_or(task);
        let (queue, work) = (&mut self.queue, &mut self.work);
        queue.extend_form(tasks.inspect(|_| *work += 1).map(|task| (stratum(task), task)));
    }

    /// Queues everything that runs in a row.
    pub(super) fn queue_row(&mut self, plan: &Plan, row: RowId) {
        let Some(repeat) = self.rows.get(row).and_then(|row| row.repeat) else { return };
        for task in plan.graph.row_tasks.get(&repeat).into_iter().flatten() {
            self.queue(plan, *task, row);
        }
    }

    /// Queues what looks from a row at the row before it, which is another one now.
    pub(super) fn queue_previous(&mut self, plan: &Plan, row: RowId) {
        let Some(repeat) = self.rows.get(row).and_then(|row| row.repeat) else { return };
        for task in plan.graph.previous.get(&repeat).into_iter().flatten() {
            self.queue(plan, *task, row);
        }
    }

    /// Queues a task in all rows in which it runs.
    pub(super) fn queue_everywhere(&mut self, plan: &Plan, task: TaskId) {
        let owner = plan.graph.owners.get(task.0 as usize).copied().flatten();
        for row in self.rows_of_task(plan, owner, RowId::FORM) {
            self.queue(plan, task, row);
        }
    }

    /// Queues whatever reads a field that has changed in a row.
    pub(super) fn field_changed(&mut self, plan: &Plan, field: FieldId, row: RowId) {
        if plan.graph.is_summed(field) {
            self.add_up(plan, Node { field, row });
        }
        for Dependent { task, via } in plan.graph.dependents(field) {
            self.queue_reader(plan, *task, *via, row);
        }
    }

    fn queue_reader(&mut self, plan: &Plan, task: TaskId, via: Via, row: RowId) {
        let owner = plan.graph.owners.get(task.0 as usize).copied().flatten();
        let base = match via {
            Via::Field => Some(row),
            Via::Previous => {
                if let Some(next) = self.rows.neighbour(plan, row, 1) {
                    self.queue(plan, task, next);
                }
                return;
            }
            // Whoever reads the whole column stands somewhere around or beside the rows.
            Via::Column(repeat) => {
                self.rows.climb(row, Some(repeat)).and_then(|row| Some(self.rows.get(row)?.parent))
            }
        };
        let Some(base) = base.filter(|base| self.rows.get(*base).is_some()) else { return };
        if owner.is_none() {
            return self.queue(plan, task, RowId::FORM);
        }
        for row in self.rows_of_task(plan, owner, base) {
            self.queue(plan, task, row);
        }
    }

    /// In which rows a task runs whose owner is `owner`, seen from a row: the one around it, or all below it.
    fn rows_of_task(&self, plan: &Plan, owner: Option<QuestionId>, base: RowId) -> Vec<RowId> {
        if let Some(row) = self.rows.climb(base, owner) {
            return vec![row];
        }
        // From the outermost repeat that is not around the row down to the owner.
        let (mut way, mut next) = (Vec::new(), owner);
        let around = loop {
            match next {
                Some(repeat) => {
                    if let Some(row) = self.rows.climb(base, Some(repeat)) {
                        break row;
                    }
                    way.push(repeat);
                    next = plan.question(repeat).parent;
                }
                None => break RowId::FORM,
            }
        };
        let mut rows = vec![around];
        for repeat in way.into_iter().rev() {
            rows = rows
                .into_iter()
                .filter_map(|row| self.rows.cell(plan, Node::new(repeat, row)))
                .flat_map(|cell| cell.rows().iter().copied())
                .collect();
        }
        rows
    }
}

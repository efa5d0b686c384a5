use std::collections::BTreeSet;

use crate::expression::RowId;
use crate::plan::TaskId;

/// A task that waits to run: by stratum, then row by row in display order, then by task.
pub(super) type Waiting = (TaskId, u64, TaskId, RowId);

/// What waits to run, each thing once, in order.
///
/// Nearly all tasks are of the form, not of a row: whether one waits is told by a flag. What is queued at once, when
/// everything is computed, lies in a list. With a set alone, queueing took half as long as running.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    /// From the last to the first.
    many: Vec<Waiting>,
    few: BTreeSet<Waiting>,
    /// By task: whether it waits in the form.
    waits: Vec<bool>,
}

impl Queue {
    pub(super) fn insert(&mut self, waiting: Waiting) {
        if self.enters(waiting) {
            self.few.insert(waiting);
        }
    }

    /// Queues many tasks of the form at once, each with its stratum.
    pub(super) fn extend_form(&mut self, tasks: impl Iterator<Item = (TaskId, TaskId)>) {
        for (stratum, task) in tasks {
            let waiting = (stratum, 0, task, RowId::FORM);
            if self.enters(waiting) {
                self.many.push(waiting);
            }
        }
        self.many.sort_unstable_by(|a, b| b.cmp(a));
    }

    /// Takes out the first.
    pub(super) fn pop(&mut self) -> Option<Waiting> {
        let first = match (self.many.last(), self.few.first()) {
            (Some(many), Some(few)) if few < many => self.few.pop_first(),
            (None, _) => self.few.pop_first(),
            _ => self.many.pop(),
        }?;
        if let Some(waits) = self.flag(first) {
            *waits = false;
        }
        Some(first)
    }

    /// Whether something does not wait yet, as far as flags tell.
    fn enters(&mut self, waiting: Waiting) -> bool {
        self.flag(waiting).is_none_or(|waits| !std::mem::replace(waits, true))
    }

    /// The flag of a task of the form.
    fn flag(&mut self, (_, _, TaskId(task), row): Waiting) -> Option<&mut bool> {
        if row != RowId::FORM {
            return None;
        }
        let index = task as usize;
        if self.waits.len() <= index {
            self.waits.resize(index + 1, false);
        }
        self.waits.get_mut(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(number: u32) -> Waiting {
        (TaskId(number), 0, TaskId(number), RowId::FORM)
    }

    fn form<const N: usize>(tasks: [u32; N]) -> impl Iterator<Item = (TaskId, TaskId)> {
        tasks.into_iter().map(|number| (TaskId(number), TaskId(number)))
    }

    #[test]
    fn each_thing_comes_once_and_in_order_however_it_was_queued() {
        let mut queue = Queue::default();
        queue.insert(task(7));
        queue.extend_form(form([1, 9, 5, 3]));
        for number in [4, 5, 9, 10] {
            queue.insert(task(number));
        }
        assert_eq!(queue.pop(), Some(task(1)));
        queue.extend_form(form([4, 8, 10]));
        queue.insert(task(2));
        // The same task of a row is another thing.
        let in_row = (TaskId(5), 7, TaskId(5), RowId(1));
        queue.insert(in_row);
        queue.insert(in_row);
        let rest: Vec<u32> = std::iter::from_fn(|| queue.pop()).map(|(TaskId(number), ..)| number).collect();
        assert_eq!(rest, [2, 3, 4, 5, 5, 7, 8, 9, 10]);
    }
}

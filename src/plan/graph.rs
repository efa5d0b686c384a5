//! What depends on what: tasks, the order in which they run, and which tasks a change of a field calls for.
#![allow(clippy::indexing_slicing, reason = "nodes are numbered by their position in the list of successors")]

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
    /// Whether it may be changed.
    ReadOnly(QuestionId),
    /// Which choices are offered.
    Choices(QuestionId),
    /// Whether the rows are as many, and as different, as they should be.
    Rows(QuestionId),
    /// Whether something holds between answers.
    Check(CheckId),
    /// A score.
    Score(ScoreId),
    /// The age.
    Age,
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
    /// For every field, who reads it.
    pub(crate) dependents: Vec<Vec<Dependent>>,
    /// For every repeat, the tasks that run in each of its rows.
    pub(crate) row_tasks: BTreeMap<QuestionId, Vec<TaskId>>,
    /// For every question, its relevance.
    pub(crate) relevance: Vec<TaskId>,
    /// For every question with rows, their check.
    pub(crate) rows: Vec<Option<TaskId>>,
}

impl Graph {
    /// Who reads a field.
    pub(crate) fn dependents(&self, field: FieldId) -> &[Dependent] {
        self.dependents.get(field.0 as usize).map_or(&[], Vec::as_slice)
    }
}

/// A directed graph over small numbers, as lists of successors.
pub(super) struct Order<'a> {
    pub(super) successors: &'a [Vec<u32>],
}

impl Order<'_> {
    /// The nodes with every one after those that lead to it, and the strongly connected components of more than one
    /// node (or of one that leads to itself). Tarjan's algorithm with a stack of its own: the depth of a
    /// questionnaire's chains must not be bounded by the machine's stack.
    pub(super) fn sort(&self) -> (Vec<u32>, Vec<Vec<u32>>) {
        const UNSEEN: u32 = u32::MAX;
        let count = self.successors.len();
        let (mut index, mut low) = (vec![UNSEEN; count], vec![0_u32; count]);
        let mut on_stack = vec![false; count];
        let (mut stack, mut order, mut rings) = (Vec::new(), Vec::with_capacity(count), Vec::new());
        let mut counter = 0;
        for root in 0..count {
            if index[root] != UNSEEN {
                continue;
            }
            let mut calls: Vec<(usize, usize)> = vec![(root, 0)];
            while let Some(&mut (node, ref mut next)) = calls.last_mut() {
                if index[node] == UNSEEN {
                    index[node] = counter;
                    low[node] = counter;
                    counter += 1;
                    stack.push(node);
                    on_stack[node] = true;
                }
                if let Some(&successor) = self.successors[node].get(*next) {
                    *next += 1;
                    let successor = successor as usize;
                    if index[successor] == UNSEEN {
                        calls.push((successor, 0));
                    } else if on_stack[successor] {
                        low[node] = low[node].min(index[successor]);
                    }
                    continue;
                }
                calls.pop();
                if let Some(&(caller, _)) = calls.last() {
                    low[caller] = low[caller].min(low[node]);
                }
                if low[node] == index[node] {
                    let mut component = Vec::new();
                    while let Some(member) = stack.pop() {
                        on_stack[member] = false;
                        component.push(member as u32);
                        if member == node {
                            break;
                        }
                    }
                    order.extend(component.iter().copied());
                    let alone = component.len() == 1 && !self.successors[node].contains(&(node as u32));
                    if !alone {
                        rings.push(component);
                    }
                }
            }
        }
        // Tarjan's algorithm finishes a component before those that lead to it.
        order.reverse();
        (order, rings)
    }

    /// A shortest ring through the first node of a component, as the nodes in order.
    pub(super) fn ring(&self, component: &[u32]) -> Vec<u32> {
        let Some(&start) = component.iter().min() else { return Vec::new() };
        let mut before: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for &next in &self.successors[node as usize] {
                if next == start {
                    let mut ring = vec![node];
                    let mut at = node;
                    while at != start {
                        let Some(&earlier) = before.get(&at) else { break };
                        ring.push(earlier);
                        at = earlier;
                    }
                    ring.reverse();
                    return ring;
                }
                if component.contains(&next) && !before.contains_key(&next) {
                    before.insert(next, node);
                    queue.push_back(next);
                }
            }
        }
        vec![start]
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn the_order_follows_the_arrows_and_rings_are_found_without_their_neighbours() {
        let successors = vec![vec![1], vec![2], vec![3], vec![1, 4], vec![], vec![0]];
        let order = Order { successors: &successors };
        let (sorted, rings) = order.sort();
        assert_eq!(sorted.first(), Some(&5));
        assert_eq!(sorted.last(), Some(&4));
        assert_eq!(rings.len(), 1);
        assert_eq!(order.ring(&rings[0]), [1, 2, 3]);
    }

    #[test]
    fn a_chain_of_a_million_is_sorted_without_the_machines_stack() {
        let count = 1_000_000_u32;
        let successors: Vec<Vec<u32>> =
            (0..count).map(|node| if node + 1 < count { vec![node + 1] } else { vec![] }).collect();
        let (sorted, rings) = Order { successors: &successors }.sort();
        assert!(rings.is_empty());
        assert!(sorted.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

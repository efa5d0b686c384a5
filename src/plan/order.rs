//! An order of tasks, and the rings that keep them from having one.
#![allow(clippy::indexing_slicing, reason = "nodes are numbered by their position in the list of successors")]

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
        let members: std::collections::BTreeSet<u32> = component.iter().copied().collect();
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
                if members.contains(&next) && !before.contains_key(&next) {
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

//! A table with totals as flows: which of the numbers left out could be found again from those that are shown.
//!
//! All people flow from the top to a category, from there to a county, and from there to a station; the number in a
//! cell is the flow along an edge, and that what flows in flows out is just what the totals say. Whoever sees the table
//! knows the flow of some edges; the others may be whatever keeps the sums and is not negative. So a hidden number could
//! be greater exactly if there is a ring of hidden edges around which more could flow, and a table that hides enough is
//! one in which every small number is on such a ring. Trees of sums over one list of categories are networks, so that
//! this is exact, not a rule of thumb.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place where flows meet.
pub(super) type NodeIndex = usize;
/// A cell of the table.
pub(super) type EdgeIndex = usize;

/// A cell: so many people flow from one place to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
    pub(super) count: u64,
    pub(super) hidden: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    pub(super) edges: Vec<Edge>,
    /// The edges at each place.
    at: Vec<Vec<EdgeIndex>>,
}

/// A way along edges, each forwards or backwards.
type Way = Vec<(EdgeIndex, bool)>;

impl Network {
    pub(super) fn node(&mut self) -> NodeIndex {
        self.at.push(Vec::new());
        self.at.len() - 1
    }

    pub(super) fn edge(&mut self, from: NodeIndex, to: NodeIndex, count: u64) -> EdgeIndex {
        let index = self.edges.len();
        self.edges.push(Edge { from, to, count, hidden: false });
        for node in [from, to] {
            if let Some(edges) = self.at.get_mut(node) {
                edges.push(index);
            }
        }
        index
    }

    pub(super) fn hide(&mut self, edge: EdgeIndex) {
        if let Some(edge) = self.edges.get_mut(edge) {
            edge.hidden = true;
        }
    }

    /// Hides as many further edges, the smallest counts first, as it takes that a hidden edge could hold `more` people
    /// more than it does; whether that is possible.
    pub(super) fn protect(&mut self, edge: EdgeIndex, more: u64) -> bool {
        let Some(&protected) = self.edges.get(edge) else { return true };
        // What would flow if the hidden edge held so many more, ring by ring.
        let mut flow: Vec<u64> = self.edges.iter().map(|edge| edge.count).collect();
        let mut missing = more;
        while missing > 0 {
            let Some(way) = self.cheapest(protected.to, protected.from, edge, &flow) else { return false };
            let spare = |&(index, forwards): &(EdgeIndex, bool)| {
                if forwards { u64::MAX } else { flow.get(index).copied().unwrap_or(0) }
            };
            let step = way.iter().map(spare).min().unwrap_or(0).min(missing);
            if step == 0 {
                return false;
            }
            for (index, forwards) in way {
                self.hide(index);
                if let Some(flow) = flow.get_mut(index) {
                    *flow = if forwards { *flow + step } else { *flow - step };
                }
            }
            missing -= step;
        }
        true
    }

    /// The way around which more could flow and which hides the fewest people that are shown still (Dijkstra).
    fn cheapest(&self, start: NodeIndex, end: NodeIndex, without: EdgeIndex, flow: &[u64]) -> Option<Way> {
        let mut best: Vec<Option<u64>> = vec![None; self.at.len()];
        let mut came: Vec<Option<(EdgeIndex, bool)>> = vec![None; self.at.len()];
        let mut open = BinaryHeap::from([Reverse((0_u64, start))]);
        *best.get_mut(start)? = Some(0);
        while let Some(Reverse((cost, node))) = open.pop() {
            if node == end {
                break;
            }
            if best.get(node).copied().flatten().is_some_and(|known| known < cost) {
                continue;
            }
            for &index in self.at.get(node).into_iter().flatten().filter(|index| **index != without) {
                let Some(edge) = self.edges.get(index) else { continue };
                let forwards = edge.from == node;
                if !forwards && flow.get(index).copied().unwrap_or(0) == 0 {
                    continue;
                }
                let next = if forwards { edge.to } else { edge.from };
                // One more than the count, so that of equal ways the shorter is taken.
                let price = if edge.hidden { 0 } else { edge.count + 1 };
                let total = cost + price;
                if best.get(next).copied().flatten().is_none_or(|known| total < known) {
                    *best.get_mut(next)? = Some(total);
                    *came.get_mut(next)? = Some((index, forwards));
                    open.push(Reverse((total, next)));
                }
            }
        }
        let mut way = Way::new();
        let mut node = end;
        while node != start {
            let (index, forwards) = came.get(node).copied().flatten()?;
            way.push((index, forwards));
            let edge = self.edges.get(index)?;
            node = if forwards { edge.from } else { edge.to };
        }
        Some(way)
    }
}

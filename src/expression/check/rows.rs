//! Lists: `|` and `[n]`.

use super::{Checked, Checker, Frame, Ty, ty};
use crate::expression::Kind;
use crate::expression::program::Op;
use crate::expression::syntax::NodeId;

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn union(&mut self, node: NodeId, left: NodeId, right: NodeId, frame: &Frame<'_>) -> Checked {
        let checked = [self.node(left, frame), self.node(right, frame)];
        let Some(mut joined) = self.joined(node, &checked) else { return Checked::wrong() };
        joined.cost = joined.cost.saturating_add(joined.size.saturating_mul(joined.size) / 2);
        joined.op = self.code.emit(Op::Union(checked[0].op, checked[1].op));
        joined.merged = true;
        joined
    }

    /// The list of the values of two parts; its operation is for the caller to give.
    pub(in crate::expression) fn joined(&mut self, node: NodeId, checked: &[Checked; 2]) -> Option<Checked> {
        let [left, right] = checked;
        let Some(mut ty) = left.ty.unified(&right.ty) else {
            if let [Ty::Of(left), Ty::Of(right)] = [&left.ty, &right.ty] {
                let message = ["one list cannot hold ", ty::describe(left), " and ", ty::describe(right)];
                self.mistyped(node, &message, None);
            }
            return None;
        };
        match &mut ty {
            Ty::Wrong => return None,
            Ty::Nothing => {}
            Ty::Of(ty) => ty.many = true,
        }
        Some(Checked {
            op: left.op,
            ty,
            rows: if left.rows.is_empty() { right.rows.clone() } else { left.rows.clone() },
            field: left.field.filter(|_| left.field == right.field),
            size: left.size.saturating_add(right.size),
            cost: left.cost.saturating_add(right.cost).saturating_add(1),
            merged: left.merged || right.merged,
        })
    }

    /// `list[n]`, counted from 0; missing where the list is shorter.
    #[inline(never)]
    pub(super) fn at(&mut self, list: NodeId, index: NodeId, frame: &Frame<'_>) -> Checked {
        let checked = self.node(list, frame);
        let place = self.one(index, frame);
        match &place.ty {
            Ty::Of(ty) if !matches!(ty.kind, Kind::Number { .. }) => {
                let help = matches!(ty.kind, Kind::Boolean)
                    .then(|| ["filter with `", &*self.written_whole(list), ".where(…)`"].concat());
                let message = ["a number is needed between `[` and `]`, and this is ", ty::describe(ty)];
                return self.mistyped(index, &message, help);
            }
            Ty::Wrong => return Checked::wrong(),
            Ty::Nothing | Ty::Of(_) => {}
        }
        let cost = checked.cost.saturating_add(place.cost).saturating_add(1);
        let op = self.code.emit(Op::At(checked.op, place.op));
        checked.picked(op, false, cost)
    }
}

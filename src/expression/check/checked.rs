use super::Ty;
use super::frame::Level;
use crate::expression::program::OpId;
use crate::expression::{FieldId, Kind, Type, limits};

/// A part that has been checked, and the operation that computes it.
#[derive(Clone, Debug)]
pub(in crate::expression) struct Checked {
    pub(in crate::expression) op: OpId,
    pub(in crate::expression) ty: Ty,
    /// For rows: where they stand, innermost first.
    pub(in crate::expression) rows: Vec<Level>,
    /// The field that the values come from, unchanged: their choices are its choices.
    pub(in crate::expression) field: Option<FieldId>,
    /// How many values it is taken to have.
    pub(in crate::expression) size: u64,
    /// How many steps it is taken to need.
    pub(in crate::expression) cost: u64,
    /// Equal values have been dropped from it by `|`.
    pub(in crate::expression) merged: bool,
}

impl Checked {
    pub(in crate::expression) fn new(op: OpId, ty: Type, cost: u64) -> Self {
        let size = if ty.many { limits::ASSUMED_ROWS } else { 1 };
        Self { op, ty: Ty::Of(ty), rows: Vec::new(), field: None, size, cost, merged: false }
    }

    /// What is wrong, or nothing: an operation that there is not gives a missing value.
    pub(in crate::expression) const fn wrong() -> Self {
        Self { op: OpId::MAX, ty: Ty::Wrong, rows: Vec::new(), field: None, size: 1, cost: 0, merged: false }
    }

    pub(in crate::expression) fn is_wrong(&self) -> bool {
        self.ty == Ty::Wrong
    }

    pub(in crate::expression) fn kind(&self) -> Option<&Kind> {
        self.ty.kind()
    }

    /// The same values with the operation that picks from them: they stay what they are.
    pub(in crate::expression) fn picked(&self, op: OpId, many: bool, cost: u64) -> Self {
        let mut picked = Self { op, cost, ..self.clone() };
        if let Ty::Of(ty) = &mut picked.ty {
            ty.many = many;
        }
        if !many {
            picked.size = 1;
        }
        picked
    }
}

//! Arithmetic, texts after each other, moving of dates.

use super::{Checked, Checker, Frame, Ty, ty};
use crate::expression::program::Op;
use crate::expression::run::shift_allowed;
use crate::expression::syntax::{NodeId, Operator, Syntax, Unit};
use crate::expression::{Kind, Type};

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn negate(&mut self, inner: NodeId, frame: &Frame<'_>) -> Checked {
        let checked = self.one(inner, frame);
        match &checked.ty {
            Ty::Wrong | Ty::Nothing => checked,
            Ty::Of(ty) if matches!(ty.kind, Kind::Number { .. }) => {
                let ty = ty.clone();
                // The sign of a literal is part of it.
                match *self.code.op(checked.op) {
                    Op::Number(number) => self.built(Op::Number(-number), ty, 0),
                    _ => self.built(Op::Negate(checked.op), ty, checked.cost),
                }
            }
            Ty::Of(ty) => {
                let message = ["only a number can be negative, and this is ", ty::describe(ty)];
                let help = match ty.kind {
                    Kind::Quantity => Some("go back in time with `-` behind the date".to_owned()),
                    _ => None,
                };
                self.mistyped(inner, &message, help)
            }
        }
    }

    #[inline(never)]
    pub(super) fn arithmetic(
        &mut self,
        node: NodeId,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        let checked = [self.one(left, frame), self.one(right, frame)];
        if checked.iter().any(Checked::is_wrong) {
            return Checked::wrong();
        }
        let [Ty::Of(left_ty), Ty::Of(right_ty)] = [&checked[0].ty, &checked[1].ty] else {
            // `{} + 1` is `{}`.
            return Checked { ty: Ty::Nothing, ..Checked::wrong() };
        };
        let cost = checked[0].cost.saturating_add(checked[1].cost);
        let ops = [checked[0].op, checked[1].op];
        match (operator, &left_ty.kind, &right_ty.kind) {
            (_, Kind::Number { integer: a }, Kind::Number { integer: b }) => {
                let integer = match operator {
                    Operator::Divide => false,
                    Operator::Div => true,
                    _ => *a && *b,
                };
                let op = match operator {
                    Operator::Subtract => Op::Subtract,
                    Operator::Multiply => Op::Multiply,
                    Operator::Divide => Op::Divide,
                    Operator::Div => Op::Div,
                    Operator::Mod => Op::Mod,
                    _ => Op::Add,
                };
                self.built(op(ops[0], ops[1]), Type { kind: Kind::Number { integer }, many: false }, cost)
            }
            (Operator::Add, Kind::Text(_), Kind::Text(_)) => {
                self.built(Op::Join(ops[0], ops[1]), Type { kind: Kind::Text(None), many: false }, cost)
            }
            (
                Operator::Add | Operator::Subtract,
                Kind::Date | Kind::DateTime | Kind::Time,
                Kind::Quantity,
            ) => self.shift(operator, left_ty.clone(), ops[0], right, cost),
            _ => self.cannot_calculate(node, operator, [left, right], &checked),
        }
    }

    fn shift(&mut self, operator: Operator, ty: Type, value: u16, quantity: NodeId, cost: u64) -> Checked {
        // A time span is nothing but a literal: it has no value that could be anything else.
        let Syntax::Quantity(count, unit) = self.tree.node(quantity).syntax else { return Checked::wrong() };
        if !shift_allowed(&ty.kind, unit) {
            return self.no_such_unit(quantity, &ty, unit);
        }
        let count = if operator == Operator::Subtract { -count } else { count };
        self.built(Op::Shift(value, count, unit), ty, cost)
    }

    pub(in crate::expression) fn no_such_unit(&mut self, node: NodeId, ty: &Type, unit: Unit) -> Checked {
        self.mistyped(node, &[ty::describe(ty), " has no ", ty::plural(unit)], None)
    }

    fn cannot_calculate(
        &mut self,
        node: NodeId,
        operator: Operator,
        sides: [NodeId; 2],
        checked: &[Checked; 2],
    ) -> Checked {
        let [Ty::Of(left), Ty::Of(right)] = [&checked[0].ty, &checked[1].ty] else { return Checked::wrong() };
        let [from, to] = [sides[1], sides[0]].map(|side| self.written_whole(side));
        let (from, to) = (&*from, &*to);
        let help = match (operator, &left.kind, &right.kind) {
            (Operator::Subtract, Kind::Date, Kind::Date) => {
                Some(["the time between them is `", from, ".duration(", to, ", 'day')`"].concat())
            }
            (Operator::Add | Operator::Subtract, Kind::Date, Kind::Number { .. }) => {
                // Only a number that is written out can be one of days.
                let literal = matches!(self.tree.node(sides[1]).syntax, Syntax::Number(_));
                let count = if literal { from } else { "7" };
                Some(["say of what: `", to, " ", operator.symbol(), " ", count, " days`"].concat())
            }
            (Operator::Add, Kind::Text(_), _) | (Operator::Add, _, Kind::Text(_)) => {
                Some("make a text of it with `toString()`, or a number with `toDecimal()`".to_owned())
            }
            (_, Kind::Boolean, _) | (_, _, Kind::Boolean) => {
                Some("count a yes with `iif(…, 1, 0)`".to_owned())
            }
            (_, Kind::Text(_), _) | (_, _, Kind::Text(_)) => {
                Some("make a number of it with `toDecimal()`".to_owned())
            }
            _ => None,
        };
        let message =
            ["cannot use `", operator.symbol(), "` on ", ty::describe(left), " and ", ty::describe(right)];
        self.mistyped(node, &message, help)
    }

    /// `&`: texts after each other, a missing one as nothing.
    #[inline(never)]
    pub(super) fn concat(&mut self, left: NodeId, right: NodeId, frame: &Frame<'_>) -> Checked {
        let mut cost = 0_u64;
        let mut ops = [0; 2];
        let mut wrong = false;
        for (side, op) in [left, right].into_iter().zip(&mut ops) {
            let checked = self.one(side, frame);
            let kind = checked.kind().cloned();
            match &checked.ty {
                Ty::Of(ty) if !matches!(kind, Some(Kind::Text(_))) => {
                    let help = match kind {
                        Some(Kind::Boolean) => "two conditions are joined with `and`".to_owned(),
                        _ => ["write `", &*self.written_whole(side), ".toString()`"].concat(),
                    };
                    let message = ["`&` joins texts, and this is ", ty::describe(ty)];
                    self.mistyped(side, &message, Some(help));
                    wrong = true;
                }
                _ => wrong |= checked.is_wrong(),
            }
            cost = cost.saturating_add(checked.cost);
            *op = checked.op;
        }
        if wrong {
            return Checked::wrong();
        }
        self.built(Op::Concat(ops[0], ops[1]), Type { kind: Kind::Text(None), many: false }, cost)
    }
}

//! Conditions: what has to be one yes or no.

use super::{Checked, Checker, Frame, Ty, ty};
use crate::diagnostic::codes;
use crate::expression::program::Op;
use crate::expression::syntax::{NodeId, Operator};
use crate::expression::{Kind, Problem, Type};
use crate::value::Truth;

const BOOLEAN: Type = Type { kind: Kind::Boolean, many: false };

impl Checker<'_> {
    /// A part that is used as a condition.
    pub(in crate::expression) fn condition(&mut self, node: NodeId, frame: &Frame<'_>) -> Checked {
        let checked = self.node(node, frame);
        let ty = match &checked.ty {
            Ty::Of(ty) if *ty == BOOLEAN => return checked,
            Ty::Wrong => return checked,
            Ty::Nothing => return self.built(Op::Truth(Truth::Unknown), BOOLEAN, 0),
            Ty::Of(ty) => ty.clone(),
        };
        let written = &*self.written_whole(node);
        let help = match &ty {
            Type { kind: Kind::Rows(_), .. } => [written, ".exists()"].concat(),
            Type { kind: Kind::Boolean, .. } => [written, ".exists($this)"].concat(),
            Type { kind: Kind::Text(Some(choices)), many } => {
                let mut help = [written, if *many { " contains " } else { " = " }].concat();
                crate::expression::syntax::quote_text(choices.codes().next().unwrap_or("…"), &mut help);
                help
            }
            Type { kind: Kind::Number { .. }, many: false } => [written, " > 0"].concat(),
            _ => [written, ".exists()"].concat(),
        };
        let help = ["for example `", &help, "`"].concat();
        let message = ["a condition is needed here, and this is ", ty::describe(&ty)];
        self.mistyped(node, &message, Some(help))
    }

    #[inline(never)]
    pub(super) fn connective(
        &mut self,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        let left = self.condition(left, frame);
        let right = self.condition(right, frame);
        let op = match operator {
            Operator::Or => Op::Or(left.op, right.op),
            Operator::Xor => Op::Xor(left.op, right.op),
            Operator::Implies => Op::Implies(left.op, right.op),
            _ => Op::And(left.op, right.op),
        };
        self.built(op, BOOLEAN, left.cost.saturating_add(right.cost))
    }

    /// A part that has to be a single value, of whatever kind.
    pub(in crate::expression) fn one(&mut self, node: NodeId, frame: &Frame<'_>) -> Checked {
        let checked = self.node(node, frame);
        if checked.ty.many() { self.needs_one(node, &checked) } else { checked }
    }

    /// Reports a list where one value is needed.
    pub(super) fn needs_one(&mut self, node: NodeId, checked: &Checked) -> Checked {
        let what = if let Ty::Of(ty) = &checked.ty { ty::describe(ty) } else { "a list" };
        let message = ["one value is needed here, and this is ", what].concat();
        let written = &*self.written_whole(node);
        let help = match checked.kind() {
            Some(Kind::Text(_)) => {
                ["ask with `", written, " contains …`, or take one: `", written, ".first()`"]
            }
            Some(Kind::Rows(_)) => ["ask with `", written, ".exists(…)`, or count: `", written, ".count()`"],
            _ => ["ask with `", written, ".exists($this …)`, or take one: `", written, ".first()`"],
        };
        let problem = Problem::error(codes::EXPRESSION_CARDINALITY, self.span(node), message);
        self.report(problem.help(help.concat()));
        Checked::wrong()
    }
}

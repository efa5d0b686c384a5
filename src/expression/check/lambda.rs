//! Conditions and values that are computed for each item of a list.

use super::{Checked, Checker, Frame};
use crate::diagnostic::codes;
use crate::expression::program::Op;
use crate::expression::syntax::NodeId;
use crate::expression::{Kind, Problem, Scope, limits};

impl Checker<'_> {
    /// Checks the body of a lambda over a list with a frame of its own.
    ///
    /// Over rows, bare names are columns first. Gives the body and the depth of its frame.
    pub(in crate::expression) fn lambda(
        &mut self,
        list: &Checked,
        body: NodeId,
        frame: &Frame<'_>,
        check: fn(&mut Self, NodeId, &Frame<'_>) -> Checked,
    ) -> (Checked, u8) {
        let depth = frame.depth() + 1;
        if depth > limits::LAMBDAS {
            let message = "only 3 of `where`, `select`, `all` and `exists` can stand inside each other";
            self.report(Problem::error(codes::EXPRESSION_LIMIT, self.span(body), message));
            return (Checked::wrong(), depth);
        }
        let inside: Option<Box<dyn Scope + '_>> = match list.kind() {
            Some(&Kind::Rows(repeat)) => Some(frame.scope.rows(repeat)),
            _ => None,
        };
        let this = Op::This(depth);
        let this = list.picked(self.code.emit(this), false, 1);
        let scope = match &inside {
            Some(inside) => &**inside,
            None => frame.scope,
        };
        let levels = if inside.is_some() { list.rows.clone() } else { frame.levels.clone() };
        let inner = Frame { scope, levels, this: Some(this), outer: Some(frame) };
        (check(self, body, &inner), depth)
    }
}

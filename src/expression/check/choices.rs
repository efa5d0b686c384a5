//! Literals that are held against the choices of a question.

use super::{Checker, did_you_mean, enumerate, nearest};
use crate::diagnostic::codes;
use crate::expression::syntax::{NodeId, Operator, Syntax};
use crate::expression::{ChoiceSet, Kind, Problem};

impl Checker<'_> {
    /// Reports each text literal that a part can turn out to be and that is none of the choices.
    pub(in crate::expression) fn check_literals(&mut self, node: NodeId, choices: &ChoiceSet, owner: &str) {
        match self.tree.node(node).syntax {
            Syntax::Text(text) => {
                let text = self.tree.text(text);
                if choices.contains(text) {
                    return;
                }
                let meant = nearest(text, choices.codes());
                let mut message = [owner, " has no choice "].concat();
                crate::expression::syntax::quote_text(text, &mut message);
                message += &did_you_mean(meant, "'");
                let mut problem = Problem::error(codes::EXPRESSION_UNKNOWN_CHOICE, self.span(node), message);
                if meant.is_none() {
                    let known = enumerate(choices.codes());
                    problem = problem.help(["its choices are ", &known].concat());
                }
                self.report(problem);
            }
            Syntax::Binary(Operator::Union, left, right) => {
                self.check_literals(left, choices, owner);
                self.check_literals(right, choices, owner);
            }
            Syntax::Call { receiver: None, name, first, count } => {
                // What these give is one of their arguments, but for the condition of the first.
                let skipped = match self.tree.text(name) {
                    "iif" => 1,
                    "coalesce" => 0,
                    _ => return,
                };
                for &argument in self.tree.arguments(first, count).iter().skip(skipped) {
                    self.check_literals(argument, choices, owner);
                }
            }
            _ => {}
        }
    }

    /// Holds each of two parts that are compared against the choices of the other.
    pub(super) fn check_choices(&mut self, sides: [(NodeId, Option<&Kind>); 2]) {
        let [left, right] = sides;
        for ((owner, kind), (other, _)) in [(left, right), (right, left)] {
            if let Some(Kind::Text(Some(choices))) = kind {
                let owner = ["`", self.written(owner), "`"].concat();
                self.check_literals(other, choices, &owner);
            }
        }
    }
}

//! Calls of functions.

use super::{Checked, Checker, Frame, Ty, did_you_mean, nearest, ty};
use crate::diagnostic::{Span, codes};
use crate::expression::functions::{self, Form, Gives, ScalarForm, Want};
use crate::expression::program::{Op, OpId};
use crate::expression::syntax::NodeId;
use crate::expression::{Kind, Problem, Type};

/// A call as it stands in the tree.
#[derive(Clone, Copy)]
pub(in crate::expression) struct CallSite<'t> {
    pub(in crate::expression) node: NodeId,
    pub(in crate::expression) name: &'t str,
    pub(in crate::expression) signature: &'static str,
    pub(in crate::expression) receiver: Option<NodeId>,
    pub(in crate::expression) arguments: &'t [NodeId],
}

impl CallSite<'_> {
    /// The argument at a place, if there are that many.
    pub(in crate::expression) fn argument(&self, index: usize) -> Option<NodeId> {
        self.arguments.get(index).copied()
    }
}

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn call(
        &mut self,
        node: NodeId,
        receiver: Option<NodeId>,
        name: &str,
        arguments: &[NodeId],
        frame: &Frame<'_>,
    ) -> Checked {
        if name == "not" {
            // The reader has made an operator of every `not` that is written as it has to be.
            let call = CallSite { node, name, signature: "a.not()` or `not(a)", receiver, arguments };
            self.takes(&call, 0, 0);
            return Checked::wrong();
        }
        let Some(function) = functions::find(name) else { return self.unknown_function(node, name) };
        let call = CallSite { node, name, signature: function.signature, receiver, arguments };
        match &function.form {
            Form::Scalar(form) => self.scalar(&call, form, frame),
            Form::Special(check) => check(self, &call, frame),
        }
    }

    fn unknown_function(&mut self, node: NodeId, name: &str) -> Checked {
        let span = self.span(node);
        let problem = if functions::LEFT_OUT.contains(&name) {
            let message = ["`", name, "` is left out of this language"].concat();
            Problem::error(codes::EXPRESSION_LEFT_OUT, span, message)
        } else {
            let foreign = functions::FOREIGN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let meant = foreign.map(|(_, meant)| *meant).or_else(|| nearest(name, functions::names()));
            let message = ["there is no function named `", name, "`"].concat() + &did_you_mean(meant, "`");
            Problem::error(codes::EXPRESSION_UNKNOWN_FUNCTION, span, message)
        };
        self.report(problem);
        Checked::wrong()
    }

    /// Reports a call whose arguments are too many or too few.
    pub(in crate::expression) fn takes(&mut self, call: &CallSite<'_>, least: usize, most: usize) -> bool {
        let count = call.arguments.len();
        if (least..=most).contains(&count) {
            return true;
        }
        let wanted = match (least, most) {
            (0, 0) => "nothing between its brackets".to_owned(),
            (1, 1) => "1 argument".to_owned(),
            (least, most) if least == most => [&least.to_string(), " arguments"].concat(),
            (least, usize::MAX) => ["at least ", &least.to_string(), " arguments"].concat(),
            (least, most) => [&least.to_string(), " to ", &most.to_string(), " arguments"].concat(),
        };
        let message = ["`", call.name, "` takes ", &wanted, ", not ", &count.to_string()].concat();
        let problem = Problem::error(codes::EXPRESSION_ARGUMENTS, self.span(call.node), message);
        self.report(problem.help(["write `", call.signature, "`"].concat()));
        false
    }

    /// The value that a function stands behind.
    pub(in crate::expression) fn receiver(&mut self, call: &CallSite<'_>) -> Option<NodeId> {
        if call.receiver.is_none() {
            let first = call.argument(0).map_or("a".into(), |first| self.written_whole(first));
            let message = ["`", call.name, "` stands behind a value"].concat();
            let help = if call.arguments.len() == 1 && call.signature.ends_with("()") {
                ["write `", &first, ".", call.name, "()`"].concat()
            } else {
                ["write `", call.signature, "`"].concat()
            };
            let problem = Problem::error(codes::EXPRESSION_ARGUMENTS, self.span(call.node), message);
            self.report(problem.help(help));
        }
        call.receiver
    }

    /// Reports a value in front of a function that stands alone.
    pub(in crate::expression) fn stands_alone(&mut self, call: &CallSite<'_>) -> bool {
        if call.receiver.is_some() {
            let message = ["`", call.name, "` does not stand behind a value"].concat();
            let problem = Problem::error(codes::EXPRESSION_ARGUMENTS, self.span(call.node), message);
            self.report(problem.help(["write `", call.signature, "`"].concat()));
        }
        call.receiver.is_none()
    }

    /// A single value of a wanted kind.
    pub(in crate::expression) fn wanted(
        &mut self,
        call: &CallSite<'_>,
        node: NodeId,
        want: Want,
        frame: &Frame<'_>,
    ) -> Checked {
        let checked = self.one(node, frame);
        let Ty::Of(found) = &checked.ty else { return checked };
        let (fits, what) = match (want, &found.kind) {
            (Want::Number, kind) => (matches!(kind, Kind::Number { .. }), "a number"),
            (Want::Text, kind) => (matches!(kind, Kind::Text(_)), "a text"),
            (Want::Value, kind) => (!matches!(kind, Kind::Rows(_) | Kind::Quantity), "a value"),
        };
        if fits {
            return checked;
        }
        let help = (matches!(want, Want::Text) && matches!(found.kind, Kind::Number { .. } | Kind::Date))
            .then(|| ["make a text of it: `", &*self.written_whole(node), ".toString()`"].concat());
        let message = ["`", call.name, "` needs ", what, ", and this is ", ty::describe(found)];
        self.mistyped(node, &message, help)
    }

    /// A function of single values that gives a single value, and nothing if one of them is missing.
    pub(in crate::expression) fn scalar(
        &mut self,
        call: &CallSite<'_>,
        form: &'static ScalarForm,
        frame: &Frame<'_>,
    ) -> Checked {
        if !self.takes(call, form.required, form.arguments.len()) {
            return Checked::wrong();
        }
        let Some(receiver) = self.receiver(call) else { return Checked::wrong() };
        let wants = [form.receiver].into_iter().chain(form.arguments.iter().copied());
        let nodes = [receiver].into_iter().chain(call.arguments.iter().copied());
        let mut ops = Vec::with_capacity(3);
        let mut cost = 0_u64;
        let mut wrong = false;
        let mut first = None;
        for (node, want) in nodes.zip(wants) {
            let checked = self.wanted(call, node, want, frame);
            wrong |= checked.is_wrong();
            cost = cost.saturating_add(checked.cost);
            ops.push(checked.op);
            first = first.or_else(|| checked.kind().cloned());
        }
        if wrong {
            return Checked::wrong();
        }
        let kind = match &form.gives {
            Gives::Kind(kind) => kind.clone(),
            Gives::Same => first.unwrap_or(Kind::Number { integer: false }),
        };
        let args = self.code.arguments(&ops);
        self.built(Op::Scalar(form.run, args), Type { kind, many: false }, cost)
    }

    /// A part that has to be a literal, because it is needed before anything is computed.
    pub(in crate::expression) fn not_a_literal(&mut self, node: NodeId, message: &str) -> Checked {
        let span: Span = self.span(node);
        self.report(Problem::error(codes::EXPRESSION_ARGUMENTS, span, message));
        Checked::wrong()
    }

    /// Arguments as they are, with what they cost together; none if one is wrong.
    pub(in crate::expression) fn all_of(
        &mut self,
        nodes: impl Iterator<Item = NodeId>,
        frame: &Frame<'_>,
    ) -> Option<(Vec<Checked>, u64)> {
        let checked: Vec<Checked> = nodes.map(|node| self.node(node, frame)).collect();
        let cost = checked.iter().fold(0, |cost: u64, part| cost.saturating_add(part.cost));
        (!checked.iter().any(Checked::is_wrong)).then_some((checked, cost))
    }
}

/// The operations of checked parts.
pub(in crate::expression) fn ops(checked: &[Checked]) -> Vec<OpId> {
    checked.iter().map(|part| part.op).collect()
}

//! What functions of a list have in common.

use crate::diagnostic::codes;
use crate::expression::check::{CallSite, Checked, Checker, Frame};
use crate::expression::program::{Call, Op, OpId, Stream};
use crate::expression::run::{Item, Machine, Sink};
use crate::expression::syntax::NodeId;
use crate::expression::{Problem, Type};
use crate::value::Truth;

/// The list that a function without arguments stands behind.
pub(super) fn receiver(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Option<Checked> {
    if !checker.takes(call, 0, 0) {
        return None;
    }
    let receiver = checker.receiver(call)?;
    Some(checker.node(receiver, frame)).filter(|list| !list.is_wrong())
}

/// A function of a list that gives one value of a type of its own.
pub(super) fn summary(checker: &mut Checker<'_>, list: &Checked, ty: Type, run: Call) -> Checked {
    let args = checker.code.arguments(&[list.op]);
    checker.built(Op::Call(run, args), ty, list.cost.saturating_add(list.size))
}

/// The list that a function with a lambda stands behind, and the lambda's place in the program: the operations of
/// both and the depth of its frame.
pub(super) struct Looped {
    pub(super) list: Checked,
    pub(super) body: Checked,
    args: [OpId; 3],
    cost: u64,
}

impl Looped {
    /// A function of a list and a lambda.
    pub(super) fn check<'t>(
        checker: &mut Checker<'t>,
        call: &CallSite<'_>,
        frame: &Frame<'_>,
        body: fn(&mut Checker<'t>, NodeId, &Frame<'_>) -> Checked,
    ) -> Option<Self> {
        if !checker.takes(call, 1, 1) {
            return None;
        }
        let receiver = checker.receiver(call)?;
        let list = checker.node(receiver, frame);
        if list.is_wrong() {
            return None;
        }
        let (body, depth) = checker.lambda(&list, call.argument(0)?, frame, body);
        if body.is_wrong() {
            return None;
        }
        let args = [list.op, body.op, depth.into()];
        let cost = list.cost.saturating_add(list.size.saturating_mul(body.cost.saturating_add(1)));
        Some(Self { list, body, args, cost })
    }

    pub(super) fn call(&self, checker: &mut Checker<'_>, ty: Type, run: Call) -> Checked {
        let args = checker.code.arguments(&self.args);
        checker.built(Op::Call(run, args), ty, self.cost)
    }

    pub(super) fn stream(&self, checker: &mut Checker<'_>, run: Stream) -> (OpId, u64) {
        let args = checker.code.arguments(&self.args);
        (checker.code.emit(Op::Stream(run, args)), self.cost.saturating_add(1))
    }
}

/// Runs a lambda's body for each item of its list, until the body says that it has enough.
pub(super) fn each<'a>(
    machine: &mut Machine<'a>,
    args: &[OpId],
    body: &mut dyn FnMut(&mut Machine<'a>, OpId, Item<'a>, Bound) -> bool,
) -> bool {
    let &[list, inner, depth] = args else { return true };
    let mut index = 0;
    machine.each(list, &mut |machine, item| {
        let bound = Bound { depth, index };
        index += 1;
        machine.spend(1) && body(machine, inner, item, bound)
    })
}

/// Where a lambda's body finds `$this` and `$index`.
#[derive(Clone, Copy)]
pub(super) struct Bound {
    depth: u16,
    index: u32,
}

impl Bound {
    /// Runs something with an item as `$this`.
    pub(super) fn run<'a, R>(
        self,
        machine: &mut Machine<'a>,
        item: &Item<'a>,
        run: impl FnOnce(&mut Machine<'a>) -> R,
    ) -> R {
        machine.within(self.depth, self.index, item, run)
    }

    pub(super) fn truth<'a>(self, machine: &mut Machine<'a>, item: &Item<'a>, condition: OpId) -> Truth {
        machine.within(self.depth, self.index, item, |machine| machine.truth(condition))
    }
}

/// Hands each value of several lists to a consumer.
pub(super) fn each_of<'a>(machine: &mut Machine<'a>, args: &[OpId], sink: &mut Sink<'_, 'a>) -> bool {
    args.iter().all(|&arg| machine.each(arg, sink))
}

/// Reports `|` where each value has to count: it drops equal ones.
pub(super) fn refuse_merged(
    checker: &mut Checker<'_>,
    call: &CallSite<'_>,
    node: NodeId,
    list: &Checked,
) -> bool {
    if list.merged {
        let message = ["`|` drops equal values, so it cannot stand under `", call.name, "`"].concat();
        let problem = Problem::error(codes::EXPRESSION_TYPE, checker.span(node), message);
        let instead = match call.name {
            "count" => "countAnswered(a, b)",
            "avg" => "avg(a, b)",
            _ => "sum(a, b)",
        };
        checker.report(problem.help(["write `", instead, "`, or `a.combine(b)`"].concat()));
    }
    list.merged
}

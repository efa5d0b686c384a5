//! Functions that give one of their arguments.

use super::{Form, Function};
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty, describe, ops};
use crate::expression::program::{Op, OpId};
use crate::expression::run::{Item, Machine, Sink};
use crate::expression::syntax::NodeId;

pub(super) const IIF: Function = Function {
    name: "iif",
    signature: "iif(condition, then, [else])",
    summary: "The second argument if the condition is true, the third if it is false or unknown.",
    standard: true,
    examples: &[("iif(1 < 2, 'a', 'b')", "'a'"), ("iif({}, 'a', 'b')", "'b'"), ("iif(false, 1)", "{}")],
    form: Form::Special(iif),
};

fn iif(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.takes(call, 2, 3) || !checker.stands_alone(call) {
        return Checked::wrong();
    }
    let Some((&condition, branches)) = call.arguments.split_first() else { return Checked::wrong() };
    let condition = checker.condition(condition, frame);
    let Some(mut chosen) = one_of(checker, call, branches, frame, [condition.op].into()) else {
        return Checked::wrong();
    };
    if condition.is_wrong() {
        return condition;
    }
    chosen.0.cost = chosen.0.cost.saturating_add(condition.cost);
    let args = checker.code.arguments(&chosen.1);
    let many = chosen.0.ty.many();
    chosen.0.op = checker.code.emit(if many { Op::Stream(each_iif, args) } else { Op::Call(run_iif, args) });
    chosen.0
}

/// The branch that holds. A decided value makes up for an undecided condition; a missing one hangs on both.
fn branch(machine: &mut Machine<'_>, args: &[OpId]) -> Option<OpId> {
    let chosen = if machine.truth(*args.first()?).is_true() { 1 } else { 2 };
    args.get(chosen).copied()
}

fn run_iif<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let branch = branch(machine, args)?;
    machine.item(branch)
}

fn each_iif<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    match branch(machine, args) {
        Some(branch) => machine.each(branch, sink),
        None => true,
    }
}

pub(super) const COALESCE: Function = Function {
    name: "coalesce",
    signature: "coalesce(a, b, …)",
    summary: "The first of its arguments that is answered.",
    standard: true,
    examples: &[("coalesce({}, 2, 3)", "2"), ("coalesce({}, {})", "{}")],
    form: Form::Special(coalesce),
};

fn coalesce(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.takes(call, 2, usize::MAX) || !checker.stands_alone(call) {
        return Checked::wrong();
    }
    let Some((mut first, args)) = one_of(checker, call, call.arguments, frame, Vec::new()) else {
        return Checked::wrong();
    };
    let args = checker.code.arguments(&args);
    let many = first.ty.many();
    first.op =
        checker.code.emit(if many { Op::Stream(each_coalesce, args) } else { Op::Call(run_coalesce, args) });
    first
}

fn run_coalesce<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    args.iter().find_map(|&arg| machine.item(arg))
}

fn each_coalesce<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    for &arg in args {
        let mut found = false;
        let more = machine.each(arg, &mut |machine, item| {
            found = true;
            sink(machine, item)
        });
        if found || !more {
            return more;
        }
    }
    true
}

/// Checks arguments of which one will be the result; gives the result, its operation still to be set, and the
/// operations of the arguments after those given.
fn one_of(
    checker: &mut Checker<'_>,
    call: &CallSite<'_>,
    nodes: &[NodeId],
    frame: &Frame<'_>,
    mut before: Vec<OpId>,
) -> Option<(Checked, Vec<OpId>)> {
    let (parts, cost) = checker.all_of(nodes.iter().copied(), frame)?;
    before.extend(ops(&parts));
    let mut ty = Ty::Nothing;
    for part in &parts {
        match ty.unified(&part.ty) {
            Some(unified) => ty = unified,
            None => {
                if let (Ty::Of(one), Ty::Of(other)) = (&ty, &part.ty) {
                    let message = [
                        "`",
                        call.name,
                        "` cannot give ",
                        describe(one),
                        " or ",
                        describe(other),
                        ", as it comes",
                    ];
                    checker.mistyped(call.node, &message, None);
                }
                return None;
            }
        }
    }
    let fields: Vec<_> = parts.iter().map(|part| part.field).collect();
    let same = fields.windows(2).all(|pair| pair.first() == pair.last());
    let size = parts.iter().map(|part| part.size).max().unwrap_or(1);
    let merged = parts.iter().any(|part| part.merged);
    let rows =
        parts.iter().find(|part| !part.rows.is_empty()).map(|part| part.rows.clone()).unwrap_or_default();
    let field = fields.first().copied().flatten().filter(|_| same);
    Some((Checked { op: 0, ty, rows, field, size, cost: cost.saturating_add(1), merged }, before))
}

//! Lists from two lists, and a list without doubles.

use super::{Form, Function, list};
use crate::expression::check::{CallSite, Checked, Checker, Frame};
use crate::expression::program::{Op, OpId, Stream};
use crate::expression::run::{Machine, Sink};

pub(super) const COMBINE: Function = Function {
    name: "combine",
    signature: "a.combine(b)",
    summary: "The values of both lists, equal ones too; `a | b` drops those.",
    standard: true,
    examples: &[("(1).combine(1).count()", "2"), ("{}.combine(1).first()", "1")],
    form: Form::Special(|checker, call, frame| two_lists(checker, call, frame, list::each_of)),
};

pub(super) const INTERSECT: Function = Function {
    name: "intersect",
    signature: "a.intersect(b)",
    summary: "The values that stand in both lists, each once.",
    standard: true,
    examples: &[
        ("(1 | 2 | 3).intersect(2 | 3 | 4).first()", "2"),
        ("(1 | 2).intersect(3).exists()", "false"),
    ],
    form: Form::Special(|checker, call, frame| {
        let mut both = two_lists(checker, call, frame, each_intersect);
        both.cost = both.cost.saturating_add(both.size.saturating_mul(both.size));
        both.merged = false;
        both
    }),
};

fn two_lists(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>, run: Stream) -> Checked {
    if !checker.takes(call, 1, 1) {
        return Checked::wrong();
    }
    let (Some(receiver), Some(other)) = (checker.receiver(call), call.argument(0)) else {
        return Checked::wrong();
    };
    let lists = [checker.node(receiver, frame), checker.node(other, frame)];
    let Some(mut joined) = checker.joined(call.node, &lists) else { return Checked::wrong() };
    let args = checker.code.arguments(&lists.map(|list| list.op));
    joined.op = checker.code.emit(Op::Stream(run, args));
    joined
}

fn each_intersect<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    let &[left, right] = args else { return true };
    let mut wanted = Vec::new();
    let mut kept = Vec::new();
    machine.each(right, &mut |machine, item| machine.keep(item, &mut wanted));
    machine.each(left, &mut |machine, item| {
        let cost = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        machine.spend(cost)
            && (!wanted.iter().any(|other| other.same(&item)) || machine.keep(item, &mut kept))
    });
    machine.hand_out(kept, sink)
}

pub(super) const DISTINCT: Function = Function {
    name: "distinct",
    signature: "list.distinct()",
    summary: "The values, each once, in the order in which they first stand.",
    standard: true,
    examples: &[("'b,a,b'.split(',').distinct().join()", "'ba'")],
    form: Form::Special(distinct),
};

fn distinct(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(list) = list::receiver(checker, call, frame) else { return Checked::wrong() };
    let args = checker.code.arguments(&[list.op]);
    let op = checker.code.emit(Op::Stream(each_distinct, args));
    let cost = list.cost.saturating_add(list.size.saturating_mul(list.size) / 2);
    // Whoever writes `distinct` means each value once.
    Checked { size: list.size, merged: false, ..list.picked(op, true, cost) }
}

fn each_distinct<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    let mut kept = Vec::new();
    list::each_of(machine, args, &mut |machine, item| machine.keep(item, &mut kept));
    machine.hand_out(kept, sink)
}

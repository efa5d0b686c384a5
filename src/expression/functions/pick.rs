//! One value of a list.

use super::{Form, Function, list};
use crate::expression::check::{CallSite, Checked, Checker, Frame};
use crate::expression::program::{Call, Op, OpId};
use crate::expression::run::{Item, Machine};

pub(super) const FIRST: Function = Function {
    name: "first",
    signature: "list.first()",
    summary: "The first value.",
    standard: true,
    examples: &[("(3 | 1 | 2).first()", "3"), ("{}.first()", "{}")],
    form: Form::Special(|checker, call, frame| pick(checker, call, frame, run_first)),
};

pub(super) const LAST: Function = Function {
    name: "last",
    signature: "list.last()",
    summary: "The last value.",
    standard: true,
    examples: &[("(3 | 1 | 2).last()", "2")],
    form: Form::Special(|checker, call, frame| pick(checker, call, frame, run_last)),
};

fn pick(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>, run: Call) -> Checked {
    let Some(list) = list::receiver(checker, call, frame) else { return Checked::wrong() };
    let args = checker.code.arguments(&[list.op]);
    let op = checker.code.emit(Op::Call(run, args));
    list.picked(op, false, list.cost.saturating_add(list.size).saturating_add(1))
}

fn run_first<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let mut first = None;
    machine.each(*args.first()?, &mut |_, item| {
        first = Some(item);
        false
    });
    first
}

fn run_last<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let mut last = None;
    machine.each(*args.first()?, &mut |_, item| {
        last = Some(item);
        true
    });
    last
}

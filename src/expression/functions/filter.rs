//! Lists from lists by a lambda.

use super::list::{self, Looped};
use super::{Form, Function};
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty};
use crate::expression::program::OpId;
use crate::expression::run::{Machine, Sink};

pub(super) const WHERE: Function = Function {
    name: "where",
    signature: "list.where(condition)",
    summary: "The values for which the condition is true.",
    standard: true,
    examples: &[("(1 | 2 | 3).where($this > 1).first()", "2"), ("(1 | 2).where({}).exists()", "false")],
    form: Form::Special(filter),
};

fn filter(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(looped) = Looped::check(checker, call, frame, Checker::condition) else {
        return Checked::wrong();
    };
    let (op, cost) = looped.stream(checker, each_where);
    let size = looped.list.size;
    Checked { size, ..looped.list.picked(op, true, cost) }
}

fn each_where<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    list::each(machine, args, &mut |machine, condition, item, bound| {
        !bound.truth(machine, &item, condition).is_true() || sink(machine, item)
    })
}

pub(super) const SELECT: Function = Function {
    name: "select",
    signature: "list.select(value)",
    summary: "The value computed for each of a list; where there is none, nothing is added.",
    standard: true,
    examples: &[("(1 | 2).select($this * 10)[1]", "20"), ("(5 | 6).select($index)[1]", "1")],
    form: Form::Special(select),
};

fn select(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(looped) = Looped::check(checker, call, frame, Checker::node) else { return Checked::wrong() };
    let (op, cost) = looped.stream(checker, each_select);
    let body = &looped.body;
    let mut selected = Checked { op, cost, size: looped.list.size.saturating_mul(body.size), ..body.clone() };
    if let Ty::Of(ty) = &mut selected.ty {
        ty.many = true;
    }
    // What a lambda makes of two values is two values, even if they are equal; but equal ones were dropped before.
    selected.merged = looped.list.merged || body.merged;
    selected
}

fn each_select<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    list::each(machine, args, &mut |machine, value, item, bound| {
        bound.run(machine, &item, |machine| machine.each(value, sink))
    })
}

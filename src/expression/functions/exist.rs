//! Questions about a list that always have an answer.

use super::list::{self, Looped};
use super::{Form, Function, WHOLE};
use crate::expression::check::{CallSite, Checked, Checker, Frame};
use crate::expression::program::OpId;
use crate::expression::run::{Item, Machine};
use crate::expression::{Kind, Type};
use crate::value::Decimal;

const BOOLEAN: Type = Type { kind: Kind::Boolean, many: false };

pub(super) const EXISTS: Function = Function {
    name: "exists",
    signature: "a.exists([condition])",
    summary: "Whether there is a value, or one for which the condition is true. Never unknown.",
    standard: true,
    examples: &[("1.exists()", "true"), ("{}.exists()", "false"), ("(1 | 2).exists($this > 1)", "true")],
    form: Form::Special(exists),
};

fn exists(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if call.arguments.is_empty() {
        return match list::receiver(checker, call, frame) {
            Some(list) => list::summary(checker, &list, BOOLEAN, run_exists),
            None => Checked::wrong(),
        };
    }
    match Looped::check(checker, call, frame, Checker::condition) {
        Some(looped) => looped.call(checker, BOOLEAN, run_exists_where),
        None => Checked::wrong(),
    }
}

fn run_exists<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    Some(Item::Boolean(has_any(machine, *args.first()?)))
}

fn run_exists_where<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let mut found = false;
    list::each(machine, args, &mut |machine, condition, item, bound| {
        found = bound.truth(machine, &item, condition).is_true();
        !found
    });
    Some(Item::Boolean(found))
}

pub(super) const ALL: Function = Function {
    name: "all",
    signature: "list.all(condition)",
    summary: "Whether the condition is true for every value; true for an empty list. Never unknown.",
    standard: true,
    examples: &[("(1 | 2).all($this > 0)", "true"), ("(1 | 2).all($this > 1)", "false")],
    form: Form::Special(all),
};

fn all(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    match Looped::check(checker, call, frame, Checker::condition) {
        Some(looped) => looped.call(checker, BOOLEAN, run_all),
        None => Checked::wrong(),
    }
}

fn run_all<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let mut holds = true;
    list::each(machine, args, &mut |machine, condition, item, bound| {
        holds = bound.truth(machine, &item, condition).is_true();
        holds
    });
    Some(Item::Boolean(holds))
}

pub(super) const EMPTY: Function = Function {
    name: "empty",
    signature: "a.empty()",
    summary: "Whether there is no value: unanswered, absent, hidden or not computable. Never unknown.",
    standard: true,
    examples: &[("{}.empty()", "true"), ("0.empty()", "false"), ("false.empty()", "false")],
    form: Form::Special(empty),
};

fn empty(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    match list::receiver(checker, call, frame) {
        Some(list) => list::summary(checker, &list, BOOLEAN, run_empty),
        None => Checked::wrong(),
    }
}

fn run_empty<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    Some(Item::Boolean(!has_any(machine, *args.first()?)))
}

pub(super) const COUNT: Function = Function {
    name: "count",
    signature: "list.count()",
    summary: "How many values there are. Never unknown.",
    standard: true,
    examples: &[("'a,b,b'.split(',').count()", "3"), ("{}.count()", "0")],
    form: Form::Special(count),
};

fn count(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let (Some(list), Some(node)) = (list::receiver(checker, call, frame), call.receiver) else {
        return Checked::wrong();
    };
    if list::refuse_merged(checker, call, node, &list) {
        return Checked::wrong();
    }
    list::summary(checker, &list, Type { kind: WHOLE, many: false }, run_count)
}

fn run_count<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    if let Some(rows) = machine.count_rows(*args.first()?) {
        return Some(Item::Number(Decimal::from(rows)));
    }
    let mut count = 0_u32;
    list::each_of(machine, args, &mut |_, _| {
        count = count.saturating_add(1);
        true
    });
    Some(Item::Number(Decimal::from(count)))
}

/// Whether there is a value; it is enough to see the first.
pub(super) fn has_any(machine: &mut Machine<'_>, list: OpId) -> bool {
    let mut found = false;
    machine.each(list, &mut |_, _| {
        found = true;
        false
    });
    found
}

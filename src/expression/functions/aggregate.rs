//! One number from many. Missing ones are skipped; of nothing there is no sum.

use super::{Form, Function, NUMBER, list};
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty, describe, ops};
use crate::expression::program::{Call, Op, OpId};
use crate::expression::run::decimal::settled;
use crate::expression::run::{Item, Machine};
use crate::expression::{Kind, Type};
use crate::value::Decimal;
use std::cmp::Ordering;

pub(super) const SUM: Function = Function {
    name: "sum",
    signature: "list.sum() or sum(a, b, …)",
    summary: "The sum of the numbers that there are; nothing if there are none.",
    standard: true,
    examples: &[
        ("sum(1, {}, 2)", "3"),
        ("sum({}, {})", "{}"),
        ("'1,2'.split(',').select($this.toInteger()).sum()", "3"),
    ],
    form: Form::Special(|checker, call, frame| aggregate(checker, call, frame, Takes::Numbers, run_sum)),
};

pub(super) const AVG: Function = Function {
    name: "avg",
    signature: "list.avg() or avg(a, b, …)",
    summary: "The mean of the numbers that there are; nothing if there are none.",
    standard: true,
    examples: &[("avg(1, {}, 2)", "1.5")],
    form: Form::Special(|checker, call, frame| {
        let mut mean = aggregate(checker, call, frame, Takes::Numbers, run_avg);
        if let Ty::Of(ty) = &mut mean.ty {
            ty.kind = NUMBER;
        }
        mean
    }),
};

pub(super) const MIN: Function = Function {
    name: "min",
    signature: "list.min() or min(a, b, …)",
    summary: "The least of the numbers or dates that there are.",
    standard: true,
    examples: &[
        ("min(3, {}, 2)", "2"),
        ("min(@2026-01-01, @2025-01-01)", "@2025-01-01"),
        ("min(@2026, @2026-01)", "{}"),
    ],
    form: Form::Special(|checker, call, frame| aggregate(checker, call, frame, Takes::Ordered, run_min)),
};

pub(super) const MAX: Function = Function {
    name: "max",
    signature: "list.max() or max(a, b, …)",
    summary: "The greatest of the numbers or dates that there are.",
    standard: true,
    examples: &[("max(3, {}, 2)", "3")],
    form: Form::Special(|checker, call, frame| aggregate(checker, call, frame, Takes::Ordered, run_max)),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Numbers,
    /// Numbers, dates, times.
    Ordered,
}

/// An aggregate of the list that it stands behind, or of its arguments.
fn aggregate(
    checker: &mut Checker<'_>,
    call: &CallSite<'_>,
    frame: &Frame<'_>,
    takes: Takes,
    run: Call,
) -> Checked {
    let alone = call.receiver.is_none();
    if alone && call.arguments.is_empty() || !alone && !call.arguments.is_empty() {
        let (least, most) = if alone { (1, usize::MAX) } else { (0, 0) };
        checker.takes(call, least, most);
        return Checked::wrong();
    }
    let nodes: Vec<_> = call.receiver.iter().chain(call.arguments).copied().collect();
    let Some((parts, mut cost)) = checker.all_of(nodes.iter().copied(), frame) else {
        return Checked::wrong();
    };
    let mut ty = Ty::Nothing;
    let mut wrong = false;
    for (&node, part) in nodes.iter().zip(&parts) {
        // The least of values is the same with and without doubles.
        wrong |= takes == Takes::Numbers && list::refuse_merged(checker, call, node, part);
        cost = cost.saturating_add(part.size);
        let Ty::Of(found) = &part.ty else { continue };
        let fits = match found.kind {
            Kind::Number { .. } => true,
            Kind::Date | Kind::Time | Kind::DateTime => takes == Takes::Ordered,
            Kind::Boolean | Kind::Text(_) | Kind::Quantity | Kind::Rows(_) => false,
        };
        let joined = ty.unified(&part.ty).filter(|_| fits);
        if let Some(joined) = joined {
            ty = joined;
            continue;
        }
        let needs = if takes == Takes::Numbers {
            "` needs numbers, and this is "
        } else {
            "` needs numbers or dates, and this is "
        };
        let help = matches!(found.kind, Kind::Rows(_)).then(|| "name a column of the rows".to_owned());
        checker.mistyped(node, &["`", call.name, needs, describe(found)], help);
        wrong = true;
    }
    let kind = match &ty {
        _ if wrong => return Checked::wrong(),
        Ty::Of(ty) => ty.kind.clone(),
        Ty::Wrong | Ty::Nothing => NUMBER,
    };
    let args = checker.code.arguments(&ops(&parts));
    checker.built(Op::Call(run, args), Type { kind, many: false }, cost)
}

fn run_sum<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    Some(Item::Number(total(machine, args)?.0))
}

fn run_avg<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let (sum, count) = total(machine, args)?;
    sum.checked_div(count.into()).map(settled).map(Item::Number)
}

/// The sum and how many numbers it has; none of nothing, and none where it overflows.
pub(super) fn total(machine: &mut Machine<'_>, args: &[OpId]) -> Option<(Decimal, u32)> {
    if let &[list] = args
        && let Some(kept) = machine.kept_sum(list)
    {
        return (kept.count > 0).then_some((kept.sum, kept.count));
    }
    let mut sum = Some(Decimal::ZERO);
    let mut count = 0_u32;
    list::each_of(machine, args, &mut |_, item| {
        count = count.saturating_add(1);
        sum = sum.zip(item.number()).and_then(|(sum, number)| sum.checked_add(number));
        sum.is_some()
    });
    // A sum that is kept has lost which number had how many places.
    sum.filter(|_| count > 0).map(|sum| (settled(sum).normalize(), count))
}

fn run_min<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    extreme(machine, args, Ordering::Less)
}

fn run_max<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    extreme(machine, args, Ordering::Greater)
}

/// The least or the greatest; none where partial dates do not decide, whatever their order.
fn extreme<'a>(machine: &mut Machine<'a>, args: &[OpId], wanted: Ordering) -> Option<Item<'a>> {
    // Those that nothing surely beats. Of dates that cannot be told apart there are at most a year, a month and a day.
    let mut best: Vec<Item<'a>> = Vec::new();
    list::each_of(machine, args, &mut |_, item| {
        if best
            .iter()
            .any(|other| matches!(other.order(&item), Some(order) if order == wanted || order.is_eq()))
        {
            return true;
        }
        best.retain(|other| item.order(other) != Some(wanted));
        best.push(item);
        true
    });
    if best.len() == 1 { best.pop() } else { None }
}

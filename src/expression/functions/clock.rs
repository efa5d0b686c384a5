//! The assessment's date and moment, and the time between two dates.

use super::{Form, Function, WHOLE, Want};
use crate::expression::check::{CallSite, Checked, Checker, Frame, describe};
use crate::expression::program::{Op, OpId};
use crate::expression::run::{self, Item, Machine};
use crate::expression::syntax::{Syntax, Unit};
use crate::expression::{Kind, Read, Type};

pub(super) const TODAY: Function = Function {
    name: "today",
    signature: "today()",
    summary: "The assessment date, which is kept with the record: not the day on which somebody looks.",
    standard: true,
    examples: &[("today() = @2026-11-23", "true"), ("today() - 60 years", "@1966-11-23")],
    form: Form::Special(|checker, call, _| clock(checker, call, Op::Today, Kind::Date, Read::Today)),
};

pub(super) const NOW: Function = Function {
    name: "now",
    signature: "now()",
    summary: "The moment of the assessment, which is kept with the record.",
    standard: true,
    examples: &[("now() = @2026-11-23T10:30:00Z", "true"), ("now().toDate()", "@2026-11-23")],
    form: Form::Special(|checker, call, _| clock(checker, call, Op::Now, Kind::DateTime, Read::Now)),
};

fn clock(checker: &mut Checker<'_>, call: &CallSite<'_>, op: Op, kind: Kind, read: Read) -> Checked {
    if !checker.takes(call, 0, 0) || !checker.stands_alone(call) {
        return Checked::wrong();
    }
    checker.code.reads.insert(read);
    checker.built(op, Type { kind, many: false }, 0)
}

pub(super) const DURATION: Function = Function {
    name: "duration",
    signature: "from.duration(to, 'year')",
    summary: "Whole years, months, weeks or days between two dates (or hours and minutes between two times); nothing \
              where an unknown day or month would make a difference.",
    standard: true,
    examples: &[
        ("@1947-02-11.duration(@2026-11-23, 'year')", "79"),
        ("@2008-02-29.duration(@2026-02-28, 'year')", "17"),
        ("@1947.duration(@2026-11-23, 'year')", "{}"),
        ("@1947.duration(@2026-12-31, 'year')", "79"),
        ("@2026-01-31.duration(@2026-03-01, 'days')", "29"),
        ("@T09:30.duration(@T11:00, 'minute')", "90"),
    ],
    form: Form::Special(duration),
};

const UNITS: [Unit; 7] =
    [Unit::Year, Unit::Month, Unit::Week, Unit::Day, Unit::Hour, Unit::Minute, Unit::Second];

fn duration(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.takes(call, 2, 2) {
        return Checked::wrong();
    }
    let (Some(from), Some(to), Some(unit)) = (checker.receiver(call), call.argument(0), call.argument(1))
    else {
        return Checked::wrong();
    };
    let nodes = [from, to];
    let checked = nodes.map(|node| checker.wanted(call, node, Want::Value, frame));
    let literal = match checker.tree.node(unit).syntax {
        Syntax::Text(text) => Unit::of(checker.tree.text(text)),
        _ => None,
    };
    let Some(literal) = literal else {
        return checker
            .not_a_literal(unit, "the unit has to be 'year', 'month', 'week', 'day', 'hour' or 'minute'");
    };
    if checked.iter().any(Checked::is_wrong) {
        return Checked::wrong();
    }
    let mut kinds = Vec::new();
    for (node, part) in nodes.into_iter().zip(&checked) {
        match part.kind() {
            Some(kind @ (Kind::Date | Kind::Time | Kind::DateTime)) => kinds.push(kind.clone()),
            Some(kind) => {
                let found = describe(&Type { kind: kind.clone(), many: false });
                return checker.mistyped(node, &["`duration` needs a date, and this is ", found], None);
            }
            None => {}
        }
    }
    if let [from, to] = kinds.as_slice()
        && from != to
    {
        let [from, to] = [from, to].map(|kind| describe(&Type { kind: kind.clone(), many: false }));
        return checker.mistyped(call.node, &["there is no duration from ", from, " to ", to], None);
    }
    let fits = |kind: &Kind| match kind {
        Kind::Date => literal >= Unit::Day,
        Kind::Time => literal < Unit::Day,
        _ => true,
    };
    if let Some(kind) = kinds.iter().find(|kind| !fits(kind)) {
        let ty = Type { kind: kind.clone(), many: false };
        return checker.no_such_unit(unit, &ty, literal);
    }
    let [from, to] = checked;
    let cost = from.cost.saturating_add(to.cost);
    let index = UNITS.iter().position(|unit| *unit == literal).unwrap_or(0);
    let args = checker.code.arguments(&[from.op, to.op, u16::try_from(index).unwrap_or(0)]);
    checker.built(Op::Call(run_duration, args), Type { kind: WHOLE, many: false }, cost)
}

fn run_duration<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let &[from, to, unit] = args else { return None };
    let (from, to) = machine.both(from, to)?;
    run::duration(&from, &to, *UNITS.get(usize::from(unit))?).map(Item::Number)
}

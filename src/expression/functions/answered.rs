//! Functions that FHIRPath does not have: about whether, why not, and how a question was answered.

use super::aggregate::total;
use super::exist::has_any;
use super::{Form, Function, NUMBER, TEXT, WHOLE};
use crate::diagnostic::codes;
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty, describe, ops};
use crate::expression::program::{Op, OpId};
use crate::expression::run::decimal::settled;
use crate::expression::run::{Item, Machine};
use crate::expression::syntax::{NodeId, Syntax};
use crate::expression::{ChoiceSet, Kind, Problem, Read, Type};
use crate::value::{Absence, Decimal};

pub(super) const COUNT_ANSWERED: Function = Function {
    name: "countAnswered",
    signature: "countAnswered(a, b, …)",
    summary: "How many of its arguments have a value. Never unknown.",
    standard: false,
    examples: &[("countAnswered(1, {}, 'a', false)", "3"), ("countAnswered({})", "0")],
    form: Form::Special(count_answered),
};

fn count_answered(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.stands_alone(call) || !checker.takes(call, 1, usize::MAX) {
        return Checked::wrong();
    }
    let Some((parts, cost)) = checker.all_of(call.arguments.iter().copied(), frame) else {
        return Checked::wrong();
    };
    let args = checker.code.arguments(&ops(&parts));
    checker.built(Op::Call(run_count_answered, args), Type { kind: WHOLE, many: false }, cost)
}

fn run_count_answered<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let count = args.iter().filter(|&&arg| has_any(machine, arg)).count();
    Some(Item::Number(Decimal::from(count)))
}

pub(super) const PRORATE: Function = Function {
    name: "prorate",
    signature: "prorate(min, a, b, …)",
    summary: "The mean of the numbers that there are, times how many there could be; nothing if fewer than `min` \
              are there.",
    standard: false,
    examples: &[("prorate(2, 1, {}, 3)", "6"), ("prorate(3, 1, {}, 3)", "{}"), ("prorate(1, 2, 2)", "4")],
    form: Form::Special(prorate),
};

fn prorate(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.stands_alone(call) || !checker.takes(call, 2, usize::MAX) {
        return Checked::wrong();
    }
    let Some((&least, items)) = call.arguments.split_first() else { return Checked::wrong() };
    let Some((parts, cost)) = checker.all_of(items.iter().copied(), frame) else { return Checked::wrong() };
    let mut wrong = false;
    for (&node, part) in items.iter().zip(&parts) {
        match &part.ty {
            Ty::Of(Type { kind: Kind::Number { .. }, many: false }) | Ty::Nothing => {}
            Ty::Of(ty) => {
                checker.mistyped(node, &["`prorate` needs single numbers, and this is ", describe(ty)], None);
                wrong = true;
            }
            Ty::Wrong => wrong = true,
        }
    }
    let least = match checker.tree.node(least).syntax {
        Syntax::Number(number) => u16::try_from(number).ok().filter(|_| number.is_integer()),
        _ => None,
    };
    let Some(least) = least.filter(|&least| least >= 1 && usize::from(least) <= items.len()) else {
        let node = call.argument(0).unwrap_or(call.node);
        return checker.not_a_literal(
            node,
            "how many have to be answered is a whole number from 1 to how many there are",
        );
    };
    if wrong {
        return Checked::wrong();
    }
    let mut args = vec![least];
    args.extend(ops(&parts));
    let args = checker.code.arguments(&args);
    checker.built(Op::Call(run_prorate, args), Type { kind: NUMBER, many: false }, cost)
}

fn run_prorate<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let (&least, items) = args.split_first()?;
    let (sum, answered) = total(machine, items)?;
    if answered < u32::from(least) {
        return None;
    }
    // Multiplied first: `sum / answered × n` would lose the last place of a third.
    sum.checked_mul(Decimal::from(items.len()))?.checked_div(answered.into()).map(settled).map(Item::Number)
}

pub(super) const ABSENT_REASON: Function = Function {
    name: "absentReason",
    signature: "absentReason(question)",
    summary: "Why a question that was put has no value: 'declined', 'dont_know', 'not_applicable', 'not_asked' or \
              'unable'; nothing if it has one, or is merely unanswered.",
    standard: false,
    examples: &[],
    form: Form::Special(absent_reason),
};

fn absent_reason(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(node) = only_argument(checker, call) else { return Checked::wrong() };
    let question = unread(checker, node, frame);
    let (field, place) = match *checker.code.op(question.op) {
        _ if question.is_wrong() => return question,
        Op::Read(field, place) | Op::ReadMany(field, place) | Op::Rows(field, place) => (field, place),
        _ => return not_a_question(checker, call),
    };
    checker.reads_absence(field, place, frame);
    let reasons: ChoiceSet = Absence::ALL.iter().map(|absence| absence.code().into()).collect();
    let kind = Kind::Text(Some(reasons));
    checker.built(Op::Absence(field, place), Type { kind, many: false }, 0)
}

pub(super) const CHOICE_LABEL: Function = Function {
    name: "choiceLabel",
    signature: "choiceLabel(question)",
    summary: "The label of the chosen code, or of each of them, in the language of the session.",
    standard: false,
    examples: &[],
    form: Form::Special(choice_label),
};

fn choice_label(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(node) = only_argument(checker, call) else { return Checked::wrong() };
    let codes = checker.node(node, frame);
    if codes.is_wrong() {
        return codes;
    }
    // Nobody chose a free text.
    let (Some(field), Some(Kind::Text(Some(_)) | Kind::Number { .. })) = (codes.field, codes.kind()) else {
        return not_a_question(checker, call);
    };
    let ty = Type { kind: TEXT, many: codes.ty.many() };
    checker.code.reads.insert(Read::Language);
    Checked { size: codes.size, ..checker.built(Op::ChoiceLabel(codes.op, field), ty, codes.cost) }
}

pub(super) const PREVIOUS: Function = Function {
    name: "previous",
    signature: "previous(column)",
    summary: "What a column holds in the row before this one; nothing in the first.",
    standard: false,
    examples: &[],
    form: Form::Special(previous),
};

fn previous(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let Some(node) = only_argument(checker, call) else { return Checked::wrong() };
    let column = unread(checker, node, frame);
    let (field, place) = match *checker.code.op(column.op) {
        _ if column.is_wrong() => return column,
        Op::Read(field, place) | Op::ReadMany(field, place)
            if place.up == 0 && checker.is_in_row(place, frame) =>
        {
            (field, place)
        }
        ref other => {
            let help = match other {
                Op::Read(..) | Op::ReadMany(..) => "only a column of a repeat has a row before it",
                _ => "write its bare name",
            };
            let problem = Problem::error(
                codes::EXPRESSION_ARGUMENTS,
                checker.span(node),
                "`previous` needs a column of this row",
            );
            checker.report(problem.help(help));
            return Checked::wrong();
        }
    };
    checker.reads_previous(field, place, frame);
    let op = checker.code.emit(Op::Previous(field, place));
    Checked { op, cost: column.cost.saturating_add(1), ..column }
}

/// The one argument of a function that stands alone.
fn only_argument(checker: &mut Checker<'_>, call: &CallSite<'_>) -> Option<NodeId> {
    if checker.stands_alone(call) && checker.takes(call, 1, 1) { call.argument(0) } else { None }
}

/// Checks the name of a field of which not the value is wanted, so that the value is no dependency: with
/// `previous(col)` in `col` itself, each row would else depend on itself.
fn unread(checker: &mut Checker<'_>, node: NodeId, frame: &Frame<'_>) -> Checked {
    let before = checker.code.reads.clone();
    let checked = checker.node(node, frame);
    checker.code.reads = before;
    checked
}

fn not_a_question(checker: &mut Checker<'_>, call: &CallSite<'_>) -> Checked {
    let node = call.argument(0).unwrap_or(call.node);
    let what = if call.name == "choiceLabel" {
        "` needs a question with choices"
    } else {
        "` needs the name of a question"
    };
    checker.mistyped(node, &["`", call.name, what], None)
}

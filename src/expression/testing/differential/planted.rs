//! Bugs that others have had, planted to see whether the recorded pairs notice.
//!
//! A bug is planted from outside, so that the evaluator has no switch for it: in the text before it is compiled, or by
//! putting another operation in the place of a compiled one.

use std::cmp::Ordering;

use super::compare::compiled;
use crate::expression::program::{Code, Op, OpId, Program, Test};
use crate::expression::run::{Item, Machine};
use crate::expression::syntax::Unit;
use crate::expression::testing::Form;
use crate::value::{Decimal, PartialDate, Truth};

pub(super) struct Bug {
    pub(super) name: &'static str,
    plant: Plant,
}

enum Plant {
    /// One part of the text for another.
    Text(&'static str, &'static str),
    /// What stands between the brackets of a call for something else.
    Lambda(&'static str, fn(&str) -> String),
    /// An operation for another; none if it is not one that the bug is about.
    Op(fn(Op, &mut Code) -> Option<Op>),
}

pub(super) const BUGS: &[Bug] = &[
    op("less than holds for equal numbers", |op, _| match op {
        Op::CompareNumbers(Test::Less, left, right) => Some(Op::CompareNumbers(Test::LessEqual, left, right)),
        _ => None,
    }),
    op("at least does not hold for equal dates", |op, _| match op {
        Op::Compare(Test::GreaterEqual, left, right) => Some(Op::Compare(Test::Greater, left, right)),
        _ => None,
    }),
    op("false and unknown is unknown", |op, code| match op {
        Op::And(left, right) => Some(Op::Call(strict_and, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("true or unknown is unknown", |op, code| match op {
        Op::Or(left, right) => Some(Op::Call(strict_or, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("unknown implies is true", |op, code| match op {
        Op::Implies(left, right) => Some(Op::Call(lax_implies, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("not unknown is true", |op, code| match op {
        Op::Not(inner) => Some(Op::Call(lax_not, code.arguments(&[inner]))),
        _ => None,
    }),
    op("a missing answer is different from anything", |op, code| match op {
        Op::CompareNumbers(Test::NotEqual, left, right) | Op::Compare(Test::NotEqual, left, right) => {
            Some(Op::Call(lax_not_equal, code.arguments(&[left, right])))
        }
        _ => None,
    }),
    op("a missing number is compared as 0", |op, code| match op {
        Op::CompareNumbers(Test::Less, left, right) => {
            Some(Op::Call(less_as_zero, code.arguments(&[left, right])))
        }
        _ => None,
    }),
    op("a missing number is added as 0", |op, code| match op {
        Op::Add(left, right) => Some(Op::Call(add_as_zero, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("division by zero is 0", |op, code| match op {
        Op::Divide(left, right) => Some(Op::Call(divide_to_zero, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("div rounds down below zero", |op, code| match op {
        Op::Div(left, right) => Some(Op::Call(floor_div, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("mod has the sign of the divisor", |op, code| match op {
        Op::Mod(left, right) => Some(Op::Call(floor_mod, code.arguments(&[left, right]))),
        _ => None,
    }),
    op("a partial date is its first day", |op, code| match op {
        Op::Compare(test @ (Test::Less | Test::Greater), left, right) => {
            let sides = if test == Test::Less { [left, right] } else { [right, left] };
            Some(Op::Call(first_days_less, code.arguments(&sides)))
        }
        _ => None,
    }),
    op("31 January and a month is 3 March", |op, code| match op {
        Op::Shift(date, count, Unit::Month) => {
            let count = u16::try_from(count + 1000).ok()?;
            Some(Op::Call(rolling_months, code.arguments(&[date, count])))
        }
        _ => None,
    }),
    op("a missing element is in no list", |op, code| match op {
        Op::In(element, list) => Some(Op::Call(lax_in, code.arguments(&[element, list]))),
        _ => None,
    }),
    op("a text is joined with a missing one", |op, _| match op {
        Op::Join(left, right) => Some(Op::Concat(left, right)),
        _ => None,
    }),
    op("a list is counted from 1", |op, code| match op {
        Op::At(list, index) => {
            let one = code.emit(Op::Number(Decimal::ONE));
            Some(Op::At(list, code.emit(Op::Subtract(index, one))))
        }
        _ => None,
    }),
    text("half is rounded towards zero", ").round()", " - 0.5).ceiling()"),
    text("a fraction is cut downwards", ".truncate()", ".floor()"),
    text("characters are counted from 1", ".substring(1)", ".substring(0)"),
    text("a gap counts in the mean", ".avg()", ".select(iif($this.exists(), $this, 0)).max()"),
    text("the last value is the first", ".last()", ".first()"),
    Bug {
        name: "an unknown row holds",
        plant: Plant::Lambda(".all(", |inner| format!("({inner}).empty() or ({inner})")),
    },
    Bug {
        name: "an unknown row is taken",
        plant: Plant::Lambda(".where(", |inner| format!("({inner}).empty() or ({inner})")),
    },
    Bug {
        name: "an unknown condition takes the first branch",
        plant: Plant::Lambda("iif(", |inner| match inner.split_once(", ") {
            Some((condition, rest)) => format!("({condition}).empty() or ({condition}), {rest}"),
            None => inner.to_owned(),
        }),
    },
    text("equal codes are kept", ".distinct()", ""),
];

const fn op(name: &'static str, change: fn(Op, &mut Code) -> Option<Op>) -> Bug {
    Bug { name, plant: Plant::Op(change) }
}

const fn text(name: &'static str, right: &'static str, wrong: &'static str) -> Bug {
    Bug { name, plant: Plant::Text(right, wrong) }
}

impl Bug {
    /// The program of an expression with the bug; none if the bug does not concern it.
    pub(super) fn planted(&self, form: &Form, expression: &str) -> Option<Program> {
        let change = match self.plant {
            Plant::Text(right, wrong) => {
                return if expression.contains(right) {
                    compiled(form, &expression.replace(right, wrong))
                } else {
                    None
                };
            }
            Plant::Lambda(call, change) => return compiled(form, &within(expression, call, change)?),
            Plant::Op(change) => change,
        };
        let mut planted = false;
        let program = compiled(form, expression)?.altered(|code| {
            for index in 0..code.ops_mut().len() {
                let op = code.ops_mut()[index];
                if let Some(wrong) = change(op, code) {
                    code.ops_mut()[index] = wrong;
                    planted = true;
                }
            }
        });
        planted.then_some(program)
    }
}

/// The text with something else between the brackets of the first call of a name; none if there is none.
fn within(text: &str, call: &str, change: fn(&str) -> String) -> Option<String> {
    let (before, after) = text.split_once(call)?;
    let mut depth = 1;
    let end = after.find(|character| {
        depth += match character {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    let (inner, rest) = after.split_at(end);
    Some([before, call, &change(inner), rest].concat())
}

fn truths(machine: &mut Machine<'_>, args: &[OpId]) -> [Truth; 2] {
    [machine.truth(args[0]), machine.truth(args[1])]
}

fn numbers(machine: &mut Machine<'_>, args: &[OpId]) -> [Option<Decimal>; 2] {
    [machine.number(args[0]), machine.number(args[1])]
}

fn truth<'a>(truth: Truth) -> Option<Item<'a>> {
    match truth {
        Truth::True => Some(Item::Boolean(true)),
        Truth::False => Some(Item::Boolean(false)),
        Truth::Unknown => None,
    }
}

fn strict_and<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    match truths(machine, args) {
        [Truth::Unknown, _] | [_, Truth::Unknown] => None,
        [left, right] => truth(left.and(right)),
    }
}

fn strict_or<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    match truths(machine, args) {
        [Truth::Unknown, _] | [_, Truth::Unknown] => None,
        [left, right] => truth(left.or(right)),
    }
}

fn lax_implies<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    match truths(machine, args) {
        [Truth::True, right] => truth(right),
        _ => Some(Item::Boolean(true)),
    }
}

fn lax_not<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    Some(Item::Boolean(!machine.truth(args[0]).is_true()))
}

fn lax_not_equal<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    match (machine.item(args[0]), machine.item(args[1])) {
        (Some(left), Some(right)) => Some(Item::Boolean(left.order(&right)? != Ordering::Equal)),
        (left, right) => Some(Item::Boolean(left.is_some() || right.is_some())),
    }
}

fn less_as_zero<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let [left, right] = numbers(machine, args).map(Option::unwrap_or_default);
    Some(Item::Boolean(left < right))
}

fn add_as_zero<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let [left, right] = numbers(machine, args).map(Option::unwrap_or_default);
    left.checked_add(right).map(Item::Number)
}

fn divide_to_zero<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let [left, right] = numbers(machine, args);
    Some(Item::Number(left?.checked_div(right?).unwrap_or_default()))
}

fn floor_div<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let [left, right] = numbers(machine, args);
    Some(Item::Number(left?.checked_div(right?)?.floor()))
}

fn floor_mod<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let [left, right] = numbers(machine, args);
    let rest = left?.checked_rem(right?)?;
    let other = !rest.is_zero() && rest.is_sign_negative() != right?.is_sign_negative();
    Some(Item::Number(if other { rest.checked_add(right?)? } else { rest }))
}

fn first_days_less<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let first_day = |item: Item<'a>| match item {
        Item::Date(date) => Item::Date(date.earliest()),
        other => other,
    };
    let [left, right] = [machine.item(args[0])?, machine.item(args[1])?].map(first_day);
    Some(Item::Boolean(left.order(&right)?.is_lt()))
}

fn rolling_months<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let Item::Date(date) = machine.item(args[0])? else { return None };
    let months = i32::from(args[1]) - 1000;
    let (Some(month), Some(day)) = (date.month_number(), date.day_of_month()) else {
        return date.plus_months(months).map(Item::Date);
    };
    let first = PartialDate::day(date.year_number(), month, 1)?.plus_months(months)?;
    first.plus_days(i32::from(day) - 1).map(Item::Date)
}

fn lax_in<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let element = machine.item(args[0]);
    let mut found = false;
    machine.each(args[1], &mut |_, item| {
        found |= element.as_ref().is_some_and(|element| element.same(&item));
        true
    });
    Some(Item::Boolean(found))
}

//! Functions of a number.

use super::{Form, Function, Gives, NUMBER, ScalarForm, WHOLE, Want};
use crate::expression::Kind;
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty};
use crate::expression::run::{Item, decimal};
use crate::expression::syntax::Syntax;
use crate::value::Decimal;
use rust_decimal::RoundingStrategy;

/// A function of one number that needs nothing else.
const fn of_number(gives: Gives, run: for<'a> fn(&[Item<'a>]) -> Option<Item<'a>>) -> Form {
    Form::Scalar(ScalarForm { receiver: Want::Number, arguments: &[], required: 0, gives, run })
}

fn number(items: &[Item<'_>], index: usize) -> Option<Decimal> {
    items.get(index)?.number()
}

pub(super) const ABS: Function = Function {
    name: "abs",
    signature: "a.abs()",
    summary: "The number without its sign.",
    standard: true,
    examples: &[("(-5.5).abs()", "5.5"), ("0.abs()", "0")],
    form: of_number(Gives::Same, |items| Some(Item::Number(number(items, 0)?.abs()))),
};

pub(super) const CEILING: Function = Function {
    name: "ceiling",
    signature: "a.ceiling()",
    summary: "The least whole number that is not less.",
    standard: true,
    examples: &[("1.1.ceiling()", "2"), ("(-1.1).ceiling()", "-1")],
    form: of_number(Gives::Kind(WHOLE), |items| Some(Item::Number(number(items, 0)?.ceil()))),
};

pub(super) const FLOOR: Function = Function {
    name: "floor",
    signature: "a.floor()",
    summary: "The greatest whole number that is not greater.",
    standard: true,
    examples: &[("1.9.floor()", "1"), ("(-1.1).floor()", "-2")],
    form: of_number(Gives::Kind(WHOLE), |items| Some(Item::Number(number(items, 0)?.floor()))),
};

pub(super) const TRUNCATE: Function = Function {
    name: "truncate",
    signature: "a.truncate()",
    summary: "The number without its fraction.",
    standard: true,
    examples: &[("1.9.truncate()", "1"), ("(-1.9).truncate()", "-1")],
    form: of_number(Gives::Kind(WHOLE), |items| Some(Item::Number(number(items, 0)?.trunc()))),
};

pub(super) const SQRT: Function = Function {
    name: "sqrt",
    signature: "a.sqrt()",
    summary: "The square root; nothing of a negative number.",
    standard: true,
    examples: &[("2.25.sqrt()", "1.5"), ("(-1).sqrt()", "{}")],
    form: of_number(Gives::Kind(NUMBER), |items| Some(Item::Number(decimal::sqrt(number(items, 0)?)?))),
};

pub(super) const POWER: Function = Function {
    name: "power",
    signature: "a.power(exponent)",
    summary: "The number to a power; nothing where there is no such number.",
    standard: true,
    examples: &[("1.63.power(2)", "2.6569"), ("2.power(-1)", "0.5"), ("(-1).power(0.5)", "{}")],
    form: Form::Scalar(ScalarForm {
        receiver: Want::Number,
        arguments: &[Want::Number],
        required: 1,
        gives: Gives::Kind(NUMBER),
        run: |items| Some(Item::Number(decimal::power(number(items, 0)?, number(items, 1)?)?)),
    }),
};

static ROUNDED: ScalarForm = ScalarForm {
    receiver: Want::Number,
    arguments: &[Want::Number],
    required: 0,
    gives: Gives::Kind(NUMBER),
    run: |items| {
        let places = match items.get(1) {
            Some(places) => u32::try_from(places.whole()?).ok()?,
            None => 0,
        };
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        Some(Item::Number(number(items, 0)?.round_dp_with_strategy(places.min(28), strategy)))
    },
};

pub(super) const ROUND: Function = Function {
    name: "round",
    signature: "a.round([places])",
    summary: "The nearest number with so many places (0 unless said); of two, the one farther from zero.",
    standard: true,
    examples: &[
        ("2.5.round()", "3"),
        ("(-2.5).round()", "-3"),
        ("1.005.round(2)", "1.01"),
        ("1.round(-1)", "{}"),
    ],
    form: Form::Special(round),
};

/// Without places, or with 0, the result is whole, and can be kept where a whole number is needed.
fn round(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    let mut rounded = checker.scalar(call, &ROUNDED, frame);
    let places = call.argument(0).map(|places| checker.tree.node(places).syntax);
    let whole = match places {
        None => true,
        Some(Syntax::Number(places)) => places.is_zero(),
        Some(_) => false,
    };
    if let (true, Ty::Of(ty)) = (whole, &mut rounded.ty) {
        ty.kind = Kind::Number { integer: true };
    }
    rounded
}

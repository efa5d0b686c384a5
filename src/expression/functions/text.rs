//! Functions of a text.

use super::{Form, Function, Gives, ScalarForm, TEXT, WHOLE, Want};
use crate::expression::check::{CallSite, Checked, Checker, Frame, Ty, describe};
use crate::expression::program::{Op, OpId};
use crate::expression::run::{Item, Machine, Sink};
use crate::expression::{Kind, Type, limits};
use crate::value::Decimal;

const fn of_text(
    arguments: &'static [Want],
    gives: Kind,
    run: for<'a> fn(&[Item<'a>]) -> Option<Item<'a>>,
) -> Form {
    let required = arguments.len();
    Form::Scalar(ScalarForm { receiver: Want::Text, arguments, required, gives: Gives::Kind(gives), run })
}

fn text<'i>(items: &'i [Item<'_>], index: usize) -> Option<&'i str> {
    items.get(index)?.text()
}

pub(super) const LENGTH: Function = Function {
    name: "length",
    signature: "a.length()",
    summary: "How many characters the text has.",
    standard: true,
    examples: &[("'abc'.length()", "3"), ("'老人'.length()", "2")],
    form: of_text(&[], WHOLE, |items| Some(Item::Number(Decimal::from(text(items, 0)?.chars().count())))),
};

pub(super) const UPPER: Function = Function {
    name: "upper",
    signature: "a.upper()",
    summary: "The text in capitals.",
    standard: true,
    examples: &[("'abc'.upper()", "'ABC'")],
    form: of_text(&[], TEXT, |items| Some(Item::made(text(items, 0)?.to_uppercase()))),
};

pub(super) const LOWER: Function = Function {
    name: "lower",
    signature: "a.lower()",
    summary: "The text in small letters.",
    standard: true,
    examples: &[("'ABC'.lower()", "'abc'")],
    form: of_text(&[], TEXT, |items| Some(Item::made(text(items, 0)?.to_lowercase()))),
};

pub(super) const TRIM: Function = Function {
    name: "trim",
    signature: "a.trim()",
    summary: "The text without the spaces at its ends.",
    standard: true,
    examples: &[("'  a b '.trim()", "'a b'")],
    form: of_text(&[], TEXT, |items| Some(Item::made(text(items, 0)?.trim()))),
};

pub(super) const STARTS_WITH: Function = Function {
    name: "startsWith",
    signature: "a.startsWith(text)",
    summary: "Whether the text begins so.",
    standard: true,
    examples: &[("'abc'.startsWith('ab')", "true"), ("'abc'.startsWith({})", "{}")],
    form: of_text(&[Want::Text], Kind::Boolean, |items| {
        Some(Item::Boolean(text(items, 0)?.starts_with(text(items, 1)?)))
    }),
};

pub(super) const ENDS_WITH: Function = Function {
    name: "endsWith",
    signature: "a.endsWith(text)",
    summary: "Whether the text ends so.",
    standard: true,
    examples: &[("'abc'.endsWith('bc')", "true")],
    form: of_text(&[Want::Text], Kind::Boolean, |items| {
        Some(Item::Boolean(text(items, 0)?.ends_with(text(items, 1)?)))
    }),
};

static CONTAINED: ScalarForm = ScalarForm {
    receiver: Want::Text,
    arguments: &[Want::Text],
    required: 1,
    gives: Gives::Kind(Kind::Boolean),
    run: |items| Some(Item::Boolean(text(items, 0)?.contains(text(items, 1)?))),
};

pub(super) const CONTAINS: Function = Function {
    name: "contains",
    signature: "a.contains(text)",
    summary: "Whether a part of the text reads so. Whether a list has a value is asked with `list contains value`.",
    standard: true,
    examples: &[("'abc'.contains('b')", "true"), ("'abc'.contains('d')", "false")],
    form: Form::Scalar(ScalarForm {
        receiver: CONTAINED.receiver,
        arguments: &[Want::Text],
        required: 1,
        gives: Gives::Kind(Kind::Boolean),
        run: CONTAINED.run,
    }),
};

pub(super) const SUBSTRING: Function = Function {
    name: "substring",
    signature: "a.substring(start, [length])",
    summary: "The characters from a place on, counted from 0; nothing if the text is shorter.",
    standard: true,
    examples: &[
        ("'abcd'.substring(1)", "'bcd'"),
        ("'abcd'.substring(1, 2)", "'bc'"),
        ("'abcd'.substring(9)", "{}"),
        ("'abcd'.substring(-1)", "{}"),
    ],
    form: Form::Scalar(ScalarForm {
        receiver: Want::Text,
        arguments: &[Want::Number, Want::Number],
        required: 1,
        gives: Gives::Kind(TEXT),
        run: |items| {
            let whole = |index: usize| items.get(index).map(|item| item.whole());
            let text = text(items, 0)?;
            let start = usize::try_from(whole(1)??).ok()?;
            let length = match whole(2) {
                None => usize::MAX,
                Some(length) => usize::try_from(length?).unwrap_or(0),
            };
            text.chars().nth(start)?;
            Some(Item::made(text.chars().skip(start).take(length).collect::<String>()))
        },
    }),
};

pub(super) const REPLACE: Function = Function {
    name: "replace",
    signature: "a.replace(text, with)",
    summary: "The text with each occurrence of a part replaced.",
    standard: true,
    examples: &[("'a-b-c'.replace('-', '+')", "'a+b+c'"), ("'abc'.replace('', 'x')", "'xaxbxcx'")],
    form: of_text(&[Want::Text, Want::Text], TEXT, |items| {
        let (text, part, with) = (text(items, 0)?, text(items, 1)?, text(items, 2)?);
        // Looked at before it is made: a short text can become a very long one.
        let most = text.len() + (text.len() / part.len().max(1) + 1) * with.len();
        (most <= 4 * limits::MADE_TEXT).then(|| Item::made(text.replace(part, with)))
    }),
};

pub(super) const SPLIT: Function = Function {
    name: "split",
    signature: "a.split(separator)",
    summary: "The parts of the text between the separators.",
    standard: true,
    examples: &[("'a,b,c'.split(',').count()", "3"), ("'a,b,c'.split(',')[1]", "'b'")],
    form: Form::Special(split),
};

fn split(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.takes(call, 1, 1) {
        return Checked::wrong();
    }
    let (Some(text), Some(separator)) = (checker.receiver(call), call.argument(0)) else {
        return Checked::wrong();
    };
    let [text, separator] = [text, separator].map(|node| checker.wanted(call, node, Want::Text, frame));
    if text.is_wrong() || separator.is_wrong() {
        return Checked::wrong();
    }
    let args = checker.code.arguments(&[text.op, separator.op]);
    let cost = text.cost.saturating_add(separator.cost).saturating_add(limits::ASSUMED_ROWS);
    checker.built(Op::Stream(run_split, args), Type { kind: TEXT, many: true }, cost)
}

fn run_split<'a>(machine: &mut Machine<'a>, args: &'a [OpId], sink: &mut Sink<'_, 'a>) -> bool {
    let &[text, separator] = args else { return true };
    let (Some(text), Some(separator)) = (machine.item(text), machine.item(separator)) else { return true };
    let (Some(text), Some(separator)) = (text.text(), separator.text()) else { return true };
    if separator.is_empty() {
        return text.chars().all(|part| machine.spend(1) && sink(machine, Item::made(part.to_string())));
    }
    text.split(separator).all(|part| machine.spend(1) && sink(machine, Item::made(part)))
}

pub(super) const JOIN: Function = Function {
    name: "join",
    signature: "list.join([separator])",
    summary: "The texts of a list after each other, with a separator between them; nothing for an empty list.",
    standard: true,
    examples: &[("('a' | 'b').join(', ')", "'a, b'"), ("('a' | 'b').join()", "'ab'")],
    form: Form::Special(join),
};

fn join(checker: &mut Checker<'_>, call: &CallSite<'_>, frame: &Frame<'_>) -> Checked {
    if !checker.takes(call, 0, 1) {
        return Checked::wrong();
    }
    let Some(receiver) = checker.receiver(call) else { return Checked::wrong() };
    let list = checker.node(receiver, frame);
    let mut args = vec![list.op];
    let mut cost = list.cost.saturating_add(list.size);
    match &list.ty {
        Ty::Of(ty) if !matches!(ty.kind, Kind::Text(_)) => {
            let message = ["`join` needs a list of texts, and this is ", describe(ty)];
            let help = "make texts of them with `select($this.toString())`".to_owned();
            return checker.mistyped(receiver, &message, Some(help));
        }
        Ty::Wrong => return list,
        Ty::Nothing | Ty::Of(_) => {}
    }
    if let Some(separator) = call.argument(0) {
        let separator = checker.wanted(call, separator, Want::Text, frame);
        if separator.is_wrong() {
            return separator;
        }
        args.push(separator.op);
        cost = cost.saturating_add(separator.cost);
    }
    let args = checker.code.arguments(&args);
    checker.built(Op::Call(run_join, args), Type { kind: TEXT, many: false }, cost)
}

fn run_join<'a>(machine: &mut Machine<'a>, args: &'a [OpId]) -> Option<Item<'a>> {
    let separator = match args.get(1) {
        Some(&separator) => Some(machine.item(separator)?),
        None => None,
    };
    let separator = separator.as_ref().and_then(Item::text).unwrap_or("");
    let mut joined: Option<String> = None;
    machine.each(*args.first()?, &mut |machine, item| {
        let Some(text) = item.text() else { return true };
        match &mut joined {
            None => joined = Some(text.to_owned()),
            Some(joined) => {
                joined.push_str(separator);
                joined.push_str(text);
            }
        }
        if joined.as_ref().is_some_and(|joined| joined.len() > limits::MADE_TEXT) {
            machine.exhaust();
        }
        !machine.exhausted()
    });
    machine.make(joined?)
}

//! A tree as its canonical text.

use super::Operator;
use super::operator::{SIGN_POWER, VALUE_POWER};
use super::tree::{NodeId, Syntax, Tree, Unit};

/// Writes a node, in brackets if it binds less tightly than `least`.
///
/// The recursion is as deep as the tree is high, which the reader has bounded.
pub(super) fn write(tree: &Tree, id: NodeId, least: u8, out: &mut String) {
    let syntax = tree.node(id).syntax;
    let brackets = power(syntax) < least;
    if brackets {
        out.push('(');
    }
    match syntax {
        Syntax::Wrong | Syntax::Empty => out.push_str("{}"),
        Syntax::Boolean(true) => out.push_str("true"),
        Syntax::Boolean(false) => out.push_str("false"),
        Syntax::Number(number) => out.push_str(&number.to_string()),
        Syntax::Text(text) => quote_text(tree.text(text), out),
        Syntax::Date(date) => out.push_str(&["@", &date.to_string()].concat()),
        Syntax::Time(time) => out.push_str(&["@T", &time.to_string()].concat()),
        Syntax::Moment(moment) => out.push_str(&["@", &moment.to_string()].concat()),
        Syntax::Quantity(count, unit) => {
            out.push_str(&[&count.to_string(), " ", unit.word()].concat());
            if count != 1 {
                out.push('s');
            }
        }
        Syntax::Name(name) => write_name(tree.text(name), out),
        Syntax::FormName(name) => {
            out.push_str("%form.");
            write_name(tree.text(name), out);
        }
        Syntax::ChoiceColumn(name) => {
            out.push_str("%choice.");
            write_name(tree.text(name), out);
        }
        Syntax::This => out.push_str("$this"),
        Syntax::Index => out.push_str("$index"),
        Syntax::Not(inner) => {
            write(tree, inner, VALUE_POWER, out);
            out.push_str(".not()");
        }
        Syntax::Negate(inner) => {
            out.push('-');
            write(tree, inner, SIGN_POWER, out);
        }
        Syntax::Binary(operator, left, right) => {
            // All operators group to the left, so that a left side of the same power needs no brackets; but a chain
            // of comparisons is refused, so there it does.
            let left_least = operator.power() + u8::from(operator.compares());
            write(tree, left, least_under(tree, operator, left, left_least), out);
            out.push_str(&[" ", operator.symbol(), " "].concat());
            write(tree, right, least_under(tree, operator, right, operator.power() + 1), out);
        }
        Syntax::Member(owner, name) => {
            write(tree, owner, VALUE_POWER, out);
            out.push('.');
            write_name(tree.text(name), out);
        }
        Syntax::At(list, index) => {
            write(tree, list, VALUE_POWER, out);
            out.push('[');
            write(tree, index, 0, out);
            out.push(']');
        }
        Syntax::Call { receiver, name, first, count } => {
            if let Some(receiver) = receiver {
                write(tree, receiver, VALUE_POWER, out);
                out.push('.');
            }
            out.push_str(tree.text(name));
            out.push('(');
            for (index, &argument) in tree.arguments(first, count).iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(tree, argument, 0, out);
            }
            out.push(')');
        }
    }
    if brackets {
        out.push(')');
    }
}

/// How tightly a side has to bind to stand without brackets.
///
/// A `|` beside another operator has them though it binds more tightly: most other languages read `a = b | c` the
/// other way, and so would whoever reads the questionnaire.
pub(super) fn least_under(tree: &Tree, operator: Operator, side: NodeId, least: u8) -> u8 {
    let union = matches!(tree.node(side).syntax, Syntax::Binary(Operator::Union, ..));
    if union && operator != Operator::Union { VALUE_POWER } else { least }
}

fn power(syntax: Syntax) -> u8 {
    match syntax {
        Syntax::Binary(operator, ..) => operator.power(),
        // A point after `60 years` would be read as part of nothing, so it gets brackets like a sign.
        Syntax::Negate(_) | Syntax::Quantity(..) => SIGN_POWER,
        _ => VALUE_POWER,
    }
}

/// A name, in backticks if FHIRPath would not read it bare.
fn write_name(name: &str, out: &mut String) {
    let bare = name.bytes().enumerate().all(|(index, byte)| {
        byte == b'_' || byte.is_ascii_alphabetic() || (index > 0 && byte.is_ascii_digit())
    });
    let reserved = ["true", "false", "is", "as", "not"].contains(&name)
        || Unit::of(name).is_some()
        || Operator::WORDS.iter().any(|operator| operator.symbol() == name);
    if bare && !reserved && !name.is_empty() {
        out.push_str(name);
    } else {
        escape(name, '`', out);
    }
}

/// A text literal.
pub(in crate::expression) fn quote_text(text: &str, out: &mut String) {
    escape(text, '\'', out);
}

fn escape(text: &str, mark: char, out: &mut String) {
    out.push(mark);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{c}' => out.push_str("\\f"),
            mark_inside if mark_inside == mark => {
                out.push('\\');
                out.push(mark);
            }
            other => out.push(other),
        }
    }
    out.push(mark);
}

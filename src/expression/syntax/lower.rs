//! A tree as FHIRPath over something else than the answers: names are replaced by what a target calls them.

use super::operator::{SIGN_POWER, VALUE_POWER};
use super::tree::{NodeId, Syntax, Tree};
use super::{Operator, canonical};
use crate::value::Decimal;

/// What a target makes of names. Where it gives nothing, the expression cannot be written for it.
pub trait Target {
    /// A name by itself, seen from inside of these repeats, the outermost first.
    fn name(&mut self, name: &str, rows: &[String]) -> Option<String>;
    /// `%form.name`
    fn form_name(&mut self, name: &str) -> Option<String>;
    /// The rows of a repeat; none if the name is no repeat.
    fn rows(&mut self, name: &str, rows: &[String]) -> Option<String>;
    /// A name against a number, where that is more than a comparison of two values: an age, a score of which only bounds
    /// are known. The operator is as FHIRPath writes it, with the name on its left.
    fn compared(&mut self, name: &str, operator: &str, with: Decimal) -> Compared;
    /// `%choice.name`: the column of the choice that is in view, as a text of the target.
    fn choice_column(&mut self, name: &str) -> Option<String>;
    /// Why a question has no value.
    fn absent_reason(&mut self, name: &str, rows: &[String]) -> Option<String>;
    /// What a person reads of the choice, or of each of the choices, that a question has.
    fn choice_label(&mut self, name: &str, rows: &[String]) -> Option<String>;
}

/// What a target makes of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Nothing special: both sides are written by themselves.
    Plainly,
    /// This expression, which stands in brackets.
    As(String),
    /// It cannot be written.
    Not,
}

/// The text of an expression for a target; none if some part of it cannot be written there.
pub fn lower(tree: &Tree, target: &mut dyn Target) -> Option<String> {
    let mut writer = Writer { tree, target, rows: Vec::new(), values: 0 };
    let mut text = String::new();
    writer.write(tree.root(), 0, &mut text)?;
    Some(text)
}

struct Writer<'a> {
    tree: &'a Tree,
    target: &'a mut dyn Target,
    /// The repeats whose rows are open.
    rows: Vec<String>,
    /// How many lists of values are open: inside of them a column of a row cannot be reached.
    values: usize,
}

impl Writer<'_> {
    fn write(&mut self, id: NodeId, least: u8, out: &mut String) -> Option<()> {
        let tree = self.tree;
        let syntax = tree.node(id).syntax;
        match syntax {
            Syntax::Name(name) => {
                let name = tree.text(name);
                if self.values > 0 && !self.rows.is_empty() {
                    return None;
                }
                let text = self.target.name(name, &self.rows)?;
                out.push_str(&text);
            }
            Syntax::FormName(name) => out.push_str(&self.target.form_name(tree.text(name))?),
            Syntax::ChoiceColumn(name) => out.push_str(&self.target.choice_column(tree.text(name))?),
            Syntax::Wrong | Syntax::Member(..) => return None,
            Syntax::Not(inner) => {
                self.write(inner, VALUE_POWER, out)?;
                out.push_str(".not()");
            }
            Syntax::Negate(inner) => self.bracketed(SIGN_POWER < least, out, |writer, out| {
                out.push('-');
                writer.write(inner, SIGN_POWER, out)
            })?,
            Syntax::Binary(operator, left, right) => {
                if let Some(text) = self.compared(operator, left, right)? {
                    out.push('(');
                    out.push_str(&text);
                    out.push(')');
                    return Some(());
                }
                let power = operator.power();
                self.bracketed(power < least, out, |writer, out| {
                    let left_least = power + u8::from(operator.compares());
                    writer.write(left, canonical::least_under(tree, operator, left, left_least), out)?;
                    out.push_str(&[" ", operator.symbol(), " "].concat());
                    writer.write(right, canonical::least_under(tree, operator, right, power + 1), out)
                })?;
            }
            Syntax::At(list, index) => {
                self.write(list, VALUE_POWER, out)?;
                out.push('[');
                self.write(index, 0, out)?;
                out.push(']');
            }
            Syntax::Call { receiver, name, first, count } => {
                self.call(receiver, tree.text(name), tree.arguments(first, count), out)?;
            }
            Syntax::Empty
            | Syntax::Boolean(_)
            | Syntax::Number(_)
            | Syntax::Text(_)
            | Syntax::Date(_)
            | Syntax::Time(_)
            | Syntax::Moment(_)
            | Syntax::Quantity(..)
            | Syntax::This
            | Syntax::Index => canonical::write(tree, id, least, out),
        }
        Some(())
    }

    fn bracketed(
        &mut self,
        brackets: bool,
        out: &mut String,
        inside: impl FnOnce(&mut Self, &mut String) -> Option<()>,
    ) -> Option<()> {
        if brackets {
            out.push('(');
        }
        inside(self, out)?;
        if brackets {
            out.push(')');
        }
        Some(())
    }

    /// A name against a number, whichever way round; the outer `None` says that it cannot be written.
    fn compared(&mut self, operator: Operator, left: NodeId, right: NodeId) -> Option<Option<String>> {
        if !operator.compares() {
            return Some(None);
        }
        let (name, symbol, with) = match (self.name_of(left), self.number_of(right)) {
            (Some(name), Some(number)) => (name, operator.symbol(), number),
            _ => match (self.number_of(left), self.name_of(right)) {
                (Some(number), Some(name)) => (name, turned(operator), number),
                _ => return Some(None),
            },
        };
        match self.target.compared(&name, symbol, with) {
            Compared::Plainly => Some(None),
            Compared::As(text) => Some(Some(text)),
            Compared::Not => None,
        }
    }

    fn name_of(&self, id: NodeId) -> Option<String> {
        match self.tree.node(id).syntax {
            Syntax::Name(name) if self.rows.is_empty() => Some(self.tree.text(name).to_owned()),
            _ => None,
        }
    }

    fn number_of(&self, id: NodeId) -> Option<Decimal> {
        match self.tree.node(id).syntax {
            Syntax::Number(number) => Some(number),
            Syntax::Negate(inner) => self.number_of(inner).map(|number| -number),
            _ => None,
        }
    }

    fn call(
        &mut self,
        receiver: Option<NodeId>,
        name: &str,
        arguments: &[NodeId],
        out: &mut String,
    ) -> Option<()> {
        let Some(receiver) = receiver else { return self.function(name, arguments, out) };
        if let Syntax::Name(list) = self.tree.node(receiver).syntax
            && let Some(rows) = self.target.rows(self.tree.text(list), &self.rows)
        {
            out.push_str(&rows);
            self.rows.push(self.tree.text(list).to_owned());
            let done = self.arguments(name, arguments, out);
            self.rows.pop();
            return done;
        }
        // `members.where(…).sex` and the like: which rows are meant is no longer known.
        self.write(receiver, VALUE_POWER, out)?;
        self.values += usize::from(!arguments.is_empty());
        let done = self.arguments(name, arguments, out);
        self.values -= usize::from(!arguments.is_empty());
        done
    }

    fn arguments(&mut self, name: &str, arguments: &[NodeId], out: &mut String) -> Option<()> {
        out.push('.');
        out.push_str(name);
        self.list(arguments, ", ", 0, out)
    }

    fn list(&mut self, arguments: &[NodeId], between: &str, least: u8, out: &mut String) -> Option<()> {
        out.push('(');
        for (index, &argument) in arguments.iter().enumerate() {
            if index > 0 {
                out.push_str(between);
            }
            self.write(argument, least, out)?;
        }
        out.push(')');
        Some(())
    }

    /// A function without a receiver. Those that FHIRPath does not have are written out.
    fn function(&mut self, name: &str, arguments: &[NodeId], out: &mut String) -> Option<()> {
        match name {
            "today" | "now" | "iif" => {
                out.push_str(name);
                self.list(arguments, ", ", 0, out)
            }
            "absentReason" | "choiceLabel" => {
                let [argument] = arguments else { return None };
                let Syntax::Name(question) = self.tree.node(*argument).syntax else { return None };
                let question = self.tree.text(question);
                out.push_str(&match name {
                    "absentReason" => self.target.absent_reason(question, &self.rows)?,
                    _ => self.target.choice_label(question, &self.rows)?,
                });
                Some(())
            }
            "sum" | "avg" | "min" | "max" => {
                self.combined(arguments, out)?;
                out.push('.');
                out.push_str(name);
                out.push_str("()");
                Some(())
            }
            "countAnswered" => {
                // A question with several choices is one that is answered.
                for (place, argument) in arguments.iter().enumerate() {
                    out.push_str(if place == 0 { "(" } else { ".combine(" });
                    self.write(*argument, VALUE_POWER, out)?;
                    out.push_str(".exists())");
                }
                out.push_str(".where($this).count()");
                Some(())
            }
            "coalesce" => {
                self.combined(arguments, out)?;
                out.push_str(".first()");
                Some(())
            }
            "prorate" => {
                let (least, items) = arguments.split_first()?;
                let mut all = String::new();
                self.combined(items, &mut all)?;
                let least = self.number_of(*least)?;
                let of = items.len();
                // Multiplied first, as the engine does it: a third of a sum would lose its last place.
                *out += &format!("iif({all}.count() >= {least}, {all}.sum() * {of} / {all}.count())");
                Some(())
            }
            _ => None,
        }
    }

    /// All values of the arguments, equal ones too.
    fn combined(&mut self, arguments: &[NodeId], out: &mut String) -> Option<()> {
        let (first, rest) = arguments.split_first()?;
        out.push('(');
        self.write(*first, VALUE_POWER, out)?;
        for argument in rest {
            out.push_str(".combine(");
            self.write(*argument, 0, out)?;
            out.push(')');
        }
        out.push(')');
        Some(())
    }
}

/// The operator with its sides exchanged.
const fn turned(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => ">",
        Operator::LessEqual => ">=",
        Operator::Greater => "<",
        Operator::GreaterEqual => "<=",
        other => other.symbol(),
    }
}

//! Checking: what each part of the tree is, what its names mean, and the operations that compute it.
//!
//! One pass from the leaves up. What is found wrong is reported once: it has the type [`Ty::Wrong`], about which
//! nothing above it complains.

mod arithmetic;
mod call;
mod checked;
mod choices;
mod comparison;
mod condition;
mod frame;
mod lambda;
mod names;
mod rows;
mod ty;

pub(super) use call::{CallSite, ops};
pub(super) use checked::Checked;
pub(super) use frame::Frame;
pub(super) use ty::{Ty, describe};

use std::borrow::Cow;

use super::program::{Code, Op, Program};
use super::syntax::{self, NodeId, Operator, Syntax, Tree};
use super::{Expected, Kind, Problem, Scope, Type, limits};
use crate::diagnostic::{self, Span, codes};

/// Reads, checks and compiles an expression. There is a program exactly if no problem is an error.
#[must_use]
#[inline(never)]
pub fn compile(text: &str, scope: &dyn Scope, expected: &Expected) -> (Option<Program>, Vec<Problem>) {
    let (tree, problems) = syntax::parse(text);
    let Some(tree) = tree else { return (None, problems) };
    let mut checker = Checker { tree: &tree, text, code: Code::default(), problems };
    let base = Frame::base(scope);
    let root = checker.result(expected, &base);
    let Checker { code, mut problems, .. } = checker;
    problems.sort_by_key(|problem| problem.span);
    problems.truncate(limits::PROBLEMS);
    match root.ty {
        Ty::Of(ty) if !problems.iter().any(Problem::is_error) => {
            (Some(Program::new(code, root.op, ty, &tree.canonical())), problems)
        }
        _ => (None, problems),
    }
}

/// What checks a tree.
pub(super) struct Checker<'t> {
    pub(super) tree: &'t Tree,
    text: &'t str,
    pub(super) code: Code,
    problems: Vec<Problem>,
}

impl<'t> Checker<'t> {
    pub(super) fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    /// What the author wrote, for a message: short, and on one line.
    pub(super) fn written(&self, node: NodeId) -> &'t str {
        let span = self.span(node);
        let offset = |at| usize::try_from(at).unwrap_or(usize::MAX);
        let written = self.text.get(offset(span.start)..offset(span.end)).unwrap_or("");
        if written.len() > 60 || written.contains('\n') { "…" } else { written }
    }

    /// The same where a point follows: in brackets if the point would else take hold of a part of it.
    pub(super) fn written_whole(&self, node: NodeId) -> Cow<'t, str> {
        let written = self.written(node);
        let loose = match self.tree.node(node).syntax {
            Syntax::Binary(..) | Syntax::Negate(_) | Syntax::Quantity(..) => true,
            Syntax::Not(_) => written.starts_with('!'),
            _ => false,
        };
        if loose { Cow::Owned(["(", written, ")"].concat()) } else { Cow::Borrowed(written) }
    }

    pub(super) fn report(&mut self, problem: Problem) {
        // Enough to overflow the limit is kept, since what is reported first need not stand first.
        if self.problems.len() < limits::PROBLEMS * 4 {
            self.problems.push(problem);
        }
    }

    /// Reports a fault of the types.
    pub(super) fn mistyped(&mut self, node: NodeId, message: &[&str], help: Option<String>) -> Checked {
        let mut problem = Problem::error(codes::EXPRESSION_TYPE, self.span(node), message.concat());
        problem.help = help;
        self.report(problem);
        Checked::wrong()
    }

    /// Checks a node and all below it.
    pub(super) fn node(&mut self, node: NodeId, frame: &Frame<'_>) -> Checked {
        let number = Kind::Number { integer: true };
        match self.tree.node(node).syntax {
            Syntax::Wrong => Checked::wrong(),
            Syntax::Empty => Checked { ty: Ty::Nothing, ..Checked::wrong() },
            Syntax::Boolean(boolean) => self.leaf(Op::Truth(boolean.into()), Kind::Boolean),
            Syntax::Number(value) => {
                self.leaf(Op::Number(value), Kind::Number { integer: value.is_integer() })
            }
            Syntax::Text(text) => {
                let text = self.code.text(self.tree.text(text));
                self.leaf(Op::Text(text), Kind::Text(None))
            }
            Syntax::Date(date) => self.leaf(Op::Date(date), Kind::Date),
            Syntax::Time(time) => self.leaf(Op::Time(time), Kind::Time),
            Syntax::Moment(moment) => self.leaf(Op::Moment(moment), Kind::DateTime),
            Syntax::Quantity(..) => self.leaf(Op::Nothing, Kind::Quantity),
            Syntax::Name(name) => self.name(node, self.tree.text(name), frame),
            Syntax::FormName(name) => self.form_name(node, self.tree.text(name), frame),
            Syntax::ChoiceColumn(name) => self.choice_column(node, self.tree.text(name), frame),
            Syntax::This => self.this(node, frame),
            Syntax::Index if frame.depth() > 0 => self.leaf(Op::Index(frame.depth()), number),
            Syntax::Index => self.outside_lambda(node, "$index"),
            Syntax::Not(inner) => {
                let inner = self.condition(inner, frame);
                let cost = inner.cost;
                self.built(Op::Not(inner.op), Type { kind: Kind::Boolean, many: false }, cost)
            }
            Syntax::Negate(inner) => self.negate(inner, frame),
            Syntax::Binary(operator, left, right) => self.binary(node, operator, left, right, frame),
            Syntax::Member(owner, name) => self.member(node, owner, self.tree.text(name), frame),
            Syntax::At(list, index) => self.at(list, index, frame),
            Syntax::Call { receiver, name, first, count } => {
                let arguments = self.tree.arguments(first, count);
                self.call(node, receiver, self.tree.text(name), arguments, frame)
            }
        }
    }

    fn leaf(&mut self, op: Op, kind: Kind) -> Checked {
        self.built(op, Type { kind, many: false }, 0)
    }

    /// Emits an operation that costs one step more than what it works on.
    pub(super) fn built(&mut self, op: Op, ty: Type, below: u64) -> Checked {
        Checked::new(self.code.emit(op), ty, below.saturating_add(1))
    }

    #[inline(never)]
    fn binary(
        &mut self,
        node: NodeId,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        match operator {
            Operator::And | Operator::Or | Operator::Xor | Operator::Implies => {
                self.connective(operator, left, right, frame)
            }
            Operator::Less
            | Operator::LessEqual
            | Operator::Greater
            | Operator::GreaterEqual
            | Operator::Equal
            | Operator::NotEqual => self.comparison(node, operator, left, right, frame),
            Operator::Equivalent | Operator::NotEquivalent => {
                self.equivalence(node, operator, left, right, frame)
            }
            Operator::In => self.membership(node, left, right, frame),
            Operator::Contains => self.membership(node, right, left, frame),
            Operator::Union => self.union(node, left, right, frame),
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Div
            | Operator::Mod => self.arithmetic(node, operator, left, right, frame),
            Operator::Concat => self.concat(left, right, frame),
        }
    }

    /// Checks the whole against what its place needs.
    #[inline(never)]
    fn result(&mut self, expected: &Expected, base: &Frame<'_>) -> Checked {
        let root = self.tree.root();
        let result = match expected {
            Expected::Truth => self.condition(root, base),
            Expected::Value(ty) => {
                let result = self.node(root, base);
                self.expect_value(root, result, ty)
            }
            Expected::Any => {
                let result = self.node(root, base);
                self.expect_any(root, result)
            }
        };
        if result.cost > limits::COST {
            let message = "this expression could take too many steps: its loops stand inside each other";
            let problem = Problem::error(codes::EXPRESSION_LIMIT, self.span(root), message);
            self.report(problem.help("count or filter the rows once, in a calculation of its own"));
        }
        result
    }

    #[inline(never)]
    fn expect_value(&mut self, root: NodeId, result: Checked, expected: &Type) -> Checked {
        let Ty::Of(ty) = &result.ty else { return self.expect_any(root, result) };
        if ty.many && !expected.many {
            return self.needs_one(root, &result);
        }
        if !expected.kind.same_family(&ty.kind) {
            let message = ["this has to be ", ty::describe(expected), ", and it is ", ty::describe(ty)];
            return self.mistyped(root, &message, None);
        }
        match (&expected.kind, &ty.kind) {
            (Kind::Number { integer: true }, Kind::Number { integer: false }) => self.mistyped(
                root,
                &["this has to be a whole number, and it may have a fraction"],
                Some("say how to round it: `(…).round()`, `floor()` or `ceiling()`".to_owned()),
            ),
            (Kind::Text(Some(choices)), _) => {
                self.check_literals(root, choices, "this question");
                self.expect_any(root, result)
            }
            _ => self.expect_any(root, result),
        }
    }

    #[inline(never)]
    fn expect_any(&mut self, root: NodeId, result: Checked) -> Checked {
        let help = |text: &str| Some(text.to_owned());
        match &result.ty {
            Ty::Wrong => result,
            Ty::Nothing => self.mistyped(root, &["this is always empty"], None),
            Ty::Of(Type { kind: Kind::Rows(_), .. }) => self.mistyped(
                root,
                &["rows are not a value"],
                help("ask for a column, `count()` or `exists()`"),
            ),
            Ty::Of(Type { kind: Kind::Quantity, .. }) => {
                self.mistyped(root, &["a time span is not a value"], help("write the number alone"))
            }
            Ty::Of(Type { kind: Kind::DateTime, .. }) => {
                self.mistyped(root, &["a moment is not a value"], help("take its date: `(…).toDate()`"))
            }
            Ty::Of(Type { kind: Kind::Text(_), .. } | Type { many: false, .. }) => result,
            Ty::Of(ty) => {
                let message = ["a value is needed here, and this is ", ty::describe(ty)];
                self.mistyped(
                    root,
                    &message,
                    help("take one with `first()`, or compute one with `sum()` or `count()`"),
                )
            }
        }
    }
}

/// A list of choices or names for a message, cut after a few.
pub(super) fn enumerate<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let mut text = String::new();
    for (index, name) in names.enumerate() {
        if index == SHOWN {
            text.push_str(", …");
            break;
        }
        if index > 0 {
            text.push_str(", ");
        }
        syntax::quote_text(name, &mut text);
    }
    text
}

/// The end of a message that names what was probably meant.
pub(super) fn did_you_mean(meant: Option<&str>, mark: &str) -> String {
    meant.map(|meant| [": did you mean ", mark, meant, mark, "?"].concat()).unwrap_or_default()
}

pub(super) use diagnostic::did_you_mean as nearest;

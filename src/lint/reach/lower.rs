//! An expression with its names resolved: what the analysis walks over.

use std::sync::Arc;

use crate::diagnostic::Span;
use crate::expression::{FieldId, Kind, Part, PartId, Resolved, Scope, Symbol, Tree, Type};
use crate::value::{Decimal, PartialDate};

/// A part of a [`Condition`]: its index.
pub(in crate::lint) type At = usize;

/// What a part is.
#[derive(Clone, Debug)]
pub(in crate::lint) enum Expr {
    /// `{}`
    Nothing,
    Truth(bool),
    Number(Decimal),
    Text(Arc<str>),
    Date(PartialDate),
    Minutes(u16),
    /// A field seen from the row in which the expression stands, or from a row of a lambda.
    Field(FieldId),
    /// A field in the row before.
    Previous(FieldId),
    /// Why a field has no value.
    Absence(FieldId),
    /// Rows of a repeat; `own` if they are all those of the repeat that stands in this row or around it, neither
    /// filtered nor gathered from several rows.
    Rows {
        repeat: FieldId,
        own: bool,
    },
    /// A column over rows.
    Column,
    /// `$this` of a multiple choice, and its like.
    Unknown(Option<Kind>),
    /// A column of the entry that a choice filter looks at.
    ChoiceColumn(Arc<str>),
    Today,
    Not(At),
    Negate(At),
    Binary(&'static str, At, At),
    Exists(At),
    Empty(At),
    Count(At),
    /// One element of a list, if it has that many.
    Pick(At, bool),
    /// A condition for each element of a list; `all` or some. The repeat whose columns the condition reads.
    Some {
        list: At,
        body: At,
        all: bool,
        repeat: Option<FieldId>,
    },
    Iif(At, At, Option<At>),
    Coalesce(Vec<At>),
    CountAnswered(Vec<At>),
    /// `sum`, `avg`, `min`, `max` of several parts.
    Aggregate(&'static str, Vec<At>),
    /// A function of one number that rises with it: `round`, `floor`, `ceiling`, `truncate` without places.
    Rounded(&'static str, At),
    Absolute(At),
    /// Something else that gives a value of a kind, if it is known, and the parts that it is made of.
    Other(Option<Kind>, Vec<At>),
}

impl Expr {
    /// The parts that it is made of.
    pub(in crate::lint) fn parts(&self) -> Vec<At> {
        match self {
            Self::Not(inner)
            | Self::Negate(inner)
            | Self::Exists(inner)
            | Self::Empty(inner)
            | Self::Count(inner)
            | Self::Pick(inner, _)
            | Self::Rounded(_, inner)
            | Self::Absolute(inner) => vec![*inner],
            Self::Binary(_, left, right) => vec![*left, *right],
            Self::Some { list, body, .. } => vec![*list, *body],
            Self::Iif(test, then, or) => [*test, *then].into_iter().chain(*or).collect(),
            Self::Coalesce(parts)
            | Self::CountAnswered(parts)
            | Self::Aggregate(_, parts)
            | Self::Other(_, parts) => parts.clone(),
            _ => Vec::new(),
        }
    }
}

/// A condition or calculation with its names resolved.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Condition {
    parts: Vec<(Expr, Span)>,
    /// For each part, whether it stands in a lambda.
    inside: Vec<bool>,
    root: At,
}

impl Condition {
    /// Resolves a tree where it stands.
    pub(in crate::lint) fn new(tree: &Tree, scope: &dyn Scope) -> Self {
        let mut lowering = Lowering { tree, parts: Vec::new(), inside: Vec::new(), depth: 0 };
        let root = lowering.part(tree.whole(), &Frame { scope, outer: None });
        Self { parts: lowering.parts, inside: lowering.inside, root }
    }

    pub(in crate::lint) const fn root(&self) -> At {
        self.root
    }

    pub(in crate::lint) fn expr(&self, at: At) -> &Expr {
        self.parts.get(at).map_or(&Expr::Nothing, |(expr, _)| expr)
    }

    pub(in crate::lint) fn span(&self, at: At) -> Span {
        self.parts.get(at).map(|(_, span)| *span).unwrap_or_default()
    }

    /// Every part, the inner ones first.
    pub(in crate::lint) fn all(&self) -> impl Iterator<Item = (At, &Expr)> {
        self.parts.iter().enumerate().map(|(at, (expr, _))| (at, expr))
    }

    /// A part and all below it, in the order of the text.
    pub(in crate::lint) fn below(&self, at: At) -> Vec<At> {
        let (mut found, mut open) = (Vec::new(), vec![at]);
        while let Some(at) = open.pop() {
            found.push(at);
            open.extend(self.expr(at).parts().into_iter().rev());
        }
        found
    }

    /// Whether a part is evaluated for each element of a list.
    pub(in crate::lint) fn is_inside(&self, at: At) -> bool {
        self.inside.get(at).copied().unwrap_or(true)
    }
}

struct Frame<'s> {
    scope: &'s dyn Scope,
    outer: Option<&'s Frame<'s>>,
}

struct Lowering<'t> {
    tree: &'t Tree,
    parts: Vec<(Expr, Span)>,
    inside: Vec<bool>,
    /// How many lambdas it is in.
    depth: u8,
}

impl Lowering<'_> {
    fn push(&mut self, id: PartId, expr: Expr) -> At {
        self.parts.push((expr, self.tree.part_span(id)));
        self.inside.push(self.depth > 0);
        self.parts.len() - 1
    }

    /// The recursion is as deep as the tree is high, which the reader has bounded.
    fn part(&mut self, id: PartId, frame: &Frame<'_>) -> At {
        let expr = match self.tree.part(id) {
            Part::Empty => Expr::Nothing,
            Part::Boolean(boolean) => Expr::Truth(boolean),
            Part::Number(number) => Expr::Number(number),
            Part::Text(text) => Expr::Text(text.into()),
            Part::Date(date) => Expr::Date(date),
            Part::Time(time) => Expr::Minutes(time.minutes()),
            Part::Name(name) => field(resolve(frame, name)),
            Part::FormName(name) => match frame.scope.form_name(name) {
                Resolved::Field(symbol) => field(Some(symbol)),
                Resolved::Unknown { .. } => Expr::Unknown(None),
            },
            Part::ChoiceColumn(name) => Expr::ChoiceColumn(name.into()),
            Part::This | Part::Other => Expr::Unknown(None),
            Part::Not(inner) => Expr::Not(self.part(inner, frame)),
            Part::Negate(inner) => Expr::Negate(self.part(inner, frame)),
            Part::Binary(symbol, left, right) => {
                let left = self.part(left, frame);
                let right = self.part(right, frame);
                Expr::Binary(symbol, left, right)
            }
            Part::Member(owner, name) => self.member(owner, name, frame),
            Part::At(list, index) => {
                let first = matches!(self.tree.part(index), Part::Number(number) if number.is_zero());
                self.part(index, frame);
                Expr::Pick(self.part(list, frame), first)
            }
            Part::Call { receiver, name, arguments } => self.call(receiver, name, &arguments, frame),
        };
        self.push(id, expr)
    }

    /// A part of a score, or a column.
    fn member(&mut self, owner: PartId, name: &str, frame: &Frame<'_>) -> Expr {
        if let Part::Name(owner) = self.tree.part(owner)
            && let Some(symbol) = resolve(frame, owner)
            && !matches!(symbol.ty.kind, Kind::Rows(_))
        {
            return match frame.scope.member(symbol.field, name) {
                Resolved::Field(part) => Expr::Field(part.field),
                Resolved::Unknown { .. } => Expr::Unknown(None),
            };
        }
        let rows = self.part(owner, frame);
        let Expr::Rows { repeat, .. } = *self.expr(rows) else { return Expr::Other(None, vec![rows]) };
        match frame.scope.rows(repeat).name(name) {
            Resolved::Field(Symbol { ty: Type { kind: Kind::Rows(nested), .. }, up: 0, .. }) => {
                Expr::Rows { repeat: nested, own: false }
            }
            _ => Expr::Column,
        }
    }

    fn expr(&self, at: At) -> &Expr {
        self.parts.get(at).map_or(&Expr::Nothing, |(expr, _)| expr)
    }

    fn call(
        &mut self,
        receiver: Option<PartId>,
        name: &str,
        arguments: &[PartId],
        frame: &Frame<'_>,
    ) -> Expr {
        match (name, receiver, arguments) {
            ("today", ..) => return Expr::Today,
            ("absentReason" | "previous", None, [asked]) => {
                let asked = self.part(*asked, frame);
                return match (self.expr(asked), name) {
                    (Expr::Field(field), "previous") => Expr::Previous(*field),
                    (Expr::Field(field) | Expr::Rows { repeat: field, .. }, _) => Expr::Absence(*field),
                    _ => Expr::Unknown(None),
                };
            }
            ("exists" | "all" | "where" | "select", Some(list), [body]) => {
                return self.lambda(name, list, *body, frame);
            }
            _ => {}
        }
        let before = receiver.map(|receiver| self.part(receiver, frame));
        let parts: Vec<At> = arguments.iter().map(|argument| self.part(*argument, frame)).collect();
        match (name, before, parts.as_slice()) {
            ("exists", Some(list), []) => Expr::Exists(list),
            ("empty", Some(list), []) => Expr::Empty(list),
            ("count", Some(list), []) => Expr::Count(list),
            ("first" | "last", Some(list), []) => Expr::Pick(list, true),
            ("iif", None, [condition, then]) => Expr::Iif(*condition, *then, None),
            ("iif", None, [condition, then, or]) => Expr::Iif(*condition, *then, Some(*or)),
            ("coalesce", None, _) => Expr::Coalesce(parts),
            ("countAnswered", None, _) => Expr::CountAnswered(parts),
            ("sum" | "avg" | "min" | "max", before, _) => {
                let of =
                    ["sum", "avg", "min", "max"].into_iter().find(|known| *known == name).unwrap_or("sum");
                Expr::Aggregate(of, before.into_iter().chain(parts).collect())
            }
            ("round" | "floor" | "ceiling" | "truncate", Some(of), []) => {
                let known = ["round", "floor", "ceiling", "truncate"];
                Expr::Rounded(known.into_iter().find(|known| *known == name).unwrap_or("round"), of)
            }
            ("abs", Some(of), []) => Expr::Absolute(of),
            _ => {
                let kind = match name {
                    "contains" | "startsWith" | "endsWith" | "matches" | "matchesFull" => Some(Kind::Boolean),
                    "length" | "duration" | "power" | "sqrt" | "prorate" | "toDecimal" | "toInteger"
                    | "round" => {
                        Some(Kind::Number { integer: matches!(name, "length" | "duration" | "toInteger") })
                    }
                    "upper" | "lower" | "substring" | "replace" | "trim" | "join" | "toString" => {
                        Some(Kind::Text(None))
                    }
                    _ => None,
                };
                Expr::Other(kind, before.into_iter().chain(parts).collect())
            }
        }
    }

    fn lambda(&mut self, name: &str, list: PartId, body: PartId, frame: &Frame<'_>) -> Expr {
        let list = self.part(list, frame);
        let (repeat, rows) = match *self.expr(list) {
            Expr::Rows { repeat, .. } => (Some(repeat), Some(frame.scope.rows(repeat))),
            Expr::Field(_) | Expr::Column => (None, None),
            // Of what kind its elements are is not known here, and so not what a bare name in it means.
            _ => (None, Some(Box::new(Blind) as Box<dyn Scope>)),
        };
        let outer = if repeat.is_none() && rows.is_some() { None } else { Some(frame) };
        let scope = rows.as_deref().unwrap_or(frame.scope);
        self.depth += 1;
        let body = self.part(body, &Frame { scope, outer });
        self.depth -= 1;
        match (name, repeat) {
            ("exists", _) => Expr::Some { list, body, all: false, repeat },
            ("all", _) => Expr::Some { list, body, all: true, repeat },
            ("where", Some(repeat)) => Expr::Rows { repeat, own: false },
            _ => Expr::Other(None, vec![list, body]),
        }
    }
}

/// Where no name is known.
struct Blind;

impl Scope for Blind {
    fn name(&self, _: &str) -> Resolved {
        Resolved::Unknown { suggestion: None }
    }

    fn form_name(&self, _: &str) -> Resolved {
        Resolved::Unknown { suggestion: None }
    }

    fn choice_column(&self, _: &str) -> Option<Type> {
        None
    }

    fn member(&self, _: FieldId, _: &str) -> Resolved {
        Resolved::Unknown { suggestion: None }
    }

    fn is_in_row(&self) -> bool {
        true
    }

    fn rows(&self, _: FieldId) -> Box<dyn Scope + '_> {
        Box::new(Self)
    }
}

fn resolve(frame: &Frame<'_>, name: &str) -> Option<Symbol> {
    let mut here = Some(frame);
    while let Some(frame) = here {
        if let Resolved::Field(symbol) = frame.scope.name(name) {
            return Some(symbol);
        }
        here = frame.outer;
    }
    None
}

fn field(symbol: Option<Symbol>) -> Expr {
    match symbol {
        Some(Symbol { ty, field, .. }) if matches!(ty.kind, Kind::Rows(_)) => {
            Expr::Rows { repeat: field, own: true }
        }
        Some(symbol) => Expr::Field(symbol.field),
        None => Expr::Unknown(None),
    }
}

//! An expression's tree as the rest of the program may look at it: what each part is and where it stands.
//!
//! The lint reads conditions through this, so that the tree itself can change without it.

use super::syntax::{NodeId, Syntax, Tree};
use crate::diagnostic::Span;
use crate::value::{Decimal, PartialDate, TimeOfDay};

/// A part of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartId(NodeId);

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part<'t> {
    /// `{}`
    Empty,
    Boolean(bool),
    Number(Decimal),
    Text(&'t str),
    Date(PartialDate),
    Time(TimeOfDay),
    /// A bare name.
    Name(&'t str),
    /// `%form.name`
    FormName(&'t str),
    /// `%choice.name`
    ChoiceColumn(&'t str),
    /// `$this`
    This,
    Not(PartId),
    Negate(PartId),
    /// An operator by its canonical symbol, with its sides.
    Binary(&'static str, PartId, PartId),
    /// `owner.name`
    Member(PartId, &'t str),
    /// `list[n]`
    At(PartId, PartId),
    Call {
        receiver: Option<PartId>,
        name: &'t str,
        arguments: Vec<PartId>,
    },
    /// A moment, a time span, `$index`, or what could not be read.
    Other,
}

impl Tree {
    /// The whole.
    pub(crate) const fn whole(&self) -> PartId {
        PartId(self.root())
    }

    /// What a part is.
    pub(crate) fn part(&self, PartId(id): PartId) -> Part<'_> {
        match self.node(id).syntax {
            Syntax::Wrong | Syntax::Moment(_) | Syntax::Quantity(..) | Syntax::Index => Part::Other,
            Syntax::Empty => Part::Empty,
            Syntax::Boolean(boolean) => Part::Boolean(boolean),
            Syntax::Number(number) => Part::Number(number),
            Syntax::Text(text) => Part::Text(self.text(text)),
            Syntax::Date(date) => Part::Date(date),
            Syntax::Time(time) => Part::Time(time),
            Syntax::Name(name) => Part::Name(self.text(name)),
            Syntax::FormName(name) => Part::FormName(self.text(name)),
            Syntax::ChoiceColumn(name) => Part::ChoiceColumn(self.text(name)),
            Syntax::This => Part::This,
            Syntax::Not(inner) => Part::Not(PartId(inner)),
            Syntax::Negate(inner) => Part::Negate(PartId(inner)),
            Syntax::Binary(operator, left, right) => {
                Part::Binary(operator.symbol(), PartId(left), PartId(right))
            }
            Syntax::Member(owner, name) => Part::Member(PartId(owner), self.text(name)),
            Syntax::At(list, index) => Part::At(PartId(list), PartId(index)),
            Syntax::Call { receiver, name, first, count } => Part::Call {
                receiver: receiver.map(PartId),
                name: self.text(name),
                arguments: self.arguments(first, count).iter().copied().map(PartId).collect(),
            },
        }
    }

    /// Where a part stands in the text.
    pub(crate) fn part_span(&self, PartId(id): PartId) -> Span {
        self.node(id).span
    }
}

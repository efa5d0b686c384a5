use super::Operator;
use crate::diagnostic::Span;
use crate::value::{DateTime, Decimal, PartialDate, TimeOfDay};

/// A node of a [`Tree`]: its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expression) struct NodeId(pub(super) u16);

/// A text of a [`Tree`]: its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expression) struct TextId(pub(super) u16);

/// A unit of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::expression) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 7] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// The unit of a word, singular or plural.
    pub(in crate::expression) fn of(word: &str) -> Option<Self> {
        let singular = word.strip_suffix('s').unwrap_or(word);
        Self::ALL.into_iter().find(|unit| unit.word() == singular)
    }

    pub(in crate::expression) const fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::expression) enum Syntax {
    /// Something that could not be read and was reported.
    Wrong,
    /// `{}`
    Empty,
    Boolean(bool),
    Number(Decimal),
    Text(TextId),
    Date(PartialDate),
    Time(TimeOfDay),
    Moment(DateTime),
    /// `60 years`
    Quantity(i32, Unit),
    /// A bare name.
    Name(TextId),
    /// `%form.name`
    FormName(TextId),
    /// `%choice.name`
    ChoiceColumn(TextId),
    /// `$this`
    This,
    /// `$index`
    Index,
    /// `a.not()`, `not(a)`, `!a`
    Not(NodeId),
    /// `-a`
    Negate(NodeId),
    Binary(Operator, NodeId, NodeId),
    /// `a.name`
    Member(NodeId, TextId),
    /// `a[n]`
    At(NodeId, NodeId),
    /// `name(…)`, `a.name(…)`; the arguments are a range of [`Tree::arguments`].
    Call {
        receiver: Option<NodeId>,
        name: TextId,
        first: u16,
        count: u16,
    },
}

/// A node with where it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(in crate::expression) struct Node {
    pub(in crate::expression) syntax: Syntax,
    pub(in crate::expression) span: Span,
}

/// An expression as it was written.
///
/// The nodes stand in one list and name each other by index, so that a hostile expression cannot overflow the stack
/// when the tree is dropped.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) texts: Vec<Box<str>>,
    pub(super) arguments: Vec<NodeId>,
    pub(super) root: NodeId,
}

impl Tree {
    pub(in crate::expression) const fn root(&self) -> NodeId {
        self.root
    }

    pub(in crate::expression) fn node(&self, id: NodeId) -> Node {
        let wrong = Node { syntax: Syntax::Wrong, span: Span::default() };
        self.nodes.get(usize::from(id.0)).copied().unwrap_or(wrong)
    }

    pub(in crate::expression) fn text(&self, id: TextId) -> &str {
        self.texts.get(usize::from(id.0)).map_or("", |text| text)
    }

    pub(in crate::expression) fn arguments(&self, first: u16, count: u16) -> &[NodeId] {
        let first = usize::from(first);
        self.arguments.get(first..first + usize::from(count)).unwrap_or(&[])
    }

    /// The canonical FHIRPath text: one spelling for each operator, brackets where they are needed or
    /// keep a reader from going wrong.
    ///
    /// Reading it gives the same tree, and so the same text.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        super::canonical::write(self, self.root, 0, &mut text);
        text
    }
}

use std::ops::Range;

use serde_json::{Map, Number, Value};

use super::decimal;
use crate::diagnostic::{Place, SourceId, Span};
use crate::value::Decimal;

/// The longest text for which room is made at once: most records are no longer.
const ROOM: usize = 8 * 1024;

/// A value in a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// What a value is. A number is as it was written, a string is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was written.
    Number(&'a str),
    /// A string without its quotes and escapes.
    String(&'a str),
    /// An array: see [`Document::items`].
    Array,
    /// An object: see [`Document::entries`].
    Object,
}

/// A JSON text that was read, with the place of everything in it.
///
/// Values lie in one arena and are named by [`NodeId`]s, which belong to their document: one of another document
/// names nothing, or something else.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) source: SourceId,
    pub(super) root: Option<NodeId>,
    pub(super) nodes: Vec<Node>,
    pub(super) names: Vec<Name>,
    /// Items of arrays and members of objects, each container's in one run.
    pub(super) children: Vec<NodeId>,
    /// Decoded strings, names and numbers one after the other.
    pub(super) texts: String,
    pub(super) escapes: Vec<Escape>,
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Span,
    pub(super) parent: Option<NodeId>,
    /// The place among the items of an array.
    pub(super) index: u32,
    /// The name of a member of an object, in [`Document::names`].
    pub(super) name: Option<u32>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Slice),
    String(Text),
    Array(Slice),
    /// Members in document order, and again by name where there are many.
    Object(Slice, Slice),
}

/// From and to, in one of the document's vectors.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slice(pub(super) u32, pub(super) u32);

impl Slice {
    pub(super) fn range(self) -> Range<usize> {
        self.0 as usize..self.1 as usize
    }
}

/// A decoded string: where its text is, where its first character stands in the file, and its escapes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub(super) text: Slice,
    pub(super) body: u32,
    pub(super) escapes: Slice,
}

/// An escape: bytes of the decoded string (from its start) and bytes of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escape {
    pub(super) decoded: Span,
    pub(super) written: Span,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) text: Slice,
    pub(super) span: Span,
}

impl Document {
    /// With room for what a text of so many bytes may hold, but no more than for one of a few kilobytes.
    pub(super) fn new(source: SourceId, bytes: usize) -> Self {
        let bytes = bytes.min(ROOM);
        Self {
            source,
            root: None,
            nodes: Vec::with_capacity(bytes / 16),
            names: Vec::with_capacity(bytes / 16),
            children: Vec::with_capacity(bytes / 8),
            texts: String::with_capacity(bytes),
            escapes: Vec::new(),
        }
    }

    /// The value of the file; none if it holds nothing that could be read as one.
    #[must_use]
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// What a value is.
    #[must_use]
    pub fn view(&self, id: NodeId) -> View<'_> {
        match self.node(id).map(|node| &node.kind) {
            None | Some(Kind::Null) => View::Null,
            Some(Kind::Bool(value)) => View::Bool(*value),
            Some(Kind::Number(raw)) => View::Number(self.slice(*raw)),
            Some(Kind::String(text)) => View::String(self.slice(text.text)),
            Some(Kind::Array(_)) => View::Array,
            Some(Kind::Object(..)) => View::Object,
        }
    }

    /// The items of an array, in order; none of anything else.
    pub fn items(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let slice = match self.node(id).map(|node| &node.kind) {
            Some(Kind::Array(items)) => *items,
            _ => Slice::default(),
        };
        self.children.get(slice.range()).unwrap_or_default().iter().copied()
    }

    /// The members of an object with their names, in document order; none of anything else. Where a name stands
    /// twice, which is an error, only the first is here.
    pub fn entries(&self, id: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        let slice = match self.node(id).map(|node| &node.kind) {
            Some(Kind::Object(members, _)) => *members,
            _ => Slice::default(),
        };
        let members = self.children.get(slice.range()).unwrap_or_default();
        members.iter().map(|&member| (self.name(member).unwrap_or(""), member))
    }

    /// The member of an object that has a name.
    #[must_use]
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        let Some(Kind::Object(members, sorted)) = self.node(id).map(|node| &node.kind) else { return None };
        let sorted = self.children.get(sorted.range()).unwrap_or_default();
        if sorted.is_empty() {
            let members = self.children.get(members.range()).unwrap_or_default();
            return members.iter().copied().find(|&member| self.is_named(member, name));
        }
        let index = sorted.binary_search_by(|&member| self.name(member).unwrap_or("").cmp(name)).ok()?;
        sorted.get(index).copied()
    }

    /// The name of the member whose value this is; none for an item and the root.
    #[must_use]
    pub fn name(&self, id: NodeId) -> Option<&str> {
        self.name_of(id).map(|name| self.slice(name.text))
    }

    /// The array or object in which a value stands.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// Which bytes of the file a value is, with its quotes or brackets.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).map(|node| node.span).unwrap_or_default()
    }

    /// The JSON Pointer (RFC 6901) of a value; empty for the root.
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> String {
        let mut ids = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            ids.push(id);
            at = self.parent(id);
        }
        let mut pointer = String::new();
        for id in ids.into_iter().rev() {
            match (self.name(id), self.node(id)) {
                (Some(name), _) => push_name(&mut pointer, name),
                (None, Some(node)) if node.parent.is_some() => push_index(&mut pointer, node.index as usize),
                (None, _) => {}
            }
        }
        pointer
    }

    /// The place of a value.
    #[must_use]
    pub fn place(&self, id: NodeId) -> Place {
        Place { source: self.source, span: self.span(id), pointer: self.pointer(id) }
    }

    /// The place of the name of the member whose value this is; the value itself if it is no member.
    #[must_use]
    pub fn key_place(&self, id: NodeId) -> Place {
        let span = self.name_of(id).map_or_else(|| self.span(id), |name| name.span);
        Place { source: self.source, span, pointer: self.pointer(id) }
    }

    /// The place of a part of a string: bytes of the decoded text become bytes of the file, escapes counted. For a
    /// value that is no string, the value.
    #[must_use]
    pub fn text_place(&self, id: NodeId, part: Span) -> Place {
        let span = match self.node(id).map(|node| &node.kind) {
            Some(Kind::String(text)) => {
                Span::new(self.written(text, part.start, false), self.written(text, part.end, true))
            }
            _ => self.span(id),
        };
        Place { source: self.source, span, pointer: self.pointer(id) }
    }

    /// The byte of the file at which a byte of the decoded text stands. Inside of what an escape stands for, it is
    /// the escape's start, or its end if `end` is asked for.
    fn written(&self, text: &Text, decoded: u32, end: bool) -> u32 {
        let decoded = decoded.min(text.text.1 - text.text.0);
        let escapes = self.escapes.get(text.escapes.range()).unwrap_or_default();
        let before = escapes.partition_point(|escape| escape.decoded.start < decoded + u32::from(!end));
        match before.checked_sub(1).and_then(|last| escapes.get(last)) {
            None => text.body + decoded,
            Some(escape) if decoded >= escape.decoded.end => {
                escape.written.end + (decoded - escape.decoded.end)
            }
            Some(escape) if end => escape.written.end,
            Some(escape) => escape.written.start,
        }
    }

    /// The value as `serde_json` has it. A number is an integer if it is whole, however it was written, and else the
    /// nearest double.
    #[must_use]
    pub fn to_value(&self, id: NodeId) -> Value {
        match self.view(id) {
            View::Null => Value::Null,
            View::Bool(value) => Value::Bool(value),
            View::Number(raw) => number(raw).map_or(Value::Null, Value::Number),
            View::String(text) => Value::String(text.to_owned()),
            View::Array => Value::Array(self.items(id).map(|item| self.to_value(item)).collect()),
            View::Object => Value::Object(
                self.entries(id)
                    .map(|(name, value)| (name.to_owned(), self.to_value(value)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// The exact value of a number; none if it is not one or has more digits than a [`Decimal`] keeps.
    #[must_use]
    pub fn decimal(&self, id: NodeId) -> Option<Decimal> {
        match self.view(id) {
            View::Number(raw) => decimal::decimal(raw),
            _ => None,
        }
    }

    /// Whether a member has a name: most are told apart by their length alone.
    fn is_named(&self, id: NodeId, name: &str) -> bool {
        self.name_of(id).is_some_and(|known| {
            known.text.range().len() == name.len()
                && self.texts.as_bytes().get(known.text.range()) == Some(name.as_bytes())
        })
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    pub(super) fn slice(&self, slice: Slice) -> &str {
        self.texts.get(slice.range()).unwrap_or("")
    }

    fn name_of(&self, id: NodeId) -> Option<&Name> {
        self.names.get(self.node(id)?.name? as usize)
    }
}

fn number(raw: &str) -> Option<Number> {
    if let Ok(whole) = raw.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = raw.parse::<u64>() {
        return Some(whole.into());
    }
    let exact = decimal::decimal(raw).filter(Decimal::is_integer);
    if let Some(whole) = exact.and_then(|exact| i64::try_from(exact).ok()) {
        return Some(whole.into());
    }
    raw.parse::<f64>().ok().and_then(Number::from_f64)
}

/// Adds a name to a JSON Pointer.
pub(super) fn push_name(pointer: &mut String, name: &str) {
    pointer.push('/');
    for character in name.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            character => pointer.push(character),
        }
    }
}

/// Adds an index to a JSON Pointer.
pub(super) fn push_index(pointer: &mut String, index: usize) {
    pointer.push('/');
    pointer.push_str(&index.to_string());
}

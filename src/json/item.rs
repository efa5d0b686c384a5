use super::{Document, NodeId, View};
use crate::diagnostic::{Place, Span};
use crate::value::Decimal;

/// A JSON value together with the document in which it stands: what reading and compiling walk over.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    document: &'a Document,
    id: NodeId,
}

impl<'a> Item<'a> {
    /// The whole document; none if nothing could be read.
    #[must_use]
    pub fn root(document: &'a Document) -> Option<Self> {
        document.root().map(|id| Self { document, id })
    }

    /// A value of a document: of this one, since an id of another names something else.
    pub(crate) const fn at(document: &'a Document, id: NodeId) -> Self {
        Self { document, id }
    }

    /// By which the document names it.
    pub(crate) const fn node(self) -> NodeId {
        self.id
    }

    /// The value of an object's member.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        self.document.get(self.id, name).map(|id| Self { document: self.document, id })
    }

    /// What it is.
    #[must_use]
    pub fn view(self) -> View<'a> {
        self.document.view(self.id)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        match self.view() {
            View::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self.view() {
            View::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The exact number, if it is one.
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        self.document.decimal(self.id)
    }

    /// The number, if it is a whole one that fits.
    #[must_use]
    pub fn whole(self) -> Option<u32> {
        let number = self.decimal()?;
        if number.is_integer() { u32::try_from(number).ok() } else { None }
    }

    /// The text of a member.
    #[must_use]
    pub fn text_of(self, name: &str) -> Option<&'a str> {
        self.get(name)?.text()
    }

    /// Whether a member is `true`.
    #[must_use]
    pub fn flag(self, name: &str) -> bool {
        self.get(name).and_then(Self::boolean).unwrap_or(false)
    }

    /// The texts of a member that is a list; others in it are passed over.
    #[must_use]
    pub fn texts_of(self, name: &str) -> Vec<&'a str> {
        self.get(name).map(|list| list.items().filter_map(Self::text).collect()).unwrap_or_default()
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        matches!(self.view(), View::Object)
    }

    /// The elements, if it is an array.
    pub fn items(self) -> impl Iterator<Item = Self> + 'a {
        self.document.items(self.id).map(move |id| Self { document: self.document, id })
    }

    /// The members in document order, if it is an object.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Self)> + 'a {
        self.document.entries(self.id).map(move |(name, id)| (name, Self { document: self.document, id }))
    }

    /// Where it stands.
    #[must_use]
    pub fn place(self) -> Place {
        self.document.place(self.id)
    }

    /// Where the name of the member stands whose value it is.
    #[must_use]
    pub fn key_place(self) -> Place {
        self.document.key_place(self.id)
    }

    /// Where a part of its text stands; the span counts bytes of the text as it is after escapes.
    #[must_use]
    pub fn text_place(self, span: Span) -> Place {
        self.document.text_place(self.id, span)
    }

    /// JSON Pointer of its place.
    #[must_use]
    pub fn pointer(self) -> String {
        self.document.pointer(self.id)
    }

    /// The value without its places.
    #[must_use]
    pub fn to_value(self) -> serde_json::Value {
        self.document.to_value(self.id)
    }
}

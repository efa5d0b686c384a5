//! Arrays and objects while they are written.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::Error;

use super::text::{by_utf16, write_text};
use super::writer::Writer;

/// An array that is open.
pub(super) struct Items<'w, 'o> {
    writer: &'w mut Writer<'o>,
    /// What is written at its end.
    close: &'static str,
    any: bool,
}

impl<'w, 'o> Items<'w, 'o> {
    pub(super) fn open(writer: &'w mut Writer<'o>, close: &'static str) -> Self {
        writer.out.push('[');
        Self { writer, close, any: false }
    }
}

impl SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if std::mem::replace(&mut self.any, true) {
            self.writer.out.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.writer.out.push_str(self.close);
        Ok(())
    }
}

/// serde tells several kinds of sequences apart; JSON has one.
macro_rules! as_a_sequence {
    ($($kind:ident :: $add:ident),* $(,)?) => {
        $(impl $kind for Items<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                SerializeSeq::serialize_element(self, value)
            }

            fn end(self) -> Result<(), Error> {
                SerializeSeq::end(self)
            }
        })*
    };
}

as_a_sequence! {
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// Where the name of a member stands in the output, with its quotes.
#[derive(Clone, Copy)]
pub(super) struct Name {
    start: usize,
    end: usize,
}

impl Name {
    /// As it was written, without the quotes.
    fn raw(self, out: &[u8]) -> &[u8] {
        out.get(self.start + 1..self.end.saturating_sub(1)).unwrap_or_default()
    }

    fn order(self, other: Self, out: &str) -> Ordering {
        let (a, b) = (self.raw(out.as_bytes()), other.raw(out.as_bytes()));
        order_of_plain(a, b).unwrap_or_else(|| by_utf16(&read(a), &read(b)))
    }
}

/// The order of two names, where the first byte in which they differ tells it: nearly always.
fn order_of_plain(a: &[u8], b: &[u8]) -> Option<Ordering> {
    for (&a, &b) in a.iter().zip(b) {
        match (a, b) {
            (b'\\', _) | (_, b'\\') => return None,
            _ if a == b => {}
            _ if a.is_ascii() && b.is_ascii() => return Some(a.cmp(&b)),
            _ => return None,
        }
    }
    Some(a.len().cmp(&b.len()))
}

/// A name without escapes.
fn read(raw: &[u8]) -> Cow<'_, str> {
    match raw.contains(&b'\\') {
        true => serde_json::from_slice::<String>(&[b"\"", raw, b"\""].concat()).unwrap_or_default().into(),
        false => str::from_utf8(raw).unwrap_or_default().into(),
    }
}

/// An object that is open. Its members are written as they come, and put into order at its end where they did not come
/// in order.
pub(super) struct Members<'w, 'o> {
    writer: &'w mut Writer<'o>,
    /// What is written at its end.
    close: &'static str,
    /// Its first among the names.
    first: usize,
    /// Where its members begin in the output.
    body: usize,
    in_order: bool,
    /// The name of the member before, in a structure: it need not be read back.
    field: &'static str,
}

impl<'w, 'o> Members<'w, 'o> {
    pub(super) fn open(writer: &'w mut Writer<'o>, close: &'static str) -> Self {
        writer.out.push('{');
        let (first, body) = (writer.names.len(), writer.out.len());
        Self { writer, close, first, body, in_order: true, field: "" }
    }

    /// Where the next name begins, after the comma that comes before it.
    fn next(&mut self) -> usize {
        if self.writer.out.len() > self.body {
            self.writer.out.push(',');
        }
        self.writer.out.len()
    }

    /// The name of the member before.
    fn last(&self) -> Option<Name> {
        self.writer.names.get(self.first..)?.last().copied()
    }

    /// Takes note of a name that was written, and writes the colon after it.
    fn named(&mut self, name: Name) {
        self.writer.names.push(name);
        self.writer.out.push(':');
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        let start = self.next();
        write_text(name, self.writer.out);
        let order = order_of_plain(self.field.as_bytes(), name.as_bytes());
        self.in_order &= order.unwrap_or_else(|| by_utf16(self.field, name)) != Ordering::Greater;
        self.field = name;
        self.named(Name { start, end: self.writer.out.len() });
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        let Writer { out, names } = self.writer;
        if !self.in_order {
            let sorted = sorted(names.get(self.first..).unwrap_or_default(), out);
            out.truncate(self.body);
            out.push_str(&sorted);
        }
        names.truncate(self.first);
        out.push_str(self.close);
    }
}

/// The members that stand at the end of the output, in order.
fn sorted(names: &[Name], out: &str) -> String {
    let ends = names.iter().skip(1).map(|next| next.start.saturating_sub(1)).chain([out.len()]);
    let mut members: Vec<(Name, &str)> = names
        .iter()
        .zip(ends)
        .map(|(name, end)| (*name, out.get(name.start..end).unwrap_or_default()))
        .collect();
    members.sort_by(|(a, _), (b, _)| a.order(*b, out));
    let members: Vec<&str> = members.into_iter().map(|(_, member)| member).collect();
    members.join(",")
}

impl SerializeMap for Members<'_, '_> {
    type Ok = ();
    type Error = Error;

    /// A name is a text, or a number or a truth value that is written as one.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let start = self.next();
        key.serialize(&mut *self.writer)?;
        match self.writer.out.as_bytes().get(start) {
            Some(b'"') => {}
            Some(b'[' | b'{' | b'n') | None => return Err(Error::custom("a name is a text")),
            Some(_) => {
                self.writer.out.insert(start, '"');
                self.writer.out.push('"');
            }
        }
        let name = Name { start, end: self.writer.out.len() };
        let before = self.last();
        self.in_order &= before.is_none_or(|last| last.order(name, self.writer.out) != Ordering::Greater);
        self.named(name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Members<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStructVariant for Members<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

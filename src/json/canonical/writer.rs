use std::cmp::Ordering;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::{Error, Number};

use super::number::{write_float, write_number};
use super::text::{by_utf16, write_text};

/// Writes canonical JSON straight from what serializes. The members of an object are written as they come and put
/// into order at its end, where they are not in order already.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    /// The members of the objects that are open, the outermost first.
    members: Vec<Member>,
    /// Where members are put into order; kept for the next object.
    spare: String,
}

/// Where a member of an object stands in the output.
#[derive(Clone, Copy)]
struct Member {
    start: usize,
    /// The end of its name, with the quotes.
    named: usize,
    end: usize,
}

impl Writer {
    pub(super) fn into_text(self) -> String {
        self.out
    }

    /// The name of a member as it is compared: without quotes and escapes.
    fn name(&self, member: Member) -> std::borrow::Cow<'_, str> {
        let quoted = self.out.get(member.start..member.named).unwrap_or_default();
        let raw = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
        match raw.contains('\\') {
            true => serde_json::from_str::<String>(quoted).unwrap_or_default().into(),
            false => raw.into(),
        }
    }

    fn order(&self, a: Member, b: Member) -> Ordering {
        by_utf16(&self.name(a), &self.name(b))
    }

    /// Puts the members from `first` on, whose text begins at `body`, into order, and forgets them.
    fn sort(&mut self, first: usize, body: usize) {
        let members = self.members.get(first..).unwrap_or_default();
        let sorted = members.windows(2).all(|pair| match pair {
            [a, b] => self.order(*a, *b) != Ordering::Greater,
            _ => true,
        });
        if !sorted {
            let mut members = members.to_vec();
            members.sort_by(|a, b| self.order(*a, *b));
            let mut spare = std::mem::take(&mut self.spare);
            for member in members {
                if !spare.is_empty() {
                    spare.push(',');
                }
                spare.push_str(self.out.get(member.start..member.end).unwrap_or_default());
            }
            self.out.truncate(body);
            self.out.push_str(&spare);
            spare.clear();
            self.spare = spare;
        }
        self.members.truncate(first);
    }

    fn list(&mut self, close: &'static str) -> List<'_> {
        self.out.push('[');
        List { writer: self, empty: true, close }
    }

    fn object(&mut self, close: &'static str) -> Object<'_> {
        self.out.push('{');
        let (first, body) = (self.members.len(), self.out.len());
        Object { first, body, start: body, named: body, writer: self, close }
    }

    /// The object that a variant of an enumeration is written as, up to its value.
    fn variant(&mut self, name: &str) {
        self.out.push('{');
        write_text(name, &mut self.out);
        self.out.push(':');
    }
}

/// An array that is open.
pub(super) struct List<'w> {
    writer: &'w mut Writer,
    empty: bool,
    close: &'static str,
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if !std::mem::take(&mut self.empty) {
            self.writer.out.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.out.push_str(self.close);
    }
}

/// An object that is open.
pub(super) struct Object<'w> {
    writer: &'w mut Writer,
    first: usize,
    body: usize,
    /// The name that waits for its value.
    start: usize,
    named: usize,
    close: &'static str,
}

impl Object<'_> {
    fn name<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        if self.writer.members.len() > self.first {
            self.writer.out.push(',');
        }
        self.start = self.writer.out.len();
        name.serialize(&mut *self.writer)?;
        self.named = self.writer.out.len();
        if self.writer.out.as_bytes().get(self.start) != Some(&b'"') {
            return Err(Error::custom("a name in JSON is a text"));
        }
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)?;
        let end = self.writer.out.len();
        self.writer.members.push(Member { start: self.start, named: self.named, end });
        Ok(())
    }

    fn close(self) {
        self.writer.sort(self.first, self.body);
        self.writer.out.push_str(self.close);
    }
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'w>;
    type SerializeTuple = List<'w>;
    type SerializeTupleStruct = List<'w>;
    type SerializeTupleVariant = List<'w>;
    type SerializeMap = Object<'w>;
    type SerializeStruct = Object<'w>;
    type SerializeStructVariant = Object<'w>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        write_number(&Number::from(value), &mut self.out);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        write_number(&Number::from(value), &mut self.out);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        match value.is_finite() {
            true => write_float(value, &mut self.out),
            false => self.out.push_str("null"),
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        write_text(value, &mut self.out);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        let mut list = self.list("]");
        value.iter().try_for_each(|byte| list.item(byte))?;
        list.close();
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Error> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w>, Error> {
        Ok(self.list("]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w>, Error> {
        Ok(self.list("]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'w>, Error> {
        Ok(self.list("]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<List<'w>, Error> {
        self.variant(name);
        Ok(self.list("]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'w>, Error> {
        Ok(self.object("}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'w>, Error> {
        Ok(self.object("}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Object<'w>, Error> {
        self.variant(name);
        Ok(self.object("}}"))
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeTupleStruct for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeTupleVariant for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.name(name)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.name(name)?;
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.name(name)?;
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::json;

    use crate::json::canonical::{of, to_string};

    #[derive(Serialize)]
    enum Kind {
        Plain,
        One(u8),
        Two(u8, bool),
        Named { z: f64, a: char },
    }

    #[derive(Serialize)]
    struct Mixed {
        z: Option<u8>,
        kinds: Vec<Kind>,
        #[serde(skip_serializing_if = "Option::is_none")]
        gone: Option<u8>,
        a: BTreeMap<String, i64>,
        #[serde(flatten)]
        more: BTreeMap<String, (u8, String)>,
    }

    #[test]
    fn members_are_in_order_at_every_depth_whatever_the_type() {
        let mixed = Mixed {
            z: None,
            kinds: vec![Kind::Plain, Kind::One(1), Kind::Two(2, true), Kind::Named { z: 0.5, a: '\n' }],
            gone: None,
            a: [("\u{10000}".to_owned(), 1), ("\u{e000}".to_owned(), -2), ("b\"".to_owned(), 30)].into(),
            more: [("m".to_owned(), (4, "x".to_owned()))].into(),
        };
        let expected = "{\"a\":{\"b\\\"\":30,\"\u{10000}\":1,\"\u{e000}\":-2},\"kinds\":[\"Plain\",{\"One\":1},\
                        {\"Two\":[2,true]},{\"Named\":{\"a\":\"\\n\",\"z\":0.5}}],\"m\":[4,\"x\"],\"z\":null}";
        assert_eq!(of(&mixed).unwrap(), expected);
        assert_eq!(to_string(&serde_json::to_value(&mixed).unwrap()), expected);
    }

    #[test]
    fn an_empty_object_and_names_that_need_escapes() {
        let value = json!({"b": {}, "\u{1}": [], "\"": null, "a\\": "\u{1f}\t中"});
        let expected = "{\"\\u0001\":[],\"\\\"\":null,\"a\\\\\":\"\\u001f\\t中\",\"b\":{}}";
        assert_eq!(to_string(&value), expected);
    }

    #[test]
    fn a_name_that_is_no_text_is_an_error() {
        assert!(of(&BTreeMap::from([(1, 2)])).is_err());
    }
}

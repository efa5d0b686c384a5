use std::fmt::{self, Display};

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Error;

use super::members::{Items, Members, Name};
use super::number::{write_float, write_whole};
use super::text::{write_escaped, write_text};

/// Writes whatever serializes, as canonical JSON.
///
/// It is a serializer of its own: a formatter of the one in `serde_json` is not told what it writes, so that every
/// text is looked through byte by byte, every name is read back from what was written to see where it belongs, and the
/// bytes are checked to be text in the end. That took half as long again.
pub(super) struct Writer<'o> {
    pub(super) out: &'o mut String,
    /// The names of the objects that are open, the outermost first.
    pub(super) names: Vec<Name>,
}

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        Self { out, names: Vec::new() }
    }

    /// Opens an object with one member, which is its variant, and writes its name.
    fn variant(&mut self, variant: &str) {
        self.out.push('{');
        write_text(variant, self.out);
        self.out.push(':');
    }
}

impl<'w, 'o> Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'w, 'o>;
    type SerializeTuple = Items<'w, 'o>;
    type SerializeTupleStruct = Items<'w, 'o>;
    type SerializeTupleVariant = Items<'w, 'o>;
    type SerializeMap = Members<'w, 'o>;
    type SerializeStruct = Members<'w, 'o>;
    type SerializeStructVariant = Members<'w, 'o>;

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
        if value < 0 {
            self.out.push('-');
        }
        self.serialize_u64(value.unsigned_abs())
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
        write_whole(value, self.out);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        write_float(value, self.out);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        write_text(value, self.out);
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.out.push('"');
        fmt::write(&mut Escaping(self.out), format_args!("{value}")).map_err(Error::custom)?;
        self.out.push('"');
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
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

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
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
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'w, 'o>, Error> {
        Ok(Items::open(self, "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'w, 'o>, Error> {
        Ok(Items::open(self, "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'w, 'o>, Error> {
        Ok(Items::open(self, "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'w, 'o>, Error> {
        self.variant(variant);
        Ok(Items::open(self, "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'w, 'o>, Error> {
        Ok(Members::open(self, "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'w, 'o>, Error> {
        Ok(Members::open(self, "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'w, 'o>, Error> {
        self.variant(variant);
        Ok(Members::open(self, "}}"))
    }
}

/// Escapes what is formatted.
struct Escaping<'o>(&'o mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_escaped(text, self.0);
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
    fn names_that_begin_alike_are_in_order() {
        let value = json!({"answers": 1, "answers_hash": 2, "answers_": 3, "answer": 4, "\u{ffff}": 5, "\u{e000}x": 6,
            "\u{10000}": 7, "a\u{0}": 8, "a": 9, "a b": 10, "informants": 11, "informant": 12});
        let mut names: Vec<&String> = value.as_object().unwrap().keys().collect();
        names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        let members: Vec<String> =
            names.into_iter().map(|name| format!("{}:{}", json!(name), value[name])).collect();
        assert_eq!(to_string(&value), format!("{{{}}}", members.join(",")));
    }

    #[test]
    fn a_name_is_a_text_or_is_written_as_one() {
        assert_eq!(of(&BTreeMap::from([(10, 2), (9, 1)])).unwrap(), r#"{"10":2,"9":1}"#);
        assert!(of(&BTreeMap::from([(vec![1], 2)])).is_err());
    }

    #[test]
    fn numbers_of_every_kind_are_written_alike() {
        let numbers = (1_u64, 1_i8, 1.0_f64, 1.0_f32, 1_u64 << 60, f64::NAN, -3.5_f32);
        assert_eq!(of(&numbers).unwrap(), "[1,1,1,1,1152921504606847000,null,-3.5]");
    }
}

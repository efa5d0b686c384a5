use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::io;

use serde_json::ser::Formatter;

use super::number::{EXACT, write_float};
use super::text::by_utf16;

/// What is written so far; the serializer of `serde_json` and the [`Order`] that it asks both write here.
#[derive(Default)]
pub(super) struct Output(RefCell<Vec<u8>>);

impl Output {
    pub(super) fn into_text(self) -> String {
        // `serde_json` writes nothing but texts.
        String::from_utf8(self.0.into_inner()).unwrap_or_default()
    }

    fn len(&self) -> usize {
        self.0.borrow().len()
    }

    fn push(&self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }

    fn float(&self, value: f64) {
        let mut text = String::new();
        write_float(value, &mut text);
        self.push(text.as_bytes());
    }
}

impl io::Write for &Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lays out numbers as ECMAScript does. The members of an object are written as they come and put into order at its
/// end, where they are not in order already.
pub(super) struct Order<'o> {
    output: &'o Output,
    /// The members of the objects that are open, the outermost first.
    members: Vec<Member>,
    open: Vec<Open>,
    /// Where members are put into order; kept for the next object.
    spare: Vec<u8>,
}

/// Where a member of an object stands in the output.
#[derive(Clone, Copy, Default)]
struct Member {
    start: usize,
    /// The end of its name, with the quotes.
    named: usize,
    end: usize,
    /// The first eight bytes of a name that compares as its bytes do, which settles nearly every comparison; none of
    /// a name with escapes or with characters beyond U+FFFF.
    key: Option<u64>,
}

impl Member {
    /// Its name as it was written, without the quotes.
    fn raw(self, out: &[u8]) -> &[u8] {
        out.get(self.start + 1..self.named.saturating_sub(1)).unwrap_or_default()
    }

    /// Its name without escapes.
    fn name(self, out: &[u8]) -> Cow<'_, str> {
        let raw = self.raw(out);
        match raw.contains(&b'\\') {
            true => {
                let quoted = out.get(self.start..self.named).unwrap_or_default();
                serde_json::from_slice::<String>(quoted).unwrap_or_default().into()
            }
            false => std::str::from_utf8(raw).unwrap_or_default().into(),
        }
    }

    fn order(self, other: Self, out: &[u8]) -> Ordering {
        match (self.key, other.key) {
            (Some(a), Some(b)) => a.cmp(&b).then_with(|| self.raw(out).cmp(other.raw(out))),
            _ => by_utf16(&self.name(out), &other.name(out)),
        }
    }
}

/// What [`Member::key`] is for a name as it was written. Up to U+FFFF the order of bytes is that of UTF-16 units, and
/// zeros after a short name come before whatever a longer one goes on with.
fn key(raw: &[u8]) -> Option<u64> {
    if raw.iter().any(|&byte| byte == b'\\' || byte >= 0xf0) {
        return None;
    }
    let mut first = [0; 8];
    first.iter_mut().zip(raw).for_each(|(to, from)| *to = *from);
    Some(u64::from_be_bytes(first))
}

/// An object that is open.
struct Open {
    /// Its first among the members.
    first: usize,
    body: usize,
    /// The member that waits for its value.
    member: Member,
}

impl<'o> Order<'o> {
    pub(super) fn new(output: &'o Output) -> Self {
        Self { output, members: Vec::new(), open: Vec::new(), spare: Vec::new() }
    }

    /// Puts the members of an object into order, and forgets them.
    fn sort(&mut self, object: &Open) {
        let out = &mut *self.output.0.borrow_mut();
        let members = self.members.get_mut(object.first..).unwrap_or_default();
        if !members.is_sorted_by(|a, b| a.order(*b, out) != Ordering::Greater) {
            members.sort_by(|a, b| a.order(*b, out));
            for member in &*members {
                if !self.spare.is_empty() {
                    self.spare.push(b',');
                }
                self.spare.extend_from_slice(out.get(member.start..member.end).unwrap_or_default());
            }
            out.truncate(object.body);
            out.append(&mut self.spare);
        }
        self.members.truncate(object.first);
    }
}

impl Formatter for Order<'_> {
    fn write_i64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        match value.unsigned_abs() < EXACT {
            true => write!(writer, "{value}"),
            #[allow(clippy::cast_precision_loss, reason = "RFC 8785 asks for the nearest double")]
            false => self.write_f64(writer, value as f64),
        }
    }

    fn write_u64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        match value < EXACT {
            true => write!(writer, "{value}"),
            #[allow(clippy::cast_precision_loss, reason = "RFC 8785 asks for the nearest double")]
            false => self.write_f64(writer, value as f64),
        }
    }

    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        self.write_f64(writer, value.into())
    }

    fn write_f64<W: io::Write + ?Sized>(&mut self, _: &mut W, value: f64) -> io::Result<()> {
        self.output.float(value);
        Ok(())
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.output.push(b"{");
        let (first, body) = (self.members.len(), self.output.len());
        self.open.push(Open { first, body, member: Member::default() });
        Ok(())
    }

    fn begin_object_key<W: io::Write + ?Sized>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        if !first {
            self.output.push(b",");
        }
        if let Some(object) = self.open.last_mut() {
            object.member.start = self.output.len();
        }
        Ok(())
    }

    fn end_object_key<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(object) = self.open.last_mut() {
            let out = self.output.0.borrow();
            object.member.named = out.len();
            object.member.key = key(object.member.raw(&out));
        }
        Ok(())
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(object) = self.open.last() {
            self.members.push(Member { end: self.output.len(), ..object.member });
        }
        Ok(())
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(object) = self.open.pop() {
            self.sort(&object);
        }
        self.output.push(b"}");
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

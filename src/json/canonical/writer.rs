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
        if !members.is_sorted_by(|a, b| compare(out, *a, *b) != Ordering::Greater) {
            members.sort_by(|a, b| compare(out, *a, *b));
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

fn compare(out: &[u8], a: Member, b: Member) -> Ordering {
    by_utf16(&name(out, a), &name(out, b))
}

/// The name of a member as it is compared: without quotes and escapes.
fn name(out: &[u8], member: Member) -> std::borrow::Cow<'_, str> {
    let quoted = out.get(member.start..member.named).unwrap_or_default();
    let raw = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    match raw.contains(&b'\\') {
        true => serde_json::from_slice::<String>(quoted).unwrap_or_default().into(),
        false => std::str::from_utf8(raw).unwrap_or_default().into(),
    }
}

impl Formatter for Order<'_> {
    fn write_i64<W: io::Write + ?Sized>(&mut self, _: &mut W, value: i64) -> io::Result<()> {
        match value.unsigned_abs() < EXACT {
            true => self.output.push(value.to_string().as_bytes()),
            #[allow(clippy::cast_precision_loss, reason = "RFC 8785 asks for the nearest double")]
            false => self.output.float(value as f64),
        }
        Ok(())
    }

    fn write_u64<W: io::Write + ?Sized>(&mut self, _: &mut W, value: u64) -> io::Result<()> {
        match value < EXACT {
            true => self.output.push(value.to_string().as_bytes()),
            #[allow(clippy::cast_precision_loss, reason = "RFC 8785 asks for the nearest double")]
            false => self.output.float(value as f64),
        }
        Ok(())
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
            object.member.named = self.output.len();
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

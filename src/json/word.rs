//! Words without quotes: `true`, `false`, `null`, and what people write in their place.

use super::document::{Kind, NodeId, Slice, Text};
use super::reader::{Reader, offset};
use crate::diagnostic::codes;

impl Reader<'_> {
    /// A value that begins here with a letter.
    #[inline(never)]
    pub(super) fn word_value(&mut self) -> NodeId {
        let start = self.at;
        let word = self.word();
        match word {
            "true" => return self.add(Kind::Bool(true), start),
            "false" => return self.add(Kind::Bool(false), start),
            "null" => return self.add(Kind::Null, start),
            _ => {}
        }
        let other = match word {
            "True" | "TRUE" => Some((Kind::Bool(true), "write `true`")),
            "False" | "FALSE" => Some((Kind::Bool(false), "write `false`")),
            "Null" | "NULL" | "None" | "nil" | "undefined" => Some((Kind::Null, "write `null`")),
            "NaN" | "Infinity" | "Inf" | "inf" | "nan" => {
                let zero = self.keep("0");
                Some((Kind::Number(zero), "JSON has no such number; leave the name out"))
            }
            _ => None,
        };
        if let Some((kind, help)) = other {
            self.fault(codes::JSON_SYNTAX, self.span_from(start), "JSON does not know this word", Some(help));
            return self.add(kind, start);
        }
        // Words in a row are one text that lacks its quotes, not several faults.
        let rest = self.rest();
        let end = rest.find([',', '}', ']', '"', ':', '\n', '\r']).unwrap_or(rest.len());
        let end = rest.get(..end).unwrap_or("").trim_end().len();
        self.at += end;
        let text = self.bare_text(start);
        let help = "write it in double quotes, or as `true`, `false` or `null`";
        self.fault(codes::JSON_SYNTAX, self.span_from(start), "a text without quotes", Some(help));
        self.add(Kind::String(text), start)
    }

    /// A name without quotes.
    pub(super) fn bare_name(&mut self) -> Text {
        let start = self.at;
        let _ = self.word();
        let text = self.bare_text(start);
        let message = "a name without quotes";
        self.fault(codes::JSON_SYNTAX, self.span_from(start), message, Some("write names in double quotes"));
        text
    }

    /// What was passed over since `start`, as a text.
    fn bare_text(&mut self, start: usize) -> Text {
        let text = self.text.get(start..self.at).unwrap_or("");
        Text { text: self.keep(text), body: offset(start), escapes: Slice::default() }
    }
}

impl<'t> Reader<'t> {
    /// Passes over the letters, digits and joining marks that stand here.
    fn word(&mut self) -> &'t str {
        let start = self.at;
        let text: &'t str = self.text;
        let rest = text.get(start..).unwrap_or("");
        let joins =
            |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '$');
        let length = rest.find(|character| !joins(character)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }
}

//! Texts: quotes, escapes, and the map from the decoded text back to the file.

use super::document::{Escape, Slice, Text};
use super::plain::plain_length;
use super::reader::{Reader, offset};
use crate::diagnostic::{Span, codes};

impl Reader<'_> {
    /// A text that begins here with a quotation mark of any kind.
    pub(super) fn quoted(&mut self) -> Text {
        let start = self.at;
        let opening = self.peek_char().unwrap_or('"');
        self.at += opening.len_utf8();
        let closing = match opening {
            '\u{201c}' | '\u{201d}' => '\u{201d}',
            '\u{2018}' => '\u{2019}',
            other => other,
        };
        let text = self.text_until(closing, start);
        if opening != '"' {
            let message = "a text stands in straight double quotes";
            self.fault(codes::JSON_STRING, self.span_from(start), message, Some("write \"…\" around it"));
        }
        text
    }

    /// A text in straight quotes without escapes, as nearly all are; none, and nothing is passed over, if it is another.
    fn simple_text(&mut self, closing: char) -> Option<Text> {
        let rest = self.text.get(self.at..).filter(|_| closing == '"')?;
        let plain = rest.get(..plain_length(rest.as_bytes()))?;
        let after = rest.as_bytes().get(plain.len() + 1).copied().unwrap_or(b',');
        if rest.as_bytes().get(plain.len()) != Some(&b'"')
            || after.is_ascii_alphanumeric()
            || !after.is_ascii()
        {
            return None;
        }
        let body = offset(self.at);
        self.at += plain.len() + 1;
        let none = offset(self.document.escapes.len());
        Some(Text { text: self.keep(plain), body, escapes: Slice(none, none) })
    }

    fn text_until(&mut self, closing: char, start: usize) -> Text {
        if let Some(text) = self.simple_text(closing) {
            return text;
        }
        let body = self.at;
        let mut decoded = String::new();
        let first_escape = self.document.escapes.len();
        let mut control = None;
        loop {
            // Up to the next character that is not simply itself.
            let run = self
                .rest()
                .find(|character: char| character == closing || character == '\\' || character < ' ');
            let plain = self.rest().get(..run.unwrap_or(self.rest().len())).unwrap_or("");
            decoded.push_str(plain);
            self.at += plain.len();
            match self.peek_char() {
                None | Some('\n' | '\r') => {
                    self.unclosed(start);
                    break;
                }
                Some(character) if character == closing => {
                    self.at += character.len_utf8();
                    if self.goes_on_after_a_quote() {
                        decoded.push_str(self.swallow_inner_quotes(closing));
                    }
                    break;
                }
                Some('\\') => self.escape(&mut decoded, closing),
                Some(character) => {
                    control.get_or_insert(self.at);
                    decoded.push(character);
                    self.at += character.len_utf8();
                }
            }
        }
        if let Some(at) = control {
            let span = Span::new(offset(at), offset(at + 1));
            let help = "write a tab as \\t and other control characters as \\u00XX";
            self.fault(codes::JSON_STRING, span, "a control character inside of a text", Some(help));
        }
        let escapes = Slice(offset(first_escape), offset(self.document.escapes.len()));
        Text { text: self.keep(&decoded), body: offset(body), escapes }
    }

    fn unclosed(&mut self, start: usize) {
        let help = "close it with \" on the same line; a line break inside of a text is written \\n";
        self.fault(codes::JSON_STRING, self.span_from(start), "the text is not closed", Some(help));
        self.forgive_comma = true;
    }

    /// Whether a letter follows a closing quote directly, as in `"say "hello" now"`.
    fn goes_on_after_a_quote(&self) -> bool {
        self.peek_char().is_some_and(char::is_alphanumeric)
    }

    /// The rest of a text that had quotes inside, up to the last quote of the line that can close it.
    fn swallow_inner_quotes(&mut self, closing: char) -> &str {
        let start = self.at;
        // Bounded, so that a long line of such quotes costs no more than its length.
        let near = self.rest().get(..self.rest().floor_char_boundary(1_000)).unwrap_or("");
        let line = near.lines().next().unwrap_or("");
        let end = line.match_indices(closing).find_map(|(index, quote)| {
            let after = line.get(index + quote.len()..).unwrap_or("").trim_start();
            (after.is_empty() || after.starts_with([',', '}', ']', ':'])).then_some((index, quote.len()))
        });
        let Some((length, quote)) = end else { return "" };
        self.at += length + quote;
        let span = Span::new(offset(start - closing.len_utf8()), offset(start));
        let help = "write a quotation mark inside of a text as \\\"";
        self.fault(codes::JSON_STRING, span, "the text goes on after this quotation mark", Some(help));
        self.text.get(start..start + length).unwrap_or("")
    }

    /// An escape; the reader stands before its backslash.
    fn escape(&mut self, decoded: &mut String, closing: char) {
        let start = self.at;
        let before = decoded.len();
        self.at += 1;
        let Some(character) = self.peek_char() else { return };
        let simple = match character {
            '"' | '\\' | '/' => Some(character),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            other => (other == closing).then_some(other),
        };
        if let Some(simple) = simple {
            self.at += character.len_utf8();
            decoded.push(simple);
        } else if character == 'u' {
            self.at += 1;
            decoded.push(self.unicode_escape(start));
        } else {
            if !matches!(character, '\n' | '\r') {
                self.at += character.len_utf8();
                decoded.push(character);
            }
            let help = "a backslash itself is written \\\\; the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX";
            self.fault(codes::JSON_STRING, self.span_from(start), "JSON has no such escape", Some(help));
        }
        let escape = Escape {
            decoded: Span::new(offset(before), offset(decoded.len())),
            written: self.span_from(start),
        };
        self.document.escapes.push(escape);
    }

    /// The character of `\uXXXX`, or of a pair of them; the reader stands after the `u`.
    fn unicode_escape(&mut self, start: usize) -> char {
        let Some(unit) = self.four_digits() else {
            let message = "`\\u` needs four hexadecimal digits";
            self.fault(codes::JSON_STRING, self.span_from(start), message, None);
            return char::REPLACEMENT_CHARACTER;
        };
        if let Some(character) = char::from_u32(unit) {
            return character;
        }
        let after_first = self.at;
        if (0xd800..0xdc00).contains(&unit) && self.rest().starts_with("\\u") {
            self.at += 2;
            if let Some(low @ 0xdc00..0xe000) = self.four_digits() {
                let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            self.at = after_first;
        }
        let message = "half of a surrogate pair stands for no character";
        self.fault(codes::JSON_STRING, self.span_from(start), message, Some("write the character itself"));
        char::REPLACEMENT_CHARACTER
    }

    /// Four hexadecimal digits, passed over only if all are there.
    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let unit = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

//! What stands between values: blanks, and what people write there although JSON has no place for it.

use super::reader::{Reader, offset};
use crate::diagnostic::{Span, codes};

/// A mark between values, with the bytes that it takes.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// As JSON writes it.
    pub(super) mark: u8,
    length: usize,
}

impl Reader<'_> {
    /// Passes over blanks and, with an error each, comments and blanks that JSON does not know.
    pub(super) fn skip_blanks(&mut self) {
        // Between the values of a text without blanks, there is nothing to pass over.
        if self.peek().is_some_and(|byte| byte.is_ascii_graphic() && byte != b'/' && byte != b'#') {
            return;
        }
        loop {
            let start = self.at;
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            self.at += blanks;
            let rest = self.rest();
            if rest.starts_with("//") || rest.starts_with('#') {
                self.skip_comment(rest.find(['\n', '\r']).unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.skip_comment(rest.find("*/").map_or(rest.len(), |end| end + 2));
            } else {
                let strange = rest.len() - rest.trim_start_matches(strange_blank).len();
                if strange > 0 {
                    let begin = self.at;
                    self.at += strange;
                    let help = "JSON knows the blank, the tab and the line break only";
                    let message = "an unusual blank character";
                    self.fault(codes::JSON_SYNTAX, self.span_from(begin), message, Some(help));
                }
            }
            if self.at == start || self.at_end() {
                return;
            }
        }
    }

    fn skip_comment(&mut self, length: usize) {
        let start = self.at;
        self.at += length;
        let help = "take it out; `description` and `guidance` are places for notes";
        self.fault(codes::JSON_SYNTAX, self.span_from(start), "JSON has no comments", Some(help));
    }

    /// The comma, colon or closing bracket that stands here, also as a Chinese keyboard writes it.
    pub(super) fn mark(&self) -> Option<Mark> {
        let character = self.peek_char()?;
        let mark = match character {
            ',' | '\u{ff0c}' | '\u{3001}' | ';' | '\u{ff1b}' => b',',
            ':' | '\u{ff1a}' | '=' => b':',
            '}' => b'}',
            ']' => b']',
            _ => return None,
        };
        Some(Mark { mark, length: character.len_utf8() })
    }

    /// Passes over a mark; an error if it is not written as JSON writes it.
    pub(super) fn take(&mut self, mark: Mark) {
        let start = self.at;
        let written = self.peek();
        self.at += mark.length;
        if written != Some(mark.mark) {
            let span = Span::new(offset(start), offset(self.at));
            let (code, message) = match mark.mark {
                b',' => (codes::JSON_COMMA, "this should be a comma: `,`"),
                _ => (codes::JSON_SYNTAX, "this should be a colon: `:`"),
            };
            let help =
                if mark.length > 1 { "switch the keyboard to Latin punctuation" } else { "replace it" };
            self.fault(code, span, message, Some(help));
        }
    }
}

fn strange_blank(character: char) -> bool {
    let zero_width = matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}');
    zero_width || (character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n' | '\r'))
}

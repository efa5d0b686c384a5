use std::cmp::Ordering;

use crate::json::plain::plain_length;

/// Writes a text in quotes, with no more escapes than JSON asks for.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    write_escaped(text, out);
    out.push('"');
}

/// Writes a text without quotes, with no more escapes than JSON asks for.
pub(super) fn write_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    // What is escaped is one byte, and never a part of a longer character.
    while let Some((plain, special)) = rest.split_at_checked(plain_length(rest.as_bytes())) {
        out.push_str(plain);
        let mut characters = special.chars();
        let Some(character) = characters.next() else { return };
        write_escape(character, out);
        rest = characters.as_str();
    }
}

fn write_escape(character: char, out: &mut String) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        control => {
            out.push_str("\\u00");
            let code = u32::from(control);
            out.extend([code >> 4, code & 0xf].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
        }
    }
}

/// The order of names: beyond U+FFFF that of UTF-16 is not that of code points, for surrogates come before U+E000.
pub(super) fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

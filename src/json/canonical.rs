//! One way of writing each value (RFC 8785), so that equal records have equal bytes and equal hashes.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// The canonical text of a value: no blanks, names in the order of their UTF-16 units, numbers as ECMAScript writes
/// them, text with no more escapes than JSON asks for.
///
/// Whole numbers beyond 2^53 are written as the double that is nearest to them, as RFC 8785 demands: a number that
/// must keep more digits does not belong into JSON.
#[must_use]
pub fn to_string(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

// `serde_json` reads no deeper than 128, and our own documents neither, so that this may call itself.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| by_utf16(a, b));
            out.push('{');
            for (index, (name, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

/// Beyond U+FFFF the order of UTF-16 is not that of code points: surrogates come before U+E000.
fn by_utf16(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

fn write_number(number: &Number, out: &mut String) {
    // A JSON number is finite, so that this is never the `None` of an infinite one.
    let float = number.as_f64().unwrap_or(0.0);
    out.push_str(ryu_js::Buffer::new().format_finite(float));
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                let code = u32::from(character);
                out.extend(
                    [code >> 4, code & 0xf].into_iter().filter_map(|digit| char::from_digit(digit, 16)),
                );
            }
            character => out.push(character),
        }
    }
    out.push('"');
}

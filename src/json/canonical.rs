//! One way of writing each value (RFC 8785), so that equal records have equal bytes and equal hashes.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Item, View};

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

/// The canonical text of a value in a document, as if it had been read by `serde_json` and written. The values are
/// not made on the way, which for a whole questionnaire took a quarter of the time of compiling it.
#[must_use]
pub fn item_to_string(item: Item<'_>) -> String {
    let mut out = String::new();
    write_item(item, &mut out);
    out
}

/// The canonical text of an array whose elements are written already.
pub(crate) fn array(items: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("[");
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&item);
    }
    out.push(']');
    out
}

/// The canonical text of an object whose values are written already; no name stands twice.
pub(crate) fn object(mut members: Vec<(&str, String)>) -> String {
    members.sort_by(|(a, _), (b, _)| by_utf16(a, b));
    let mut out = String::from("{");
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(name, &mut out);
        out.push(':');
        out.push_str(&value);
    }
    out.push('}');
    out
}

/// The canonical text of a text.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_text(text, &mut out);
    out
}

// A document is nested no deeper than `MAX_DEPTH`.
fn write_item(item: Item<'_>, out: &mut String) {
    match item.view() {
        View::Null => out.push_str("null"),
        View::Bool(true) => out.push_str("true"),
        View::Bool(false) => out.push_str("false"),
        // Most are small and whole, and stand in the file as they are written.
        View::Number(raw) if is_small_and_whole(raw) => out.push_str(raw),
        View::Number(_) => write(&item.to_value(), out),
        View::String(text) => write_text(text, out),
        View::Array => {
            out.push('[');
            for (index, item) in item.items().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_item(item, out);
            }
            out.push(']');
        }
        View::Object => {
            let mut sorted: Vec<(&str, Item<'_>)> = item.entries().collect();
            sorted.sort_by(|(a, _), (b, _)| by_utf16(a, b));
            out.push('{');
            for (index, (name, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write_item(value, out);
            }
            out.push('}');
        }
    }
}

/// Whether a number as it stands in a file is a whole one below 10^15 without a sign, a point or a zero in front.
fn is_small_and_whole(raw: &str) -> bool {
    raw.len() <= 15
        && raw.bytes().all(|byte| byte.is_ascii_digit())
        && (raw.len() == 1 || !raw.starts_with('0'))
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
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// The canonical text of a number.
#[must_use]
pub fn number_text(number: &Number) -> String {
    let mut out = String::new();
    write_number(number, &mut out);
    out
}

/// The fewest digits that read back as the same double and, of those, the nearest to it; of two that are equally near
/// the even one, which the standard library leaves open.
fn shortest(float: f64) -> String {
    let short = format!("{float:e}");
    let digits = short.bytes().take_while(|&byte| byte != b'e').filter(u8::is_ascii_digit).count();
    let nearest = format!("{float:.*e}", digits.saturating_sub(1));
    // At a power of two the nearest can belong to the double below.
    if nearest.parse() == Ok(float) { nearest } else { short }
}

/// Writes a number as ECMAScript does: the fewest digits that read back as the same double, laid out by
/// `Number::toString`. The digits are those of the standard library's `{:e}`, which is linked in any case; `ryu-js`,
/// which does the same faster, brings tables of 10 kB that no compression makes smaller. The tests hold the two together.
fn write_number(number: &Number, out: &mut String) {
    // A JSON number is finite, so that this is never the `None` of an infinite one.
    let float = number.as_f64().unwrap_or(0.0);
    if float == 0.0 {
        out.push('0');
        return;
    }
    let scientific = shortest(float.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(|&digit| digit != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if float < 0.0 {
        out.push('-');
    }
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| std::iter::repeat_n('0', usize::try_from(count).unwrap_or(0));
    match exponent {
        0..=20 if count <= exponent + 1 => {
            out.push_str(&digits);
            out.extend(zeros(exponent + 1 - count));
        }
        0..=20 => {
            let whole = usize::try_from(exponent + 1).unwrap_or(0);
            out.extend(digits.chars().take(whole));
            out.push('.');
            out.extend(digits.chars().skip(whole));
        }
        -6..=-1 => {
            out.push_str("0.");
            out.extend(zeros(-exponent - 1));
            out.push_str(&digits);
        }
        _ => {
            out.extend(digits.chars().take(1));
            if count > 1 {
                out.push('.');
                out.extend(digits.chars().skip(1));
            }
            out.push_str(if exponent < 0 { "e-" } else { "e+" });
            out.push_str(&exponent.unsigned_abs().to_string());
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|character| matches!(character, '"' | '\\' | '\0'..='\u{1f}')) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(control) => {
                out.push_str("\\u00");
                let code = u32::from(control);
                out.extend(
                    [code >> 4, code & 0xf].into_iter().filter_map(|digit| char::from_digit(digit, 16)),
                );
            }
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Number, json};

    use super::{Item, item_to_string, number_text, to_string};
    use crate::diagnostic::SourceId;
    use crate::json::read;

    #[test]
    fn a_document_is_written_as_its_values_are() {
        let text = r#"{"\uff41": [1, -0, 007.0, 1e2, 1.50, 123456789012345678, true, null], "\ud83d\ude00": "a\u0001\"\\\b\t\n\f\r老/",
            "z": {"b": 0, "a": {}, "B": []}, "": 1000000000000000, "0": "", "00": 0.1}"#;
        let text = text.replace("007.0", "7.0");
        let (document, faults) = read(&text, SourceId(0));
        assert!(faults.is_empty(), "{faults:?}");
        let root = Item::root(&document).unwrap();
        assert_eq!(item_to_string(root), to_string(&root.to_value()));
        assert!(item_to_string(root).contains("\"a\\u0001\\\"\\\\\\b\\t\\n\\f\\r老/\""));
        let members = vec![
            ("\u{ff41}", "1".to_owned()),
            ("\u{1f600}", super::array(["2".to_owned(), super::text("x")])),
        ];
        assert_eq!(super::object(members), to_string(&json!({"\u{ff41}": 1, "\u{1f600}": [2, "x"]})));
    }

    #[test]
    fn numbers_are_laid_out_as_ecmascript_does() {
        for (float, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.5, "-0.5"),
            (18.4, "18.4"),
            (0.000_001, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-9, "1.5e-9"),
            (123_456_789_012_346_000.0, "123456789012346000"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9_007_199_254_740_993.0, "9007199254740992"),
        ] {
            assert_eq!(number_text(&Number::from_f64(float).unwrap()), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_by_another_implementation(bits in any::<u64>()) {
            let float = f64::from_bits(bits);
            prop_assume!(float.is_finite());
            let text = number_text(&Number::from_f64(float).unwrap());
            let mut buffer = ryu_js::Buffer::new();
            prop_assert_eq!(&*text, buffer.format_finite(float));
        }

        #[test]
        fn short_decimals_too(mantissa in -1_000_000_000_000_000_i64..1_000_000_000_000_000, scale in 0_i32..20) {
            #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
            let float = mantissa as f64 / 10_f64.powi(scale);
            let text = number_text(&Number::from_f64(float).unwrap());
            let mut buffer = ryu_js::Buffer::new();
            prop_assert_eq!(&*text, buffer.format_finite(float));
        }
    }
}

//! Canonical text from a document as it was read.

use super::text::{by_utf16, write_text};
use super::to_string;
use crate::json::{Item, View};

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
        View::Number(_) => out.push_str(&to_string(&item.to_value())),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Item, item_to_string, to_string};
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
}

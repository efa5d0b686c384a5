//! Small changes of a JSON text that leave everything else as its author wrote it.

use super::Item;
use crate::diagnostic::{Edit, Place, Span};

/// Removes a member of an object, with the comma that goes with it; none if it is not there.
#[must_use]
pub fn remove(object: Item<'_>, name: &str) -> Option<Edit> {
    let members: Vec<(&str, Item<'_>)> = object.entries().collect();
    let index = members.iter().position(|(known, _)| *known == name)?;
    let (_, member) = members.get(index)?;
    let (key, value) = (member.key_place().span, member.place().span);
    let before = index.checked_sub(1).and_then(|before| members.get(before));
    let span = match (before, members.get(index + 1)) {
        (Some((_, before)), _) => Span::new(before.place().span.end, value.end),
        (None, Some((_, after))) => Span::new(key.start, after.key_place().span.start),
        (None, None) => {
            let object = object.place().span;
            Span::new(object.start.saturating_add(1), object.end.saturating_sub(1))
        }
    };
    Some(Edit { source: object.place().source, span, text: String::new() })
}

/// Adds a member at the end of an object that has one, with a value that is JSON, set as its last member is.
#[must_use]
pub fn insert(object: Item<'_>, name: &str, value: &str, text: &str) -> Option<Edit> {
    let members: Vec<Item<'_>> = object.entries().map(|(_, member)| member).collect();
    let last = members.last()?;
    let end = last.place().span.end;
    let before = match members.len().checked_sub(2).and_then(|before| members.get(before)) {
        Some(before) => before.place().span.end,
        None => object.place().span.start.saturating_add(1),
    };
    let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let between = text.get(offset(before)..offset(last.key_place().span.start))?.trim_start_matches(',');
    let text = format!(",{between}{}: {value}", quoted(name));
    Some(Edit { source: object.place().source, span: Span::new(end, end), text })
}

/// Replaces a value by JSON.
#[must_use]
pub fn replace(item: Item<'_>, value: &str) -> Edit {
    let Place { source, span, .. } = item.place();
    Edit { source, span, text: value.to_owned() }
}

/// Replaces a part of a text; the span counts bytes of the text as it is after escapes.
#[must_use]
pub fn replace_part(item: Item<'_>, part: Span, by: &str) -> Edit {
    let Place { source, span, .. } = item.text_place(part);
    let quoted = quoted(by);
    let inside = quoted.get(1..quoted.len() - 1).unwrap_or_default();
    Edit { source, span, text: inside.to_owned() }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceId, fix};
    use crate::json;

    fn edited(text: &str, edit: impl Fn(Item<'_>) -> Option<Edit>) -> String {
        let (document, _) = json::read(text, SourceId(0));
        let edit = edit(Item::root(&document).unwrap()).unwrap();
        fix::apply(text, &[edit]).unwrap()
    }

    #[test]
    fn a_member_goes_with_its_comma() {
        for (text, left) in [
            (r#"{ "a": 1, "b": 2, "c": 3 }"#, r#"{ "a": 1, "c": 3 }"#),
            ("{\n  \"b\": 2,\n  \"c\": 3\n}", "{\n  \"c\": 3\n}"),
            ("{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1\n}"),
            (r#"{ "b": 2 }"#, "{}"),
        ] {
            assert_eq!(edited(text, |root| remove(root, "b")), left);
        }
    }

    #[test]
    fn a_member_is_set_as_its_neighbours_are() {
        let add = |text: &str| edited(text, |root| insert(root, "z", "true", text));
        assert_eq!(add("{\n  \"a\": 1,\n  \"b\": 2\n}"), "{\n  \"a\": 1,\n  \"b\": 2,\n  \"z\": true\n}");
        assert_eq!(add(r#"{ "a": 1 }"#), r#"{ "a": 1, "z": true }"#);
    }

    #[test]
    fn a_part_of_a_text_is_found_behind_escapes() {
        let text = r#"{ "a": "x = \"y\" or z" }"#;
        let new = edited(text, |root| Some(replace_part(root.get("a")?, Span::new(11, 12), "\"n\"")));
        assert_eq!(new, r#"{ "a": "x = \"y\" or \"n\"" }"#);
    }
}

//! What of a profile is not in what is left of it.

use serde_json::Value;

use super::loss::{Loss, Why, escape};

/// What identifies the entries of the lists in a profile.
const KEYS: [&str; 4] = ["id", "rule", "field", "domain"];

/// JSON Pointers into the whole profile of everything that is missing from what is left, or stands there otherwise.
pub(super) fn of(whole: &Value, left: &Value) -> Vec<Loss> {
    let mut losses = Vec::new();
    compare("", whole, Some(left), &mut losses);
    losses
}

fn compare(at: &str, whole: &Value, left: Option<&Value>, losses: &mut Vec<Loss>) {
    match (whole, left) {
        // What says nothing is no loss.
        (Value::Null, _) => {}
        (Value::Array(items), None | Some(Value::Null)) if items.is_empty() => {}
        (whole, Some(left)) if whole == left => {}
        (Value::Object(members), Some(Value::Object(left))) => {
            for (name, member) in members {
                compare(&format!("{at}/{}", escape(name)), member, left.get(name), losses);
            }
        }
        (Value::Array(items), Some(Value::Array(left))) => {
            for (index, item) in items.iter().enumerate() {
                // Rows of answers keep their places; the entries of other lists are known by what identifies them.
                let same = match at.starts_with("/answers/") {
                    true => left.get(index),
                    false => left.iter().find(|other| is_same(item, other)),
                };
                compare(&format!("{at}/{index}"), item, same, losses);
            }
        }
        _ => losses.push(Loss::new(at, Why::Derived)),
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            KEYS.iter().filter(|key| one.contains_key(**key)).all(|key| one.get(*key) == other.get(*key))
        }
        (one, other) => one == other,
    }
}

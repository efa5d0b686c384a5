use std::collections::BTreeMap;

use serde_json::Value;

/// What became of a question. In rows, a refusal in any of them counts: it is what the share is about.
pub(super) const STATES: [&str; 4] = ["answered", "declined", "no_answer", "not_asked"];

/// Every question that was put to a person, by its name (of a column: `repeat.column`), with what became of it.
pub(super) fn states(profile: &Value) -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for (name, answer) in profile.get("answers").and_then(Value::as_object).into_iter().flatten() {
        let rows = answer.as_array().into_iter().flatten().filter_map(Value::as_object);
        for column in rows.flat_map(serde_json::Map::keys) {
            found.insert(format!("{name}.{column}"), "answered");
        }
        found.insert(name.clone(), "answered");
    }
    let absent = profile.get("absent").and_then(Value::as_object);
    for (pointer, reason) in absent.into_iter().flatten() {
        let declined = reason.as_str() == Some("declined");
        let state = found.entry(path(pointer)).or_insert("no_answer");
        *state = if declined { "declined" } else { *state };
    }
    found
}

/// The question of a pointer, without the numbers of rows.
fn path(pointer: &str) -> String {
    let names = pointer.split('/').skip(1).step_by(2);
    names.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_refusal_is_told_from_other_absences_and_counts_once_for_all_rows() {
        let profile = json!({
            "answers": {"name": "x", "members": [{"sex": "f", "age": 3}, {"sex": "m"}], "codes": ["a"]},
            "absent": {"/mood": "declined", "/income": "dont_know", "/members/1/age": "declined", "/members/0/tel": "refused_by_other"},
        });
        let expected = [
            ("name", "answered"),
            ("members", "answered"),
            ("members.sex", "answered"),
            ("members.age", "declined"),
            ("members.tel", "no_answer"),
            ("codes", "answered"),
            ("mood", "declined"),
            ("income", "no_answer"),
        ];
        let expected: BTreeMap<String, &str> = expected.map(|(name, state)| (name.to_owned(), state)).into();
        assert_eq!(states(&profile), expected);
    }
}

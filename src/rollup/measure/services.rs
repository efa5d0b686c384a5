use std::collections::BTreeMap;

use serde_json::Value;

/// How far a service has come: from what was received to what nobody spoke of. A person is counted once, where they
/// have come furthest.
pub(super) const STAGES: [&str; 5] = ["received", "agreed", "asked", "suggested", "none"];

/// The column of a follow-up in which it says which services came.
const RECEIVED: &str = "services_received";

/// Every service that a profile speaks of, with how far it has come.
pub(super) fn stages(profile: &Value) -> BTreeMap<&str, &'static str> {
    let list = |name: &str| profile.get(name).and_then(Value::as_array).into_iter().flatten();
    let normative = |need: &&Value| need.get("basis").and_then(Value::as_str) == Some("normative");
    let mut found = BTreeMap::new();
    // From the least to the furthest: what comes later takes the place of what was there.
    found.extend(list("recommendations").filter_map(service).map(|code| (code, "suggested")));
    found.extend(list("needs").filter(normative).flat_map(services).map(|code| (code, "suggested")));
    found
        .extend(list("needs").filter(|need| !normative(need)).flat_map(services).map(|code| (code, "asked")));
    found.extend(list("plan").filter_map(service).map(|code| (code, "agreed")));
    let answers = profile.get("answers").and_then(Value::as_object).into_iter().flatten();
    let rows = answers.filter_map(|(_, answer)| answer.as_array()).flatten();
    found.extend(rows.flat_map(|row| texts(row, RECEIVED)).map(|code| (code, "received")));
    found
}

fn service(entry: &Value) -> Option<&str> {
    entry.get("service").and_then(Value::as_str)
}

fn services(need: &Value) -> impl Iterator<Item = &str> {
    texts(need, "services")
}

fn texts<'a>(holder: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    holder.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_service_stands_where_it_has_come_furthest() {
        let profile = json!({
            "recommendations": [{"rule": "R1", "service": "S01"}, {"rule": "R2", "check": "C1"}],
            "needs": [
                {"basis": "expressed", "services": ["S02", "S03"]},
                {"basis": "normative", "services": ["S01", "S02", "S04"]},
            ],
            "plan": ["a visit", {"service": "S03"}, {"service": "S04"}],
            "answers": {"needs": [{"services_received": ["S04", "S05"]}], "name": "services_received"},
        });
        let expected = [
            ("S01", "suggested"),
            ("S02", "asked"),
            ("S03", "agreed"),
            ("S04", "received"),
            ("S05", "received"),
        ];
        assert_eq!(stages(&profile), expected.into());
        assert!(stages(&json!({})).is_empty());
    }
}

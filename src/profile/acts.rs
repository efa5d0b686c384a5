//! What a record states beside the answers, and a profile copies: who asked, consent, goals, plan, strengths.
//!
//! What people state is theirs: members beyond those that are known here are kept. Only what kind of thing each is
//! must be right, for a profile that dropped a list of goals in silence would be worse than none.

use serde_json::{Map, Value};

use super::wire::Kind;
use crate::diagnostic::codes;
use crate::session::{Finding, Record};
use crate::value::DateTime;

const LISTS: [&str; 3] = ["goals", "plan", "strengths"];
const OBJECTS: [&str; 4] = ["subject", "consent", "reassessment", "provenance"];
/// The words for what a person said to a purpose.
pub(super) const CONSENTS: [&str; 4] = ["granted", "declined", "not_asked", "withdrawn"];
/// What is said of the person: references only, for a profile goes to people who need not know the name.
const SUBJECT: [&str; 3] = ["person_ref", "household_ref", "groups"];

/// Every act that is not the kind of thing that its name says.
pub(super) fn check(record: &Record) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, value) in &record.acts {
        let fault = match name.as_str() {
            _ if value.is_null() => None,
            "kind" if kind(record).is_none() => Some("this is `initial`, `reassessment` or `closure`"),
            "supersedes" if !value.is_string() => Some("this is a text"),
            name if LISTS.contains(&name) && !value.is_array() => Some("this is a list"),
            name if OBJECTS.contains(&name) && !value.is_object() => Some("this is an object"),
            _ => None,
        };
        findings.extend(fault.map(|fault| Finding::new(codes::RECORD_SHAPE, format!("/{name}"), fault)));
    }
    for (purpose, said) in object(record, "consent") {
        if !said.as_str().is_some_and(|said| CONSENTS.contains(&said)) {
            let message = "a consent is `granted`, `declined`, `not_asked` or `withdrawn`";
            findings.push(Finding::new(codes::RECORD_SHAPE, pointer("/consent", &purpose), message));
        }
    }
    for name in object(record, "subject").keys().filter(|name| !SUBJECT.contains(&name.as_str())) {
        let message = "a record names the person by `person_ref`, `household_ref` and `groups` only";
        findings.push(Finding::new(codes::RECORD_UNKNOWN_KEY, pointer("/subject", name), message));
    }
    if let Some(ended) = member(record, "provenance", "ended_at")
        && ended.as_str().is_none_or(|ended| ended.parse::<DateTime>().is_err())
    {
        let message = "this is a moment as RFC 3339 writes it: alerts are due from then";
        findings.push(Finding::new(codes::RECORD_SHAPE, "/provenance/ended_at", message));
    }
    findings
}

/// Whether it is the first assessment, where the record says so.
pub(super) fn kind(record: &Record) -> Option<Kind> {
    text(record, "kind")?.parse().ok()
}

/// When the interview ended, as written: the offset says which day it was at that place.
pub(super) fn ended_at(record: &Record) -> Option<&str> {
    member(record, "provenance", "ended_at")?.as_str()
}

/// A text.
pub(super) fn text<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    record.acts.get(name)?.as_str()
}

/// A list, empty where the record has none.
pub(super) fn list(record: &Record, name: &str) -> Vec<Value> {
    record.acts.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// An object, empty where the record has none.
pub(super) fn object(record: &Record, name: &str) -> Map<String, Value> {
    record.acts.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// Who asked, where, when and how. What computed a profile is not the record's to say: a host that hands in the
/// provenance of an earlier profile is not to pass for the engine of this one.
pub(super) fn provenance(record: &Record) -> Map<String, Value> {
    let mut provenance = object(record, "provenance");
    provenance.remove("engine");
    provenance
}

/// A member of an object; a null is none.
pub(super) fn member<'a>(record: &'a Record, object: &str, name: &str) -> Option<&'a Value> {
    record.acts.get(object)?.get(name).filter(|value| !value.is_null())
}

/// JSON Pointer of a member.
pub(super) fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::value::PartialDate;

    #[test]
    fn an_act_of_the_wrong_kind_is_refused_rather_than_dropped() {
        let mut record = Record::new(PartialDate::EPOCH);
        for (name, value) in [
            ("kind", json!("closure")),
            ("supersedes", json!(null)),
            ("goals", json!({"text": "x"})),
            ("provenance", json!({"ended_at": "soon"})),
            ("consent", json!(["photo"])),
        ] {
            record.acts.insert(name.to_owned(), value);
        }
        let places: Vec<_> = check(&record).into_iter().map(|finding| finding.pointer).collect();
        assert_eq!(places, ["/consent", "/goals", "/provenance/ended_at"]);
    }
}

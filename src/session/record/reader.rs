//! From JSON to a [`Record`], collecting every fault of its shape.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Finding, QuestionnaireRef, RECORD_VERSION, Record};
use crate::diagnostic::codes;
use crate::value::{DatePrecision, DateTime, PartialDate};

/// Reads a record; all its faults if it has any.
pub(super) fn read(value: &Value) -> Result<Record, Vec<Finding>> {
    let mut reader = Reader { findings: Vec::new() };
    let record = reader.record(value);
    match record {
        Some(record) if reader.findings.is_empty() => Ok(record),
        _ => Err(reader.findings),
    }
}

const MEMBERS: &[&str] = &[
    "$schema",
    "record_version",
    "profile_id",
    "questionnaire",
    "assessed_on",
    "language",
    "kind",
    "supersedes",
    "answers",
    "absent",
    "informants",
    "subject",
    "consent",
    "overrides",
    "alerts",
    "strengths",
    "goals",
    "plan",
    "previous",
    "provenance",
];

struct Reader {
    findings: Vec<Finding>,
}

impl Reader {
    fn record(&mut self, value: &Value) -> Option<Record> {
        let Value::Object(members) = value else {
            self.shape("", "a record is a JSON object");
            return None;
        };
        for name in members.keys().filter(|name| !MEMBERS.contains(&name.as_str())) {
            self.add(codes::RECORD_UNKNOWN_KEY, &pointer("", name), "a record has no such member");
        }
        if members
            .get("record_version")
            .is_some_and(|version| version.as_u64() != Some(RECORD_VERSION.into()))
        {
            self.shape("/record_version", "only version 1 of the record's format is known");
        }
        let assessed_on = self.assessed_on(members.get("assessed_on"));
        let mut record = Record::new(assessed_on.unwrap_or(PartialDate::EPOCH));
        record.profile_id = self.text(members, "profile_id");
        record.questionnaire = self.questionnaire(members.get("questionnaire"));
        record.language = self.text(members, "language");
        record.kind = self.shaped(members, "kind");
        record.supersedes = self.text(members, "supersedes");
        record.answers = self.answers(members.get("answers"));
        record.absent = self.by_pointer(members, "absent", codes::RECORD_ABSENCE_CODE);
        record.informants = self.by_pointer(members, "informants", codes::RECORD_SHAPE);
        record.subject = self.shaped(members, "subject");
        record.consent = self.shaped(members, "consent").unwrap_or_default();
        record.overrides = self.list(members, "overrides");
        record.alerts = self.list(members, "alerts");
        record.strengths = self.list(members, "strengths");
        record.goals = self.list(members, "goals");
        record.plan = self.list(members, "plan");
        record.previous = self.text(members, "previous");
        record.provenance = self.shaped(members, "provenance");
        if record.ended_at().is_some_and(|moment| moment.parse::<DateTime>().is_err()) {
            self.shape("/provenance/ended_at", "this is no moment as RFC 3339 writes one");
        }
        Some(record)
    }

    fn assessed_on(&mut self, value: Option<&Value>) -> Option<PartialDate> {
        let date = value.and_then(Value::as_str).and_then(|text| text.parse::<PartialDate>().ok());
        match date {
            Some(date) if date.precision() == DatePrecision::Day => Some(date),
            _ => {
                let message = if value.is_some() {
                    "the assessment date is not a day that exists"
                } else {
                    "the assessment date is missing"
                };
                let finding = Finding::new(codes::RECORD_ASSESSED_ON, "/assessed_on", message);
                self.findings.push(finding.help("write it as YYYY-MM-DD: ages and due dates count from it"));
                None
            }
        }
    }

    fn questionnaire(&mut self, value: Option<&Value>) -> Option<QuestionnaireRef> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            id: String,
            version: String,
            hash: Option<String>,
        }
        let Shape { id, version, hash } = self.parsed("/questionnaire", value?)?;
        Some(QuestionnaireRef { id, version, hash })
    }

    fn answers(&mut self, value: Option<&Value>) -> Map<String, Value> {
        match value {
            Some(Value::Object(answers)) => {
                self.nulls("/answers", answers);
                answers.clone()
            }
            Some(_) => {
                self.shape("/answers", "the answers are an object, question name to value");
                Map::new()
            }
            None => {
                self.shape("/answers", "a record has answers, if only an empty object");
                Map::new()
            }
        }
    }

    /// A null is neither a value nor a reason why there is none. Rows are looked into, as deep as a record can be.
    fn nulls(&mut self, at: &str, object: &Map<String, Value>) {
        for (name, value) in object {
            let here = pointer(at, name);
            match value {
                Value::Null => self.null(&here),
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        let row = format!("{here}/{index}");
                        match item {
                            Value::Null => self.null(&row),
                            Value::Object(columns) => self.nulls(&row, columns),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn null(&mut self, at: &str) {
        let finding = Finding::new(codes::RECORD_NULL, at, "null is not an answer");
        self.findings.push(finding.help("leave the name out, or say in `absent` why there is no answer"));
    }

    fn by_pointer<T: FromStr>(
        &mut self,
        members: &Map<String, Value>,
        name: &str,
        code: crate::diagnostic::Code,
    ) -> BTreeMap<String, T> {
        let at = pointer("", name);
        let mut map = BTreeMap::new();
        match members.get(name) {
            None => {}
            Some(Value::Object(entries)) => {
                for (key, word) in entries {
                    let here = pointer(&at, key);
                    if !key.starts_with('/') {
                        let finding = Finding::new(
                            codes::RECORD_POINTER,
                            &here,
                            "this is no JSON Pointer into the answers",
                        );
                        self.findings.push(finding.help("a pointer begins with `/`, such as `/birth_date`"));
                    }
                    match word.as_str().map(str::parse) {
                        Some(Ok(word)) => {
                            map.insert(key.clone(), word);
                        }
                        _ => self.add(code, &here, "this is none of the codes that can stand here"),
                    }
                }
            }
            Some(_) => self.shape(&at, "this is an object, JSON Pointer to code"),
        }
        map
    }

    fn text(&mut self, members: &Map<String, Value>, name: &str) -> Option<String> {
        match members.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.shape(&pointer("", name), "this is a text");
                None
            }
        }
    }

    fn list<T: DeserializeOwned>(&mut self, members: &Map<String, Value>, name: &str) -> Vec<T> {
        let at = pointer("", name);
        match members.get(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| self.parsed(&format!("{at}/{index}"), item))
                .collect(),
            Some(_) => {
                self.shape(&at, "this is a list");
                Vec::new()
            }
        }
    }

    fn shaped<T: DeserializeOwned>(&mut self, members: &Map<String, Value>, name: &str) -> Option<T> {
        match members.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => self.parsed(&pointer("", name), value),
        }
    }

    /// The deserialiser's own message is dropped: it quotes what it found.
    fn parsed<T: DeserializeOwned>(&mut self, at: &str, value: &Value) -> Option<T> {
        let parsed = T::deserialize(value).ok();
        if parsed.is_none() {
            self.shape(at, "this is not what the record's schema describes");
        }
        parsed
    }

    fn shape(&mut self, at: &str, message: &str) {
        self.add(codes::RECORD_SHAPE, at, message);
    }

    fn add(&mut self, code: crate::diagnostic::Code, at: &str, message: &str) {
        self.findings.push(Finding::new(code, at, message));
    }
}

/// The pointer of a member.
fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::value::{Absence, Informant};

    fn faults(json: &str) -> Vec<(&'static str, String)> {
        let findings = read(&serde_json::from_str(json).unwrap()).unwrap_err();
        findings.into_iter().map(|finding| (finding.code.as_str(), finding.pointer)).collect()
    }

    #[test]
    fn a_record_may_have_no_more_than_answers_absences_and_a_date() {
        let json = r#"{"assessed_on":"2026-11-23","answers":{"floor":3},"absent":{"/mood_i9":"declined"}}"#;
        let record = read(&serde_json::from_str(json).unwrap()).unwrap();
        assert_eq!(record.absent["/mood_i9"], Absence::Declined);
        assert_eq!(record.assessed_on.to_string(), "2026-11-23");
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let mut record = Record::new("2026-11-23".parse().unwrap());
        record.answers.insert("floor".into(), 3.into());
        record.absent.insert("/mood_i9".into(), Absence::Declined);
        record.informants.insert("/floor".into(), Informant::Proxy);
        record.provenance = Some(super::super::Provenance {
            ended_at: Some("2026-11-23T10:00:00Z".into()),
            ..Default::default()
        });
        let value = serde_json::to_value(&record).unwrap();
        assert_eq!(read(&value).unwrap(), record);
    }

    #[test]
    fn every_fault_of_the_shape_is_listed_with_its_place() {
        let found = faults(
            r#"{"assessed_on":"2026-02-30","answers":{"a":null,"members":[{"b":null}]},"absent":{"a":"shy"},
                "extra":1,"overrides":[{"domain":"D99","level":1}],"record_version":2}"#,
        );
        for expected in [
            ("record.assessed-on", "/assessed_on"),
            ("record.null", "/answers/a"),
            ("record.null", "/answers/members/0/b"),
            ("record.pointer", "/absent/a"),
            ("record.absence-code", "/absent/a"),
            ("record.unknown-key", "/extra"),
            ("record.shape", "/overrides/0"),
            ("record.shape", "/record_version"),
        ] {
            assert!(found.contains(&(expected.0, expected.1.to_owned())), "{expected:?} in {found:?}");
        }
    }
}

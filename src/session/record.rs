use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Account, Accounts};
use crate::plan::{AlertGrade, Domain};
use crate::value::{Absence, DateTime, Informant, PartialDate};

/// What was answered, by whom, and what was absent: wire format `record-1`.
///
/// Everything in a profile is computed from this or copied from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The id that the host gave the profile.
    pub profile_id: Option<String>,
    /// With what it was asked.
    pub questionnaire: Option<QuestionnaireRef>,
    /// The day of the assessment: it is `today()`.
    pub assessed_on: PartialDate,
    /// BCP 47 tag of the language in which it was asked.
    pub language: Option<String>,
    /// The answers, flat, by question name; a repeat is an array of objects.
    pub answers: Map<String, Value>,
    /// JSON Pointer into the answers → why there is none.
    pub absent: BTreeMap<String, Absence>,
    /// JSON Pointer into the answers → who said so, where it was not the person.
    pub informants: BTreeMap<String, Informant>,
    /// JSON Pointer into the answers → what others said to the same question. The answer that counts is the one in
    /// `answers`.
    pub accounts: BTreeMap<String, Accounts<Value>>,
    /// Levels that a person set.
    pub overrides: Vec<Override>,
    /// What people did about alerts.
    pub alerts: Vec<AlertAct>,
    /// Whatever else is copied to the profile as it stands: `kind`, `supersedes`, `subject`, `consent`, `goals`,
    /// `plan`, `strengths`, `reassessment`, `provenance`.
    pub acts: Map<String, Value>,
}

/// The questionnaire of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionnaireRef {
    /// Its id.
    pub id: String,
    /// Its version, where said.
    pub version: Option<String>,
    /// Its content hash, where said.
    pub hash: Option<String>,
}

/// A level that a person set in place of the computed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// In which domain.
    pub domain: Domain,
    /// The level, 0 to 3.
    pub level: u8,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// Who agreed: needed to lower a level.
    pub supervisor: Option<String>,
    /// The level that it was set over, where that was said.
    pub computed: Option<SetOver>,
}

/// The level as it was computed when a worker set another: nothing where the domain was not assessed.
///
/// Nobody can have meant to lower what they did not see: once the answers come to a higher level than this, that one
/// holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetOver(pub Option<u8>);

/// What people did about an alert.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertAct {
    /// The rule of the alert.
    pub rule: String,
    /// JSON Pointer of the question, for the alert of an unscreened one.
    pub field: Option<String>,
    /// Who was told, and when: copied as it stands.
    pub notified: Option<Value>,
    /// Who took it on, when, and what they did: copied as it stands.
    pub acknowledged: Option<Value>,
    /// The grade of the alert when somebody acted.
    pub grade: Option<AlertGrade>,
    /// Whether the report that the law demands was made.
    pub mandatory_report_made: bool,
    /// What was done before that, the first of it first.
    pub earlier: Vec<EarlierAct>,
}

/// What was done about an alert before somebody had to act on it again, because it had become more urgent. Who was there
/// first, when, and what they saw to is what a supervisor asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EarlierAct {
    /// Who was told, and when: copied as it stands.
    pub notified: Option<Value>,
    /// Who took it on, when, and what they did: copied as it stands.
    pub acknowledged: Option<Value>,
    /// The grade of the alert then.
    pub grade: Option<AlertGrade>,
}

/// The keys of a record that are copied as they stand.
pub const COPIED: [&str; 9] =
    ["kind", "supersedes", "subject", "consent", "goals", "plan", "strengths", "reassessment", "provenance"];

impl Record {
    /// A record without answers.
    #[must_use]
    pub fn new(assessed_on: PartialDate) -> Self {
        Self {
            profile_id: None,
            questionnaire: None,
            assessed_on,
            language: None,
            answers: Map::new(),
            absent: BTreeMap::new(),
            informants: BTreeMap::new(),
            accounts: BTreeMap::new(),
            overrides: Vec::new(),
            alerts: Vec::new(),
            acts: Map::new(),
        }
    }

    /// When the interview ended, where the provenance says: alerts are due from then, and it is `now()`.
    #[must_use]
    pub fn ended_at(&self) -> Option<DateTime> {
        self.acts.get("provenance")?.get("ended_at")?.as_str()?.parse().ok()
    }

    /// The record on the wire.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut wire = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                wire.insert(name.to_owned(), value);
            }
        };
        put("record_version", Some(1.into()));
        put("profile_id", self.profile_id.clone().map(Value::from));
        put("questionnaire", self.questionnaire.as_ref().map(QuestionnaireRef::to_value));
        put("assessed_on", Some(self.assessed_on.to_string().into()));
        put("language", self.language.clone().map(Value::from));
        put("answers", Some(Value::Object(self.answers.clone())));
        let words = |entries: Map<String, Value>| Some(Value::Object(entries));
        put("absent", words(self.absent.iter().map(|(at, code)| (at.clone(), code.code().into())).collect()));
        put(
            "informants",
            words(self.informants.iter().map(|(at, who)| (at.clone(), who.code().into())).collect()),
        );
        if !self.accounts.is_empty() {
            put("accounts", Some(Value::Object(self.accounts_to_value())));
        }
        if !self.overrides.is_empty() {
            put("overrides", Some(self.overrides.iter().map(Override::to_value).collect()));
        }
        if !self.alerts.is_empty() {
            put("alerts", Some(self.alerts.iter().map(AlertAct::to_value).collect()));
        }
        for (name, value) in &self.acts {
            put(name, Some(value.clone()));
        }
        Value::Object(wire)
    }
}

impl Record {
    /// What others said, on the wire.
    #[must_use]
    pub fn accounts_to_value(&self) -> Map<String, Value> {
        let account = |(who, account): (&Informant, &Account<Value>)| {
            let (name, value) = match account {
                Account::Answer(value) => ("value", value.clone()),
                Account::Absent(absence) => ("absent", absence.code().into()),
            };
            (who.code().to_owned(), object([(name, Some(value))]))
        };
        let of = |accounts: &Accounts<Value>| Value::Object(accounts.iter().map(account).collect());
        self.accounts.iter().map(|(pointer, accounts)| (pointer.clone(), of(accounts))).collect()
    }
}

/// An object of those members that are there.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    Value::Object(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

impl QuestionnaireRef {
    fn to_value(&self) -> Value {
        object([
            ("id", Some(self.id.clone().into())),
            ("version", self.version.clone().map(Value::from)),
            ("hash", self.hash.clone().map(Value::from)),
        ])
    }
}

impl Override {
    /// The override on the wire.
    #[must_use]
    pub fn to_value(&self) -> Value {
        object([
            ("domain", Some(self.domain.word().into())),
            ("level", Some(self.level.into())),
            ("reason", self.reason.clone().map(Value::from)),
            ("by", self.by.clone().map(Value::from)),
            ("supervisor", self.supervisor.clone().map(Value::from)),
            ("computed", self.computed.map(|SetOver(level)| level.into())),
        ])
    }
}

impl AlertAct {
    /// An alert about which nothing was done yet.
    #[must_use]
    pub fn new(rule: &str, field: Option<&str>) -> Self {
        Self {
            rule: rule.to_owned(),
            field: field.map(str::to_owned),
            notified: None,
            acknowledged: None,
            grade: None,
            mandatory_report_made: false,
            earlier: Vec::new(),
        }
    }

    /// Somebody takes the alert on as it stands. What was done before stays beside it, and whoever was told then knows,
    /// unless somebody is told now.
    pub fn acknowledge(&mut self, acknowledged: Value, notified: Option<Value>, grade: AlertGrade) {
        let before = EarlierAct {
            notified: if notified.is_some() { self.notified.take() } else { None },
            acknowledged: self.acknowledged.replace(acknowledged),
            grade: self.grade.replace(grade),
        };
        if before.acknowledged.is_some() || before.notified.is_some() {
            self.earlier.push(before);
        }
        self.notified = notified.or(self.notified.take());
    }

    /// Whether anything was done. An alert that was only raised is noted too, so that it does not vanish with its answer.
    #[must_use]
    pub fn says_something(&self) -> bool {
        let Self { rule: _, field: _, notified, acknowledged, grade, mandatory_report_made, earlier } = self;
        notified.is_some()
            || acknowledged.is_some()
            || grade.is_some()
            || *mandatory_report_made
            || !earlier.is_empty()
    }

    /// The act on the wire.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let earlier =
            (!self.earlier.is_empty()).then(|| self.earlier.iter().map(EarlierAct::to_value).collect());
        object([
            ("rule", Some(self.rule.clone().into())),
            ("field", self.field.clone().map(Value::from)),
            ("notified", self.notified.clone()),
            ("acknowledged", self.acknowledged.clone()),
            ("grade", self.grade.map(|grade| grade.word().into())),
            ("mandatory_report_made", self.mandatory_report_made.then(|| true.into())),
            ("earlier", earlier),
        ])
    }
}

impl EarlierAct {
    fn to_value(&self) -> Value {
        object([
            ("notified", self.notified.clone()),
            ("acknowledged", self.acknowledged.clone()),
            ("grade", self.grade.map(|grade| grade.word().into())),
        ])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_acted_first_stays_beside_who_acted_last() {
        let mut act = AlertAct::new("R", None);
        assert!(!act.says_something());
        act.acknowledge(json!({"by": "w1"}), Some(json!({"by": ["s1"]})), AlertGrade::R1);
        assert!(act.earlier.is_empty(), "nobody had acted before");
        act.acknowledge(json!({"by": "w2"}), None, AlertGrade::R0);
        act.acknowledge(json!({"by": "w3"}), Some(json!({"by": ["police"]})), AlertGrade::R0);
        let expected = json!({
            "rule": "R", "notified": {"by": ["police"]}, "acknowledged": {"by": "w3"}, "grade": "R0",
            "earlier": [
                {"acknowledged": {"by": "w1"}, "grade": "R1"},
                {"notified": {"by": ["s1"]}, "acknowledged": {"by": "w2"}, "grade": "R0"},
            ],
        });
        assert_eq!(act.to_value(), expected);
    }
}

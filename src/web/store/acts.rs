use serde_json::{Map, Value};

use super::begun::Begun;
use crate::session::{AlertAct, Override, Record};
use crate::value::DateTime;

/// What people state beside the answers: what they did about alerts, the levels that they set, goals, plan and the
/// other members that a profile copies from its record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Acts {
    /// What was done about alerts, one entry an alert.
    pub(crate) alerts: Vec<AlertAct>,
    /// Levels that a person set.
    pub(crate) overrides: Vec<Override>,
    /// `goals`, `plan`, `strengths`, `reassessment` and others, by their names in a record.
    pub(crate) stated: Map<String, Value>,
    /// What was begun and is not stated yet: in no record.
    pub(crate) begun: Begun,
}

impl Acts {
    /// What was done about the alert of a rule, and of a question where it has one.
    pub(crate) fn alert(&self, rule: &str, field: Option<&str>) -> Option<&AlertAct> {
        self.alerts.iter().find(|act| act.rule == rule && act.field.as_deref() == field)
    }

    /// Notes what was done about an alert.
    pub(crate) fn act_on_alert(&mut self, rule: &str, field: Option<&str>, note: impl FnOnce(&mut AlertAct)) {
        if self.alert(rule, field).is_none() {
            self.alerts.push(AlertAct {
                rule: rule.to_owned(),
                field: field.map(str::to_owned),
                notified: None,
                acknowledged: None,
                grade: None,
                mandatory_report_made: false,
            });
        }
        let same = |act: &&mut AlertAct| act.rule == rule && act.field.as_deref() == field;
        if let Some(act) = self.alerts.iter_mut().find(same) {
            note(act);
        }
    }

    /// A list that was stated, such as the goals.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.stated.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// States a list; an empty one is none.
    pub(crate) fn set_list(&mut self, name: &str, list: Vec<Value>) {
        if list.is_empty() {
            self.stated.remove(name);
        } else {
            self.stated.insert(name.to_owned(), Value::Array(list));
        }
    }

    /// Lets two entries of a list change places, with what was begun to say of them.
    pub(crate) fn swap_entries(&mut self, name: &str, place: usize, other: usize) {
        let mut list = self.list(name).to_vec();
        if place.max(other) < list.len() {
            list.swap(place, other);
            self.set_list(name, list);
            self.begun.swap(name, place, other);
        }
    }

    /// Takes an entry out of a list, with what was begun to say of it.
    pub(crate) fn remove_entry(&mut self, name: &str, place: usize) {
        let mut list = self.list(name).to_vec();
        if place < list.len() {
            list.remove(place);
            self.set_list(name, list);
            self.begun.remove(name, place);
        }
    }

    /// Writes what was stated into a record of the answers.
    pub(super) fn write(&self, record: &mut Record, started: DateTime, ended: DateTime) {
        record.alerts.clone_from(&self.alerts);
        record.overrides.clone_from(&self.overrides);
        record.acts.extend(self.stated.clone());
        let mut provenance =
            self.stated.get("provenance").and_then(Value::as_object).cloned().unwrap_or_default();
        provenance.insert("started_at".to_owned(), started.to_string().into());
        provenance.insert("ended_at".to_owned(), ended.to_string().into());
        record.acts.insert("provenance".to_owned(), provenance.into());
    }
}

use serde_json::{Map, Value};

use super::begun::Begun;
use crate::profile::UNSCREENED;
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
            self.alerts.push(AlertAct::new(rule, field));
        }
        let same = |act: &&mut AlertAct| act.rule == rule && act.field.as_deref() == field;
        if let Some(act) = self.alerts.iter_mut().find(same) {
            note(act);
        }
    }

    /// What was done about refused safety questions, and does not say which, is from now on about those that are
    /// refused now and about which nothing else was said: whatever is refused later has to be acted on too. Whether that
    /// changes anything.
    pub(super) fn name_refused(&mut self, refused: &[String]) -> bool {
        let open = |act: &AlertAct| act.rule == UNSCREENED && act.field.is_none();
        let spoken_for = |field: &&String| {
            self.alert(UNSCREENED, Some(field.as_str())).is_some_and(AlertAct::says_something)
        };
        let fields: Vec<&String> = refused.iter().filter(|field| !spoken_for(field)).collect();
        let Some(place) = self.alerts.iter().position(open).filter(|_| !fields.is_empty()) else {
            return false;
        };
        let act = self.alerts.remove(place);
        for field in fields {
            self.alerts.retain(|other| other.rule != UNSCREENED || other.field.as_ref() != Some(field));
            self.alerts.push(AlertAct { field: Some(field.clone()), ..act.clone() });
        }
        true
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::plan::AlertGrade;

    fn acts(fields: &[Option<&str>]) -> Acts {
        let mut acts = Acts::default();
        for field in fields {
            let by = json!({ "by": field.unwrap_or("all") });
            acts.act_on_alert(UNSCREENED, *field, |act| act.acknowledge(by, None, AlertGrade::R2));
        }
        acts
    }

    fn by<'a>(acts: &'a Acts, field: Option<&str>) -> Option<&'a Value> {
        acts.alert(UNSCREENED, field)?.acknowledged.as_ref()?.get("by")
    }

    #[test]
    fn an_act_about_all_that_was_refused_is_not_about_what_is_refused_later() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut before = acts(&[None, Some("/b")]);
        // An alert that was only raised is no act.
        before.act_on_alert(UNSCREENED, Some("/c"), |_| {});
        assert!(before.name_refused(&names(&["/a", "/b", "/c"])));
        assert_eq!(before.alerts.len(), 3);
        assert_eq!(by(&before, Some("/a")), Some(&json!("all")));
        assert_eq!(by(&before, Some("/b")), Some(&json!("/b")));
        assert_eq!(by(&before, Some("/c")), Some(&json!("all")));
        assert_eq!(by(&before, None), None);
        assert!(!before.name_refused(&names(&["/d"])), "nobody has taken that on");

        // Nothing that was done is lost where nothing is refused any more.
        let mut answered = acts(&[None]);
        assert!(!answered.name_refused(&[]));
        assert_eq!(by(&answered, None), Some(&json!("all")));
    }
}

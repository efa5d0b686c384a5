use serde_json::{Map, Value};

use super::begun::Begun;
use crate::profile::UNSCREENED;
use crate::session::{AlertAct, EarlierAct, Node, Override, Record, Session, SetOver};
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
    /// refused now and about which nothing else was said: whatever is refused later has to be acted on too. Where there is
    /// none, it is what was once done about some question or other, and takes none on that is refused from now on. Whether
    /// that changes anything.
    pub(super) fn name_refused(&mut self, refused: &[String]) -> bool {
        let open = |act: &AlertAct| {
            act.rule == UNSCREENED
                && act.field.is_none()
                && (act.acknowledged.is_some() || act.notified.is_some())
        };
        let Some(place) = self.alerts.iter().position(open) else { return false };
        let spoken_for = |field: &&String| {
            self.alert(UNSCREENED, Some(field.as_str())).is_some_and(AlertAct::says_something)
        };
        let fields: Vec<&String> = refused.iter().filter(|field| !spoken_for(field)).collect();
        if fields.is_empty() {
            if let Some(act) = self.alerts.get_mut(place) {
                let (rule, field) = (act.rule.clone(), None);
                let earlier = history(act.clone());
                *act = AlertAct {
                    rule,
                    field,
                    notified: None,
                    acknowledged: None,
                    grade: None,
                    mandatory_report_made: false,
                    earlier,
                };
            }
            return true;
        }
        let act = self.alerts.remove(place);
        for field in fields {
            self.alerts.retain(|other| other.rule != UNSCREENED || other.field.as_ref() != Some(field));
            self.alerts.push(AlertAct { field: Some(field.clone()), ..act.clone() });
        }
        true
    }

    /// The questions that acts are about, to [follow their rows](Self::follow_rows) when these change; none where none of
    /// them stands in a row.
    pub(super) fn nodes(&self, session: &Session) -> Vec<Option<Node>> {
        if self.alerts.iter().any(is_in_row) {
            self.alerts.iter().map(|act| session.find(act.field.as_deref()?)).collect()
        } else {
            Vec::new()
        }
    }

    /// Rows were added, removed or moved: what was done about a question in a row goes with the row, `before` says which it
    /// was. What is about a row that is gone stays, and points behind the last one: whoever stands at its place now has
    /// refused for themselves.
    pub(super) fn follow_rows(&mut self, before: &[Option<Node>], session: &Session) {
        let mut gone = Vec::new();
        for (place, (act, node)) in self.alerts.iter_mut().zip(before).enumerate() {
            let pointer = node.map(|node| (node, session.pointer(node)));
            match pointer.filter(|(node, pointer)| session.find(pointer) == Some(*node)) {
                Some((_, pointer)) => act.field = Some(pointer),
                None if is_in_row(act) => gone.push(place),
                None => {}
            }
        }
        for place in gone {
            let field = self.alerts.get(place).and_then(|act| {
                let field = act.field.as_ref()?;
                let is_taken = |field: &String| {
                    let mut others = self.alerts.iter().enumerate().filter(|(other, _)| *other != place);
                    others.any(|(_, other)| other.rule == act.rule && other.field.as_ref() == Some(field))
                };
                let is_free = |field: &String| session.find(field).is_none() && !is_taken(field);
                let mut parts = field.strip_prefix('/')?.splitn(3, '/');
                let (repeat, _, column) = (parts.next()?, parts.next()?, parts.next()?);
                let behind = (0_u32..).map(|row| format!("/{repeat}/{row}/{column}"));
                std::iter::once(field.clone()).chain(behind).find(is_free)
            });
            if let (Some(field), Some(act)) = (field, self.alerts.get_mut(place)) {
                act.field = Some(field);
            }
        }
    }

    /// Levels that were set before it was kept what they were set over. To lower one took a reason and a supervisor, so
    /// where one of these is missing it was raised, over whatever the answers came to: it lowers nothing when they come to
    /// more. Whether that changes anything.
    pub(super) fn name_raised(&mut self) -> bool {
        let mut changed = false;
        for set in self.overrides.iter_mut().filter(|set| set.computed.is_none()) {
            let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
            if !given(&set.reason) || !given(&set.supervisor) {
                set.computed = Some(SetOver(None));
                changed = true;
            }
        }
        changed
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

/// Whether an act is about a question in a row.
fn is_in_row(act: &AlertAct) -> bool {
    act.field.as_ref().is_some_and(|field| field.matches('/').count() > 1)
}

/// All that was done, as what was done before.
fn history(act: AlertAct) -> Vec<EarlierAct> {
    let AlertAct { notified, acknowledged, grade, mut earlier, .. } = act;
    if notified.is_some() || acknowledged.is_some() {
        earlier.push(EarlierAct { notified, acknowledged, grade });
    }
    earlier
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::plan::{AlertGrade, Domain};

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
    }

    #[test]
    fn what_was_done_about_all_that_was_refused_is_history_where_nothing_is_refused_any_more() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (refused, before) in [(names(&[]), acts(&[None])), (names(&["/b"]), acts(&[None, Some("/b")]))] {
            let mut answered = before;
            assert!(answered.name_refused(&refused));
            let act = answered.alert(UNSCREENED, None).unwrap();
            assert_eq!(
                (&act.acknowledged, act.earlier.len()),
                (&None, 1),
                "it takes none on that is refused later"
            );
            assert_eq!(act.earlier[0].acknowledged, Some(json!({ "by": "all" })), "and nothing is lost");
            assert!(!answered.name_refused(&names(&["/a"])), "it is said once");
            assert_eq!(by(&answered, Some("/a")), None);
        }
    }

    #[test]
    fn a_level_from_before_that_can_only_have_been_raised_lowers_nothing() {
        let set = |reason: Option<&str>, supervisor: Option<&str>, computed: Option<SetOver>| Override {
            domain: Domain::D05,
            level: 2,
            reason: reason.map(str::to_owned),
            by: None,
            supervisor: supervisor.map(str::to_owned),
            computed,
        };
        let overrides = vec![
            set(None, None, None),
            set(Some("seen at home"), Some(" "), None),
            set(Some("seen at home"), Some("s1"), None),
            set(None, None, Some(SetOver(Some(1)))),
        ];
        let mut acts = Acts { overrides, ..Acts::default() };
        assert!(acts.name_raised());
        let over: Vec<Option<SetOver>> = acts.overrides.iter().map(|set| set.computed).collect();
        assert_eq!(over, [Some(SetOver(None)), Some(SetOver(None)), None, Some(SetOver(Some(1)))]);
        assert!(!acts.name_raised());
    }
}

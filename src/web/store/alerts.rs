//! Alerts on the spot: what an answer has just raised, until somebody acts.

use serde_json::{Value as Json, json};

use super::{Form, Store, Topic};
use crate::plan::{AlertGrade, Outcome, RuleId};
use crate::profile::Raised;
use crate::session::{ChangeSet, Command, Node};
use crate::value::DateTime;

/// The list of what was noted about alerts on the spot, and not said to be all.
pub(crate) const ON_THE_SPOT: &str = "on the spot";

/// An alert on which nobody has acted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenAlert {
    /// The rule that raises it.
    pub(crate) rule: RuleId,
    /// How soon somebody must act.
    pub(crate) grade: AlertGrade,
    /// The question whose answer raised it, where that is known and can still be taken back.
    pub(crate) trigger: Option<Node>,
}

/// What a worker can do about an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    CalledPolice,
    CalledAmbulance,
    ToldSupervisor,
    Stayed,
    MadeSafe,
    /// It is not safe to act here: at once outside.
    OnceOutside,
    Other,
}

impl Action {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 7] = [
        Self::CalledPolice,
        Self::CalledAmbulance,
        Self::ToldSupervisor,
        Self::Stayed,
        Self::MadeSafe,
        Self::OnceOutside,
        Self::Other,
    ];

    /// The code on the wire.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::CalledPolice => "called_police",
            Self::CalledAmbulance => "called_ambulance",
            Self::ToldSupervisor => "told_supervisor",
            Self::Stayed => "stayed_with_person",
            Self::MadeSafe => "made_safe",
            Self::OnceOutside => "will_act_once_outside",
            Self::Other => "other",
        }
    }

    /// Whether somebody else knows of it then.
    const fn tells_somebody(self) -> bool {
        matches!(self, Self::CalledPolice | Self::CalledAmbulance | Self::ToldSupervisor)
    }
}

/// Whether an alert of this grade cannot wait until the end of the interview.
const fn interrupts(grade: AlertGrade) -> bool {
    matches!(grade, AlertGrade::R0 | AlertGrade::R1)
}

impl Store {
    /// The alert that cannot wait and on which nobody has acted yet.
    pub(crate) fn open_alert(&self) -> Option<OpenAlert> {
        self.0.raised.borrow().first().copied()
    }

    /// Looks at the alerts that hang on what has changed.
    pub(super) fn watch_alerts(&self, changes: &ChangeSet, trigger: Option<Node>) {
        let holding = {
            let session = self.session();
            self.0.watch.raised(&session, changes)
        };
        let mut raised = self.0.raised.borrow_mut();
        let before = raised.clone();
        // What no longer holds is no longer shown. It stays in the record, acted on or not: an alert never vanishes.
        raised.retain(|open| {
            !self.0.watch.hangs_on(open.rule, changes) || holding.iter().any(|one| one.rule == open.rule)
        });
        for one in holding {
            let stands = interrupts(one.grade) && !self.has_acted(one.rule, one.grade);
            match raised.iter().position(|open| open.rule == one.rule) {
                // It was more urgent, and of what still holds somebody has taken care.
                Some(place) if !stands => drop(raised.remove(place)),
                Some(place) => {
                    if let Some(open) = raised.get_mut(place) {
                        open.grade = one.grade;
                    }
                }
                None if stands => raised.push(OpenAlert { rule: one.rule, grade: one.grade, trigger }),
                None => {}
            }
        }
        let gone: Vec<RuleId> = before
            .iter()
            .map(|open| open.rule)
            .filter(|rule| !raised.iter().any(|open| open.rule == *rule))
            .collect();
        raised.sort_by_key(|open| open.grade);
        let changed = *raised != before;
        drop(raised);
        for rule in gone {
            let id = self.session().plan().rule(rule).id.to_string();
            self.note(|acts| acts.act_on_alert(&id, None, |_| {}));
        }
        if changed {
            self.forget_noted();
            self.0.topics.notify(Topic::Alert);
        }
    }

    /// Raises what the answers that are there already call for, and on which nobody has acted: an interview that is
    /// opened again, or that goes on from last time's answers, shows it as if it had just been answered.
    pub(crate) fn raise_again(&self, last: Option<Node>) {
        let holding = self.0.watch.holding(&self.session());
        let open =
            holding.into_iter().filter(|one| interrupts(one.grade) && !self.has_acted(one.rule, one.grade));
        let open =
            open.map(|Raised { rule, grade }| OpenAlert { rule, grade, trigger: self.trigger(rule, last) });
        let mut open: Vec<OpenAlert> = open.collect();
        open.sort_by_key(|one| one.grade);
        self.0.raised.replace(open);
        self.0.topics.notify(Topic::Alert);
    }

    /// The answer where the worker was, if it is the one that raises an alert: without it the alert would not hold. Any
    /// other must not be taken back as a slip.
    fn trigger(&self, rule: RuleId, last: Option<Node>) -> Option<Node> {
        let node = last?;
        self.0.watch.questions(rule).find(|question| *question == node.question())?;
        let mut without = self.session().clone();
        without.apply(Command::Answer { node, value: None }).ok()?;
        let holds = self.0.watch.holding(&without).iter().any(|one| one.rule == rule);
        (!holds).then_some(node)
    }

    /// What was noted about an alert that is no longer on the screen, and not said to be all, is given up with it.
    pub(super) fn forget_noted(&self) {
        let open: Vec<Form> = self.0.raised.borrow().iter().map(|alert| self.noted(*alert)).collect();
        if self.change_acts(|acts| acts.begun.keep_only(ON_THE_SPOT, &open)) {
            self.write_begun();
        }
    }

    /// The form, of those [`ON_THE_SPOT`], in which is noted what was done about an alert.
    pub(crate) fn noted(&self, alert: OpenAlert) -> Form {
        Form::Of(format!("{} {}", self.session().plan().rule(alert.rule).id, alert.grade))
    }

    /// Whether somebody has acted on an alert when it was at least as urgent.
    fn has_acted(&self, rule: RuleId, grade: AlertGrade) -> bool {
        let session = self.session();
        let id = &session.plan().rule(rule).id;
        let acts = self.acts();
        acts.alert(id, None).is_some_and(|act| act.grade.is_some_and(|acted| acted <= grade))
    }

    /// Notes what was done about an alert; it is then no longer on the screen.
    pub(crate) fn acted_on(&self, alert: OpenAlert, actions: &[Action], note: &str, at: DateTime) {
        let (id, must_report) = {
            let session = self.session();
            let rule = session.plan().rule(alert.rule);
            let must_report = matches!(rule.outcome, Outcome::Alert { mandatory_report: true, .. });
            (rule.id.to_string(), must_report)
        };
        let codes: Vec<&str> = actions.iter().map(|action| action.code()).collect();
        let told: Vec<&str> =
            actions.iter().filter(|action| action.tells_somebody()).map(|action| action.code()).collect();
        let mut acknowledged = json!({ "at": at.to_string(), "actions": codes });
        if let (false, Json::Object(members)) = (note.trim().is_empty(), &mut acknowledged) {
            members.insert("note".to_owned(), note.trim().into());
        }
        let notified = (!told.is_empty()).then(|| json!({ "at": at.to_string(), "by": told }));
        let reported = must_report && actions.contains(&Action::CalledPolice);
        self.note(|acts| {
            acts.act_on_alert(&id, None, |act| {
                act.acknowledge(acknowledged, notified, alert.grade);
                act.mandatory_report_made |= reported;
            });
        });
        self.drop_alert(alert.rule);
    }

    /// The answer was a mistake: it is taken back, and with it what it raised.
    pub(crate) fn was_mistaken(&self, alert: OpenAlert) {
        if let Some(node) = alert.trigger {
            self.answer(node, None);
            self.focus_now(node);
        }
        // Where something else raises it too it stands, and nothing more can be taken back here: somebody must act.
        for open in self.0.raised.borrow_mut().iter_mut().filter(|open| open.rule == alert.rule) {
            open.trigger = None;
        }
        self.0.topics.notify(Topic::Alert);
    }

    fn drop_alert(&self, rule: RuleId) {
        self.0.raised.borrow_mut().retain(|open| open.rule != rule);
        self.forget_noted();
        self.0.topics.notify(Topic::Alert);
    }
}

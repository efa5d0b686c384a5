//! Alerts: what rules raise, what unanswered safety questions raise, and what people did about them.

use super::acts;
use super::due::due;
use super::judge::Judgement;
use super::safety;
use super::wire::{Alert, AlertStatus, EarlierAct, MandatoryReport};
use crate::diagnostic::codes;
use crate::expression::RowId;
use crate::plan::{AlertGrade, Localised, Outcome, Plan, QuestionId, Rule};
use crate::session::{self, AlertAct, Finding, Node, Record, Session};
use crate::value::Word;

/// The kind of the alert of an unanswered safety question.
const UNSCREENED: &str = "unscreened";

/// Every alert, the most urgent first, then in document order; withdrawn ones last.
pub(super) fn alerts(
    session: &Session,
    record: &Record,
    judged: &[(&Rule, Judgement)],
    unscreened: &[Node],
) -> Vec<Alert> {
    let maker = Maker { session, record };
    let mut alerts: Vec<Alert> =
        judged.iter().filter_map(|(rule, judgement)| maker.fired(rule, judgement)).collect();
    alerts.extend(unscreened.iter().map(|node| maker.unscreened(*node)));
    let withdrawn: Vec<Alert> =
        record.alerts.iter().filter_map(|act| maker.withdrawn(act, &alerts)).collect();
    alerts.extend(withdrawn);
    // The sort is stable: equals stay in document order.
    alerts.sort_by_key(|alert| (alert.status.0 == AlertStatus::Withdrawn, alert.grade));
    alerts
}

/// Everything stated of alerts that no rule of the questionnaire raises, or stated twice: it would be lost.
pub(super) fn check(plan: &Plan, record: &Record) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, act) in record.alerts.iter().enumerate() {
        let mut refuse = |member: &str, message: &str| {
            findings.push(Finding::new(codes::RECORD_ALERT, format!("/alerts/{index}{member}"), message));
        };
        let known = act.rule == safety::RULE
            || rule_of(plan, &act.rule).is_some_and(|rule| matches!(rule.outcome, Outcome::Alert { .. }));
        if !known {
            refuse("/rule", "no rule of this id raises an alert");
        }
        let safe = |field: &String| question_of(plan, field).is_some_and(|id| plan.question(id).safety);
        if act.rule == safety::RULE && act.field.as_ref().is_some_and(|field| !safe(field)) {
            refuse("/field", "this pointer leads to no safety question");
        }
        let same = |earlier: &AlertAct| earlier.rule == act.rule && earlier.field == act.field;
        if record.alerts.get(..index).is_some_and(|earlier| earlier.iter().any(same)) {
            refuse("", "what was done about one alert stands in one place");
        }
    }
    findings
}

/// The question that a pointer means, in whichever row and whether the row is still there or not.
fn question_of(plan: &Plan, pointer: &str) -> Option<QuestionId> {
    let mut parts = pointer.strip_prefix('/')?.split('/');
    let mut question = plan.question_named(None, parts.next()?)?;
    while let Some(index) = parts.next() {
        index.parse::<usize>().ok()?;
        question = plan.question_named(Some(question), parts.next()?)?;
    }
    Some(question)
}

struct Maker<'a> {
    session: &'a Session,
    record: &'a Record,
}

impl Maker<'_> {
    fn fired(&self, rule: &Rule, judgement: &Judgement) -> Option<Alert> {
        let (Outcome::Alert { code, label, mandatory_report, .. }, Judgement::Fired { step, .. }) =
            (&rule.outcome, judgement)
        else {
            return None;
        };
        let grade = rule.steps.get(*step)?.grade?;
        let alert = self.alert(&rule.id, None, grade, code, label, *mandatory_report);
        Some(acted_on(alert, self.act_on(&rule.id, None)))
    }

    /// A second worker asks again.
    fn unscreened(&self, node: Node) -> Alert {
        let title = &self.session.plan().question(node.question()).title;
        let mut alert = self.alert(
            safety::RULE,
            Some(self.session.pointer(node)),
            AlertGrade::R2,
            UNSCREENED,
            title,
            false,
        );
        alert.label = self.session.text(title, node.row);
        let act = self.act_on(safety::RULE, alert.field.as_deref());
        acted_on(alert, act)
    }

    /// An alert on which somebody acted and which nothing raises any more.
    fn withdrawn(&self, act: &AlertAct, raised: &[Alert]) -> Option<Alert> {
        if raised.iter().any(|alert| self.concerns(act, alert)) {
            return None;
        }
        let plan = self.session.plan();
        let alert = match rule_of(plan, &act.rule) {
            Some(rule) => {
                let Outcome::Alert { code, label, mandatory_report, .. } = &rule.outcome else { return None };
                let grade = act.grade.or_else(|| rule.steps.iter().filter_map(|step| step.grade).min())?;
                self.alert(&rule.id, act.field.clone(), grade, code, label, *mandatory_report)
            }
            // The question may have gone, with its row or because it is no longer asked: the alert has not.
            None => {
                let question = act.field.as_deref().and_then(|field| question_of(plan, field));
                let title = question.map(|id| &plan.question(id).title);
                let unnamed = Localised::plain(UNSCREENED);
                let title = title.unwrap_or(&unnamed);
                self.alert(safety::RULE, act.field.clone(), AlertGrade::R2, UNSCREENED, title, false)
            }
        };
        let mut alert = acted_on(alert, Some(act));
        alert.status = Word(AlertStatus::Withdrawn);
        alert.reason = Some("answers_changed".to_owned());
        alert.due = None;
        Some(alert)
    }

    /// What was done about an alert.
    ///
    /// Who took one refused safety question on has not taken on the next. An act that does not say which question it
    /// was about stands for all of those about which no other says anything: a record does not tell when each of them
    /// was refused.
    fn act_on(&self, rule: &str, field: Option<&str>) -> Option<&AlertAct> {
        let acts = || self.record.alerts.iter().filter(|act| act.rule == rule);
        let own = acts().find(|act| act.field.as_deref() == field && act.says_something());
        own.or_else(|| acts().find(|act| field.is_none() || act.field.is_none()))
    }

    /// Whether an act is about an alert that is raised.
    fn concerns(&self, act: &AlertAct, alert: &Alert) -> bool {
        let same = || match (&act.field, &alert.field) {
            (_, None) => true,
            (Some(acted), Some(raised)) => acted == raised,
            (None, Some(raised)) => {
                self.act_on(&alert.rule, Some(raised)).is_some_and(|one| one.field.is_none())
            }
        };
        act.rule == alert.rule && same()
    }

    fn alert(
        &self,
        rule: &str,
        field: Option<String>,
        grade: AlertGrade,
        code: &str,
        label: &Localised,
        mandatory_report: bool,
    ) -> Alert {
        Alert {
            rule: rule.to_owned(),
            grade: Word(grade),
            code: code.to_owned(),
            label: self.session.text(label, RowId::FORM),
            field,
            due: acts::ended_at(self.record)
                .and_then(|ended| due(grade, ended))
                .map(|moment| moment.to_string()),
            status: Word(AlertStatus::Open),
            reason: None,
            notified: None,
            acknowledged: None,
            acted_grade: None,
            earlier: Vec::new(),
            mandatory_report: Word(match mandatory_report {
                true => MandatoryReport::Required,
                false => MandatoryReport::NotTriggered,
            }),
        }
    }
}

/// An alert with what was done about it.
fn acted_on(mut alert: Alert, act: Option<&AlertAct>) -> Alert {
    let Some(act) = act else { return alert };
    // Who took on "within a day" has not taken on "now".
    let escalated = act.grade.is_some_and(|acted| alert.grade.0 < acted);
    if act.acknowledged.is_some() && !escalated {
        alert.status = Word(AlertStatus::Acknowledged);
    }
    if act.mandatory_report_made {
        alert.mandatory_report = Word(MandatoryReport::Made);
    }
    alert.notified.clone_from(&act.notified);
    alert.acknowledged.clone_from(&act.acknowledged);
    alert.acted_grade = act.grade.map(Word);
    alert.earlier = act.earlier.iter().map(earlier).collect();
    alert
}

fn rule_of<'a>(plan: &'a Plan, id: &str) -> Option<&'a Rule> {
    plan.rules.iter().find(|rule| &*rule.id == id)
}

fn earlier(act: &session::EarlierAct) -> EarlierAct {
    EarlierAct {
        acknowledged: act.acknowledged.clone(),
        grade: act.grade.map(Word),
        notified: act.notified.clone(),
    }
}

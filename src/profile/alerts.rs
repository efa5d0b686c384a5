//! Alerts: what rules raise, what unanswered safety questions raise, and what people did about them.

use super::acts;
use super::due::due;
use super::judge::Judgement;
use super::safety;
use super::wire::{Alert, AlertStatus, MandatoryReport};
use crate::diagnostic::codes;
use crate::expression::RowId;
use crate::plan::{AlertGrade, Localised, Outcome, Plan, QuestionId, Rule};
use crate::session::{AlertAct, Finding, Node, Record, Session};
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
        Some(self.alert(&rule.id, None, grade, code, label, *mandatory_report))
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
        alert
    }

    /// An alert on which somebody acted and which nothing raises any more.
    fn withdrawn(&self, act: &AlertAct, raised: &[Alert]) -> Option<Alert> {
        if raised.iter().any(|alert| concerns(act, &alert.rule, alert.field.as_deref())) {
            return None;
        }
        let plan = self.session.plan();
        let mut alert = match rule_of(plan, &act.rule) {
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
        alert.status = Word(AlertStatus::Withdrawn);
        alert.reason = Some("answers_changed".to_owned());
        alert.due = None;
        Some(alert)
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
        let act = self.record.alerts.iter().find(|act| concerns(act, rule, field.as_deref()));
        let acknowledged = act.and_then(|act| act.acknowledged.clone());
        let acted_grade = act.and_then(|act| act.grade);
        // Who took on "within a day" has not taken on "now".
        let escalated = acted_grade.is_some_and(|acted| grade < acted);
        let reported = act.is_some_and(|act| act.mandatory_report_made);
        Alert {
            rule: rule.to_owned(),
            grade: Word(grade),
            code: code.to_owned(),
            label: self.session.text(label, RowId::FORM),
            field,
            due: acts::ended_at(self.record)
                .and_then(|ended| due(grade, ended))
                .map(|moment| moment.to_string()),
            status: Word(match acknowledged {
                Some(_) if !escalated => AlertStatus::Acknowledged,
                _ => AlertStatus::Open,
            }),
            reason: None,
            notified: act.and_then(|act| act.notified.clone()),
            acknowledged,
            acted_grade: acted_grade.map(Word),
            mandatory_report: Word(match (reported, mandatory_report) {
                (true, _) => MandatoryReport::Made,
                (false, true) => MandatoryReport::Required,
                (false, false) => MandatoryReport::NotTriggered,
            }),
        }
    }
}

fn rule_of<'a>(plan: &'a Plan, id: &str) -> Option<&'a Rule> {
    plan.rules.iter().find(|rule| &*rule.id == id)
}

/// Whether an act is about an alert: the same rule, and the same question where both name one.
fn concerns(act: &AlertAct, rule: &str, field: Option<&str>) -> bool {
    act.rule == rule && (field.is_none() || act.field.is_none() || act.field.as_deref() == field)
}

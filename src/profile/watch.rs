//! Alerts while an interview goes on: what an answer has just raised, for whoever sits in front of it.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::held_step;
use super::trail::Trail;
use crate::plan::{AlertGrade, Outcome, Plan, QuestionId, RuleId};
use crate::session::{ChangeSet, Session, Target};

/// The rules that raise alerts, by the answers on which they hang: an answer on which none does costs a look into a
/// table.
#[derive(Debug, Default)]
pub struct AlertWatch {
    by_question: BTreeMap<QuestionId, Vec<RuleId>>,
}

/// An alert that holds now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The rule that raises it.
    pub rule: RuleId,
    /// How soon somebody must act.
    pub grade: AlertGrade,
}

impl AlertWatch {
    /// Finds out on which answers the alerts of a questionnaire hang, through scores and calculations.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut by_question: BTreeMap<QuestionId, Vec<RuleId>> = BTreeMap::new();
        for id in plan.rule_ids() {
            let rule = plan.rule(id);
            if !matches!(rule.outcome, Outcome::Alert { .. }) {
                continue;
            }
            let mut trail = Trail::default();
            for step in &rule.steps {
                trail.follow(plan, &step.when);
            }
            for question in trail.questions() {
                by_question.entry(*question).or_default().push(id);
            }
        }
        Self { by_question }
    }

    /// The alerts that hold and hang on something that has changed, in document order.
    #[must_use]
    pub fn raised(&self, session: &Session, changes: &ChangeSet) -> Vec<Raised> {
        self.touched(changes).into_iter().filter_map(|rule| held(session, rule)).collect()
    }

    /// All alerts that hold, in document order.
    #[must_use]
    pub fn holding(&self, session: &Session) -> Vec<Raised> {
        let rules: BTreeSet<RuleId> = self.by_question.values().flatten().copied().collect();
        rules.into_iter().filter_map(|rule| held(session, rule)).collect()
    }

    /// The questions on which an alert hangs.
    pub fn questions(&self, rule: RuleId) -> impl Iterator<Item = QuestionId> {
        self.by_question.iter().filter(move |(_, rules)| rules.contains(&rule)).map(|(question, _)| *question)
    }

    /// Whether an alert hangs on something that has changed.
    #[must_use]
    pub fn hangs_on(&self, rule: RuleId, changes: &ChangeSet) -> bool {
        self.touched(changes).contains(&rule)
    }

    fn touched(&self, changes: &ChangeSet) -> BTreeSet<RuleId> {
        let questions = changes.iter().filter_map(|(target, _)| match target {
            Target::Node(node) => Some(node.question()),
            Target::Section(_) | Target::Score(_) | Target::Form => None,
        });
        questions.filter_map(|question| self.by_question.get(&question)).flatten().copied().collect()
    }
}

/// The alert of a rule, where it holds.
fn held(session: &Session, rule: RuleId) -> Option<Raised> {
    let step = held_step(session.plan().rule(rule), session)?;
    let grade = session.plan().rule(rule).steps.get(step)?.grade?;
    Some(Raised { rule, grade })
}

//! Every outcome of a session as it stands, whether a step asserts it or not.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::edges;
use super::goal::{Goal, Outcome, Target};
use super::report::goal_of;
use crate::expression::RowId;
use crate::plan::{CheckId, ItemPoints, Plan, QuestionId, RuleId, ScoreId};
use crate::profile::held_step;
use crate::session::{Node, Session, value_to_json};
use crate::value::{Truth, Value};

/// Questions with the very same condition: seen at one, it is seen at all.
pub(super) struct Representatives {
    visible: BTreeMap<QuestionId, QuestionId>,
}

impl Representatives {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut first: BTreeMap<(Option<QuestionId>, &str), QuestionId> = BTreeMap::new();
        let mut visible = BTreeMap::new();
        for id in plan.question_ids() {
            let question = plan.question(id);
            if let Some(program) = &question.visible_if {
                visible.insert(id, *first.entry((question.parent, program.canonical())).or_insert(id));
            }
        }
        Self { visible }
    }

    /// The first question of those with the same condition.
    pub(super) fn visible(&self, id: QuestionId) -> QuestionId {
        self.visible.get(&id).copied().unwrap_or(id)
    }
}

/// Everything that can be seen of a session. `taken` are the answers that came from the time before.
pub(super) fn goals(session: &Session, same: &Representatives, taken: &Json) -> Vec<Goal> {
    let plan = session.plan();
    let mut goals = Vec::new();
    for id in plan.rule_ids() {
        goals.push(rule(session, id));
        goals.extend(steps(session, id));
    }
    for node in session.nodes() {
        goals.extend(visible(session, same, node));
        goals.extend(required(session, node));
        goals.extend(calculated(session, node));
        goals.extend(taken_over(session, taken, node));
        for check in &plan.question(node.question()).checks {
            goals.extend(checked(session, *check, node.row));
        }
    }
    for id in plan.section_ids() {
        let section = plan.section(id);
        goals.extend(
            section
                .visible_if
                .as_ref()
                .map(|program| goal_of(Target::Section(id), program.test(session, RowId::FORM))),
        );
        goals.extend(section.checks.iter().filter_map(|check| checked(session, *check, RowId::FORM)));
    }
    goals.extend(plan.form_checks.iter().filter_map(|check| checked(session, *check, RowId::FORM)));
    for (index, (_, program)) in plan.subject.legal_flags.iter().enumerate() {
        goals.push(goal_of(Target::Flag(index), program.test(session, RowId::FORM)));
    }
    for id in plan.score_ids() {
        goals.extend(items(session, id));
        goals.extend(adjustments(session, id));
        goals.extend(bands(session, id));
    }
    goals
}

pub(super) fn rule(session: &Session, id: RuleId) -> Goal {
    let truths = session.plan().rule(id).steps.iter().map(|step| step.when.test(session, RowId::FORM));
    goal_of(Target::Rule(id), truths.fold(Truth::False, Truth::or))
}

/// The conditions of a graded rule: true is only the one that holds, for that is the one whose outcome shows.
pub(super) fn steps(session: &Session, id: RuleId) -> Vec<Goal> {
    let rule = session.plan().rule(id);
    if rule.steps.len() < 2 {
        return Vec::new();
    }
    let held = held_step(rule, session);
    let steps = rule.steps.iter().enumerate();
    steps
        .map(|(index, step)| (index, step.when.test(session, RowId::FORM)))
        .filter(|(index, truth)| !truth.is_true() || held == Some(*index))
        .map(|(index, truth)| goal_of(Target::Step(id, index), truth))
        .collect()
}

pub(super) fn visible(session: &Session, same: &Representatives, node: Node) -> Option<Goal> {
    let program = session.plan().question(node.question()).visible_if.as_ref()?;
    Some(goal_of(Target::Visible(same.visible(node.question())), program.test(session, node.row)))
}

pub(super) fn required(session: &Session, node: Node) -> Option<Goal> {
    let program = session.plan().question(node.question()).required_if.as_ref()?;
    session
        .relevant(node)
        .then(|| goal_of(Target::Required(node.question()), program.test(session, node.row)))
}

pub(super) fn calculated(session: &Session, node: Node) -> Option<Goal> {
    session.plan().question(node.question()).calculate.as_ref()?;
    let truth = match session.value(node) {
        Some(Value::Boolean(yes)) => Truth::from(*yes),
        _ => Truth::Unknown,
    };
    session.relevant(node).then(|| goal_of(Target::Calculated(node.question()), truth))
}

/// An answer that is what came from the time before.
pub(super) fn taken_over(session: &Session, taken: &Json, node: Node) -> Option<Goal> {
    session.plan().question(node.question()).prefill.as_ref()?;
    let found = taken.pointer(&session.pointer(node))?;
    let same = session.value(node).is_some_and(|value| value_to_json(value) == *found);
    same.then_some(Goal { target: Target::Prefill(node.question()), outcome: Outcome::TakenOver })
}

/// A check that surely holds, or does not; one that is not decided shows nothing.
pub(super) fn checked(session: &Session, id: CheckId, row: RowId) -> Option<Goal> {
    let outcome = match session.plan().check(id).assert.test(session, row) {
        Truth::True => Outcome::Held,
        Truth::False => Outcome::Violated,
        Truth::Unknown => return None,
    };
    Some(Goal { target: Target::Check(id), outcome })
}

pub(super) fn items(session: &Session, id: ScoreId) -> Vec<Goal> {
    let items = session.plan().score(id).items.iter().enumerate();
    let conditions = items.filter_map(|(index, item)| match &item.points {
        ItemPoints::Condition(when, _) => Some((index, when)),
        ItemPoints::Question(_) | ItemPoints::Score(_) => None,
    });
    conditions
        .map(|(index, when)| goal_of(Target::Item(id, index), when.test(session, RowId::FORM)))
        .collect()
}

pub(super) fn adjustments(session: &Session, id: ScoreId) -> Vec<Goal> {
    let adjustments = &session.plan().score(id).adjustments;
    let list = adjustments.iter().flat_map(|adjustments| &adjustments.list).enumerate();
    list.map(|(index, adjustment)| {
        goal_of(Target::Adjustment(id, index), adjustment.when.test(session, RowId::FORM))
    })
    .collect()
}

/// The edges of the band at which the value of a score lies.
pub(super) fn bands(session: &Session, id: ScoreId) -> Vec<Goal> {
    let plan = session.plan();
    let score = plan.score(id);
    let result = session.score(id);
    let (Some(value), Some(index)) = (result.value, result.band) else { return Vec::new() };
    let Some((lower, upper)) = score.bands.get(index).and_then(|band| edges::of(plan, score, band)) else {
        return Vec::new();
    };
    let target = Target::Band(id, index);
    let mut goals = Vec::new();
    if value <= lower {
        goals.push(Goal { target, outcome: Outcome::Lower });
    }
    if value >= upper {
        goals.push(Goal { target, outcome: Outcome::Upper });
    }
    goals
}

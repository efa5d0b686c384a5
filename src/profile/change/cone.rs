//! Everything whose answer may move a need: what its rules read, and what decides whether that is asked at all.

use std::collections::BTreeSet;

use crate::expression::Program;
use crate::plan::{Plan, QuestionId, Rule};
use crate::profile::trail::{Trail, fields};
use crate::value::Value;

/// No more literals than this are looked at for one question.
const MOST_LITERALS: usize = 300;

/// What some rules hang on.
pub(super) struct Cone<'p> {
    plan: &'p Plan,
    /// The questions, calculated ones too.
    pub(super) questions: BTreeSet<QuestionId>,
    /// The conditions of the rules.
    conditions: Vec<&'p Program>,
    /// Everything else that is computed on the way from an answer to them.
    between: Vec<&'p Program>,
}

impl<'p> Cone<'p> {
    pub(super) fn of(plan: &'p Plan, rules: impl Iterator<Item = &'p Rule>) -> Self {
        let conditions: Vec<&Program> = rules.flat_map(|rule| &rule.steps).map(|step| &step.when).collect();
        let mut trail = Trail::default();
        conditions.iter().for_each(|program| trail.follow(plan, program));
        let mut between = Vec::new();
        let mut asked = BTreeSet::new();
        // What decides whether a question is asked is asked itself: until nothing is new.
        loop {
            let new: Vec<QuestionId> = trail.questions().difference(&asked).copied().collect();
            if new.is_empty() {
                break;
            }
            for program in new.iter().flat_map(|question| visibility(plan, *question)) {
                trail.follow(plan, program);
                between.push(program);
            }
            asked.extend(new);
        }
        between.extend(asked.iter().filter_map(|question| plan.question(*question).calculate.as_ref()));
        between.extend(trail.scores().flat_map(|score| plan.score(score).programs()));
        Self { plan, questions: asked, conditions, between }
    }

    /// What the answer to a question may be compared with: the literals of the rules, and of whatever reads it.
    pub(super) fn compared_with(&self, question: QuestionId) -> Vec<Value> {
        let field = self.plan.field_of(question);
        let reading = self.between.iter().filter(|program| fields(program).any(|read| read == field));
        let mut literals: Vec<Value> = Vec::new();
        let all = reading.chain(&self.conditions).flat_map(|program| program.literals());
        for literal in all.take(MOST_LITERALS) {
            if !literals.contains(&literal) {
                literals.push(literal);
            }
        }
        literals
    }
}

/// What decides whether a question is asked: its own condition, its repeat's, its section's.
fn visibility(plan: &Plan, question: QuestionId) -> impl Iterator<Item = &Program> {
    let above = std::iter::successors(Some(question), |id| plan.question(*id).parent);
    let section = plan.section(plan.question(question).section).visible_if.as_ref();
    above.filter_map(|id| plan.question(id).visible_if.as_ref()).chain(section)
}

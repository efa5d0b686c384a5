//! What would change a need: the smallest sets of other answers with which it would be lower, or gone.

use std::sync::Arc;

use serde_json::Value as Json;

use super::assess::{assess, assess_live};
use super::judge::{Judgement, judge};
use super::wire;
use crate::plan::{AnswerKind, Outcome, Plan, Rule};
use crate::session::{Command, Finding, Node, Record, Session, value_to_json};
use crate::value::{Decimal, Value};

/// No set has more answers than this.
const MOST_ANSWERS: usize = 3;
/// No more sets than this are told.
const MOST_SETS: usize = 5;
/// No more sets than this are tried.
const MOST_TRIALS: usize = 4_000;
/// No more other answers than this are tried at one question.
const MOST_OTHERS: usize = 8;

/// One answer that would be another.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// JSON Pointer into the answers.
    pub field: String,
    /// What would be answered.
    pub value: Json,
}

/// The smallest sets of other answers with which a need would be lower or gone: at most three answers a set and five
/// sets, in document order. Only answers on which the need rests are looked at, and each set is confirmed by a whole
/// assessment. Empty if there is no such need, or no such small set.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn what_would_change(
    plan: &Arc<Plan>,
    record: &Record,
    need: &str,
) -> Result<Vec<Vec<Change>>, Vec<Finding>> {
    let (session, profile) = assess_live(plan, record)?;
    let Some(need) = profile.needs.iter().find(|candidate| candidate.id == need) else {
        return Ok(Vec::new());
    };
    Ok(Search::new(session, record, need).run())
}

/// A question with what else could be answered.
struct Candidate {
    node: Node,
    field: String,
    now: Option<Value>,
    others: Vec<Value>,
}

struct Search<'a> {
    session: Session,
    record: &'a Record,
    need: &'a wire::Need,
    candidates: Vec<Candidate>,
    trials: usize,
    found: Vec<Vec<Change>>,
}

impl<'a> Search<'a> {
    fn new(session: Session, record: &'a Record, need: &'a wire::Need) -> Self {
        let mut candidates: Vec<Candidate> = Vec::new();
        for answer in need.evidence.iter().flat_map(|evidence| &evidence.answers) {
            if candidates.iter().any(|known| known.field == answer.field) {
                continue;
            }
            let Some(node) = session.node_at(&answer.field).filter(|node| !session.read_only(*node)) else {
                continue;
            };
            let now = session.value(node).cloned();
            let others = others(&session, node, now.as_ref());
            candidates.push(Candidate { node, field: answer.field.clone(), now, others });
        }
        Self { session, record, need, candidates, trials: 0, found: Vec::new() }
    }

    fn run(mut self) -> Vec<Vec<Change>> {
        for size in 1..=MOST_ANSWERS {
            self.extend(size, 0, &mut Vec::new());
            // A smaller set is found first; larger ones would only hide it.
            if !self.found.is_empty() {
                break;
            }
        }
        self.found
    }

    /// Tries every set of `left` more changes at candidates from `from` on.
    fn extend(&mut self, left: usize, from: usize, chosen: &mut Vec<(usize, usize)>) {
        if left == 0 {
            self.trials += 1;
            if self.is_lower() && self.is_confirmed() {
                self.found
                    .push(chosen.iter().filter_map(|&(index, other)| self.change(index, other)).collect());
            }
            return;
        }
        for index in from..self.candidates.len() {
            let others = self.candidates.get(index).map_or(0, |candidate| candidate.others.len());
            for other in 0..others {
                if self.trials >= MOST_TRIALS || self.found.len() >= MOST_SETS {
                    return;
                }
                if self.answer(index, Some(other)) {
                    chosen.push((index, other));
                    self.extend(left - 1, index + 1, chosen);
                    chosen.pop();
                }
                self.answer(index, None);
            }
        }
    }

    /// Answers a candidate with one of its others, or as it was.
    fn answer(&mut self, index: usize, other: Option<usize>) -> bool {
        let Some(candidate) = self.candidates.get(index) else { return false };
        let value = match other {
            Some(other) => candidate.others.get(other).cloned(),
            None => candidate.now.clone(),
        };
        self.session.apply(Command::Answer { node: candidate.node, value }).is_ok()
    }

    /// Whether the rules of the need give less now.
    fn is_lower(&self) -> bool {
        let plan = self.session.plan();
        let raises = |rule: &&Rule| match &rule.outcome {
            Outcome::Need(need) => {
                need.domain == self.need.domain.0
                    && *need.code == *self.need.code
                    && need.basis == self.need.basis.0
            }
            _ => false,
        };
        let level = plan.rules.iter().filter(raises).filter_map(|rule| match judge(rule, &self.session) {
            Judgement::Fired { step, .. } => rule.steps.get(step)?.level,
            Judgement::NotFired | Judgement::Undetermined(_) | Judgement::OutOfReach => None,
        });
        level.max().unwrap_or(0) < self.need.level
    }

    /// Whether a whole assessment says so too.
    fn is_confirmed(&self) -> bool {
        let mut record = self.session.record();
        record.questionnaire.clone_from(&self.record.questionnaire);
        let Ok(profile) = assess(self.session.plan(), &record) else { return false };
        profile
            .needs
            .iter()
            .find(|need| need.id == self.need.id)
            .is_none_or(|need| need.level < self.need.level)
    }

    fn change(&self, index: usize, other: usize) -> Option<Change> {
        let candidate = self.candidates.get(index)?;
        Some(Change { field: candidate.field.clone(), value: value_to_json(candidate.others.get(other)?) })
    }
}

/// What else could be answered: every other choice, the opposite, the ends and neighbours of a number.
fn others(session: &Session, node: Node, now: Option<&Value>) -> Vec<Value> {
    let question = session.plan().question(node.question());
    let mut others: Vec<Value> = match &question.kind {
        AnswerKind::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
        AnswerKind::Choice { .. } => {
            session.choices(node).into_iter().map(|choice| choice.value.clone()).collect()
        }
        AnswerKind::Choices { .. } => {
            let codes = match now {
                Some(Value::Codes(codes)) => codes.as_slice(),
                _ => &[],
            };
            let with_or_without = |code: &Arc<str>| {
                let mut other = codes.to_vec();
                match other.iter().position(|chosen| chosen == code) {
                    Some(index) => drop(other.remove(index)),
                    None => other.push(Arc::clone(code)),
                }
                Value::Codes(other)
            };
            session.choices(node).into_iter().map(|choice| with_or_without(&choice.code)).collect()
        }
        AnswerKind::Number { integer } => {
            numbers(now, question.constraints.minimum, question.constraints.maximum, *integer)
        }
        AnswerKind::Text(_)
        | AnswerKind::Date(_)
        | AnswerKind::Time
        | AnswerKind::Repeat(_)
        | AnswerKind::Note => Vec::new(),
    };
    others.retain(|other| Some(other) != now && !other.is_blank());
    others.truncate(MOST_OTHERS);
    others
}

fn numbers(
    now: Option<&Value>,
    minimum: Option<Decimal>,
    maximum: Option<Decimal>,
    integer: bool,
) -> Vec<Value> {
    let now = match now {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let near = |number: Option<Decimal>| number.filter(|_| integer);
    let mut numbers: Vec<Decimal> = [
        near(now.and_then(|now| now.checked_sub(Decimal::ONE))),
        near(now.and_then(|now| now.checked_add(Decimal::ONE))),
        minimum,
        maximum,
    ]
    .into_iter()
    .flatten()
    .filter(|number| {
        minimum.is_none_or(|least| *number >= least) && maximum.is_none_or(|most| *number <= most)
    })
    .collect();
    numbers.dedup();
    numbers.into_iter().map(Value::Number).collect()
}

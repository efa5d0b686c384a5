//! Proof that an outcome cannot be: every combination of what the questions behind it can hold is gone through.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::goal::{Goal, Outcome, Target};
use crate::expression::{Facts, FieldId, Program, Read, Reading, RowId, Trace};
use crate::plan::{AnswerKind, Field, ItemPoints, Plan, QuestionId};
use crate::profile::held_step;
use crate::value::{Absence, DateTime, Decimal, PartialDate, Truth, Value};

/// No more combinations than this are gone through for one thing.
const MOST: usize = 100_000;

/// Why an outcome can never be; none if it can, or if there are too many combinations to tell.
///
/// Conditions on other questions are left aside: what is out of reach without them is out of reach with them. Only
/// questions with a known set of answers are gone through; scores, ages, dates, texts and rows are not.
pub(super) fn out_of_reach(plan: &Plan, goal: Goal) -> Option<String> {
    let mut behind = Behind::default();
    for program in programs(plan, goal.target) {
        behind.follow(plan, program)?;
    }
    let mut combinations = 1_usize;
    let mut fields: Vec<(FieldId, Vec<Held>)> = Vec::new();
    for (field, absences) in behind.asked {
        let Field::Question(id) = plan.field(field) else { return None };
        let held = possible(plan, id, absences)?;
        combinations = combinations.checked_mul(held.len()).filter(|count| *count <= MOST)?;
        fields.push((field, held));
    }
    let mut facts = Assigned { now: BTreeMap::new() };
    for combination in 0..combinations {
        let mut rest = combination;
        for (field, held) in &fields {
            facts.now.insert(*field, held.get(rest % held.len())?.clone());
            rest /= held.len();
        }
        for &field in &behind.calculated {
            let Field::Question(id) = plan.field(field) else { return None };
            let value = plan.question(id).calculate.as_ref()?.value(&facts, RowId::FORM);
            facts.now.insert(field, value.map_or(Held::Nothing, Held::Value));
        }
        if shows(plan, goal, &facts) {
            return None;
        }
    }
    let names = fields.iter().filter_map(|(field, _)| match plan.field(*field) {
        Field::Question(id) => Some(plan.path(id)),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    Some(format!("no combination of {} gives it ({combinations} gone through)", names.join(", ")))
}

/// The questions behind a thing.
#[derive(Default)]
struct Behind {
    /// Those that are asked, and whether it matters why they have no answer.
    asked: BTreeMap<FieldId, bool>,
    /// Those that are calculated, each after what it reads.
    calculated: Vec<FieldId>,
}

impl Behind {
    /// Adds what a program reads; none if some of it cannot be gone through.
    fn follow(&mut self, plan: &Plan, program: &Program) -> Option<()> {
        for read in program.reads() {
            let (field, absence) = match *read {
                Read::Field { field, .. } => (field, false),
                Read::Absence { field, .. } => (field, true),
                // A proof is in one language.
                Read::Language => continue,
                Read::Column { .. } | Read::Rows { .. } | Read::Previous { .. } | Read::Today | Read::Now => {
                    return None;
                }
            };
            let Field::Question(id) = plan.field(field) else { return None };
            match &plan.question(id).calculate {
                None => *self.asked.entry(field).or_default() |= absence,
                Some(_) if self.calculated.contains(&field) => {}
                // Where it can be hidden it can also read as nothing, whatever it is calculated from.
                Some(_) if can_be_hidden(plan, id) => return None,
                // What is calculated never goes round: a ring does not compile.
                Some(program) => {
                    self.follow(plan, program)?;
                    self.calculated.push(field);
                }
            }
        }
        Some(())
    }
}

fn can_be_hidden(plan: &Plan, id: QuestionId) -> bool {
    let question = plan.question(id);
    question.parent.is_some()
        || question.visible_if.is_some()
        || plan.section(question.section).visible_if.is_some()
}

/// What is read to see a thing.
fn programs(plan: &Plan, target: Target) -> Vec<&Program> {
    match target {
        Target::Rule(id) | Target::Step(id, _) => plan.rule(id).steps.iter().map(|step| &step.when).collect(),
        Target::Section(id) => plan.section(id).visible_if.iter().collect(),
        Target::Visible(id) => plan.question(id).visible_if.iter().collect(),
        Target::Required(id) => plan.question(id).required_if.iter().collect(),
        Target::Calculated(id) => plan.question(id).calculate.iter().collect(),
        Target::Flag(index) => {
            plan.subject.legal_flags.get(index).map(|(_, flag)| flag).into_iter().collect()
        }
        Target::Adjustment(id, index) => {
            let list = plan.score(id).adjustments.iter().flat_map(|adjustments| &adjustments.list);
            list.skip(index).take(1).map(|adjustment| &adjustment.when).collect()
        }
        Target::Item(id, index) => match plan.score(id).items.get(index).map(|item| &item.points) {
            Some(ItemPoints::Condition(when, _)) => vec![when],
            Some(ItemPoints::Question(_) | ItemPoints::Score(_)) | None => Vec::new(),
        },
        Target::Band(..) | Target::Prefill(_) => Vec::new(),
        Target::Check(id) => vec![&plan.check(id).assert],
    }
}

/// Whether the outcome shows while the facts are these.
fn shows(plan: &Plan, goal: Goal, facts: &Assigned) -> bool {
    if let (Target::Step(id, step), Outcome::True) = (goal.target, goal.outcome) {
        return held_step(plan.rule(id), facts) == Some(step);
    }
    let one = |program: &&Program| program.test(facts, RowId::FORM);
    let programs = programs(plan, goal.target);
    let truth = match goal.target {
        Target::Step(_, step) => programs.get(step).map(one),
        _ => programs.iter().map(one).reduce(Truth::or),
    };
    match goal.outcome {
        Outcome::True | Outcome::Held => truth == Some(Truth::True),
        Outcome::False | Outcome::Violated => truth == Some(Truth::False),
        Outcome::Unknown => truth == Some(Truth::Unknown),
        // Nothing is proven of bands, and of what another profile holds.
        Outcome::Lower | Outcome::Upper | Outcome::TakenOver => true,
    }
}

/// What a question can hold.
#[derive(Clone)]
enum Held {
    Value(Value),
    Absent(Absence),
    Nothing,
}

/// Everything that a question can hold; none if that is no short list. Which absence it is matters only where a
/// condition asks for that.
fn possible(plan: &Plan, id: QuestionId, absences: bool) -> Option<Vec<Held>> {
    let question = plan.question(id);
    let values: Vec<Value> = match &question.kind {
        AnswerKind::Boolean => vec![Value::Boolean(false), Value::Boolean(true)],
        AnswerKind::Choice { .. } => plan.choices(id).map(|choice| choice.value.clone()).collect(),
        AnswerKind::Choices { .. } => {
            let codes: Vec<Arc<str>> = plan.choices(id).map(|choice| Arc::clone(&choice.code)).collect();
            let sets = 1_usize.checked_shl(u32::try_from(codes.len()).ok()?).filter(|sets| *sets <= MOST)?;
            let set = |bits: usize| {
                codes
                    .iter()
                    .enumerate()
                    .filter(move |(index, _)| (bits >> index) & 1 == 1)
                    .map(|(_, code)| Arc::clone(code))
            };
            (1..sets).map(|bits| Value::Codes(set(bits).collect())).collect()
        }
        AnswerKind::Number { integer: true } => {
            let (least, most) = question.constraints.minimum.zip(question.constraints.maximum)?;
            let count =
                usize::try_from(most.checked_sub(least)?.trunc()).ok().filter(|count| *count <= MOST)?;
            (0..=count)
                .map(|more| least.checked_add(Decimal::from(more)).map(Value::Number))
                .collect::<Option<_>>()?
        }
        _ => return None,
    };
    let mut held: Vec<Held> = values.into_iter().map(Held::Value).collect();
    held.push(Held::Nothing);
    if absences {
        held.extend(question.absences.iter().copied().map(Held::Absent));
    }
    Some(held)
}

struct Assigned {
    now: BTreeMap<FieldId, Held>,
}

impl Facts for Assigned {
    fn read(&self, field: FieldId, _: RowId) -> Reading<'_> {
        match self.now.get(&field) {
            Some(Held::Value(value)) => Reading::Known(value),
            _ => Reading::Missing,
        }
    }

    fn absence(&self, field: FieldId, _: RowId) -> Option<Absence> {
        match self.now.get(&field) {
            Some(Held::Absent(absence)) => Some(*absence),
            _ => None,
        }
    }

    fn rows(&self, _: FieldId, _: RowId) -> &[RowId] {
        &[]
    }

    fn parent(&self, _: RowId) -> RowId {
        RowId::FORM
    }

    fn previous(&self, _: RowId) -> Option<RowId> {
        None
    }

    fn choice_label(&self, _: FieldId, _: &str) -> Option<Arc<str>> {
        None
    }

    fn choice_column(&self, _: &str) -> Option<Arc<str>> {
        None
    }

    fn today(&self) -> PartialDate {
        PartialDate::EPOCH
    }

    fn now(&self) -> DateTime {
        DateTime::EPOCH
    }

    fn trace(&self, _: FieldId, _: RowId, _: &mut Trace) {}
}

//! Scores: what the answered items add up to, and what the missing ones leave open.
//!
//! Every score has an interval beside its value: the least and the most that the missing items allow. A band is
//! *determined* if the whole interval lies in it, though there is no value. How missing items are treated is the
//! score's own [`MissingRule`](crate::plan::MissingRule); nothing is ever counted as zero unless that rule says so.
//!
//! [`compute`] reads answers through [`Facts`] only: the session and a replay on a server score alike.

mod adjust;
mod band;
mod missing;
mod parts;
mod result;
mod total;

pub use missing::trace_missing;
pub use parts::item_points;
pub use result::{ScoreResult, ScoreStatus};

use self::total::Computed;
use crate::expression::{Facts, FieldId, Reach, Read, Reading, RowId};
use crate::plan::{AnswerKind, Constraints, Field, Method, Plan, QuestionId, Score, ScoreId};
use crate::value::{Decimal, Interval, Value};

/// Scores what is answered now.
///
/// Never fails: items without points widen the interval, and a number too large to add up leaves the score
/// without a value.
#[must_use]
pub fn compute(plan: &Plan, id: ScoreId, facts: &dyn Facts) -> ScoreResult {
    let score = plan.score(id);
    let total = match &score.method {
        Method::Expression(program) => {
            let (answered, of) = answered_questions(plan, score, facts);
            let value = match program.value(facts, RowId::FORM) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            };
            let bounds = program.bounds(facts, RowId::FORM, &|field| reach(plan, field));
            let mut read = program.reads().iter();
            let stands = read.any(|read| match read {
                Read::Field { field, .. } => facts.stand_in(*field).is_some(),
                _ => false,
            });
            total::of_expression(score, Computed { value, stands, bounds, answered, of })
        }
        Method::Sum | Method::Weighted | Method::Mean | Method::Count | Method::Max => {
            total::of_items(score, &parts::read(plan, score, facts))
        }
    };
    let mut result = band::place(score, total);
    adjust::apply(plan, score, facts, &mut result);
    result
}

/// A score before anything is known: no item answered, everything still possible.
#[must_use]
pub fn blank(score: &Score) -> ScoreResult {
    let of = match score.method {
        Method::Expression(_) => score.questions.len(),
        Method::Sum | Method::Weighted | Method::Mean | Method::Count | Method::Max => score.items.len(),
    };
    ScoreResult {
        value: None,
        interval: score.range,
        answered: 0,
        of: u32::try_from(of).unwrap_or(u32::MAX),
        status: ScoreStatus::NotAssessed,
        band: None,
        level: None,
        base_level: None,
        applied: Vec::new(),
        provisional_on: Vec::new(),
        band_provisional: false,
        level_open: false,
    }
}

/// What a field can still become that an expression reads.
fn reach(plan: &Plan, field: FieldId) -> Reach {
    let Field::Question(id) = plan.field(field) else { return Reach::Final };
    let question = plan.question(id);
    let range = match question.kind {
        // It may have left out what is missing.
        _ if question.calculate.is_some() => return Reach::Open,
        AnswerKind::Number { .. } => {
            let Constraints { minimum, maximum, exclusive_minimum, exclusive_maximum, .. } =
                question.constraints;
            minimum.or(exclusive_minimum).zip(maximum.or(exclusive_maximum))
        }
        AnswerKind::Choice { numbers: true, .. } => {
            let numbers = plan.choices(id).filter_map(|choice| match choice.value {
                Value::Number(number) => Some((number, number)),
                _ => None,
            });
            numbers.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
        }
        _ => None,
    };
    range.map_or(Reach::Final, |(least, most)| Reach::Within(Interval::new(least, most)))
}

/// Every row in which the columns of a repeat stand; for none, the form itself.
fn rows_of(plan: &Plan, repeat: Option<QuestionId>, facts: &dyn Facts) -> Vec<RowId> {
    let Some(repeat) = repeat else { return vec![RowId::FORM] };
    let outer = rows_of(plan, plan.question(repeat).parent, facts);
    outer.into_iter().flat_map(|row| facts.rows(plan.field_of(repeat), row).to_vec()).collect()
}

fn answered_questions(plan: &Plan, score: &Score, facts: &dyn Facts) -> (u32, u32) {
    let known = score.questions.iter().filter(|&&question| {
        rows_of(plan, plan.question(question).parent, facts).into_iter().any(|row| {
            let field = plan.field_of(question);
            match plan.question(question).repeat() {
                Some(_) => !facts.rows(field, row).is_empty(),
                None => matches!(facts.read(field, row), Reading::Known(_)),
            }
        })
    });
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (count(known.count()), count(score.questions.len()))
}

/// What items and missing rule make of the answers, before bands.
#[derive(Clone, Copy, Debug)]
struct Total {
    value: Option<Decimal>,
    interval: Interval,
    answered: u32,
    of: u32,
    kind: TotalKind,
}

/// How the value came about. Whether the interval decides the band is for [`band::place`] to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TotalKind {
    NotAssessed,
    Invalid,
    Complete,
    Prorated,
    /// No value; the interval may still decide the band.
    Open,
    /// No value, and the missing rule wants no band either.
    Withheld,
}

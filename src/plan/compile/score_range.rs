//! The least and the most that a score can be, and the step between two of its values.

use super::Compiler;
use super::score_items::{is_moderate, points_of};
use crate::diagnostic::codes;
use crate::expression::Kind;
use crate::json::Item;
use crate::plan::{AnswerKind, Item as ScoreItem, ItemPoints, Method, Question, Score};
use crate::value::{Decimal, Interval};

impl Compiler<'_> {
    pub(super) fn declared_range(
        &mut self,
        item: Item<'_>,
        id: &str,
        computed: Option<Interval>,
        declared: Option<(Decimal, Decimal)>,
    ) -> Interval {
        match (computed, declared) {
            (Some(computed), Some((min, max))) if computed != Interval::new(min, max) => {
                let message = format!(
                    "the items of `{id}` give {} to {}, not {} to {}",
                    computed.lo.normalize(),
                    computed.hi.normalize(),
                    min.normalize(),
                    max.normalize()
                );
                let place = item.get("max").map_or_else(|| item.place(), Item::place);
                self.error(codes::PLAN_SCORE, message, place).help =
                    Some("correct `min` and `max`, or leave them out: they follow from the items".into());
                computed
            }
            (Some(computed), _) => computed,
            (None, Some((min, max))) => Interval::new(min, max),
            (None, None) => {
                let message = "a score by an expression needs `min` and `max`";
                self.error(codes::PLAN_SCORE, message, item.key_place());
                Interval::point(Decimal::ZERO)
            }
        }
    }
}

pub(super) fn range(method: &Method, items: &[ScoreItem]) -> Option<Interval> {
    let weighted =
        || items.iter().map(|item| Interval::new(item.range.lo * item.weight, item.range.hi * item.weight));
    let sum = || {
        weighted().fold(Interval::point(Decimal::ZERO), |sum, item| Interval {
            lo: sum.lo + item.lo,
            hi: sum.hi + item.hi,
        })
    };
    let count = Decimal::from(items.len());
    match method {
        Method::Sum | Method::Weighted => Some(sum()),
        Method::Mean => {
            let weights = weights(items);
            let mean = |end: Decimal| end.checked_div(weights).unwrap_or(Decimal::ZERO);
            Some(Interval::new(mean(sum().lo), mean(sum().hi)))
        }
        Method::Count => Some(Interval { lo: Decimal::ZERO, hi: count }),
        Method::Max => Some(Interval {
            lo: weighted().map(|item| item.lo).max()?,
            hi: weighted().map(|item| item.hi).max()?,
        }),
        Method::Expression(_) => None,
    }
}

fn weights(items: &[ScoreItem]) -> Decimal {
    items.iter().map(|item| item.weight).sum()
}

/// The largest step of which every possible value is a multiple away from every other.
pub(super) fn step(
    method: &Method,
    items: &[ScoreItem],
    questions: &[Question],
    known: &[Option<Score>],
    rounding: Option<u32>,
) -> Decimal {
    let points = step_of_points(items, questions, known);
    let rounded = rounding.map(|digits| Decimal::new(1, digits.min(Decimal::MAX_SCALE)));
    let step = match method {
        Method::Count => return Decimal::ONE,
        Method::Sum | Method::Weighted | Method::Max | Method::Mean if points.is_zero() => Decimal::ZERO,
        Method::Sum | Method::Weighted | Method::Max => points,
        Method::Mean => {
            let step = points.checked_div(weights(items).abs());
            step.filter(|step| !step.is_zero()).unwrap_or(Decimal::ONE)
        }
        // What is neither whole nor rounded moves in no steps: any gap between two bands is one into which it can fall.
        Method::Expression(program) => match program.ty().kind {
            Kind::Number { integer: true } => Decimal::ONE,
            _ => Decimal::ZERO,
        },
    };
    // Rounding can only widen the step.
    rounded.map_or(step, |rounded| step.max(rounded))
}

/// 0 where an item moves in no steps.
fn step_of_points(items: &[ScoreItem], questions: &[Question], known: &[Option<Score>]) -> Decimal {
    let mut step = Decimal::ZERO;
    for item in items {
        let points = match &item.points {
            ItemPoints::Score(inner) => match known.get(inner.index()).and_then(Option::as_ref) {
                Some(inner) if inner.step.is_zero() || !is_moderate(inner.step) => return Decimal::ZERO,
                Some(inner) => vec![Decimal::ZERO, inner.step],
                None => Vec::new(),
            },
            ItemPoints::Condition(_, points) => vec![Decimal::ZERO, *points],
            ItemPoints::Question(question) => match questions.get(question.index()) {
                Some(question) if matches!(question.kind, AnswerKind::Number { .. }) => {
                    vec![Decimal::ZERO, Decimal::ONE]
                }
                Some(question) => points_of(question).unwrap_or_default(),
                None => Vec::new(),
            },
        };
        for pair in points.windows(2) {
            if let [low, high] = pair {
                step = common_divisor(step, ((*high - *low) * item.weight).abs());
            }
        }
    }
    if step.is_zero() { Decimal::ONE } else { step.normalize() }
}

fn common_divisor(mut a: Decimal, mut b: Decimal) -> Decimal {
    while !b.is_zero() {
        (a, b) = (b, a.checked_rem(b).unwrap_or(Decimal::ZERO));
    }
    a
}

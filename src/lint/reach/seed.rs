//! What a field can hold before anything else is known: from types, constraints, choices, bands.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::Reach;
use super::domain::{Codes, Held, Texts, Values};
use super::possible;
use super::range::{End, Range};
use crate::plan::{AnswerKind, DateShape, Field, Method, MissingRule, Plan, QuestionId, Score, ScoreId};
use crate::value::{Decimal, Value};

/// As many choices as are kept one by one: of a longer list it is only known that it is a text.
const LISTED: usize = 400;

impl Reach<'_> {
    /// What a field can hold, whatever is answered.
    pub(super) fn seed_of(&self, field: Field) -> Held {
        match field {
            Field::Question(question) => self.question_seed(question),
            Field::Score(score) => self.score_seed(score),
            Field::ScoreLevel(score) => level_seed(self.plan.score(score)),
            Field::ScoreBand(score) => {
                let bands = &self.plan.score(score).bands;
                let ids: BTreeSet<Arc<str>> = bands.iter().map(|band| Arc::clone(&band.id)).collect();
                Held::maybe(if ids.is_empty() {
                    Values::None
                } else {
                    Values::Texts(Texts::Of(Rc::new(ids)))
                })
            }
            Field::Age => {
                let years = Range::between(Some(End { at: Decimal::ZERO, open: false }), None, true);
                Held { within: true, ..Held::maybe(years.map_or(Values::Any, Values::Ordered)) }
            }
        }
    }

    fn question_seed(&self, id: QuestionId) -> Held {
        let question = self.plan.question(id);
        if let Some(program) = &question.calculate {
            return match (&question.kind, self.calculated(id, program)) {
                (_, Some(held)) => Held { missing: true, ..held.valued() },
                // What is computed is bound by no constraint of the answer.
                (AnswerKind::Boolean, None) => Held::maybe(Values::BOTH),
                (AnswerKind::Number { integer }, None) => Held::maybe(Values::Ordered(Range::all(*integer))),
                _ => Held::ANY,
            };
        }
        match &question.kind {
            AnswerKind::Boolean => Held::maybe(Values::BOTH),
            AnswerKind::Number { integer } => {
                let end = |at: Option<Decimal>, open: bool| at.map(|at| End { at, open });
                let constraints = &question.constraints;
                let range = Some(Range::all(*integer))
                    .and_then(|range| range.above(end(constraints.minimum, false)))
                    .and_then(|range| range.above(end(constraints.exclusive_minimum, true)))
                    .and_then(|range| range.below(end(constraints.maximum, false)))
                    .and_then(|range| range.below(end(constraints.exclusive_maximum, true)))
                    .and_then(|range| multiples(range, constraints.multiple_of));
                Held::maybe(range.map_or(Values::None, Values::Ordered))
            }
            AnswerKind::Text(_) => Held::maybe(Values::any_text()),
            AnswerKind::Date(shape) => Held {
                partial: *shape == DateShape::Partial,
                ..Held::maybe(Values::Ordered(Range::all(true)))
            },
            AnswerKind::Time => {
                let day = Range::closed(Decimal::ZERO, Decimal::from(24 * 60), true);
                Held::maybe(day.map_or(Values::Any, Values::Ordered))
            }
            AnswerKind::Choice { numbers: true, .. } => {
                let numbers = self.plan.choices(id).filter_map(|choice| match choice.value {
                    Value::Number(number) => Some(number),
                    _ => None,
                });
                Held::maybe(Range::listed(numbers.collect()).map_or(Values::None, Values::Ordered))
            }
            AnswerKind::Choice { .. } => {
                if self.plan.choices(id).nth(LISTED).is_some() {
                    return Held::maybe(Values::any_text());
                }
                let codes: BTreeSet<Arc<str>> =
                    self.plan.choices(id).map(|choice| Arc::clone(&choice.code)).collect();
                Held::maybe(if codes.is_empty() {
                    Values::None
                } else {
                    Values::Texts(Texts::Of(Rc::new(codes)))
                })
            }
            AnswerKind::Choices { .. } => {
                let of = u32::try_from(self.plan.choices(id).count()).unwrap_or(u32::MAX);
                let least = question.constraints.min_items.unwrap_or(1).max(1);
                let most = question.constraints.max_items.unwrap_or(u32::MAX).min(of);
                let codes = Codes { chosen: Rc::default(), left: Rc::default(), of, least, most };
                Held::maybe(codes.count().map_or(Values::None, |_| Values::Codes(codes)))
            }
            AnswerKind::Repeat(_) => Held::maybe(Values::List { most: question.constraints.max_items }),
            AnswerKind::Note => Held::NOTHING,
        }
    }

    fn score_seed(&self, id: ScoreId) -> Held {
        let score = self.plan.score(id);
        let values = match &score.method {
            Method::Expression(program) => {
                let declared = Range::closed(score.range.lo, score.range.hi, false);
                match (self.computed_score(id, program), declared) {
                    (Some(Held { values: Values::Ordered(range), .. }), Some(declared)) => {
                        Values::Ordered(widened(score, range.join(&declared)))
                    }
                    _ => Values::Ordered(Range::all(false)),
                }
            }
            // The range of a weighted mean is not what the items' ends give: nothing is said of it.
            Method::Mean if score.items.iter().any(|item| item.weight != Decimal::ONE) => {
                Values::Ordered(Range::all(false))
            }
            _ => counted(self.plan, score).map_or(Values::Ordered(Range::all(false)), Values::Ordered),
        };
        Held { missing: false, within: true, partial: false, values }
    }
}

fn multiples(range: Range, step: Option<Decimal>) -> Option<Range> {
    let Some(step) = step.filter(|step| *step > Decimal::ZERO) else { return Some(range) };
    match &range.only {
        Some(only) => Range::listed(
            only.iter()
                .copied()
                .filter(|number| number.checked_rem(step).is_some_and(|rest| rest.is_zero()))
                .collect(),
        ),
        None => Some(range),
    }
}

/// Every value that a score of items can have, as far as they can be listed.
fn counted(plan: &Plan, score: &Score) -> Option<Range> {
    let (mut lo, mut hi) = (score.range.lo, score.range.hi);
    if let MissingRule::BlankZero { .. } = score.missing {
        // A blank counts 0, which need not be among the points of its item.
        let ends = score.items.iter().map(|item| {
            let (one, other) = (item.range.lo * item.weight, item.range.hi * item.weight);
            (one.min(other).min(Decimal::ZERO), one.max(other).max(Decimal::ZERO))
        });
        for (least, most) in ends.clone() {
            lo = lo.min(least);
            hi = hi.max(most);
        }
        let sums = ends.fold((Decimal::ZERO, Decimal::ZERO), |(lo, hi), end| (lo + end.0, hi + end.1));
        lo = lo.min(sums.0);
        hi = hi.max(sums.1);
    }
    let whole = match score.method {
        Method::Count => true,
        Method::Sum | Method::Weighted | Method::Max => {
            score.step.is_integer()
                && score.range.lo.is_integer()
                && score.items.iter().all(|item| {
                    let points = possible::item_points(plan, item);
                    points.is_some_and(|points| points.iter().all(Decimal::is_integer))
                })
        }
        Method::Mean | Method::Expression(_) => false,
    };
    let range = widened(score, Range::closed(lo, hi, false)?);
    Range::between(range.lo, range.hi, whole)
}

/// With what rounding can make of the ends.
fn widened(score: &Score, range: Range) -> Range {
    let Some(digits) = score.rounding else { return range };
    let rounded = |end: Option<End>| {
        end.map(|end| {
            let at =
                end.at.round_dp_with_strategy(digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            End { at, open: false }
        })
    };
    let ends = Range { lo: rounded(range.lo), hi: rounded(range.hi), whole: false, only: None };
    range.join(&ends)
}

fn level_seed(score: &Score) -> Held {
    let levels: Vec<u8> = score.bands.iter().filter_map(|band| band.level).collect();
    let (Some(least), Some(most)) = (levels.iter().min(), levels.iter().max()) else { return Held::NOTHING };
    let range = match &score.adjustments {
        None => Range::listed(levels.iter().copied().map(Decimal::from).collect()),
        Some(adjustments) => {
            Range::closed(Decimal::from(*least), Decimal::from(*most.max(&adjustments.cap)), true)
        }
    };
    Held::maybe(range.map_or(Values::None, Values::Ordered))
}

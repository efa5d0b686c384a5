//! What is known of a number that is reckoned from others of which some are known only within bounds.
//!
//! Only a score that an expression computes asks for this: in a condition, arithmetic takes values alone.

use super::Machine;
use super::decimal::settled;
use crate::expression::program::{Op, OpId};
use crate::expression::{FieldId, Reading};
use crate::value::{Decimal, Interval, Value};

/// What a field can still become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What it holds is final; while it holds nothing, nothing is known.
    Final,
    /// While it holds nothing, any of these.
    Within(Interval),
    /// What it holds can still change with answers that are missing.
    Open,
}

type Reaches<'r> = &'r dyn Fn(FieldId) -> Reach;
type Join = fn(Decimal, Decimal) -> Option<Decimal>;

impl Machine<'_> {
    /// The least and the most that a number can be; none if that is not known. Only the four operations are looked
    /// through: a function may skip what is missing, and give another number once it is there.
    pub(in crate::expression) fn range(&mut self, id: OpId, reaches: Reaches<'_>) -> Option<Interval> {
        if !self.spend(1) {
            return None;
        }
        match *self.code.op(id) {
            Op::Number(number) => Some(Interval::point(number)),
            Op::Negate(inner) => self.range(inner, reaches).map(|inner| Interval::new(-inner.lo, -inner.hi)),
            Op::Add(left, right) => self.joined(left, right, reaches, Decimal::checked_add),
            Op::Subtract(left, right) => self.joined(left, right, reaches, Decimal::checked_sub),
            Op::Multiply(left, right) => self.joined(left, right, reaches, Decimal::checked_mul),
            Op::Divide(left, right) => {
                let (left, right) = (self.range(left, reaches)?, self.range(right, reaches)?);
                // What can be divided by anything near 0 can be anything.
                let is_safe = right.lo > Decimal::ZERO || right.hi < Decimal::ZERO;
                if is_safe { joined(left, right, Decimal::checked_div) } else { None }
            }
            Op::Read(field, place) => {
                let (reach, row) = (reaches(field), self.row(place));
                match (self.facts.read(field, row), reach) {
                    (_, Reach::Open) => None,
                    (Reading::Within(interval), _) | (Reading::Missing, Reach::Within(interval)) => {
                        Some(interval)
                    }
                    (Reading::Known(Value::Number(number)), _) => {
                        Some(self.facts.stand_in(field).unwrap_or(Interval::point(*number)))
                    }
                    (Reading::Known(_) | Reading::Missing, _) => None,
                }
            }
            _ => None,
        }
    }

    fn joined(&mut self, left: OpId, right: OpId, reaches: Reaches<'_>, join: Join) -> Option<Interval> {
        joined(self.range(left, reaches)?, self.range(right, reaches)?, join)
    }
}

/// Each of the four operations goes one way all along an operand, so that the ends of a result are among those of the
/// ends; they are rounded as a value is.
fn joined(left: Interval, right: Interval, join: Join) -> Option<Interval> {
    let mut ends = [(left.lo, right.lo), (left.lo, right.hi), (left.hi, right.lo), (left.hi, right.hi)]
        .into_iter()
        .map(|(left, right)| join(left, right).map(settled));
    let first = Interval::point(ends.next()??);
    ends.try_fold(first, |range, end| {
        let end = end?;
        Some(Interval { lo: range.lo.min(end), hi: range.hi.max(end) })
    })
}

//! What is known of a number that is reckoned from others of which some are known only within bounds.
//!
//! Only a score that an expression computes asks for this: in a condition, arithmetic takes values alone.

use super::Machine;
use crate::expression::FieldId;
use crate::expression::program::{Op, OpId};
use crate::value::{Decimal, Interval};

type Join = fn(Decimal, Decimal) -> Option<Decimal>;

impl Machine<'_> {
    /// The least and the most that a number can be; none if that is not known. `open` says what a field without a value
    /// can still become.
    pub(in crate::expression) fn range(
        &mut self,
        id: OpId,
        open: &dyn Fn(FieldId) -> Option<Interval>,
    ) -> Option<Interval> {
        if !self.spend(1) {
            return None;
        }
        match *self.code.op(id) {
            Op::Negate(inner) => self.range(inner, open).map(|inner| Interval::new(-inner.lo, -inner.hi)),
            Op::Add(left, right) => self.joined(left, right, open, Decimal::checked_add),
            Op::Subtract(left, right) => self.joined(left, right, open, Decimal::checked_sub),
            Op::Multiply(left, right) => self.joined(left, right, open, Decimal::checked_mul),
            Op::Divide(left, right) => {
                let divisor = self.range(right, open)?;
                // What can be divided by anything near 0 can be anything.
                let is_safe = divisor.lo > Decimal::ZERO || divisor.hi < Decimal::ZERO;
                if is_safe { self.joined(left, right, open, Decimal::checked_div) } else { None }
            }
            Op::Read(field, _) => match self.bounds(id) {
                Some(bounds) => Some(bounds.interval()),
                None => open(field),
            },
            _ => self.bounds(id).map(|bounds| bounds.interval()),
        }
    }

    /// Each of the four operations goes one way all along an operand, so that the ends of a result are among those of
    /// the ends.
    fn joined(
        &mut self,
        left: OpId,
        right: OpId,
        open: &dyn Fn(FieldId) -> Option<Interval>,
        join: Join,
    ) -> Option<Interval> {
        let (left, right) = (self.range(left, open)?, self.range(right, open)?);
        let mut ends = [(left.lo, right.lo), (left.lo, right.hi), (left.hi, right.lo), (left.hi, right.hi)]
            .into_iter()
            .map(|(left, right)| join(left, right));
        let first = Interval::point(ends.next()??);
        ends.try_fold(first, |range, end| {
            let end = end?;
            Some(Interval { lo: range.lo.min(end), hi: range.hi.max(end) })
        })
    }
}

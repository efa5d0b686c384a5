//! The sums of columns over their rows, kept as values come and go: to add the five-hundredth row to a household budget
//! costs what adding the fifth costs.

use std::collections::BTreeMap;

use super::{Node, Session};
use crate::expression::{ColumnSum, RowId};
use crate::plan::{Plan, QuestionId};
use crate::value::{Decimal, Value};

/// Sums are kept in billionths.
const PLACES: u32 = 9;

/// What one value may come to, in billionths: a thousand billions. As many of them as a session can have rows are added
/// in any order without a digit lost, so that what is taken off again leaves nothing behind.
const MOST: i128 = 10_i128.pow(12 + PLACES);

/// The sums of the columns of a repeat.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums(Vec<(QuestionId, Sum)>);

/// The sum of a column.
#[derive(Clone, Debug, Default)]
struct Sum {
    /// What each row adds; none: a number that is too large or has too many places.
    parts: BTreeMap<RowId, Option<i128>>,
    sum: i128,
    /// How many rows have such a number. While there is one, the sum is not kept.
    unfit: usize,
}

impl Sums {
    /// The sum of a column; none while a number in it does not let itself be kept in a sum.
    pub(super) fn of(&self, column: QuestionId) -> Option<ColumnSum> {
        match self.0.iter().find(|(known, _)| *known == column) {
            Some((_, sum)) => sum.total(),
            None => Some(ColumnSum { sum: Decimal::ZERO, count: 0 }),
        }
    }

    /// What a row adds to a column's sum now.
    fn set(&mut self, column: QuestionId, row: RowId, value: Option<Decimal>) {
        match self.0.iter_mut().find(|(known, _)| *known == column) {
            Some((_, sum)) => sum.set(row, value),
            None => {
                let mut sum = Sum::default();
                sum.set(row, value);
                self.0.push((column, sum));
            }
        }
    }

    /// A row is there no more.
    pub(super) fn drop_row(&mut self, row: RowId) {
        self.0.iter_mut().for_each(|(_, sum)| sum.set(row, None));
    }
}

impl Sum {
    fn set(&mut self, row: RowId, value: Option<Decimal>) {
        let new = value.map(billionths);
        let old = match new {
            Some(part) => self.parts.insert(row, part),
            None => self.parts.remove(&row),
        };
        self.sum += new.flatten().unwrap_or(0) - old.flatten().unwrap_or(0);
        self.unfit += usize::from(new == Some(None));
        self.unfit -= usize::from(old == Some(None));
    }

    fn total(&self) -> Option<ColumnSum> {
        if self.unfit > 0 {
            return None;
        }
        let sum = Decimal::try_from_i128_with_scale(self.sum, PLACES).ok()?.normalize();
        Some(ColumnSum { sum, count: u32::try_from(self.parts.len()).ok()? })
    }
}

/// A number in billionths, if it is not too large and none of its places is lost.
fn billionths(number: Decimal) -> Option<i128> {
    let number = number.normalize();
    let factor = 10_i128.checked_pow(PLACES.checked_sub(number.scale())?)?;
    number.mantissa().checked_mul(factor).filter(|whole| whole.abs() < MOST)
}

impl Session {
    /// Notes what a row adds to the sum of a column.
    pub(super) fn add_up(&mut self, plan: &Plan, node: Node) {
        let value = match self.value(node) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let Some(row) = self.rows.get(node.row) else { return };
        let Some(repeat) = row.repeat.map(|repeat| Node::new(repeat, row.parent)) else { return };
        if let Some(cell) = self.rows.cell_mut(plan, repeat) {
            cell.list_mut().sums.set(node.question(), node.row, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMN: QuestionId = QuestionId(3);

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_taken_off_leaves_nothing_behind() {
        let mut sums = Sums::default();
        let texts = ["0.1", "999999999999.999999999", "-0.000000001", "3", "2.50"];
        for (row, text) in (0..).map(RowId).zip(texts) {
            sums.set(COLUMN, row, Some(number(text)));
        }
        assert_eq!(sums.of(COLUMN), Some(ColumnSum { sum: number("1000000000005.599999998"), count: 5 }));
        sums.set(COLUMN, RowId(3), None);
        sums.set(COLUMN, RowId(1), Some(number("1")));
        sums.drop_row(RowId(2));
        sums.drop_row(RowId(9));
        assert_eq!(sums.of(COLUMN), Some(ColumnSum { sum: number("3.6"), count: 3 }));
        for row in 0..5 {
            sums.set(COLUMN, RowId(row), None);
        }
        assert_eq!(sums.of(COLUMN), Some(ColumnSum { sum: Decimal::ZERO, count: 0 }));
        assert_eq!(sums.of(QuestionId(4)), Some(ColumnSum { sum: Decimal::ZERO, count: 0 }));
    }

    #[test]
    fn a_number_that_could_lose_a_digit_is_not_added_up_here() {
        for text in ["1000000000000", "-1000000000000", "0.0000000001", "0.3333333333333333333333333333"] {
            let mut sums = Sums::default();
            sums.set(COLUMN, RowId(1), Some(number("2")));
            sums.set(COLUMN, RowId(2), Some(number(text)));
            assert_eq!(sums.of(COLUMN), None, "{text}");
            sums.set(COLUMN, RowId(2), Some(number("1.0000000000000000000000")));
            assert_eq!(sums.of(COLUMN), Some(ColumnSum { sum: number("3"), count: 2 }), "{text}");
        }
    }
}

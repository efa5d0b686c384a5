use super::decimal::settled;
use super::{Item, Machine, Text};
use crate::expression::limits;
use crate::expression::program::{Args, Op, OpId, Scalar};
use crate::value::Decimal;

/// The most arguments, the receiver included, that a function of single values takes.
const MOST: usize = 3;

impl<'a> Machine<'a> {
    pub(in crate::expression) fn number(&mut self, id: OpId) -> Option<Decimal> {
        self.item(id)?.number()
    }

    /// Exact, and missing where there is no exact result: on overflow and on division by zero.
    pub(super) fn arithmetic(&mut self, op: &Op) -> Option<Decimal> {
        match *op {
            Op::Negate(inner) => self.number(inner).map(|number| -number),
            Op::Add(left, right) => self.numbers(left, right, Decimal::checked_add),
            Op::Subtract(left, right) => self.numbers(left, right, Decimal::checked_sub),
            Op::Multiply(left, right) => self.numbers(left, right, Decimal::checked_mul),
            Op::Divide(left, right) => self.numbers(left, right, Decimal::checked_div),
            Op::Mod(left, right) => self.numbers(left, right, Decimal::checked_rem),
            Op::Div(left, right) => self.numbers(left, right, |left, right| {
                // The remainder is exact; a quotient could be rounded up to the next whole number.
                let rest = left.checked_rem(right)?;
                left.checked_sub(rest)?.checked_div(right).map(|quotient| quotient.round())
            }),
            _ => None,
        }
    }

    fn numbers(
        &mut self,
        left: OpId,
        right: OpId,
        run: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Decimal> {
        let (left, right) = self.both(left, right)?;
        run(left.number()?, right.number()?).map(settled)
    }

    pub(super) fn join(&mut self, left: OpId, right: OpId) -> Option<Item<'a>> {
        let (left, right) = self.both(left, right)?;
        self.make([left.text()?, right.text()?].concat())
    }

    pub(super) fn concat(&mut self, left: OpId, right: OpId) -> Option<Item<'a>> {
        let left = self.item(left);
        let right = self.item(right);
        let text = |item: &Option<Item<'a>>| item.as_ref().and_then(Item::text).unwrap_or("").to_owned();
        self.make([text(&left), text(&right)].concat())
    }

    /// A text as a value, unless it is longer than may be made.
    pub(in crate::expression) fn make(&mut self, text: String) -> Option<Item<'a>> {
        (self.spend_on(&text) && text.len() <= limits::MADE_TEXT).then(|| Item::made(text))
    }

    fn spend_on(&mut self, text: &str) -> bool {
        self.spend(u32::try_from(text.len() / 16).unwrap_or(u32::MAX))
    }

    /// Runs a function of single values; missing if one of them is.
    pub(super) fn scalar(&mut self, run: Scalar, args: Args) -> Option<Item<'a>> {
        let mut items = [const { Item::Boolean(false) }; MOST];
        let mut count = 0;
        let mut missing = false;
        for &arg in self.code.args(args) {
            match (self.item(arg), items.get_mut(count)) {
                (Some(item), Some(slot)) => {
                    if let Item::Text(text) = &item
                        && !self.spend_on(text.as_str())
                    {
                        return None;
                    }
                    *slot = item;
                    count += 1;
                }
                _ if self.explains() => missing = true,
                _ => return None,
            }
        }
        if missing {
            return None;
        }
        match run(items.get(..count)?)? {
            Item::Text(Text::Made(text)) => {
                let fits = self.spend_on(&text) && text.len() <= limits::MADE_TEXT;
                fits.then_some(Item::Text(Text::Made(text)))
            }
            other => Some(other),
        }
    }
}

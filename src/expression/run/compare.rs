use std::cmp::Ordering;

use super::{Item, Machine};
use crate::expression::program::{Op, OpId, Test};
use crate::expression::{Reading, limits};
use crate::value::{Decimal, Interval, Truth, Value};

/// What is known of a number.
pub(in crate::expression) enum Bounds {
    Point(Decimal),
    Within(Interval),
}

impl Bounds {
    pub(in crate::expression) fn interval(&self) -> Interval {
        match self {
            Self::Point(number) => Interval::point(*number),
            Self::Within(interval) => *interval,
        }
    }
}

impl Test {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
        }
    }

    /// Whether it holds for every pair of numbers of two intervals: true, false (for none) or unknown.
    fn holds_within(self, left: Interval, right: Interval) -> Truth {
        let less = |left: Interval, right: Interval| match (left.hi < right.lo, left.lo >= right.hi) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        };
        match self {
            Self::Less => less(left, right),
            Self::Greater => less(right, left),
            Self::LessEqual => less(right, left).negate(),
            Self::GreaterEqual => less(left, right).negate(),
            Self::NotEqual => Self::Equal.holds_within(left, right).negate(),
            Self::Equal if left.hi < right.lo || right.hi < left.lo => Truth::False,
            Self::Equal => match (left.as_point(), right.as_point()) {
                (Some(left), Some(right)) => Truth::from(left == right),
                _ => Truth::Unknown,
            },
        }
    }
}

impl<'a> Machine<'a> {
    /// What is known of a number: bounds only of a field that is read bare.
    pub(in crate::expression) fn bounds(&mut self, id: OpId) -> Option<Bounds> {
        let code = self.code;
        match *code.op(id) {
            Op::Number(number) => Some(Bounds::Point(number)),
            Op::Read(field, place) => {
                let row = self.row(place);
                match self.facts.read(field, row) {
                    Reading::Known(Value::Number(number)) => Some(Bounds::Point(*number)),
                    Reading::Within(interval) => {
                        // It counts as missing until a comparison is decided all the same.
                        self.blame(field, row);
                        Some(Bounds::Within(interval))
                    }
                    Reading::Known(_) | Reading::Missing => {
                        self.blame(field, row);
                        None
                    }
                }
            }
            _ => self.number(id).map(Bounds::Point),
        }
    }

    pub(super) fn compare_numbers(&mut self, test: Test, left: OpId, right: OpId) -> Truth {
        let left = self.bounds(left);
        if left.is_none() && !self.explains() {
            return Truth::Unknown;
        }
        let (Some(left), Some(right)) = (left, self.bounds(right)) else { return Truth::Unknown };
        match (left, right) {
            (Bounds::Point(left), Bounds::Point(right)) => Truth::from(test.holds(left.cmp(&right))),
            (left, right) => test.holds_within(left.interval(), right.interval()),
        }
    }

    pub(super) fn compare(&mut self, test: Test, left: OpId, right: OpId) -> Truth {
        match self.both(left, right) {
            Some((left, right)) => Truth::from(left.order(&right).map(|order| test.holds(order))),
            None => Truth::Unknown,
        }
    }

    /// Two values, if neither is missing. The second is looked at even then if somebody asks for what is missing.
    pub(in crate::expression) fn both(&mut self, left: OpId, right: OpId) -> Option<(Item<'a>, Item<'a>)> {
        let left = self.item(left);
        if left.is_none() && !self.explains() {
            return None;
        }
        let right = self.item(right);
        Some((left?, right?))
    }

    /// Whether an element is in a list: unknown for a missing element, false for an empty list.
    pub(super) fn is_in(&mut self, element: OpId, list: OpId) -> Truth {
        if let Op::Read(field, place) = *self.code.op(element)
            && let Reading::Within(bounds) = self.facts.read(field, self.row(place))
        {
            self.blame(field, self.row(place));
            return self.is_within(bounds, list);
        }
        let Some(element) = self.item(element) else { return Truth::Unknown };
        let mut found = Truth::False;
        self.each(list, &mut |_, item| {
            found = found.max(match element.order(&item) {
                Some(order) => Truth::from(order.is_eq()),
                None => Truth::Unknown,
            });
            !found.is_true()
        });
        found
    }

    /// The same for a number that is known only within bounds: false where none of the list lies in them.
    fn is_within(&mut self, bounds: Interval, list: OpId) -> Truth {
        let mut found = Truth::False;
        self.each(list, &mut |_, item| {
            found = found.max(match item.number() {
                Some(number) => Test::Equal.holds_within(bounds, Interval::point(number)),
                None => Truth::Unknown,
            });
            !found.is_true()
        });
        found
    }

    /// `~`: the same values in any order, texts without regard to case and spacing; nothing is equivalent to nothing.
    pub(super) fn equivalent(&mut self, left: OpId, right: OpId) -> bool {
        let left = self.collect(left);
        let mut right = self.collect(right);
        if left.len() != right.len() {
            return false;
        }
        for item in left {
            let cost = u32::try_from(right.len()).unwrap_or(u32::MAX);
            let found = right.iter().position(|other| equivalent(&item, other));
            match found {
                Some(index) if self.spend(cost) => right.swap_remove(index),
                _ => return false,
            };
        }
        true
    }

    pub(super) fn matches(&mut self, text: OpId, pattern: u16) -> Truth {
        let Some(text) = self.item(text) else { return Truth::Unknown };
        let (Some(text), Some(pattern)) = (text.text(), self.code.pattern_at(pattern)) else {
            return Truth::Unknown;
        };
        // Linear in the text, but by far the dearest step for each byte of it.
        let cost = u32::try_from(text.len()).unwrap_or(u32::MAX).saturating_mul(16);
        if text.len() > limits::PATTERN_TEXT || !self.spend(cost) {
            return Truth::Unknown;
        }
        Truth::from(pattern.is_match(text))
    }
}

/// Whether two texts are the same without regard to case and spacing.
#[must_use]
pub fn is_alike(left: &str, right: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    left == right || words(left) == words(right)
}

fn equivalent(left: &Item<'_>, right: &Item<'_>) -> bool {
    match (left, right) {
        (Item::Text(left), Item::Text(right)) => is_alike(left.as_str(), right.as_str()),
        (left, right) => left.same(right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_intervals_decide_only_what_holds_for_all_their_numbers() {
        let interval = |lo: i32, hi: i32| Interval::new(lo.into(), hi.into());
        for (test, left, right, truth) in [
            (Test::Less, (1, 3), (4, 5), Truth::True),
            (Test::Less, (1, 4), (4, 5), Truth::Unknown),
            (Test::LessEqual, (1, 4), (4, 5), Truth::True),
            (Test::Less, (5, 6), (4, 5), Truth::False),
            (Test::Greater, (5, 6), (4, 5), Truth::Unknown),
            (Test::GreaterEqual, (5, 6), (4, 5), Truth::True),
            (Test::Equal, (1, 3), (4, 5), Truth::False),
            (Test::Equal, (4, 4), (4, 4), Truth::True),
            (Test::Equal, (4, 5), (4, 5), Truth::Unknown),
            (Test::NotEqual, (1, 3), (4, 5), Truth::True),
        ] {
            let held = test.holds_within(interval(left.0, left.1), interval(right.0, right.1));
            assert_eq!(held, truth, "{test:?} {left:?} {right:?}");
        }
    }
}

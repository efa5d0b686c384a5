use super::{Decimal, Truth};

/// All numbers from `lo` to `hi`, both included: what a score can still be while items are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The least it can be.
    pub lo: Decimal,
    /// The most it can be.
    pub hi: Decimal,
}

impl Interval {
    /// The interval between two numbers, in whichever order they come.
    #[must_use]
    pub fn new(a: Decimal, b: Decimal) -> Self {
        Self { lo: a.min(b), hi: a.max(b) }
    }

    /// The interval that holds one number only.
    #[must_use]
    pub const fn point(value: Decimal) -> Self {
        Self { lo: value, hi: value }
    }

    /// The one number it holds, if it holds only one.
    #[must_use]
    pub fn as_point(self) -> Option<Decimal> {
        (self.lo == self.hi).then_some(self.lo)
    }

    /// Whether every number in it is less than `other`: true, false (none is) or unknown.
    #[must_use]
    pub fn less_than(self, other: Decimal) -> Truth {
        if self.hi < other {
            Truth::True
        } else if self.lo >= other {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Whether every number in it is greater than `other`: true, false (none is) or unknown.
    #[must_use]
    pub fn greater_than(self, other: Decimal) -> Truth {
        if self.lo > other {
            Truth::True
        } else if self.hi <= other {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Whether every number in it equals `other`: true, false (none does) or unknown.
    #[must_use]
    pub fn equal_to(self, other: Decimal) -> Truth {
        if self.as_point() == Some(other) {
            Truth::True
        } else if other < self.lo || other > self.hi {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_decided_only_by_the_whole_interval() {
        let score = Interval::new(Decimal::from(55), Decimal::from(60));
        assert_eq!(score.less_than(Decimal::from(61)), Truth::True);
        assert_eq!(score.less_than(Decimal::from(60)), Truth::Unknown);
        assert_eq!(score.less_than(Decimal::from(55)), Truth::False);
        assert_eq!(score.greater_than(Decimal::from(60)), Truth::False);
        assert_eq!(score.greater_than(Decimal::from(54)), Truth::True);
        assert_eq!(score.equal_to(Decimal::from(57)), Truth::Unknown);
        assert_eq!(score.equal_to(Decimal::from(61)), Truth::False);
    }
}

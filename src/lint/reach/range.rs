use std::cmp::Ordering;
use std::rc::Rc;

use crate::value::Decimal;

/// As many numbers as are kept one by one; more are kept by their ends.
const LISTED: usize = 128;

/// One end of a range; `open` if the number itself does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) struct End {
    pub(in crate::lint) at: Decimal,
    pub(in crate::lint) open: bool,
}

/// The numbers that something can be: between two ends, or a few listed ones. Never empty.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) struct Range {
    pub(in crate::lint) lo: Option<End>,
    pub(in crate::lint) hi: Option<End>,
    /// Only whole numbers.
    pub(in crate::lint) whole: bool,
    /// In ascending order.
    pub(in crate::lint) only: Option<Rc<[Decimal]>>,
}

const fn closed(at: Decimal) -> End {
    End { at, open: false }
}

impl Range {
    /// Every number.
    pub(super) const fn all(whole: bool) -> Self {
        Self { lo: None, hi: None, whole, only: None }
    }

    pub(super) fn point(at: Decimal) -> Self {
        Self { lo: Some(closed(at)), hi: Some(closed(at)), whole: at.is_integer(), only: Some([at].into()) }
    }

    /// Numbers from one to another; none if there is none.
    pub(super) fn between(lo: Option<End>, hi: Option<End>, whole: bool) -> Option<Self> {
        Self { lo, hi, whole, only: None }.tidy()
    }

    pub(super) fn closed(lo: Decimal, hi: Decimal, whole: bool) -> Option<Self> {
        Self::between(Some(closed(lo)), Some(closed(hi)), whole)
    }

    /// These numbers; none if there are none.
    pub(super) fn listed(mut numbers: Vec<Decimal>) -> Option<Self> {
        numbers.sort();
        numbers.dedup();
        let (lo, hi) = (*numbers.first()?, *numbers.last()?);
        let whole = numbers.iter().all(Decimal::is_integer);
        let only = (numbers.len() <= LISTED).then(|| numbers.into());
        Some(Self { lo: Some(closed(lo)), hi: Some(closed(hi)), whole, only })
    }

    /// Ends that belong to it, for whole numbers; a list where there are few.
    fn tidy(mut self) -> Option<Self> {
        if self.whole {
            let up = |end: End| {
                let ceiling = end.at.ceil();
                closed(if end.open && ceiling == end.at {
                    ceiling.checked_add(Decimal::ONE).unwrap_or(ceiling)
                } else {
                    ceiling
                })
            };
            let down = |end: End| {
                let floor = end.at.floor();
                closed(if end.open && floor == end.at {
                    floor.checked_sub(Decimal::ONE).unwrap_or(floor)
                } else {
                    floor
                })
            };
            self.lo = self.lo.map(up);
            self.hi = self.hi.map(down);
        }
        if let (Some(lo), Some(hi)) = (self.lo, self.hi) {
            let empty = match lo.at.cmp(&hi.at) {
                Ordering::Less => false,
                Ordering::Equal => lo.open || hi.open,
                Ordering::Greater => true,
            };
            if empty {
                return None;
            }
            if self.only.is_none()
                && self.whole
                && hi.at.checked_sub(lo.at).is_some_and(|width| width < Decimal::from(32))
            {
                let mut numbers = vec![lo.at];
                while let Some(next) = numbers.last().and_then(|last| last.checked_add(Decimal::ONE))
                    && next <= hi.at
                {
                    numbers.push(next);
                }
                self.only = Some(numbers.into());
            }
        }
        if self.only.is_some() {
            return self.relisted(|_| true);
        }
        Some(self)
    }

    fn holds(&self, number: Decimal) -> bool {
        self.lo.is_none_or(|lo| if lo.open { number > lo.at } else { number >= lo.at })
            && self.hi.is_none_or(|hi| if hi.open { number < hi.at } else { number <= hi.at })
            && (!self.whole || number.is_integer())
    }

    /// Keeps those of the listed that lie between the ends and pass; none if none does.
    fn relisted(&self, keep: impl Fn(Decimal) -> bool) -> Option<Self> {
        let only = self.only.as_ref()?;
        Self::listed(only.iter().copied().filter(|number| self.holds(*number) && keep(*number)).collect())
    }

    /// Whether a number is in it.
    pub(super) fn contains(&self, number: Decimal) -> bool {
        match &self.only {
            Some(only) => only.contains(&number),
            None => self.holds(number),
        }
    }

    pub(super) fn as_point(&self) -> Option<Decimal> {
        match (self.lo, self.hi) {
            (Some(lo), Some(hi)) if lo.at == hi.at => Some(lo.at),
            _ => None,
        }
    }

    pub(super) fn join(&self, other: &Self) -> Self {
        if let (Some(one), Some(two)) = (&self.only, &other.only)
            && let Some(joined) = Self::listed(one.iter().chain(two.iter()).copied().collect())
        {
            return joined;
        }
        let lower = |one: End, two: End| match one.at.cmp(&two.at) {
            Ordering::Less => one,
            Ordering::Greater => two,
            Ordering::Equal => End { at: one.at, open: one.open && two.open },
        };
        let higher = |one: End, two: End| match one.at.cmp(&two.at) {
            Ordering::Greater => one,
            Ordering::Less => two,
            Ordering::Equal => End { at: one.at, open: one.open && two.open },
        };
        Self {
            lo: self.lo.zip(other.lo).map(|(one, two)| lower(one, two)),
            hi: self.hi.zip(other.hi).map(|(one, two)| higher(one, two)),
            whole: self.whole && other.whole,
            only: None,
        }
    }

    /// What is in both; none if nothing is.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let met = self.below(other.hi)?.above(other.lo)?;
        match (&met.only, &other.only) {
            (Some(_), Some(allowed)) => met.relisted(|number| allowed.contains(&number)),
            (None, Some(allowed)) => {
                Self::listed(allowed.iter().copied().filter(|number| met.holds(*number)).collect())
            }
            _ => Self { whole: met.whole || other.whole, ..met }.tidy(),
        }
    }

    /// What does not lie above an end.
    pub(super) fn below(&self, end: Option<End>) -> Option<Self> {
        let Some(end) = end else { return Some(self.clone()) };
        let hi = match self.hi {
            Some(hi) if hi.at < end.at || (hi.at == end.at && hi.open) => hi,
            _ => end,
        };
        Self { hi: Some(hi), ..self.clone() }.tidy()
    }

    /// What does not lie below an end.
    pub(super) fn above(&self, end: Option<End>) -> Option<Self> {
        let Some(end) = end else { return Some(self.clone()) };
        let lo = match self.lo {
            Some(lo) if lo.at > end.at || (lo.at == end.at && lo.open) => lo,
            _ => end,
        };
        Self { lo: Some(lo), ..self.clone() }.tidy()
    }

    /// Without one number, as far as that can be said.
    pub(super) fn without(&self, number: Decimal) -> Option<Self> {
        if self.only.is_some() {
            return self.relisted(|other| other != number);
        }
        let opened = |end: Option<End>| {
            end.map(|end| if end.at == number { End { at: end.at, open: true } } else { end })
        };
        Self { lo: opened(self.lo), hi: opened(self.hi), ..self.clone() }.tidy()
    }

    /// Applies a function that rises (or falls) all the way to every number.
    pub(super) fn mapped(&self, falls: bool, map: impl Fn(Decimal) -> Option<Decimal>) -> Self {
        if let Some(only) = &self.only
            && let Some(numbers) = only.iter().map(|number| map(*number)).collect::<Option<Vec<_>>>()
            && let Some(listed) = Self::listed(numbers)
        {
            return listed;
        }
        // Rounding in the last place can reach an end that is open.
        let end = |end: Option<End>| end.and_then(|end| map(end.at)).map(closed);
        let (lo, hi) = (end(self.lo), end(self.hi));
        let (lo, hi) = if falls { (hi, lo) } else { (lo, hi) };
        Self { lo, hi, whole: false, only: None }
    }

    /// The sums of a number of each.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let end = |one: Option<End>, two: Option<End>| {
            let (one, two) = one.zip(two)?;
            one.at.checked_add(two.at).map(closed)
        };
        let whole = self.whole && other.whole;
        let sum = Self { lo: end(self.lo, other.lo), hi: end(self.hi, other.hi), whole, only: None };
        sum.clone().tidy().unwrap_or(sum)
    }

    pub(super) fn negated(&self) -> Self {
        let end = |end: Option<End>| end.map(|end| End { at: -end.at, open: end.open });
        let only = self.only.as_ref().map(|only| only.iter().rev().map(|number| -*number).collect());
        Self { lo: end(self.hi), hi: end(self.lo), whole: self.whole, only }
    }

    /// The products of a number of each.
    pub(super) fn times(&self, other: &Self) -> Self {
        let whole = self.whole && other.whole;
        let ends = |range: &Self| Some([range.lo?.at, range.hi?.at]);
        let product = (|| {
            let (one, two) = (ends(self)?, ends(other)?);
            let mut products = Vec::with_capacity(4);
            for left in one {
                for right in two {
                    products.push(left.checked_mul(right)?);
                }
            }
            Self::closed(*products.iter().min()?, *products.iter().max()?, whole)
        })();
        product.unwrap_or_else(|| Self::all(whole))
    }
}

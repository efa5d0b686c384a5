//! What is known of a value before anybody has answered: the abstract domain.
//!
//! Everything here errs on one side: what it holds is at least what can really occur. So "cannot be true" is a proof,
//! and "can be true" is none.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::range::Range;
use crate::value::{Truth, Value};

/// What a part of an expression can come to.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) struct Held {
    /// It may be missing.
    pub(in crate::lint) missing: bool,
    /// It may be known within bounds only, as a score with missing items is: missing for everything but a comparison.
    pub(in crate::lint) within: bool,
    /// It may be a date of which only the year or the month is known.
    pub(in crate::lint) partial: bool,
    /// What it can be otherwise.
    pub(in crate::lint) values: Values,
}

/// The values that something can have.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) enum Values {
    /// None at all: it is always missing.
    None,
    /// Whether it can be yes, and whether it can be no.
    Truth { yes: bool, no: bool },
    /// Numbers, or days or minutes as numbers.
    Ordered(Range),
    /// Texts.
    Texts(Texts),
    /// Codes of a multiple choice.
    Codes(Codes),
    /// A list of which only the length is known.
    List { most: Option<u32> },
    /// Anything.
    Any,
}

/// Texts: some, or all but some.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) enum Texts {
    /// One of these.
    Of(Rc<BTreeSet<Arc<str>>>),
    /// Any but these.
    AllBut(Rc<BTreeSet<Arc<str>>>),
}

/// The codes chosen in a multiple choice of which at least one is chosen; none is *missing*.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lint) struct Codes {
    /// These surely are.
    pub(in crate::lint) chosen: Rc<BTreeSet<Arc<str>>>,
    /// These surely are not.
    pub(in crate::lint) left: Rc<BTreeSet<Arc<str>>>,
    /// So many there are to choose from.
    pub(in crate::lint) of: u32,
    /// So many are chosen at least and at most, from the constraints.
    pub(in crate::lint) least: u32,
    pub(in crate::lint) most: u32,
}

/// Which of the three truth values a condition can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// It can be true.
    pub can_be_true: bool,
    /// It can be false.
    pub can_be_false: bool,
    /// It can be unknown.
    pub can_be_unknown: bool,
}

impl Outcomes {
    /// Nothing is known.
    pub(in crate::lint) const ANY: Self =
        Self { can_be_true: true, can_be_false: true, can_be_unknown: true };
    pub(super) const NEVER: Self = Self { can_be_true: false, can_be_false: false, can_be_unknown: false };

    /// Whether a truth value is among them.
    #[must_use]
    pub const fn allow(self, truth: Truth) -> bool {
        match truth {
            Truth::True => self.can_be_true,
            Truth::False => self.can_be_false,
            Truth::Unknown => self.can_be_unknown,
        }
    }

    pub(super) fn add(&mut self, truth: Truth) {
        match truth {
            Truth::True => self.can_be_true = true,
            Truth::False => self.can_be_false = true,
            Truth::Unknown => self.can_be_unknown = true,
        }
    }

    pub(super) fn negate(self) -> Self {
        Self { can_be_true: self.can_be_false, can_be_false: self.can_be_true, ..self }
    }

    /// What a connective of two independent conditions can come to.
    pub(super) fn combined(self, other: Self, connective: impl Fn(Truth, Truth) -> Truth) -> Self {
        const ALL: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];
        let mut outcomes = Self::NEVER;
        for left in ALL.into_iter().filter(|truth| self.allow(*truth)) {
            for right in ALL.into_iter().filter(|truth| other.allow(*truth)) {
                outcomes.add(connective(left, right));
            }
        }
        outcomes
    }
}

impl Held {
    pub(super) const ANY: Self = Self { missing: true, within: false, partial: true, values: Values::Any };

    pub(super) const NOTHING: Self =
        Self { missing: true, within: false, partial: false, values: Values::None };

    /// A value that is surely there.
    pub(super) const fn there(values: Values) -> Self {
        Self { missing: false, within: false, partial: false, values }
    }

    /// A value that may be missing.
    pub(super) const fn maybe(values: Values) -> Self {
        Self { missing: true, within: false, partial: false, values }
    }

    pub(super) fn of_outcomes(outcomes: Outcomes) -> Self {
        let values = match (outcomes.can_be_true, outcomes.can_be_false) {
            (false, false) => Values::None,
            (yes, no) => Values::Truth { yes, no },
        };
        Self { missing: outcomes.can_be_unknown, within: false, partial: false, values }
    }

    /// As a condition.
    pub(super) fn outcomes(&self) -> Outcomes {
        let missing = self.missing || self.within;
        match self.values {
            Values::None => Outcomes { can_be_unknown: true, ..Outcomes::NEVER },
            Values::Truth { yes, no } => {
                Outcomes { can_be_true: yes, can_be_false: no, can_be_unknown: missing }
            }
            _ => Outcomes::ANY,
        }
    }

    /// The same for whatever needs a value: bounds are not enough.
    pub(super) fn valued(mut self) -> Self {
        self.missing |= self.within;
        self.within = false;
        self
    }

    /// Whether there can be a value.
    pub(super) fn can_exist(&self) -> bool {
        !matches!(self.values, Values::None) && !matches!(self.values, Values::List { most: Some(0) })
    }

    /// Whether nothing at all is possible: a contradiction.
    pub(super) fn is_impossible(&self) -> bool {
        !self.missing && !self.within && !self.can_exist()
    }

    /// Without the possibility that it is missing.
    pub(super) fn present(&self) -> Self {
        Self { missing: false, within: false, ..self.clone() }
    }

    /// What either can be.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            missing: self.missing || other.missing,
            within: self.within || other.within,
            partial: self.partial || other.partial,
            values: self.values.join(&other.values),
        }
    }
}

impl Values {
    pub(super) const BOTH: Self = Self::Truth { yes: true, no: true };

    pub(super) fn any_text() -> Self {
        Self::Texts(Texts::AllBut(Rc::default()))
    }

    pub(super) fn text(text: &Arc<str>) -> Self {
        Self::Texts(Texts::Of(Rc::new(BTreeSet::from([Arc::clone(text)]))))
    }

    fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, known) | (known, Self::None) => known.clone(),
            (Self::Truth { yes, no }, Self::Truth { yes: other_yes, no: other_no }) => {
                Self::Truth { yes: *yes || *other_yes, no: *no || *other_no }
            }
            (Self::Ordered(one), Self::Ordered(other)) => Self::Ordered(one.join(other)),
            (Self::Texts(one), Self::Texts(other)) => Self::Texts(one.join(other)),
            (Self::Codes(one), Self::Codes(other)) if one.of == other.of => Self::Codes(one.join(other)),
            (Self::List { most }, Self::List { most: other }) => {
                Self::List { most: most.zip(*other).map(|(one, other)| one.max(other)) }
            }
            _ => Self::Any,
        }
    }
}

impl Texts {
    pub(super) fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of(Rc::new(one.union(other).cloned().collect())),
            (Self::AllBut(one), Self::AllBut(other)) => {
                Self::AllBut(Rc::new(one.intersection(other).cloned().collect()))
            }
            (Self::Of(some), Self::AllBut(but)) | (Self::AllBut(but), Self::Of(some)) => {
                Self::AllBut(Rc::new(but.difference(some).cloned().collect()))
            }
        }
    }

    /// What is in both; none if nothing is.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let met = match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of(Rc::new(one.intersection(other).cloned().collect())),
            (Self::AllBut(one), Self::AllBut(other)) => {
                Self::AllBut(Rc::new(one.union(other).cloned().collect()))
            }
            (Self::Of(some), Self::AllBut(but)) | (Self::AllBut(but), Self::Of(some)) => {
                Self::Of(Rc::new(some.difference(but).cloned().collect()))
            }
        };
        match &met {
            Self::Of(some) if some.is_empty() => None,
            _ => Some(met),
        }
    }

    /// Everything else; none if that is nothing.
    pub(super) fn others(&self) -> Self {
        match self {
            Self::Of(some) => Self::AllBut(Rc::clone(some)),
            Self::AllBut(but) => Self::Of(Rc::clone(but)),
        }
    }

    /// The one text that it can be, if it can be only one.
    pub(super) fn single(&self) -> Option<&Arc<str>> {
        match self {
            Self::Of(some) if some.len() == 1 => some.iter().next(),
            _ => None,
        }
    }
}

impl Codes {
    fn join(&self, other: &Self) -> Self {
        Self {
            chosen: Rc::new(self.chosen.intersection(&other.chosen).cloned().collect()),
            left: Rc::new(self.left.intersection(&other.left).cloned().collect()),
            of: self.of,
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// How many are chosen, at least and at most; none if that is impossible.
    pub(super) fn count(&self) -> Option<(u32, u32)> {
        let size = |set: &BTreeSet<Arc<str>>| u32::try_from(set.len()).unwrap_or(u32::MAX);
        let least = self.least.max(size(&self.chosen)).max(1);
        let most = self.most.min(self.of.saturating_sub(size(&self.left)));
        let torn = self.chosen.iter().any(|code| self.left.contains(code));
        (least <= most && !torn).then_some((least, most))
    }

    pub(super) fn with(&self, code: &Arc<str>) -> Option<Self> {
        let mut chosen = (*self.chosen).clone();
        chosen.insert(Arc::clone(code));
        let with = Self { chosen: Rc::new(chosen), ..self.clone() };
        with.count().map(|_| with)
    }

    pub(super) fn without(&self, code: &Arc<str>) -> Option<Self> {
        let mut left = (*self.left).clone();
        left.insert(Arc::clone(code));
        let without = Self { left: Rc::new(left), ..self.clone() };
        without.count().map(|_| without)
    }
}

/// Whether a value is among those that something can have.
pub(in crate::lint) fn fits(values: &Values, value: &Value) -> bool {
    match (values, value) {
        (Values::Ordered(range), Value::Number(number)) => range.contains(*number),
        (Values::Codes(codes), Value::Codes(chosen)) => {
            chosen.is_empty()
                || u32::try_from(chosen.len()).is_ok_and(|count| (codes.least..=codes.most).contains(&count))
        }
        (Values::None, _) => false,
        _ => true,
    }
}

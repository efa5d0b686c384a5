//! Comparisons and membership of values of which only a part is known.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::domain::{Codes, Held, Outcomes, Texts, Values};
use super::range::{End, Range};

/// What a comparison can come to.
pub(super) fn outcomes(test: &str, left: &Held, right: &Held) -> Outcomes {
    if matches!(left.values, Values::None) || matches!(right.values, Values::None) {
        return Outcomes { can_be_unknown: true, ..Outcomes::NEVER };
    }
    let vague = left.within || right.within || left.partial || right.partial;
    let (can_be_true, can_be_false) = match (&left.values, &right.values) {
        (Values::Ordered(one), Values::Ordered(other)) => ordered(test, one, other),
        (Values::Texts(one), Values::Texts(other)) => match test {
            "=" | "!=" => {
                let same = one.meet(other).is_some();
                let single = one.single().is_some() && one.single() == other.single();
                if test == "=" { (same, !single) } else { (!single, same) }
            }
            _ => (true, true),
        },
        (Values::Truth { yes, no }, Values::Truth { yes: other_yes, no: other_no }) => {
            let same = (*yes && *other_yes) || (*no && *other_no);
            let differ = (*yes && *other_no) || (*no && *other_yes);
            match test {
                "=" => (same, differ),
                "!=" => (differ, same),
                _ => (true, true),
            }
        }
        _ => (true, true),
    };
    // Bounds decide only what holds for all that lies between them.
    let (hull_true, hull_false) = match (&left.values, &right.values) {
        (Values::Ordered(one), Values::Ordered(other)) => {
            let hull = |range: &Range| Range { only: None, whole: false, ..range.clone() };
            ordered(test, &hull(one), &hull(other))
        }
        _ => (can_be_true, can_be_false),
    };
    Outcomes {
        can_be_true,
        can_be_false,
        can_be_unknown: left.missing || right.missing || (vague && hull_true && hull_false),
    }
}

/// Whether a comparison of two numbers can be true, and whether it can be false.
fn ordered(test: &str, left: &Range, right: &Range) -> (bool, bool) {
    let point = left.as_point().is_some() && left.as_point() == right.as_point();
    let meets = left.meet(right).is_some();
    // Whether some number of one is less than (or at most) some number of the other.
    let below = |one: &Range, other: &Range, equal: bool| match (one.lo, other.hi) {
        (Some(lo), Some(hi)) => lo.at < hi.at || (lo.at == hi.at && equal && !lo.open && !hi.open),
        _ => true,
    };
    match test {
        "=" => (meets, !point),
        "!=" => (!point, meets),
        "<" => (below(left, right, false), below(right, left, true)),
        "<=" => (below(left, right, true), below(right, left, false)),
        ">" => (below(right, left, false), below(left, right, true)),
        ">=" => (below(right, left, true), below(left, right, false)),
        _ => (true, true),
    }
}

/// What a side can be if a comparison with another is true; none if it cannot be.
pub(super) fn narrowed(test: &str, held: &Held, other: &Held) -> Option<Values> {
    match (&held.values, &other.values) {
        (Values::Ordered(range), Values::Ordered(other_range)) => {
            let open = |end: Option<End>| end.map(|end| End { at: end.at, open: true });
            let met = match test {
                "=" => range.meet(other_range),
                "!=" => {
                    match other_range.as_point().filter(|_| !other.partial && !held.partial && !other.within)
                    {
                        Some(point) if !held.within => range.without(point),
                        _ => Some(range.clone()),
                    }
                }
                "<" => range.below(open(other_range.hi)),
                "<=" => range.below(other_range.hi),
                ">" => range.above(open(other_range.lo)),
                ">=" => range.above(other_range.lo),
                _ => Some(range.clone()),
            };
            met.map(Values::Ordered)
        }
        (Values::Texts(texts), Values::Texts(other)) => match test {
            "=" => texts.meet(other).map(Values::Texts),
            "!=" => match other.single() {
                Some(single) => texts
                    .meet(&Texts::Of(Rc::new(BTreeSet::from([Arc::clone(single)]))).others())
                    .map(Values::Texts),
                None => Some(Values::Texts(texts.clone())),
            },
            _ => Some(held.values.clone()),
        },
        (Values::Truth { yes, no }, Values::Truth { yes: other_yes, no: other_no }) => {
            let (yes, no) = match test {
                "=" => (*yes && *other_yes, *no && *other_no),
                "!=" => (*yes && *other_no, *no && *other_yes),
                _ => (*yes, *no),
            };
            (yes || no).then_some(Values::Truth { yes, no })
        }
        (Values::None, _) => None,
        _ => Some(held.values.clone()),
    }
}

/// The test that holds where another does not.
pub(super) fn opposite(test: &str) -> &'static str {
    match test {
        "=" => "!=",
        "!=" => "=",
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        _ => "<",
    }
}

/// The test seen from the other side.
pub(super) fn mirrored(test: &str) -> &'static str {
    match test {
        "=" => "=",
        "!=" => "!=",
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        _ => "<=",
    }
}

/// A list in which something is looked for.
pub(super) struct List {
    /// What its elements can be, and whether each of them surely is in it.
    pub(super) elements: Elements,
    /// It may have no elements.
    pub(super) can_be_empty: bool,
}

pub(super) enum Elements {
    /// Single values, each of which may be missing.
    Values(Vec<Held>),
    /// The codes of a multiple choice.
    Codes(Codes),
    Unknown,
}

impl List {
    pub(super) fn of(held: Held) -> Self {
        let can_be_empty = held.missing;
        let elements = match held.values {
            Values::Codes(codes) => Elements::Codes(codes),
            Values::None => Elements::Values(Vec::new()),
            Values::List { .. } | Values::Any => Elements::Unknown,
            _ => Elements::Values(vec![held]),
        };
        Self { elements, can_be_empty }
    }

    pub(super) fn and(self, other: Self) -> Self {
        let can_be_empty = self.can_be_empty && other.can_be_empty;
        let elements = match (self.elements, other.elements) {
            (Elements::Values(mut one), Elements::Values(other)) => {
                one.extend(other);
                Elements::Values(one)
            }
            _ => Elements::Unknown,
        };
        Self { elements, can_be_empty }
    }

    /// The texts that it holds, if it is a list of known texts and nothing else.
    pub(super) fn texts(&self) -> Option<Texts> {
        let Elements::Values(values) = &self.elements else { return None };
        let mut all = BTreeSet::new();
        for held in values {
            match &held.values {
                Values::Texts(texts) if !held.missing => all.insert(Arc::clone(texts.single()?)),
                _ => return None,
            };
        }
        Some(Texts::Of(Rc::new(all)))
    }

    /// The numbers that it holds, if it is a list of known numbers and nothing else.
    pub(super) fn numbers(&self) -> Option<Range> {
        let Elements::Values(values) = &self.elements else { return None };
        let mut all = Vec::new();
        for held in values {
            match &held.values {
                Values::Ordered(range) if !held.missing && !held.partial => all.push(range.as_point()?),
                _ => return None,
            }
        }
        Range::listed(all)
    }
}

/// What `element in list` can come to.
pub(super) fn membership(element: &Held, list: &List) -> Outcomes {
    if matches!(element.values, Values::None) {
        return Outcomes { can_be_unknown: true, ..Outcomes::NEVER };
    }
    let mut outcomes = Outcomes { can_be_unknown: element.missing, ..Outcomes::NEVER };
    match &list.elements {
        Elements::Unknown => {
            outcomes.can_be_true = true;
            outcomes.can_be_false = true;
            // Partial dates in it may leave it open.
            outcomes.can_be_unknown |= matches!(element.values, Values::Ordered(_) | Values::Any);
        }
        Elements::Codes(codes) => {
            let single = match &element.values {
                Values::Texts(texts) => texts.single(),
                _ => None,
            };
            match single {
                Some(code) => {
                    outcomes.can_be_true = codes.with(code).is_some();
                    outcomes.can_be_false = list.can_be_empty || codes.without(code).is_some();
                }
                None => {
                    outcomes.can_be_true = true;
                    outcomes.can_be_false = true;
                }
            }
        }
        Elements::Values(values) => {
            // True as soon as one is equal, unknown if none is but one may be, false if none is.
            let mut surely = false;
            let mut never_false = false;
            for held in values {
                let equal = self::outcomes("=", &element.present(), &held.present());
                outcomes.can_be_true |= equal.can_be_true;
                outcomes.can_be_unknown |= equal.can_be_unknown;
                never_false |= !equal.can_be_false && !held.missing;
                surely |= !equal.can_be_false && !equal.can_be_unknown && !held.missing;
            }
            outcomes.can_be_false = !never_false;
            if surely {
                outcomes.can_be_unknown = element.missing;
            }
        }
    }
    outcomes
}

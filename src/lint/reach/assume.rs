//! Backwards: what must hold of the fields for a condition to come to a given truth value.

use super::Reach;
use super::compare::{List, mirrored, narrowed, opposite};
use super::domain::{Held, Values};
use super::env::{Env, bounded};
use super::lower::{At, Condition, Expr};
use crate::expression::FieldId;
use crate::plan::{Field, QuestionId};
use crate::value::Truth;

use Truth::{False, True, Unknown};

impl Reach<'_> {
    /// The ways in which a condition can come to a truth value, out of some ways in which things can be: none is a
    /// proof that it cannot.
    pub(in crate::lint) fn assume(
        &self,
        condition: &Condition,
        at: At,
        wanted: Truth,
        ways: Vec<Env>,
    ) -> Vec<Env> {
        if ways.is_empty() {
            return ways;
        }
        if let Some(truth) = self.forced(condition, at) {
            return if truth == wanted { ways } else { Vec::new() };
        }
        let Some(_spent) = self.deeper() else { return ways };
        self.spend(ways.iter().map(|way| 1 + way.size() / 16).sum());
        let ways = match condition.expr(at) {
            Expr::Not(inner) => self.assume(condition, *inner, wanted.negate(), ways),
            Expr::Binary("and", left, right) => {
                self.both(condition, (*left, false), (*right, false), wanted, ways)
            }
            // De Morgan: an `or` is the negation of an `and` of negations.
            Expr::Binary("or", left, right) => {
                self.both(condition, (*left, true), (*right, true), wanted.negate(), ways)
            }
            Expr::Binary("implies", left, right) => {
                self.both(condition, (*left, false), (*right, true), wanted.negate(), ways)
            }
            Expr::Binary("xor", left, right) => {
                let pairs: &[(Truth, Truth)] = match wanted {
                    True => &[(True, False), (False, True)],
                    False => &[(True, True), (False, False)],
                    Unknown => &[
                        (Unknown, True),
                        (Unknown, False),
                        (Unknown, Unknown),
                        (True, Unknown),
                        (False, Unknown),
                    ],
                };
                let mut all = Vec::new();
                for (one, other) in pairs {
                    let first = self.assume(condition, *left, *one, ways.clone());
                    all.extend(self.assume(condition, *right, *other, first));
                }
                all
            }
            Expr::Iif(test, then, or) => {
                let mut all = Vec::new();
                for truth in [True, False, Unknown] {
                    let tested = self.assume(condition, *test, truth, ways.clone());
                    all.extend(match (truth, or) {
                        (True, _) => self.assume(condition, *then, wanted, tested),
                        (_, Some(or)) => self.assume(condition, *or, wanted, tested),
                        (_, None) if wanted.is_unknown() => tested,
                        (_, None) => Vec::new(),
                    });
                }
                all
            }
            _ => ways.into_iter().filter_map(|way| self.leaf(condition, at, wanted, way)).collect(),
        };
        bounded(ways)
    }

    /// An `and` of two parts, each of which may be negated.
    fn both(
        &self,
        condition: &Condition,
        left: (At, bool),
        right: (At, bool),
        wanted: Truth,
        ways: Vec<Env>,
    ) -> Vec<Env> {
        let one = |(at, negated): (At, bool), wanted: Truth, ways: Vec<Env>| {
            self.assume(condition, at, if negated { wanted.negate() } else { wanted }, ways)
        };
        match wanted {
            True => {
                let first = one(left, True, ways);
                let second = one(right, True, first);
                // What the right side says may rule out more of the left side.
                if second.len() <= 4 { one(left, True, second) } else { second }
            }
            False => {
                let mut all = one(left, False, ways.clone());
                all.extend(one(right, False, ways));
                all
            }
            Unknown => {
                let left_unknown = one(left, Unknown, ways.clone());
                let left_true = one(left, True, ways);
                let mut all = one(right, True, left_unknown.clone());
                all.extend(one(right, Unknown, left_unknown));
                all.extend(one(right, Unknown, left_true));
                all
            }
        }
    }

    /// A condition that is no connective.
    fn leaf(&self, condition: &Condition, at: At, wanted: Truth, way: Env) -> Option<Env> {
        if !self.outcomes(condition, at, &way).allow(wanted) {
            return None;
        }
        match condition.expr(at) {
            Expr::Field(field) => {
                let held = self.field(*field, &way);
                let narrow = match (wanted, &held.values) {
                    (Unknown, _) => Held { values: Values::None, ..held },
                    (_, Values::Truth { .. }) => {
                        let yes = wanted.is_true();
                        Held { values: Values::Truth { yes, no: !yes }, ..held.present() }
                    }
                    _ => held,
                };
                self.hold(*field, narrow, way)
            }
            Expr::Binary(test @ ("=" | "!=" | "<" | "<=" | ">" | ">="), left, right) => {
                self.comparison(condition, test, *left, *right, wanted, way)
            }
            Expr::Binary("in", element, list) | Expr::Binary("contains", list, element) => {
                self.member(condition, *element, *list, wanted, way)
            }
            Expr::Exists(inner) => self.existence(condition, *inner, wanted.is_true(), way),
            Expr::Empty(inner) => self.existence(condition, *inner, wanted.is_false(), way),
            Expr::Some { list, all, .. } => match (condition.expr(*list), all, wanted) {
                // Some row: so there is one.
                (Expr::Rows { .. } | Expr::Field(_), false, True)
                | (Expr::Rows { .. } | Expr::Field(_), true, False) => {
                    self.existence(condition, *list, true, way)
                }
                _ => Some(way),
            },
            _ => Some(way),
        }
    }

    fn comparison(
        &self,
        condition: &Condition,
        test: &'static str,
        left: At,
        right: At,
        wanted: Truth,
        mut way: Env,
    ) -> Option<Env> {
        let (one, other) = self.compared(condition, left, right, &way);
        let test = match wanted {
            True => test,
            False => opposite(test),
            Unknown => {
                let vague = [&one, &other].iter().any(|held| held.within || held.partial);
                if vague || (one.missing && other.missing) {
                    return Some(way);
                }
                // One of them is missing, and only one can be.
                let at = if one.missing { left } else { right };
                let Expr::Field(field) = condition.expr(at) else { return Some(way) };
                return self.hold(*field, Held::NOTHING, way);
            }
        };
        for (at, held, against, test) in [(left, &one, &other, test), (right, &other, &one, mirrored(test))] {
            let values = narrowed(test, held, against)?;
            match condition.expr(at) {
                Expr::Field(field) => {
                    way = self.hold(*field, Held { missing: false, values, ..held.clone() }, way)?;
                }
                Expr::Count(list) => {
                    if let Values::Ordered(range) = &values
                        && !range.contains(crate::value::Decimal::ZERO)
                    {
                        way = self.existence(condition, *list, true, way)?;
                    }
                    way = self.counted(condition, *list, &values, way)?;
                }
                Expr::Pick(list, _) => way = self.existence(condition, *list, true, way)?,
                // `absentReason(q) = 'declined'`: so it has no value.
                Expr::Absence(field) => way = self.hold(*field, self.absent(*field, &way), way)?,
                _ => {}
            }
        }
        Some(way)
    }

    /// A multiple choice of which so many are chosen.
    fn counted(&self, condition: &Condition, list: At, values: &Values, way: Env) -> Option<Env> {
        let (Expr::Field(field), Values::Ordered(range)) = (condition.expr(list), values) else {
            return Some(way);
        };
        let mut held = self.field(*field, &way);
        let Values::Codes(codes) = &mut held.values else { return Some(way) };
        let whole = |end: Option<super::range::End>| end.and_then(|end| u32::try_from(end.at.trunc()).ok());
        if let Some(least) = whole(range.lo) {
            codes.least = codes.least.max(least);
        }
        if let Some(most) = whole(range.hi) {
            codes.most = codes.most.min(most);
        }
        if codes.count().is_none() {
            held.values = Values::None;
        }
        self.hold(*field, held, way)
    }

    fn member(&self, condition: &Condition, element: At, list: At, wanted: Truth, way: Env) -> Option<Env> {
        let sought = self.eval(condition, element, &way).valued();
        match (condition.expr(list), condition.expr(element)) {
            (Expr::Field(field), _) => {
                let held = self.field(*field, &way);
                let (Values::Codes(codes), Values::Texts(texts)) = (&held.values, &sought.values) else {
                    return Some(way);
                };
                let Some(code) = texts.single() else {
                    return if wanted.is_true() { self.hold(*field, held.present(), way) } else { Some(way) };
                };
                let narrow = match wanted {
                    True => Held { values: Values::Codes(codes.with(code)?), ..held.present() },
                    False => {
                        let without = codes.without(code).map_or(Values::None, Values::Codes);
                        Held { values: without, ..held }
                    }
                    Unknown => held,
                };
                self.hold(*field, narrow, way)
            }
            (_, Expr::Field(field)) => {
                let held = self.field(*field, &way).valued();
                if wanted.is_unknown() {
                    return Some(way);
                }
                let list = self.list_of(condition, list, &way);
                let values = match (&held.values, list.texts(), list.numbers(), wanted) {
                    (Values::Texts(texts), Some(known), _, True) => texts.meet(&known).map(Values::Texts),
                    (Values::Texts(texts), Some(known), _, _) => {
                        texts.meet(&known.others()).map(Values::Texts)
                    }
                    (Values::Ordered(range), _, Some(known), True) => range.meet(&known).map(Values::Ordered),
                    (Values::Ordered(range), _, Some(known), _) if !held.partial => {
                        let known = known.only.as_deref().unwrap_or_default().iter();
                        known
                            .copied()
                            .try_fold(range.clone(), |range, number| range.without(number))
                            .map(Values::Ordered)
                    }
                    _ => Some(held.values.clone()),
                };
                self.hold(*field, Held { values: values?, ..held.present() }, way)
            }
            _ => Some(way),
        }
    }

    fn list_of(&self, condition: &Condition, at: At, way: &Env) -> List {
        match condition.expr(at) {
            Expr::Binary("|", left, right) => {
                self.list_of(condition, *left, way).and(self.list_of(condition, *right, way))
            }
            _ => List::of(self.eval(condition, at, way).valued()),
        }
    }

    /// Whether there is a value.
    pub(super) fn existence(&self, condition: &Condition, at: At, there: bool, way: Env) -> Option<Env> {
        match condition.expr(at) {
            Expr::Field(field) | Expr::Rows { repeat: field, own: true } => {
                let held = self.field(*field, &way);
                let narrow = if there {
                    held.present()
                } else if held.within {
                    // It has no value, and may be bounded all the same.
                    held
                } else {
                    Held::NOTHING
                };
                self.hold(*field, narrow, way)
            }
            Expr::Absence(field) if there => self.hold(*field, self.absent(*field, &way), way),
            _ => Some(way),
        }
    }

    /// What a question holds that has a typed absence.
    fn absent(&self, field: FieldId, way: &Env) -> Held {
        let held = self.field(field, way);
        if held.missing { Held::NOTHING } else { Held { missing: false, values: Values::None, ..held } }
    }

    /// Settles what a field holds; none if that is impossible. A field that has a value is asked, so that its own
    /// condition holds, and those of what it stands in.
    fn hold(&self, field: FieldId, held: Held, mut way: Env) -> Option<Env> {
        if held.is_impossible() {
            return None;
        }
        let present = !held.missing && !held.within;
        self.spend(way.size() / 4);
        way.set(field, held);
        if !present {
            return Some(way);
        }
        match self.plan.field(field) {
            Field::Question(question) => self.asked(question, way),
            _ => Some(way),
        }
    }

    /// A way in which a question is asked; none if it cannot be.
    pub(super) fn asked(&self, question: QuestionId, mut way: Env) -> Option<Env> {
        let field = self.plan.field_of(question);
        if !way.asked.insert(field) {
            return Some(way);
        }
        let Some(_spent) = self.chained() else { return Some(way) };
        let mut ways = vec![way];
        for condition in self.conditions_around(question) {
            ways = self.assume(&condition, condition.root(), True, ways);
        }
        // One way is handed on: several are taken together.
        ways.into_iter().reduce(|one, other| one.joined(&other))
    }
}

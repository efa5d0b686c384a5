//! Forwards: what a part can come to, from what its fields can hold.

use super::Reach;
use super::compare;
use super::domain::{Held, Outcomes, Values};
use super::env::Env;
use super::lower::{At, Condition, Expr};
use super::range::{End, Range};
use crate::expression::{FieldId, Kind};
use crate::plan::{Field, QuestionId};
use crate::value::{Absence, Decimal, Truth};

impl Reach<'_> {
    /// What a part can come to.
    pub(in crate::lint) fn eval(&self, condition: &Condition, at: At, env: &Env) -> Held {
        let Some(_spent) = self.deeper() else { return Held::ANY };
        match condition.expr(at) {
            Expr::Nothing => Held::NOTHING,
            Expr::Truth(boolean) => Held::there(Values::Truth { yes: *boolean, no: !boolean }),
            Expr::Number(number) => Held::there(Values::Ordered(Range::point(*number))),
            Expr::Text(text) if text.trim().is_empty() => Held::maybe(Values::text(text)),
            Expr::Text(text) => Held::there(Values::text(text)),
            Expr::Date(date) => {
                let days = (date.earliest().day_number(), date.latest().day_number());
                let range = match days {
                    (Some(first), Some(last)) => Range::closed(first.into(), last.into(), true),
                    _ => None,
                };
                Held {
                    partial: date.day_number().is_none(),
                    ..Held::there(range.map_or(Values::Any, Values::Ordered))
                }
            }
            Expr::Minutes(minutes) => Held::there(Values::Ordered(Range::point((*minutes).into()))),
            Expr::Field(field) => self.field(*field, env),
            Expr::Previous(field) => {
                let held = self.seed(*field);
                Held { missing: true, ..held }
            }
            Expr::Absence(field) => self.absence(*field, env),
            Expr::Rows { repeat, own: true } => self.field(*repeat, env),
            Expr::Rows { .. } | Expr::Column => Held::maybe(Values::List { most: None }),
            Expr::ChoiceColumn(name) => match self.choice_columns.borrow().as_ref() {
                Some(columns) => match columns.get(name) {
                    Some(text) if !text.trim().is_empty() => Held::there(Values::text(text)),
                    _ => Held::NOTHING,
                },
                None => Held::maybe(Values::any_text()),
            },
            Expr::Today => Held::there(Values::Ordered(Range::all(true))),
            Expr::Unknown(kind) => of_kind(kind.as_ref()),
            Expr::Not(_)
            | Expr::Exists(_)
            | Expr::Empty(_)
            | Expr::Some { .. }
            | Expr::Binary("and" | "or" | "xor" | "implies", ..)
            | Expr::Binary("=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" | "in" | "contains", ..) => {
                Held::of_outcomes(self.outcomes(condition, at, env))
            }
            Expr::Negate(inner) => match self.number(condition, *inner, env) {
                Held { values: Values::Ordered(range), missing, .. } => {
                    Held { missing, ..Held::there(Values::Ordered(range.negated())) }
                }
                other => other,
            },
            Expr::Binary(symbol, left, right) => self.arithmetic(condition, symbol, *left, *right, env),
            Expr::Count(list) => {
                let (least, most) = count(&self.eval(condition, *list, env).valued());
                let most = most.map(|most| End { at: most.into(), open: false });
                let range = Range::between(Some(End { at: least.into(), open: false }), most, true);
                Held::there(range.map_or(Values::None, Values::Ordered))
            }
            Expr::Pick(list, first) => {
                let list = self.eval(condition, *list, env).valued();
                match list.values {
                    Values::None => Held::NOTHING,
                    Values::Codes(_) => {
                        Held { missing: list.missing || !first, ..Held::maybe(Values::any_text()) }
                    }
                    _ => Held::ANY,
                }
            }
            Expr::Iif(test, then, or) => {
                let outcomes = self.outcomes(condition, *test, env);
                let then = self.eval(condition, *then, env).valued();
                let or = or.map_or(Held::NOTHING, |or| self.eval(condition, or, env).valued());
                match (outcomes.can_be_true, outcomes.can_be_false || outcomes.can_be_unknown) {
                    (true, false) => then,
                    (false, true) => or,
                    _ => then.join(&or),
                }
            }
            Expr::Coalesce(parts) => {
                let mut result: Option<Held> = None;
                for part in parts {
                    let held = self.eval(condition, *part, env).valued();
                    let more = held.missing;
                    result = Some(match result {
                        None => held,
                        Some(before) => Held { missing: held.missing, ..before.present().join(&held) },
                    });
                    if !more {
                        break;
                    }
                }
                result.unwrap_or(Held::NOTHING)
            }
            Expr::CountAnswered(parts) => {
                let (mut least, mut most) = (0_u32, 0_u32);
                for part in parts {
                    let held = self.eval(condition, *part, env).valued();
                    let (fewest, _) = count(&held);
                    least += u32::from(fewest > 0);
                    most += u32::from(held.can_exist());
                }
                let range = Range::closed(least.into(), most.into(), true);
                Held::there(range.map_or(Values::None, Values::Ordered))
            }
            Expr::Aggregate(name, parts) => self.aggregate(condition, name, parts, env),
            Expr::Rounded(name, inner) => match self.number(condition, *inner, env) {
                Held { values: Values::Ordered(range), missing, .. } => {
                    let mut range = range.mapped(false, |number| {
                        Some(match *name {
                            "floor" => number.floor(),
                            "ceiling" => number.ceil(),
                            "truncate" => number.trunc(),
                            _ => number.round_dp_with_strategy(
                                0,
                                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                            ),
                        })
                    });
                    range.whole = true;
                    Held { missing, ..Held::there(Values::Ordered(range)) }
                }
                other => other,
            },
            Expr::Absolute(inner) => match self.number(condition, *inner, env) {
                Held { values: Values::Ordered(range), missing, .. } => {
                    let positive = Some(End { at: Decimal::ZERO, open: false });
                    let folded = range.join(&range.negated()).above(positive);
                    let folded = folded.unwrap_or_else(|| Range::all(range.whole));
                    Held { missing, ..Held::there(Values::Ordered(folded)) }
                }
                other => other,
            },
            Expr::Other(kind, _) => of_kind(kind.as_ref()),
        }
    }

    /// What a condition can come to, its parts taken as independent of each other.
    pub(in crate::lint) fn outcomes(&self, condition: &Condition, at: At, env: &Env) -> Outcomes {
        if let Some(truth) = self.forced(condition, at) {
            let mut forced = Outcomes::NEVER;
            forced.add(truth);
            return forced;
        }
        let Some(_spent) = self.deeper() else { return Outcomes::ANY };
        let both =
            |left: At, right: At| (self.outcomes(condition, left, env), self.outcomes(condition, right, env));
        match condition.expr(at) {
            Expr::Not(inner) => self.outcomes(condition, *inner, env).negate(),
            Expr::Binary("and", left, right) => {
                let (left, right) = both(*left, *right);
                left.combined(right, Truth::and)
            }
            Expr::Binary("or", left, right) => {
                let (left, right) = both(*left, *right);
                left.combined(right, Truth::or)
            }
            Expr::Binary("implies", left, right) => {
                let (left, right) = both(*left, *right);
                left.combined(right, |left, right| left.negate().or(right))
            }
            Expr::Binary("xor", left, right) => {
                let (left, right) = both(*left, *right);
                left.combined(right, |left, right| match (left, right) {
                    (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                    (left, right) => Truth::from(left != right),
                })
            }
            Expr::Binary(test @ ("=" | "!=" | "<" | "<=" | ">" | ">="), left, right) => {
                let (left, right) = self.compared(condition, *left, *right, env);
                compare::outcomes(test, &left, &right)
            }
            Expr::Binary("~" | "!~", ..) => Outcomes { can_be_unknown: false, ..Outcomes::ANY },
            Expr::Binary("in", element, list) | Expr::Binary("contains", list, element) => {
                let element = self.eval(condition, *element, env).valued();
                let list = self.list(condition, *list, env);
                compare::membership(&element, &list)
            }
            Expr::Exists(inner) => presence(&self.eval(condition, *inner, env).valued()),
            Expr::Empty(inner) => presence(&self.eval(condition, *inner, env).valued()).negate(),
            Expr::Some { list, body, all, repeat } => {
                let (least, most) = count(&self.eval(condition, *list, env).valued());
                let inner = self.inside(*repeat, env);
                let body = self.outcomes(condition, *body, &inner);
                let other = body.can_be_false || body.can_be_unknown;
                let some = most != Some(0);
                let (yes, no) = if *all {
                    (least == 0 || body.can_be_true, some && other)
                } else {
                    (some && body.can_be_true, least == 0 || other)
                };
                Outcomes { can_be_true: yes, can_be_false: no, can_be_unknown: false }
            }
            _ => self.eval(condition, at, env).valued().outcomes(),
        }
    }

    /// What is known inside of a lambda: of the columns of its rows only what holds for every row.
    pub(super) fn inside(&self, repeat: Option<FieldId>, env: &Env) -> Env {
        let mut inner = env.clone();
        let Some(repeat) = repeat else { return inner };
        let mut rows = Vec::new();
        let mut next = Some(QuestionId(repeat.0));
        while let Some(repeat) = next {
            rows.push(repeat);
            next = self.plan.questions.get(repeat.index()).and_then(|question| question.parent);
        }
        inner.forget(|field| match self.plan.field(field) {
            Field::Question(question) => {
                self.plan.question(question).parent.is_some_and(|parent| rows.contains(&parent))
            }
            _ => false,
        });
        inner
    }

    /// Two parts that are compared: bounds are enough for fields that are read bare.
    pub(super) fn compared(&self, condition: &Condition, left: At, right: At, env: &Env) -> (Held, Held) {
        let side = |at: At| {
            let held = self.eval(condition, at, env);
            if matches!(condition.expr(at), Expr::Field(_)) { held } else { held.valued() }
        };
        (side(left), side(right))
    }

    /// What a field can hold here.
    pub(in crate::lint) fn field(&self, field: FieldId, env: &Env) -> Held {
        env.get(field).cloned().unwrap_or_else(|| self.seed(field))
    }

    fn absence(&self, field: FieldId, env: &Env) -> Held {
        let Field::Question(question) = self.plan.field(field) else { return Held::NOTHING };
        let question = self.plan.question(question);
        if !self.field(field, env).missing || question.calculate.is_some() {
            return Held::NOTHING;
        }
        let codes = question.absences.iter().map(|absence| Absence::code(*absence).into()).collect();
        let texts = super::domain::Texts::Of(std::rc::Rc::new(codes));
        Held::maybe(if question.absences.is_empty() { Values::None } else { Values::Texts(texts) })
    }

    fn number(&self, condition: &Condition, at: At, env: &Env) -> Held {
        let held = self.eval(condition, at, env).valued();
        match held.values {
            Values::None | Values::Ordered(_) => held,
            _ => Held { missing: held.missing, ..Held::maybe(Values::Ordered(Range::all(false))) },
        }
    }

    fn arithmetic(&self, condition: &Condition, symbol: &str, left: At, right: At, env: &Env) -> Held {
        let left = self.eval(condition, left, env).valued();
        let right = self.eval(condition, right, env).valued();
        let missing = left.missing || right.missing;
        if symbol == "&" {
            return Held::maybe(Values::any_text());
        }
        let (Values::Ordered(one), Values::Ordered(other)) = (&left.values, &right.values) else {
            return if matches!(left.values, Values::None) || matches!(right.values, Values::None) {
                if symbol == "|" { Held::ANY } else { Held::NOTHING }
            } else {
                Held::ANY
            };
        };
        if left.partial || right.partial {
            return Held::ANY;
        }
        let bounded = |range: &Range| range.lo.is_some() && range.hi.is_some();
        // Where the ends are known, so is that nothing overflows in between.
        let overflow = !(bounded(one) && bounded(other));
        let range = match symbol {
            "+" => one.plus(other),
            "-" => one.plus(&other.negated()),
            "*" => one.times(other),
            _ => return Held::maybe(Values::Ordered(Range::all(false))),
        };
        Held { missing: missing || overflow || !bounded(&range), ..Held::there(Values::Ordered(range)) }
    }

    fn aggregate(&self, condition: &Condition, name: &str, parts: &[At], env: &Env) -> Held {
        let held: Vec<Held> = parts.iter().map(|part| self.eval(condition, *part, env).valued()).collect();
        let mut ranges = Vec::new();
        for held in &held {
            match &held.values {
                Values::Ordered(range) if !held.partial => ranges.push((range.clone(), held.missing)),
                Values::None => {}
                _ => return Held::ANY,
            }
        }
        let always = ranges.iter().any(|(_, missing)| !missing);
        let Some((first, _)) = ranges.first() else { return Held::NOTHING };
        let hull = ranges.iter().skip(1).fold(first.clone(), |hull, (range, _)| hull.join(range));
        let range = match name {
            "sum" => {
                let zero = Range::point(Decimal::ZERO);
                ranges.iter().fold(zero.clone(), |sum, (range, missing)| {
                    sum.plus(&if *missing { range.join(&zero) } else { range.clone() })
                })
            }
            "avg" => Range { whole: false, only: None, ..hull },
            _ => hull,
        };
        let bounded = range.lo.is_some() && range.hi.is_some();
        Held { missing: !always || !bounded, ..Held::there(Values::Ordered(range)) }
    }

    /// A list in which something is looked for.
    fn list(&self, condition: &Condition, at: At, env: &Env) -> compare::List {
        match condition.expr(at) {
            Expr::Binary("|", left, right) => {
                let left = self.list(condition, *left, env);
                left.and(self.list(condition, *right, env))
            }
            _ => compare::List::of(self.eval(condition, at, env).valued()),
        }
    }
}

/// Whether there is a value.
fn presence(held: &Held) -> Outcomes {
    Outcomes { can_be_true: held.can_exist(), can_be_false: held.missing, can_be_unknown: false }
}

/// How many values there are, at least and at most.
pub(super) fn count(held: &Held) -> (u32, Option<u32>) {
    let (least, most) = match &held.values {
        Values::None => (0, Some(0)),
        Values::Truth { .. } | Values::Ordered(_) | Values::Texts(_) => (1, Some(1)),
        Values::Codes(codes) => codes.count().map_or((0, Some(0)), |(least, most)| (least, Some(most))),
        Values::List { most } => (1, *most),
        Values::Any => (1, None),
    };
    if held.missing { (0, most) } else { (least, most) }
}

fn of_kind(kind: Option<&Kind>) -> Held {
    match kind {
        Some(Kind::Boolean) => Held::maybe(Values::BOTH),
        Some(Kind::Number { integer }) => Held::maybe(Values::Ordered(Range::all(*integer))),
        Some(Kind::Text(_)) => Held::maybe(Values::any_text()),
        _ => Held::ANY,
    }
}

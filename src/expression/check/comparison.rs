//! Comparisons, equivalence and membership.

use super::{Checked, Checker, Frame, Ty, ty};
use crate::expression::program::{Op, Test};
use crate::expression::syntax::{NodeId, Operator, Syntax};
use crate::expression::{Kind, Type};

const BOOLEAN: Type = Type { kind: Kind::Boolean, many: false };

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn comparison(
        &mut self,
        node: NodeId,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        let checked = [self.one(left, frame), self.one(right, frame)];
        let [Some(kind), Some(other)] = checked.each_ref().map(Checked::kind) else {
            self.compares_nothing(node, operator, [left, right], &checked);
            return self.undecided();
        };
        if !kind.same_family(other) {
            self.incomparable(node, "cannot compare ", [left, right], &checked);
            return self.undecided();
        }
        let test = match operator {
            Operator::Less => Test::Less,
            Operator::LessEqual => Test::LessEqual,
            Operator::Greater => Test::Greater,
            Operator::GreaterEqual => Test::GreaterEqual,
            Operator::NotEqual => Test::NotEqual,
            _ => Test::Equal,
        };
        let ordered = !matches!(test, Test::Equal | Test::NotEqual);
        let fault = match kind {
            Kind::Boolean | Kind::Text(Some(_)) if ordered => Some("choices have no order"),
            Kind::Quantity => Some("time spans cannot be compared"),
            Kind::Rows(_) => Some("rows cannot be compared"),
            _ => None,
        };
        if let Some(fault) = fault {
            self.mistyped(node, &[fault], None);
            return self.undecided();
        }
        let sides = [(left, Some(kind)), (right, Some(other))];
        self.check_choices(sides);
        let [left, right] = &checked;
        let op = if matches!(kind, Kind::Number { .. }) { Op::CompareNumbers } else { Op::Compare };
        let cost = left.cost.saturating_add(right.cost);
        self.built(op(test, left.op, right.op), BOOLEAN, cost)
    }

    /// A condition that was reported: a boolean all the same, so that nothing above it complains.
    fn undecided(&mut self) -> Checked {
        Checked { ty: Ty::Of(BOOLEAN), ..Checked::wrong() }
    }

    fn compares_nothing(
        &mut self,
        node: NodeId,
        operator: Operator,
        sides: [NodeId; 2],
        checked: &[Checked; 2],
    ) {
        if checked.iter().any(Checked::is_wrong) {
            return;
        }
        let asked = if checked[0].ty == Ty::Nothing { sides[1] } else { sides[0] };
        let asks = if operator == Operator::NotEqual { ".exists()`" } else { ".empty()`" };
        let help = ["write `", &*self.written_whole(asked), asks].concat();
        self.mistyped(node, &["a comparison with `{}` is never true"], Some(help));
    }

    /// Reports two values of different kinds, with what was probably meant.
    pub(super) fn incomparable(
        &mut self,
        node: NodeId,
        what: &str,
        sides: [NodeId; 2],
        checked: &[Checked; 2],
    ) {
        let [Ty::Of(left), Ty::Of(right)] = [&checked[0].ty, &checked[1].ty] else { return };
        let join = if what.ends_with("for ") { " in " } else { " with " };
        let message = [what, ty::describe(left), join, ty::describe(right)];
        let help =
            self.meant(sides, [left, right]).or_else(|| self.meant([sides[1], sides[0]], [right, left]));
        self.mistyped(node, &message, help);
    }

    /// What to write if the second side is a literal of the wrong kind.
    fn meant(&self, sides: [NodeId; 2], types: [&Type; 2]) -> Option<String> {
        match (&types[0].kind, self.tree.node(sides[1]).syntax) {
            (Kind::Number { .. }, Syntax::Text(text)) => {
                let text = self.tree.text(text);
                text.parse::<crate::value::Decimal>().ok()?;
                Some(["a number stands without quotes: write `", text, "`"].concat())
            }
            (Kind::Number { .. }, Syntax::Quantity(count, _)) => {
                Some(["write the number alone: `", &count.to_string(), "`"].concat())
            }
            (Kind::Date, Syntax::Text(text)) => {
                let text = self.tree.text(text);
                text.parse::<crate::value::PartialDate>().ok()?;
                Some(["a date is written `@", text, "`"].concat())
            }
            (Kind::Text(Some(choices)), Syntax::Boolean(_)) => {
                let known = super::enumerate(choices.codes());
                Some(["its choices are ", &known].concat())
            }
            (Kind::Text(_), Syntax::Number(number)) => {
                Some(["as a text it is `'", &number.to_string(), "'`"].concat())
            }
            (Kind::Boolean, Syntax::Text(_)) => Some("a yes is `true`, a no is `false`".to_owned()),
            _ => match (&types[0].kind, &types[1].kind) {
                (Kind::DateTime, Kind::Date) => Some("the assessment date is `today()`".to_owned()),
                _ => None,
            },
        }
    }

    /// `~` and `!~`: codes and yes or no, alone or in lists.
    #[inline(never)]
    pub(super) fn equivalence(
        &mut self,
        node: NodeId,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        let checked = [self.node(left, frame), self.node(right, frame)];
        if checked.iter().any(Checked::is_wrong) {
            return self.undecided();
        }
        let kinds = checked.each_ref().map(Checked::kind);
        if let [Some(kind), Some(other)] = kinds
            && !kind.same_family(other)
        {
            self.incomparable(node, "cannot compare ", [left, right], &checked);
            return self.undecided();
        }
        let has_choices = kinds.iter().any(|kind| matches!(kind, Some(Kind::Text(Some(_)))));
        let fits =
            |kind: &Kind| matches!(kind, Kind::Boolean) || (has_choices && matches!(kind, Kind::Text(_)));
        if !kinds.iter().flatten().all(|kind| fits(kind)) {
            let message = ["`", operator.symbol(), "` is only for choices and for yes or no"];
            self.mistyped(node, &message, Some("write `=` or `!=`".to_owned()));
            return self.undecided();
        }
        self.check_choices([(left, kinds[0]), (right, kinds[1])]);
        let [left, right] = &checked;
        let pairs = left.size.saturating_mul(right.size);
        let cost = left.cost.saturating_add(right.cost).saturating_add(pairs);
        let same = self.built(Op::Equivalent(left.op, right.op), BOOLEAN, cost);
        if operator == Operator::Equivalent { same } else { self.built(Op::Not(same.op), BOOLEAN, same.cost) }
    }

    /// `element in list`, `list contains element`.
    #[inline(never)]
    pub(super) fn membership(
        &mut self,
        node: NodeId,
        element: NodeId,
        list: NodeId,
        frame: &Frame<'_>,
    ) -> Checked {
        let checked = [self.one(element, frame), self.node(list, frame)];
        if checked.iter().any(Checked::is_wrong) {
            return self.undecided();
        }
        let kinds = checked.each_ref().map(Checked::kind);
        if let [Some(kind), Some(other)] = kinds
            && !kind.same_family(other)
        {
            self.incomparable(node, "cannot look for ", [element, list], &checked);
            return self.undecided();
        }
        if kinds.iter().flatten().any(|kind| matches!(kind, Kind::Quantity)) {
            self.mistyped(node, &["time spans cannot be compared"], None);
            return self.undecided();
        }
        self.check_choices([(element, kinds[0]), (list, kinds[1])]);
        let [element, list] = &checked;
        let cost = element.cost.saturating_add(list.cost).saturating_add(list.size);
        self.built(Op::In(element.op, list.op), BOOLEAN, cost)
    }
}

//! Numbers, and the years between two dates.

use super::super::both::{Both, apart, both, fill, same};
use super::{Generator, Here, Place};

impl Generator<'_> {
    pub(super) fn number(&mut self, depth: usize, at: &Place) -> Both {
        if depth == 0 {
            return match self.below(11) {
                0..=1 => same(self.word(&["0", "1", "2", "3", "7", "10", "18", "60"])),
                2 => same(self.word(&["0.5", "1.25", "2.75", "10.1", "(-3)", "(-0.5)", "0.1"])),
                3..=4 if at.here == Here::Number => same("$this"),
                5 if at.here == Here::Number => same("$index"),
                3..=4 if at.here == Here::Text => same("$this.length()"),
                6..=7 => self.field(&["d1", "d2"], &["pay"], &[], "", at),
                8 => {
                    let field = self.field(&["d1", "d2"], &["pay"], &[], "", at);
                    both(
                        &format!("({{}}).{}()", self.word(&["round", "truncate", "floor", "ceiling", "abs"])),
                        &[&field],
                    )
                }
                _ => self.field(&["i1", "i2", "i3"], &["aged"], &["worked"], "", at),
            };
        }
        let depth = depth - 1;
        match self.below(24) {
            0..=4 => {
                let [left, right] = [self.number(depth, at), self.number(depth, at)];
                let operator = self.word(&["+", "-", "*", "+", "-", "/", "div", "mod"]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            5 => {
                let inner = self.number(depth, at);
                fill("(-({}))", "(0 - ({}))", &[&inner])
            }
            6..=7 => {
                let inner = self.number(depth, at);
                both(
                    &format!(
                        "({{}}).{}",
                        self.word(&[
                            "round()",
                            "round(1)",
                            "round(2)",
                            "abs()",
                            "floor()",
                            "ceiling()",
                            "truncate()"
                        ])
                    ),
                    &[&inner],
                )
            }
            8 => {
                let inner = self.number(0, at);
                both(
                    &format!("({{}}).{}", self.word(&["power(2)", "power(3)", "abs().sqrt().round(6)"])),
                    &[&inner],
                )
            }
            9..=11 => {
                let parts = [self.number(depth, at), self.number(0, at), self.number(0, at)];
                let list = "{0}.combine({1}).combine({2})";
                let name = self.word(&["sum", "avg", "min", "max"]);
                match self.below(3) {
                    0 => {
                        let number = self.word(&["1", "2", "3"]);
                        fill(
                            &format!("prorate({number}, {{0}}, {{1}}, {{2}})"),
                            &format!("iif({list}.count() >= {number}, {list}.sum() * 3 / {list}.count())"),
                            &[&parts[0], &parts[1], &parts[2]],
                        )
                    }
                    _ => fill(
                        &format!("{name}({{0}}, {{1}}, {{2}})"),
                        &format!("{list}.{name}()"),
                        &[&parts[0], &parts[1], &parts[2]],
                    ),
                }
            }
            12 => {
                let [one, other] = [self.boolean(0, at), self.number(depth, at)];
                fill(
                    "countAnswered({}, {})",
                    "(iif({}.exists(), 1, 0) + iif({}.exists(), 1, 0))",
                    &[&one, &other],
                )
            }
            13..=14 => {
                let list = self.numbers(depth, at);
                both(
                    &format!("{{}}.{}()", self.word(&["sum", "avg", "min", "max", "first", "last"])),
                    &[&list],
                )
            }
            15 => {
                let list = self.counted(depth, at);
                both("{}.count()", &[&list])
            }
            16 => {
                let text = self.text(depth, at);
                both(self.word(&["{}.length()", "{}.toInteger()", "{}.toDecimal()"]), &[&text])
            }
            17 => {
                let boolean = self.boolean(depth, at);
                both(self.word(&["({}).toInteger()", "({}).toDecimal()"]), &[&boolean])
            }
            18..=19 => {
                let [condition, then, other] =
                    [self.boolean(depth, at), self.number(depth, at), self.number(0, at)];
                both(self.word(&["iif({}, {}, {})", "iif({0}, {1})"]), &[&condition, &then, &other])
            }
            20 => {
                let [left, right] = [self.number(depth, at), self.number(0, at)];
                both("coalesce({}, {})", &[&left, &right])
            }
            21 if self.random.one_in(8) => {
                let number = self.field(&["i1", "i2", "i3"], &["aged"], &["worked"], "", at);
                both("({} / 3 * 3).floor()", &[&number])
            }
            21 => self.years(at),
            22 => {
                let [list, index] = [self.numbers(depth, at), self.number(0, at)];
                both(self.word(&["{0}[0]", "{0}[1]", "{0}[2]"]), &[&list, &index])
            }
            _ if at.here == Here::Form => apart(
                "members.select(aged - previous(aged)).sum()",
                "members.select(aged - %context.members[$index - 1].aged).sum()",
            ),
            _ => self.number(0, at),
        }
    }

    /// Whole years between two dates of day precision, the earlier one first.
    fn years(&mut self, at: &Place) -> Both {
        let from = self.field(&["w1", "w2"], &["born"], &["begun"], ".toDate()", at);
        let to = match self.below(2) {
            0 => apart("today()", "@2026-11-23"),
            _ => self.field(&["w1", "w2"], &["born"], &["begun"], ".toDate()", at),
        };
        let theirs = "iif({0} <= {1}, {1}.yearOf() - {0}.yearOf() - iif({1}.monthOf() < {0}.monthOf() or \
                      ({1}.monthOf() = {0}.monthOf() and {1}.dayOf() < {0}.dayOf()), 1, 0))";
        fill("iif({0} <= {1}, {0}.duration({1}, 'year'))", theirs, &[&from, &to])
    }
}

//! What is true or false: conditions, comparisons, questions about a choice or over a list.

use super::super::both::{Both, apart, both, fill, same};
use super::{Generator, Here, Place};

impl Generator<'_> {
    pub(super) fn boolean(&mut self, depth: usize, at: &Place) -> Both {
        if depth == 0 {
            return match self.below(8) {
                0 => same(self.word(&["true", "false"])),
                1 => {
                    let number = self.number(0, at);
                    both("{}.exists()", &[&number])
                }
                2 => self.choice_test(at),
                _ => self.field(&["b1", "b2", "b3"], &["out"], &["paid"], "", at),
            };
        }
        let depth = depth - 1;
        match self.below(26) {
            0..=6 => {
                let [left, right] = [self.boolean(depth, at), self.boolean(depth, at)];
                let operator = self.word(&["and", "or", "and", "or", "xor", "implies", "=", "!="]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            7..=8 => {
                let inner = self.boolean(depth, at);
                fill(self.word(&["({}).not()", "!({})", "not({})"]), "({}).not()", &[&inner])
            }
            9..=13 => {
                let [left, right] = [self.number(depth, at), self.number(depth, at)];
                let operator = self.word(&["<", "<=", ">", ">=", "=", "!="]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            14 => {
                let [left, right] = [self.text(depth, at), self.text(depth, at)];
                let operator = self.word(&["<", "<=", ">", ">=", "=", "!="]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            15..=16 => {
                let [left, right] = [self.date(depth, at), self.date(depth, at)];
                let operator = self.word(&["<", "<=", ">", ">=", "=", "!="]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            18 if self.random.one_in(4) => {
                let number = self.number(0, at);
                let by = self.word(&["3", "7", "9"]);
                both(&format!("({{0}} / {by} * {by} >= {{0}})"), &[&number])
            }
            17 if self.random.one_in(3) => {
                let [date, other] = [self.date(depth, at), self.date(0, at)];
                both("({} in (@2024-02-29 | {}))", &[&date, &other])
            }
            17 => {
                let [left, right] = [self.time(at), self.time(at)];
                let operator = self.word(&["<", "<=", ">", ">=", "=", "!="]);
                both(&format!("({{}} {operator} {{}})"), &[&left, &right])
            }
            18..=19 => self.choice_test(at),
            20 => {
                let list = self.any_list(depth, at);
                both(&format!("{{}}.{}()", self.word(&["exists", "empty"])), &[&list])
            }
            21..=22 => self.loop_test(depth, at),
            23 => {
                let text = self.text(depth, at);
                let part = self.text(0, at);
                match self.below(5) {
                    0 => both("{}.startsWith({})", &[&text, &part]),
                    1 => both("{}.endsWith({})", &[&text, &part]),
                    2 => both("{}.contains({})", &[&text, &part]),
                    3 => both(
                        &format!("{{}}.matches('{}')", self.word(&["[0-9]", "^a", "b|x", "a.b", "^[a-c]+$"])),
                        &[&text],
                    ),
                    _ => both(
                        &format!(
                            "{{}}.matchesFull('{}')",
                            self.word(&["[a-c]+", "a|abc", "[0-9.-]*", "..?.?"])
                        ),
                        &[&text],
                    ),
                }
            }
            24 => {
                let [condition, then, other] =
                    [self.boolean(depth, at), self.boolean(depth, at), self.boolean(depth, at)];
                both("iif({}, {}, {})", &[&condition, &then, &other])
            }
            _ => {
                let [left, right] = [self.boolean(depth, at), self.boolean(depth, at)];
                both("coalesce({}, {})", &[&left, &right])
            }
        }
    }

    /// A question about a choice, or several.
    fn choice_test(&mut self, at: &Place) -> Both {
        let one = self.field(&["c1", "c2"], &[], &[], "", at);
        let code = same(format!("'{}'", self.word(&["yes", "no", "maybe"])));
        match self.below(9) {
            0 => both("({} = {})", &[&one, &code]),
            1 => both("({} != {})", &[&one, &code]),
            2 => both("({} in ({} | 'no'))", &[&one, &code]),
            3 => both("({} ~ {})", &[&one, &code]),
            4 => {
                let other = self.field(&["c1", "c2"], &[], &[], "", at);
                both(&format!("({{}} {} {{}})", self.word(&["~", "!~", "=", "!="])), &[&one, &other])
            }
            5 => {
                let several = self.field(&["m1", "m2"], &[], &[], "", at);
                both(&format!("({{}} contains '{}')", self.word(&["x", "y", "z"])), &[&several])
            }
            6 => {
                let several = self.field(&["m1", "m2"], &[], &[], "", at);
                both(&format!("({{}} {} ('x' | 'y'))", self.word(&["~", "!~"])), &[&several])
            }
            7 if at.here == Here::Form => {
                let name = self.word(&["b1", "i1", "d1", "t1", "c1", "w1"]);
                let code = self.word(&["declined", "dont_know", "unable"]);
                apart(format!("(absentReason({name}) = '{code}')"), format!("(absent_.{name} = '{code}')"))
            }
            7 if at.here == Here::Member => {
                let code = self.word(&["farm", "cook", "sew"]);
                same(format!("('{code}' in skills)"))
            }
            _ => {
                let [left, right] = [self.boolean(0, at), self.boolean(0, at)];
                both(&format!("({{}} {} {{}})", self.word(&["~", "!~"])), &[&left, &right])
            }
        }
    }

    /// `exists(…)`, `all(…)`, `in`, `contains` over a list.
    fn loop_test(&mut self, depth: usize, at: &Place) -> Both {
        match self.below(5) {
            0 => {
                let [number, list] = [self.number(depth, at), self.numbers(depth, at)];
                both(self.word(&["({} in {})", "({0} in (1 | 2 | 3))"]), &[&number, &list])
            }
            1 => {
                let [number, list] = [self.number(depth, at), self.numbers(depth, at)];
                both("({1} contains {0})", &[&number, &list])
            }
            _ if at.lambdas >= 2 => self.boolean(0, at),
            2 => {
                let list = self.numbers(depth, at);
                let inner = self.boolean(
                    depth.min(1),
                    &Place { here: Here::Number, lambdas: at.lambdas + 1, member: String::new() },
                );
                self.exists_or_all(&list, &inner)
            }
            _ => {
                let (rows, inside) = self.rows(depth, at);
                let inner = self.boolean(depth, &inside);
                self.exists_or_all(&rows, &inner)
            }
        }
    }

    fn exists_or_all(&mut self, list: &Both, condition: &Both) -> Both {
        match self.below(2) {
            0 => both("{}.all({})", &[list, condition]),
            _ => fill("{}.exists({})", "{}.exists(({}) = true)", &[list, condition]),
        }
    }
}

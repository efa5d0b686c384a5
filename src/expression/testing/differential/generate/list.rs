//! Lists: rows, numbers, texts, and what is counted.

use super::super::both::{Both, apart, both, fill, same};
use super::{Generator, Here, Place};

impl Generator<'_> {
    /// Rows, and where a lambda over them stands.
    pub(super) fn rows(&mut self, depth: usize, at: &Place) -> (Both, Place) {
        let lambdas = at.lambdas + 1;
        let (mut rows, inside) = if at.here == Here::Member {
            self.variables += 1;
            let member = format!("v{}", self.variables);
            let theirs = format!("defineVariable('{member}', $this).jobs");
            (apart("jobs", theirs), Place { here: Here::Job, lambdas, member })
        } else {
            let rows =
                if at.lambdas == 0 { same("members") } else { apart("%form.members", "%context.members") };
            (rows, Place { here: Here::Member, lambdas, member: String::new() })
        };
        if depth > 0 && self.random.one_in(3) {
            let condition = self.boolean(depth - 1, &inside);
            rows = fill("{}.where({})", "{}.where(({}) = true)", &[&rows, &condition]);
        }
        (rows, inside)
    }

    pub(super) fn numbers(&mut self, depth: usize, at: &Place) -> Both {
        if at.lambdas >= 2 || at.here == Here::Job || self.random.one_in(4) {
            let [one, other] = [self.number(0, at), self.number(0, at)];
            return match self.below(3) {
                0 => both("({} | {})", &[&one, &other]),
                _ => both("{}.combine({})", &[&one, &other]),
            };
        }
        let deeper = depth.saturating_sub(1);
        match self.below(9) {
            0..=2 => {
                let (rows, inside) = self.rows(deeper, at);
                let column = match inside.here {
                    Here::Job => "worked",
                    _ => self.word(&["aged", "pay"]),
                };
                both(&format!("{{}}.{column}"), &[&rows])
            }
            3..=4 => {
                let (rows, inside) = self.rows(deeper, at);
                let value = self.number(deeper, &inside);
                both("{}.select({})", &[&rows, &value])
            }
            5 if at.here == Here::Form => same("members.jobs.worked"),
            6 => {
                let list = self.numbers(0, at);
                let inner = self.boolean(
                    deeper.min(1),
                    &Place { here: Here::Number, lambdas: at.lambdas + 1, member: String::new() },
                );
                fill("{}.where({})", "{}.where(({}) = true)", &[&list, &inner])
            }
            7 => {
                let text = self.text(0, at);
                both("{}.split(',').select($this.toInteger())", &[&text])
            }
            8 => {
                let list = self.numbers(0, at);
                let inner = self.number(
                    deeper.min(1),
                    &Place { here: Here::Number, lambdas: at.lambdas + 1, member: String::new() },
                );
                both("{}.select({})", &[&list, &inner])
            }
            _ => {
                let [one, other] = [self.numbers(0, at), self.numbers(0, at)];
                both(self.word(&["{}.distinct()", "{}.intersect({})", "{}.combine({})"]), &[&one, &other])
            }
        }
    }

    pub(super) fn texts(&mut self, depth: usize, at: &Place) -> Both {
        if at.lambdas >= 2 || at.here == Here::Job || depth == 0 {
            return self.field(&["m1", "m2"], &["skills"], &[], "", at);
        }
        let depth = depth - 1;
        match self.below(10) {
            0..=1 => {
                let text = self.text(depth, at);
                both(&format!("{{}}.split('{}')", self.word(&[",", "-", "a"])), &[&text])
            }
            2 => {
                let (rows, inside) = self.rows(depth, at);
                both(
                    &format!(
                        "{{}}.{}",
                        if inside.here == Here::Job {
                            "task"
                        } else {
                            self.word(&["called", "skills", "sex"])
                        }
                    ),
                    &[&rows],
                )
            }
            3 => {
                let (rows, inside) = self.rows(depth, at);
                let value = self.text(depth, &inside);
                both("{}.select({})", &[&rows, &value])
            }
            4 => {
                let list = self.texts(0, at);
                let inner = self.boolean(
                    depth.min(1),
                    &Place { here: Here::Text, lambdas: at.lambdas + 1, member: String::new() },
                );
                fill("{}.where({})", "{}.where(({}) = true)", &[&list, &inner])
            }
            5 => {
                let list = self.texts(0, at);
                let inner = self.text(
                    depth.min(1),
                    &Place { here: Here::Text, lambdas: at.lambdas + 1, member: String::new() },
                );
                both("{}.select({})", &[&list, &inner])
            }
            6..=7 => {
                let [one, other] = [self.texts(depth, at), self.texts(0, at)];
                both(
                    self.word(&["({} | {})", "{}.combine({})", "{}.intersect({})", "{0}.distinct()"]),
                    &[&one, &other],
                )
            }
            8 => {
                let [condition, then, other] =
                    [self.boolean(depth, at), self.texts(depth, at), self.texts(0, at)];
                both("iif({}, {}, {})", &[&condition, &then, &other])
            }
            _ => self.texts(0, at),
        }
    }

    /// A list of anything.
    pub(super) fn any_list(&mut self, depth: usize, at: &Place) -> Both {
        match self.below(6) {
            0 => self.texts(depth, at),
            1 => self.numbers(depth, at),
            2 if at.lambdas < 2 && at.here != Here::Job => self.rows(depth, at).0,
            3 => self.date(depth, at),
            4 => {
                let boolean = self.boolean(depth, at);
                both("({})", &[&boolean])
            }
            _ => {
                let number = self.number(depth, at);
                both("({})", &[&number])
            }
        }
    }

    /// A list that `count` takes: `|` drops equal values, and is refused there.
    pub(super) fn counted(&mut self, depth: usize, at: &Place) -> Both {
        match self.below(4) {
            0 if at.lambdas < 2 && at.here != Here::Job => self.rows(depth, at).0,
            1 if at.lambdas < 2 && at.here != Here::Job => {
                let list = self.numbers(depth, at);
                let inner = self.boolean(
                    depth.min(1),
                    &Place { here: Here::Number, lambdas: at.lambdas + 1, member: String::new() },
                );
                fill("{}.where({})", "{}.where(({}) = true)", &[&list, &inner])
            }
            2 if at.here == Here::Form => {
                let inner = self.boolean(
                    depth.min(1),
                    &Place { here: Here::Date, lambdas: at.lambdas + 1, member: String::new() },
                );
                fill(
                    "members.born.where({})",
                    "members.born.select($this.toDate()).where(({}) = true)",
                    &[&inner],
                )
            }
            _ => self.texts(depth.min(1), at),
        }
    }
}

//! Texts.

use super::super::both::{Both, apart, both, same};
use super::{Generator, Here, Place};

impl Generator<'_> {
    pub(super) fn text(&mut self, depth: usize, at: &Place) -> Both {
        if depth == 0 {
            return match self.below(6) {
                0..=1 => {
                    same(self.word(&["'a'", "'abc'", "','", "'x'", "'b,a'", "'12'", "'老'", "'Z'", "'😀a'"]))
                }
                2..=3 if at.here == Here::Text => same("$this"),
                _ => self.field(&["t1", "t2", "t3"], &["called"], &["task"], "", at),
            };
        }
        let depth = depth - 1;
        match self.below(16) {
            0..=1 => {
                let [left, right] = [self.text(depth, at), self.text(depth, at)];
                both(self.word(&["({} & {})", "({} + {})"]), &[&left, &right])
            }
            2..=3 => {
                let text = self.text(depth, at);
                both(&format!("{{}}.{}()", self.word(&["upper", "lower", "trim"])), &[&text])
            }
            4..=5 => {
                let text = self.text(depth, at);
                both(
                    &format!(
                        "{{}}.{}",
                        self.word(&[
                            "substring(1)",
                            "substring(0, 2)",
                            "substring(2, 9)",
                            "substring(-1)",
                            "substring(1, 0)"
                        ])
                    ),
                    &[&text],
                )
            }
            6 => {
                let [text, part, with] = [self.text(depth, at), self.text(0, at), self.text(0, at)];
                both("{}.replace({}, {})", &[&text, &part, &with])
            }
            7 => {
                let number = self.number(depth, at);
                both("({}).round(4).toString()", &[&number])
            }
            8 => {
                let boolean = self.boolean(depth, at);
                both("({}).toString()", &[&boolean])
            }
            9 => {
                let date = self.date(depth, at);
                both("{}.toString()", &[&date])
            }
            10 => {
                let list = self.texts(depth, at);
                both(self.word(&["{}.join(', ')", "{}.join()"]), &[&list])
            }
            11 => {
                let list = self.texts(depth, at);
                both(self.word(&["{}.first()", "{}.last()", "{}[1]"]), &[&list])
            }
            12 => {
                let [condition, then, other] =
                    [self.boolean(depth, at), self.text(depth, at), self.text(0, at)];
                both("iif({}, {}, {})", &[&condition, &then, &other])
            }
            13 => {
                let [left, right] = [self.text(depth, at), self.text(0, at)];
                both("coalesce({}, {})", &[&left, &right])
            }
            14 => {
                let code = self.field(&["c1", "c2"], &[], &[], "", at);
                // The label is looked for from the form, whatever stands around it.
                let theirs = if at.lambdas == 0 {
                    format!("labels_.where(code = %context.{}).label", code.theirs)
                } else {
                    format!("%context.labels_.where(code = {}).label", code.theirs)
                };
                apart(format!("choiceLabel({})", code.ours), theirs)
            }
            _ => self.text(0, at),
        }
    }
}

//! Dates and times of day.

use super::super::both::{Both, apart, both, fill, same};
use super::{Generator, Here, Place};

impl Generator<'_> {
    pub(super) fn date(&mut self, depth: usize, at: &Place) -> Both {
        if depth == 0 {
            return match self.below(7) {
                0 => same(self.word(&["@2024-02-29", "@2024-03-01", "@2026-01-31", "@1947-02-11"])),
                1 => same(self.word(&["@2024", "@2024-02", "@1947", "@2026-11"])),
                2 => apart("today()", "@2026-11-23"),
                3 if at.here == Here::Date => same("$this"),
                4 => self.field(&["p1", "p2"], &["since"], &[], ".toDate()", at),
                _ => self.field(&["w1", "w2"], &["born"], &["begun"], ".toDate()", at),
            };
        }
        let depth = depth - 1;
        match self.below(9) {
            0..=3 => {
                let date = self.date(depth, at);
                let amount = self.word(&[
                    "1 year",
                    "18 years",
                    "60 years",
                    "1 month",
                    "13 months",
                    "2 weeks",
                    "1 day",
                    "31 days",
                    "400 days",
                    "0 days",
                ]);
                both(&format!("({{}} {} {amount})", self.word(&["+", "-"])), &[&date])
            }
            4 => {
                let text = self.text(depth, at);
                both("{}.toDate()", &[&text])
            }
            5 => {
                let [condition, then, other] =
                    [self.boolean(depth, at), self.date(depth, at), self.date(0, at)];
                both("iif({}, {}, {})", &[&condition, &then, &other])
            }
            6 => {
                let [left, right] = [self.date(depth, at), self.date(0, at)];
                both("coalesce({}, {})", &[&left, &right])
            }
            7 => {
                let [left, right] = [self.date(0, at), self.date(0, at)];
                let name = self.word(&["min", "max"]);
                fill(
                    &format!("{name}({{}}, {{}})"),
                    &format!("{{}}.combine({{}}).{name}()"),
                    &[&left, &right],
                )
            }
            _ => self.date(0, at),
        }
    }

    pub(super) fn time(&mut self, at: &Place) -> Both {
        match self.below(4) {
            0 => same(self.word(&["@T06:30", "@T08:00", "@T23:45"])),
            1 => {
                let time = self.field(&["u1"], &[], &[], ".toTime()", at);
                both(&format!("({{}} {})", self.word(&["+ 90 minutes", "- 7 hours", "+ 1 hour"])), &[&time])
            }
            _ => self.field(&["u1"], &[], &[], ".toTime()", at),
        }
    }
}

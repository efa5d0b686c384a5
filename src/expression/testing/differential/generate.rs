//! Random well-typed expressions, in the language and as the FHIRPath that means the same.
//!
//! Most of the text is the same in both. What is not is here: dates are texts in a plain document (`w1.toDate()`),
//! inside of a lambda the form is `%context`, the row outside of an inner lambda needs a variable, the extensions
//! are lowered. Two things only go round what fhirpath.js does not do as the standard says: a sign before a field is
//! written as a subtraction (it has the sign for literals alone), and a condition of `where` and `exists` is compared
//! with true (a field that holds false is there, and passes).

use super::random::Random;

/// An expression in both languages.
#[derive(Clone, Debug)]
pub(super) struct Both {
    pub(super) ours: String,
    pub(super) theirs: String,
}

/// The same text in both.
fn same(text: impl Into<String>) -> Both {
    let ours = text.into();
    Both { theirs: ours.clone(), ours }
}

/// Different texts.
fn apart(ours: impl Into<String>, theirs: impl Into<String>) -> Both {
    Both { ours: ours.into(), theirs: theirs.into() }
}

/// Two templates in which `{}` stands for the parts in turn, and `{0}` for a part by its number.
fn fill(ours: &str, theirs: &str, parts: &[&Both]) -> Both {
    let write = |template: &str, text: fn(&Both) -> &str| {
        let mut written = String::new();
        let mut rest = template;
        let mut next = 0;
        while let Some((before, after)) = rest.split_once('{') {
            let (hole, after) = after.split_once('}').unwrap();
            written.push_str(before);
            match hole {
                "" => {
                    written.push_str(text(parts[next]));
                    next += 1;
                }
                number => match number.parse::<usize>() {
                    Ok(number) => written.push_str(text(parts[number])),
                    // `{}` that is meant as it stands is written `{nothing}`.
                    Err(_) => written.push_str("{}"),
                },
            }
            rest = after;
        }
        written + rest
    };
    Both { ours: write(ours, |both| &both.ours), theirs: write(theirs, |both| &both.theirs) }
}

/// The same template in both.
fn both(template: &str, parts: &[&Both]) -> Both {
    fill(template, template, parts)
}

/// What bare names are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Form,
    Member,
    Job,
    /// An item of a list of values: `$this`.
    Number,
    Text,
    Date,
}

/// Where a part of an expression stands.
#[derive(Clone)]
struct Place {
    here: Here,
    /// Lambdas around it.
    lambdas: u8,
    /// The variable that holds the member around a job.
    member: String,
}

pub(super) struct Generator<'r> {
    random: &'r mut Random,
    variables: usize,
}

/// A random expression.
pub(super) fn expression(random: &mut Random) -> Both {
    let mut generator = Generator { random, variables: 0 };
    let form = Place { here: Here::Form, lambdas: 0, member: String::new() };
    let depth = 1 + generator.random.below(3);
    match generator.random.below(10) {
        0..=4 => generator.boolean(depth, &form),
        5..=6 => generator.number(depth, &form),
        7 => generator.text(depth, &form),
        8 => generator.date(depth, &form),
        _ => generator.texts(depth, &form),
    }
}

impl Generator<'_> {
    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.random.pick::<&'static str>(from)
    }

    /// A field of the form or of the row; `convert` is what a plain text needs to be a value of its kind.
    fn field(&mut self, form: &[&str], member: &[&str], job: &[&str], convert: &str, at: &Place) -> Both {
        let own = match at.here {
            Here::Member => member,
            Here::Job => job,
            _ => &[],
        };
        if !own.is_empty() && !self.random.one_in(3) {
            let name = *self.random.pick(own);
            return apart(name, format!("{name}{convert}"));
        }
        if at.here == Here::Job && !member.is_empty() && self.random.one_in(2) {
            let name = *self.random.pick(member);
            return apart(name, format!("%{}.{name}{convert}", at.member));
        }
        let name = *self.random.pick(form);
        if at.lambdas == 0 {
            return apart(name, format!("{name}{convert}"));
        }
        let ours = if self.random.one_in(2) { format!("%form.{name}") } else { name.to_owned() };
        apart(ours, format!("%context.{name}{convert}"))
    }

    fn boolean(&mut self, depth: usize, at: &Place) -> Both {
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

    fn number(&mut self, depth: usize, at: &Place) -> Both {
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

    fn text(&mut self, depth: usize, at: &Place) -> Both {
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

    fn date(&mut self, depth: usize, at: &Place) -> Both {
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

    fn time(&mut self, at: &Place) -> Both {
        match self.below(4) {
            0 => same(self.word(&["@T06:30", "@T08:00", "@T23:45"])),
            1 => {
                let time = self.field(&["u1"], &[], &[], ".toTime()", at);
                both(&format!("({{}} {})", self.word(&["+ 90 minutes", "- 7 hours", "+ 1 hour"])), &[&time])
            }
            _ => self.field(&["u1"], &[], &[], ".toTime()", at),
        }
    }

    /// Rows, and where a lambda over them stands.
    fn rows(&mut self, depth: usize, at: &Place) -> (Both, Place) {
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

    fn numbers(&mut self, depth: usize, at: &Place) -> Both {
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

    fn texts(&mut self, depth: usize, at: &Place) -> Both {
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
    fn any_list(&mut self, depth: usize, at: &Place) -> Both {
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
    fn counted(&mut self, depth: usize, at: &Place) -> Both {
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

//! Random questionnaires.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::random::Random;
use crate::plan::Plan;

/// A question that expressions can name.
#[derive(Clone)]
struct Known {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    Choice,
    Several,
    Text,
    Score,
}

/// A repeat with its columns.
struct Repeat {
    name: String,
    columns: Vec<Known>,
    inner: Option<Box<Repeat>>,
}

/// Writes a questionnaire whose expressions read only what was written before, and shuffles it.
struct Writer {
    random: Random,
    form: Vec<Known>,
    repeats: Vec<Repeat>,
    names: usize,
    checks: usize,
}

/// A random questionnaire.
pub(super) fn random_form(seed: u64) -> String {
    let random = Random::new(seed);
    Writer { random, form: Vec::new(), repeats: Vec::new(), names: 0, checks: 0 }.write()
}

/// Compiles a questionnaire that has no fault.
pub(super) fn plan_of(text: &str) -> Plan {
    Arc::into_inner(shared_plan(text)).unwrap()
}

/// The same to be shared.
pub(super) fn shared_plan(text: &str) -> Arc<Plan> {
    let files = BTreeMap::from([("q.json".to_owned(), text.to_owned())]);
    let (plan, sources, faults) = crate::open(&files, "q.json");
    let faults: String =
        faults.iter().filter(|fault| fault.is_error()).map(|fault| sources.render(fault)).collect();
    assert!(faults.is_empty(), "{faults}");
    plan.unwrap()
}

impl Writer {
    fn write(mut self) -> String {
        let mut sections = Vec::new();
        let mut scores = Vec::new();
        for index in 0..2 + self.random.below(2) {
            let mut keywords = String::new();
            if index > 0 && self.random.one_in(2) {
                keywords += &format!(r#""visibleIf": "{}", "#, self.condition(&[], None, 2));
            }
            if index > 0 && self.random.one_in(3) {
                keywords += &format!(r#""readOnlyIf": "{}", "#, self.condition(&[], None, 1));
            }
            let mut questions = Vec::new();
            for _ in 0..3 + self.random.below(5) {
                let text = match self.random.below(5) {
                    0 if self.repeats.len() < 2 => self.repeat(&[], 0),
                    _ => {
                        let (known, text) = self.question(&[], None);
                        self.form.push(known);
                        text
                    }
                };
                questions.push(text);
            }
            if index == 1 {
                scores.push(self.score());
            }
            for at in (1..questions.len()).rev() {
                questions.swap(at, self.random.below(at + 1));
            }
            let check = self.check(&[], None);
            sections.push(format!(
                r#"{{"id": "s{index}", "title": "S", {keywords}"checks": [{check}], "properties": {{{}}}}}"#,
                questions.join(",\n")
            ));
        }
        format!(
            r#"{{"$schema": "questionnaire-1.schema.json", "id": "random", "version": "1", "title": "R",
            "languages": ["en"], "subject": {{"birthDate": "born"}}, "scores": {{{}}},
            "allOf": [{{"id": "who", "title": "Who", "properties": {{
                "born": {{"title": "Born", "type": "string", "format": "partial-date"}}}}}}, {}],
            "unevaluatedProperties": false}}"#,
            scores.join(", "),
            sections.join(",\n")
        )
    }

    fn name(&mut self, kind: &str) -> String {
        self.names += 1;
        format!("{kind}{}", self.names)
    }

    fn question(&mut self, row: &[Known], repeat: Option<&str>) -> (Known, String) {
        let (kind, word) = *self.random.pick(&[
            (Kind::Boolean, "b"),
            (Kind::Number, "n"),
            (Kind::Number, "n"),
            (Kind::Choice, "c"),
            (Kind::Several, "m"),
            (Kind::Text, "t"),
        ]);
        let name = self.name(word);
        let mut text = match kind {
            Kind::Boolean => r#""type": "boolean""#.to_owned(),
            Kind::Number | Kind::Score => r#""type": "integer", "minimum": 0, "maximum": 9"#.to_owned(),
            Kind::Text => r#""type": "string", "maxLength": 3"#.to_owned(),
            Kind::Choice => format!(r#""oneOf": [{}]"#, codes()),
            Kind::Several => {
                format!(r#""type": "array", "uniqueItems": true, "items": {{"oneOf": [{}]}}"#, codes())
            }
        };
        let mut title = name.clone();
        if self.random.one_in(3)
            && let Some(shown) = self.any(row, |_| true)
        {
            title = format!("{name} after {{{shown}}}");
        }
        let calculated = self.random.one_in(4);
        if calculated {
            let value = match kind {
                Kind::Boolean => self.condition(row, repeat, 2),
                Kind::Number | Kind::Score => self.number(row, repeat, 2),
                Kind::Text => match self.any(row, |kind| kind == Kind::Choice) {
                    Some(choice) if self.random.one_in(2) => format!("choiceLabel({choice})"),
                    _ => "'x'".to_owned(),
                },
                Kind::Choice => format!("iif({}, 'a', 'b')", self.condition(row, repeat, 1)),
                Kind::Several => String::new(),
            };
            if !value.is_empty() {
                text += &format!(r#", "calculate": "{value}""#);
            }
        } else {
            if self.random.one_in(5) {
                text += &format!(r#", "requiredIf": "{}""#, self.condition(row, repeat, 1));
            }
            if self.random.one_in(5) {
                text += &format!(r#", "readOnlyIf": "{}""#, self.condition(row, repeat, 1));
            }
            if matches!(kind, Kind::Choice | Kind::Several) && self.random.one_in(2) {
                let other = self.condition(row, repeat, 1);
                text += &format!(r#", "choiceFilter": "%choice.code != 'b' or {other}""#);
            }
            if kind == Kind::Number && self.random.one_in(4) {
                text += r#", "default": 2"#;
            }
        }
        if self.random.one_in(3) {
            text += &format!(r#", "visibleIf": "{}""#, self.condition(row, repeat, 2));
        }
        if self.random.one_in(3) {
            let mut row = row.to_vec();
            row.push(Known { name: name.clone(), kind });
            text += &format!(r#", "checks": [{}]"#, self.check(&row, repeat));
        }
        (Known { name: name.clone(), kind }, format!(r#""{name}": {{"title": "{title}", {text}}}"#))
    }

    fn repeat(&mut self, around: &[Known], depth: usize) -> String {
        let name = self.name("r");
        let mut keywords = String::new();
        if self.random.one_in(3) {
            keywords += &format!(r#""visibleIf": "{}", "#, self.condition(around, None, 1));
        }
        if self.random.one_in(4) {
            keywords += &format!(r#""readOnlyIf": "{}", "#, self.condition(around, None, 1));
        }
        let counting = if depth == 0 { self.form.clone() } else { around.to_vec() };
        let counting: Vec<&Known> = counting.iter().filter(|known| known.kind == Kind::Number).collect();
        if !counting.is_empty() && self.random.one_in(3) {
            keywords += &format!(r#""countFrom": "{}", "#, self.random.pick(&counting).name);
        }
        let mut columns: Vec<Known> = Vec::new();
        let mut texts = Vec::new();
        let mut inner = None;
        for _ in 0..2 + self.random.below(3) {
            let seen: Vec<Known> = columns.iter().chain(around).cloned().collect();
            let (known, text) = self.question(&seen, Some(&name));
            columns.push(known);
            texts.push(text);
        }
        let total = self.name("n");
        let added = columns.iter().find(|known| known.kind == Kind::Number).map(|known| known.name.clone());
        if let Some(added) = added {
            texts.push(format!(
                r#""{total}": {{"title": "T", "type": "integer",
                    "calculate": "coalesce(previous({total}), 0) + coalesce({added}, 0)"}}"#
            ));
            columns.push(Known { name: total, kind: Kind::Number });
        }
        if depth == 0 && self.random.one_in(2) {
            let seen: Vec<Known> = columns.clone();
            texts.push(self.repeat(&seen, 1));
            inner = self.repeats.pop().map(Box::new);
        }
        let key = columns.iter().find(|known| matches!(known.kind, Kind::Text | Kind::Choice));
        if let Some(key) = key {
            keywords += &format!(r#""uniqueKey": ["{}"], "itemTitle": "{{{}}}", "#, key.name, key.name);
        }
        let text = format!(
            r#""{name}": {{"title": "R", "type": "array", "maxItems": 3, {keywords}"items": {{"type": "object",
                "unevaluatedProperties": false, "properties": {{{}}}}}}}"#,
            texts.join(",\n")
        );
        self.repeats.push(Repeat { name, columns, inner });
        text
    }

    fn score(&mut self) -> String {
        let items: Vec<String> = self
            .form
            .iter()
            .filter(|known| matches!(known.kind, Kind::Number | Kind::Boolean))
            .take(4)
            .map(|known| format!("\"{}\"", known.name))
            .collect();
        let when = self.condition(&[], None, 2);
        let adjust = self.condition(&[], None, 2);
        let name = self.name("k");
        let item = format!(r#"{{"id": "w", "when": "{when}", "points": 2}}"#);
        let items = items.into_iter().chain([item]).collect::<Vec<_>>().join(", ");
        let text = format!(
            r#""{name}": {{"title": "K", "items": [{items}], "method": "sum", "fidelity": "adapted",
               "bands": [{{"id": "low", "from": 0, "to": 4, "level": 0}}, {{"id": "high", "from": 5, "to": 100, "level": 1}}],
               "adjustments": {{"cap": 3, "stacking": "each", "raise": [{{"id": "up", "when": "{adjust}", "steps": 1}}]}}}}"#
        );
        self.form.push(Known { name, kind: Kind::Score });
        text
    }

    fn check(&mut self, row: &[Known], repeat: Option<&str>) -> String {
        self.checks += 1;
        let severity = *self.random.pick(&["error", "warning", "info"]);
        let assert = self.condition(row, repeat, 2);
        format!(
            r#"{{"id": "k{}", "assert": "{assert}", "message": "M", "severity": "{severity}"}}"#,
            self.checks
        )
    }

    /// A name of a kind, of the row or of the form.
    fn any(&mut self, row: &[Known], fits: impl Fn(Kind) -> bool) -> Option<String> {
        let names: Vec<String> = row
            .iter()
            .chain(&self.form)
            .filter(|known| fits(known.kind))
            .map(|known| known.name.clone())
            .collect();
        (!names.is_empty()).then(|| self.random.pick(&names).clone())
    }

    fn condition(&mut self, row: &[Known], repeat: Option<&str>, depth: usize) -> String {
        if depth > 0 && self.random.one_in(2) {
            let (left, right) =
                (self.condition(row, repeat, depth - 1), self.condition(row, repeat, depth - 1));
            return match self.random.below(4) {
                0 => format!("({left}).not()"),
                1 => format!("({left}) or ({right})"),
                2 => format!("({left}) implies ({right})"),
                _ => format!("({left}) and ({right})"),
            };
        }
        let choice = self.random.below(8);
        let asked = |kind| matches!(kind, Kind::Boolean | Kind::Number | Kind::Choice | Kind::Text);
        let text = match choice {
            0 => self.any(row, |kind| kind == Kind::Boolean),
            1 => self.any(row, |kind| kind == Kind::Choice).map(|name| format!("{name} = 'a'")),
            2 => self.any(row, |kind| kind == Kind::Several).map(|name| format!("{name} contains 'b'")),
            3 => self.any(row, asked).map(|name| format!("{name}.exists()")),
            4 => self.any(row, asked).map(|name| format!("absentReason({name}) = 'declined'")),
            5 => Some("age >= 60".to_owned()),
            _ => None,
        };
        text.unwrap_or_else(|| {
            let number = self.number(row, repeat, depth.min(1));
            format!("({number}) > {}", self.random.below(5))
        })
    }

    fn number(&mut self, row: &[Known], repeat: Option<&str>, depth: usize) -> String {
        match self.random.below(7) {
            0 if depth > 0 => {
                format!("{} + {}", self.number(row, repeat, depth - 1), self.number(row, repeat, depth - 1))
            }
            1 if depth > 0 => {
                let condition = self.condition(row, repeat, depth - 1);
                format!("iif({condition}, {}, 1)", self.number(row, repeat, depth - 1))
            }
            2 | 3 => self.aggregate().unwrap_or_else(|| "1".to_owned()),
            4 if repeat.is_some() => {
                let columns: Vec<&Known> = row.iter().filter(|known| known.kind == Kind::Number).collect();
                match columns.first() {
                    Some(column) => format!("coalesce({}, 3)", column.name),
                    None => "3".to_owned(),
                }
            }
            5 => match self.any(row, |kind| kind == Kind::Score) {
                Some(score) => format!("({score}).round()"),
                None => "4".to_owned(),
            },
            _ => self.any(row, |kind| kind == Kind::Number).unwrap_or_else(|| "2".to_owned()),
        }
    }

    /// Something over the rows of a repeat that was written before.
    fn aggregate(&mut self) -> Option<String> {
        let count = self.repeats.len();
        let repeat = self.repeats.get(self.random.below(count))?;
        let rows = format!("%form.{}", repeat.name);
        let number = |columns: &[Known]| {
            columns.iter().find(|known| known.kind == Kind::Number).map(|known| known.name.clone())
        };
        if let (Some(inner), true) = (&repeat.inner, self.random.one_in(2)) {
            return Some(match number(&inner.columns) {
                Some(column) => format!("coalesce({rows}.{}.{column}.sum(), 0)", inner.name),
                None => format!("{rows}.{}.count()", inner.name),
            });
        }
        let column = number(&repeat.columns);
        Some(match (self.random.below(4), column) {
            (0, Some(column)) => format!("coalesce({rows}.{column}.sum(), 0)"),
            (1, Some(column)) => format!("{rows}.where({column} > 1).count()"),
            (2, Some(column)) => format!("coalesce({rows}.{column}.first(), 0)"),
            _ => format!("{rows}.count()"),
        })
    }
}

fn codes() -> String {
    ["a", "b", "c"].map(|code| format!(r#"{{"const": "{code}", "title": "Code {code}"}}"#)).join(", ")
}

//! The analysis of conditions calls impossible only what is: random questionnaires are answered at random, and no
//! condition ever comes to what it was said not to come to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::collections::BTreeMap;

use intake::expression::{Program, RowId};
use intake::lint::{self, Outcomes};
use intake::plan::{self, Plan};
use intake::questionnaire;
use intake::session::{Command, Session};
use intake::value::{Absence, Decimal, Truth, Value};
use proptest::prelude::*;
use serde_json::json;

/// Choices made from random bytes, so that a failure shrinks to a small form.
struct Dice<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % sides
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }

    /// A condition over the first questions of the form, and over rows and scores if `late`.
    fn condition(&mut self, depth: u8, late: bool) -> String {
        let leaf = depth == 0;
        match self.roll(if leaf { 16 } else { 24 }) {
            0 => self.pick(&["b", "c", "true", "false", "{}"]).to_owned(),
            1..=4 => {
                let test = self.pick(&["<", "<=", ">", ">=", "=", "!="]);
                let (left, right) = (self.number(1, late), self.number(1, late));
                // Two empty sides are no comparison.
                format!("{left} {test} {right}")
            }
            5 => format!("s {} '{}'", self.pick(&["=", "!="]), self.pick(&["x", "y", "z"])),
            6 => format!("s in ('{}' | '{}')", self.pick(&["x", "y", "z"]), self.pick(&["x", "y", "z"])),
            7 => format!("k in ({} | {})", self.pick(&["0", "2", "5"]), self.pick(&["0", "2", "5"])),
            8 => format!("g contains '{}'", self.pick(&["x", "y", "z"])),
            9 => format!("g.count() {} {}", self.pick(&["=", ">", "<"]), self.roll(4)),
            10 => format!("g.first() = '{}'", self.pick(&["x", "y", "z"])),
            11 => {
                let name = self.pick(&["n", "m", "d", "b", "s", "k", "g", "t", "day", "born"]);
                format!("{name}.{}()", self.pick(&["exists", "empty"]))
            }
            12 => {
                let date = self.pick(&["@2020-05-05", "@2020-05", "@2020"]);
                format!(
                    "{} {} {date}",
                    self.pick(&["day", "born"]),
                    self.pick(&["<", "<=", ">", ">=", "=", "!="])
                )
            }
            13 => {
                let name = self.pick(&["n", "b", "s"]);
                match self.roll(2) {
                    0 => format!("absentReason({name}).exists()"),
                    _ => format!("absentReason({name}) = '{}'", self.pick(&["declined", "unable"])),
                }
            }
            14 => format!("t = '{}'", self.pick(&["x", "y"])),
            15 if late => match self.roll(4) {
                0 => format!(
                    "rows.exists({})",
                    self.pick(&["p > 1", "r", "p > 9", "r and p < 2", "p.empty()"])
                ),
                1 => format!("rows.all({})", self.pick(&["p > 1", "r", "p >= 0", "p.exists()"])),
                2 => format!("rows.count() {} {}", self.pick(&["=", ">"]), self.roll(3)),
                _ => "rows.where(r).exists(p >= 2)".to_owned(),
            },
            15 => "b = c".to_owned(),
            16 | 17 => {
                format!("({} and {})", self.condition(depth - 1, late), self.condition(depth - 1, late))
            }
            18 | 19 => {
                format!("({} or {})", self.condition(depth - 1, late), self.condition(depth - 1, late))
            }
            20 => {
                let connective = self.pick(&["xor", "implies"]);
                format!(
                    "({} {connective} {})",
                    self.condition(depth - 1, late),
                    self.condition(depth - 1, late)
                )
            }
            21 | 22 => format!("({}).not()", self.condition(depth - 1, late)),
            _ => {
                let test = self.condition(depth - 1, late);
                format!("iif({test}, {}, {})", self.condition(0, late), self.condition(0, late))
            }
        }
    }

    fn number(&mut self, depth: u8, late: bool) -> String {
        match self.roll(if depth == 0 { 8 } else { 18 }) {
            0..=3 => self.pick(&["n", "m", "k", "d"]).to_owned(),
            4 if late => self.pick(&["total", "most", "hits", "blank", "total.level", "calc"]).to_owned(),
            4..=7 => self.pick(&["0", "1", "2", "3", "5", "10", "2.5"]).to_owned(),
            8 | 9 => format!("({} + {})", self.number(0, late), self.number(0, late)),
            10 => format!("({} - {})", self.number(0, late), self.number(0, late)),
            11 => format!("({} * {})", self.number(0, late), self.number(0, late)),
            12 => {
                let name = self.pick(&["sum", "min", "max", "avg"]);
                format!("{name}({}, {})", self.number(0, late), self.number(0, late))
            }
            13 => format!("coalesce({}, {})", self.number(0, late), self.number(0, late)),
            14 => format!("countAnswered({}, s, g)", self.pick(&["n", "b", "t"])),
            15 => format!(
                "iif({}, {}, {})",
                self.condition(0, late),
                self.number(0, late),
                self.number(0, late)
            ),
            16 => {
                format!("({}).{}()", self.number(0, late), self.pick(&["abs", "round", "floor", "ceiling"]))
            }
            _ => format!("(-{})", self.pick(&["n", "m", "d"])),
        }
    }

    fn form(&mut self) -> String {
        let choices = |codes: &[&str]| -> serde_json::Value {
            codes.iter().map(|code| json!({ "const": code, "title": code })).collect()
        };
        let whole = |least: i32, most: i32| json!({ "title": "?", "type": "integer", "minimum": least, "maximum": most });
        let mut more = serde_json::Map::new();
        for name in ["n2", "b2", "s2"] {
            let mut question = json!({ "title": name, "type": "boolean" });
            question["visibleIf"] = self.condition(2, false).into();
            if self.roll(3) == 0 {
                question["requiredIf"] = self.condition(2, false).into();
            }
            more.insert(name.to_owned(), question);
        }
        let mut n = whole(0, 10);
        if self.roll(2) == 0 {
            n["visibleIf"] = self.pick(&["b", "c or b", "b.empty() or b", "c = false"]).into();
        }
        let mut k = json!({ "title": "?", "type": "integer", "oneOf": [
            { "const": 0, "title": "0" }, { "const": 2, "title": "2" }, { "const": 5, "title": "5" }] });
        if self.roll(2) == 0 {
            k["visibleIf"] = self.pick(&["n > 3", "s = 'x'", "n.exists()", "g contains 'x'"]).into();
        }
        let checks: Vec<_> = (0..3)
            .map(|index| json!({ "id": format!("c{index}"), "assert": self.condition(3, true), "message": "?" }))
            .collect();
        let rules: Vec<_> = (0..4)
            .map(|index| {
                json!({ "id": format!("R{index}"), "title": "?", "when": self.condition(3, true),
                    "review": { "within": 3 } })
            })
            .collect();
        let form = json!({
            "$schema": "../../dialect/questionnaire-1.schema.json",
            "id": "random", "version": "1.0.0", "title": "?", "languages": ["en"],
            "allOf": [
                { "id": "first", "title": "?", "properties": {
                    "b": { "title": "?", "type": "boolean" },
                    "c": { "title": "?", "type": "boolean" },
                    "s": { "title": "?", "type": "string", "oneOf": choices(&["x", "y", "z"]) },
                    "g": { "title": "?", "type": "array", "uniqueItems": true, "maxItems": 2,
                           "items": { "oneOf": choices(&["x", "y", "z"]) } },
                    "n": n, "m": whole(-5, 40), "k": k,
                    "d": { "title": "?", "type": "number", "exclusiveMinimum": 0, "maximum": 4 },
                    "t": { "title": "?", "type": "string" },
                    "day": { "title": "?", "type": "string", "format": "date" },
                    "born": { "title": "?", "type": "string", "format": "partial-date" },
                    "calc": { "title": "?", "type": "number", "calculate": self.number(1, false) } } },
                { "id": "second", "title": "?", "visibleIf": self.condition(2, false), "properties": more },
                { "id": "third", "title": "?", "properties": {
                    "rows": { "title": "?", "type": "array", "items": { "type": "object", "properties": {
                        "p": { "title": "?", "type": "integer", "minimum": 0, "maximum": 3 },
                        "r": { "title": "?", "type": "boolean", "visibleIf": self.pick(&["p >= 1", "b", "p < 3 or c"]) } } } } },
                  "checks": checks } ],
            "unevaluatedProperties": false,
            "scores": {
                "total": { "title": "?", "items": ["n", { "name": "k", "weight": 2 }], "method": "sum", "fidelity": "adapted",
                    "missing": { "rule": "prorate", "minAnswered": 1 },
                    "bands": [{ "id": "lo", "from": 0, "to": 9, "level": 0 }, { "id": "hi", "from": 10, "to": 20, "level": 2 }] },
                "most": { "title": "?", "items": ["k", "n"], "method": "max", "fidelity": "adapted" },
                "hits": { "title": "?", "items": ["b", { "id": "when", "when": self.condition(1, false), "points": 3 }],
                    "method": "count", "fidelity": "adapted" },
                "blank": { "title": "?", "items": [{ "name": "m", "reverse": true }, "n"], "method": "sum",
                    "fidelity": "adapted", "missing": { "rule": "blankZero", "maxBlank": 1 } } },
            "rules": rules });
        form.to_string()
    }

    fn answer(&mut self, session: &mut Session, pointer: &str) {
        let Some(node) = session.node_at(pointer) else { return };
        let name = pointer.rsplit('/').next().unwrap();
        let number = |number: i64, scale| Value::Number(Decimal::new(number, scale));
        let some = i64::try_from(self.roll(256)).unwrap();
        let value = match (self.roll(5), name) {
            (0, _) => None,
            (1, _) => {
                let absence = Absence::ALL[self.roll(5)];
                let _ = session.apply(Command::Absent { node, absence: Some(absence) });
                return;
            }
            (_, "n") => Some(number(some % 11, 0)),
            (_, "m") => Some(number(some % 46 - 5, 0)),
            (_, "k") => Some(number([0, 2, 5][self.roll(3)], 0)),
            (_, "d") => Some(number(1 + some % 40, 1)),
            (_, "p") => Some(number(some % 4, 0)),
            (_, "s") => Some(Value::text(self.pick(&["x", "y", "z"]))),
            (_, "t") => Some(Value::text(self.pick(&["x", "y", " ", "long"]))),
            (_, "g") => {
                let mut codes = vec![self.pick(&["x", "y", "z"])];
                let more = self.pick(&["x", "y", "z"]);
                if self.roll(2) == 0 && !codes.contains(&more) {
                    codes.push(more);
                }
                Some(Value::Codes(codes.into_iter().map(Into::into).collect()))
            }
            (_, "day") => {
                Some(Value::Date(self.pick(&["2020-05-05", "2020-05-06", "2019-01-01"]).parse().unwrap()))
            }
            (_, "born") => Some(Value::Date(
                self.pick(&["2020-05-05", "2020-05", "2020", "2021", "2020-06"]).parse().unwrap(),
            )),
            _ => Some(Value::Boolean(some % 2 == 0)),
        };
        let _ = session.apply(Command::Answer { node, value });
    }
}

struct Case {
    plan: std::sync::Arc<Plan>,
    outcomes: BTreeMap<String, Outcomes>,
}

fn analysed(text: &str) -> Case {
    let files = BTreeMap::from([("questionnaire.json".to_owned(), text.to_owned())]);
    let (questionnaire, sources, mut found) = questionnaire::read(&files, "questionnaire.json");
    let questionnaire = questionnaire.unwrap();
    let (plan, more) = plan::compile(&questionnaire);
    found.extend(more);
    let faults: String = found.iter().map(|fault| sources.render(fault)).collect();
    let plan = plan.unwrap_or_else(|| panic!("{faults}"));
    let outcomes = lint::outcomes(&questionnaire, &plan, &sources);
    let outcomes = outcomes.into_iter().map(|(_, pointer, outcomes)| (pointer, outcomes)).collect();
    Case { plan: plan.into(), outcomes }
}

/// Every condition that counts now, by its pointer, with the row in which it is evaluated.
fn conditions<'p>(plan: &'p Plan, session: &Session) -> Vec<(String, &'p Program, RowId)> {
    let mut found = Vec::new();
    for (index, section) in plan.sections.iter().enumerate() {
        let at = format!("/allOf/{index}");
        if let Some(program) = &section.visible_if {
            found.push((format!("{at}/visibleIf"), program, RowId::FORM));
        }
        for (number, check) in section.checks.iter().enumerate() {
            found.push((format!("{at}/checks/{number}/assert"), &plan.check(*check).assert, RowId::FORM));
        }
        let around = session.section_relevant(plan.section_ids().nth(index).unwrap());
        for question in &section.questions {
            let question = plan.question(*question);
            let Some(node) = session.node_at(&format!("/{}", question.name)) else { continue };
            if let (Some(program), true) = (&question.visible_if, around) {
                found.push((format!("{}/visibleIf", question.pointer), program, RowId::FORM));
            }
            if let (Some(program), true) = (&question.required_if, session.relevant(node)) {
                found.push((format!("{}/requiredIf", question.pointer), program, RowId::FORM));
            }
        }
    }
    for (index, rule) in plan.rules.iter().enumerate() {
        found.push((format!("/rules/{index}/when"), &rule.steps[0].when, RowId::FORM));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_called_impossible_ever_happens(
        shape in prop::collection::vec(any::<u8>(), 400),
        answers in prop::collection::vec(prop::collection::vec(any::<u8>(), 120), 12),
    ) {
        let text = Dice { bytes: &shape, at: 0 }.form();
        let case = analysed(&text);
        for answers in &answers {
            let mut dice = Dice { bytes: answers, at: 0 };
            let mut session = Session::open(case.plan.clone(), support::interview::world("2020-06-15"));
            for _ in 0..dice.roll(3) {
                let repeat = session.node_at("/rows").unwrap();
                let _ = session.apply(Command::AddRow { repeat, at: None });
            }
            for name in ["b", "c", "s", "g", "n", "m", "k", "d", "t", "day", "born", "n2", "b2", "s2"] {
                dice.answer(&mut session, &format!("/{name}"));
            }
            for row in 0..2 {
                for column in ["p", "r"] {
                    dice.answer(&mut session, &format!("/rows/{row}/{column}"));
                }
            }
            for (pointer, program, row) in conditions(&case.plan, &session) {
                let truth: Truth = program.test(&session, row);
                let outcomes = case.outcomes[&pointer];
                prop_assert!(
                    outcomes.allow(truth),
                    "{pointer}: `{}` came to {truth:?}, which was called impossible\n{text}\n{:?}",
                    program.canonical(),
                    session.record().answers
                );
            }
        }
    }
}

/// How much of what never happens is proved: a floor under the analysis, so that it cannot be sound by saying nothing.
#[test]
fn what_never_happens_is_mostly_proved() {
    let conditions = [
        "n > 10",
        "n < 0",
        "n >= 3 and n < 3",
        "s = 'x' and s = 'y'",
        "k = 3",
        "k in (1 | 3)",
        "g.count() = 3",
        "g contains 'x' and g.empty()",
        "b and b.not()",
        "n + m > 50",
        "n.exists() and n.empty()",
        "day < @2020-01-01 and day > @2020-02-01",
        "sum(n, k) > 15",
        "total > 20",
        "total < 10 and total > 12",
        "n < 2 and n != 0 and n != 1",
        "(s = 'x' or s = 'y') and s = 'z'",
        "rows.exists(p > 3)",
        "absentReason(b).exists() and b",
        "iif(n > 5, n > 7, false) and n < 6",
        "d <= 0",
        "t = 'x' and t = 'y'",
        "coalesce(n, 0) > 10",
        "max(n, k) > 10",
        "(n > 3 implies b) and n > 4 and b = false",
        "b xor b and {}",
    ];
    let rules: Vec<_> = conditions
        .iter()
        .enumerate()
        .map(|(index, when)| json!({ "id": format!("R{index}"), "title": "?", "when": when, "review": { "within": 3 } }))
        .collect();
    let mut form: serde_json::Value = serde_json::from_str(&Dice { bytes: &[], at: 0 }.form()).unwrap();
    form["rules"] = rules.into();
    let case = analysed(&form.to_string());
    let unproved: Vec<&str> = conditions
        .iter()
        .enumerate()
        .filter(|(index, _)| case.outcomes[&format!("/rules/{index}/when")].can_be_true)
        .map(|(_, condition)| *condition)
        .collect();
    assert!(unproved.is_empty(), "{unproved:#?}");
}

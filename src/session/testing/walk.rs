use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::forms::{plan_of, random_form, shared_plan};
use super::naive::Naive;
use super::random::Random;
use super::view::{Aspect, View, of_session};
use crate::diagnostic::SourceId;
use crate::expression::{FieldId, RowId};
use crate::plan::{AnswerKind, LanguageId, Plan, Question};
use crate::session::{ChangeSet, Command, Contents, Journal, Node, Stamp, Target, Told, What, World};
use crate::value::{Absence, DateTime, Decimal, Informant, Value};

/// A random interview.
struct Walk {
    plan: Arc<Plan>,
    journal: Journal,
    random: Random,
    lines: Vec<String>,
    /// What was said before each step that can be taken back.
    history: Vec<Contents>,
    view: View,
}

impl Walk {
    fn new(plan: Arc<Plan>, seed: u64) -> Self {
        let world =
            World { today: "2026-11-23".parse().unwrap(), now: DateTime::EPOCH, language: LanguageId(0) };
        let journal = Journal::begin(Arc::clone(&plan), world);
        let lines = vec![journal.header().to_string()];
        let mut walk =
            Self { plan, journal, random: Random::new(seed), lines, history: Vec::new(), view: View::new() };
        walk.view = of_session(walk.journal.session(), &walk.nodes());
        walk
    }

    fn stamp() -> Stamp {
        Stamp { at: DateTime::EPOCH, by: None, elapsed: None }
    }

    fn naive(&self) -> Naive<'_> {
        let session = self.journal.session();
        Naive::new(&self.plan, *session.world(), &session.contents(RowId::FORM))
    }

    fn nodes(&self) -> Vec<Node> {
        self.naive().nodes()
    }

    /// Does something; what does not agree afterwards.
    fn step(&mut self) -> Result<(), String> {
        let before = self.journal.session().contents(RowId::FORM);
        let (what, told) = match self.random.below(12) {
            0 => ("undo".to_owned(), self.journal.undo(Self::stamp())),
            1 => ("redo".to_owned(), self.journal.redo(Self::stamp())),
            _ => {
                let command = self.command();
                (format!("{command:?}"), self.journal.apply(command, Self::stamp()))
            }
        };
        let after = self.journal.session().contents(RowId::FORM);
        let Ok(Told { changes, entry }) = told else {
            return if before == after { Ok(()) } else { Err(format!("{what} was refused and changed it")) };
        };
        if let Some(entry) = entry {
            self.lines.push(entry.to_value(&self.plan).to_string());
        }
        if self.random.one_in(60) {
            let snapshot = self.journal.snapshot(Self::stamp());
            self.lines.push(snapshot.to_value(&self.plan).to_string());
        }
        self.compare(&what, &changes)
    }

    fn compare(&mut self, what: &str, changes: &ChangeSet) -> Result<(), String> {
        let naive = self.naive();
        let expected = naive.view();
        let view = of_session(self.journal.session(), &naive.nodes());
        for (key, should) in &expected {
            if view.get(key) != Some(should) {
                return Err(format!("after {what}: {key:?} is {:?}, not {should}", view.get(key)));
            }
        }
        for (key @ (target, aspect), now) in &view {
            let told = changes.of(*target).contains(aspect.what());
            match self.view.get(key) {
                Some(was) if was != now && !told => {
                    let label = matches!(aspect, Aspect::Label);
                    let of = changes.of(*target);
                    // Whoever shows a question draws all of it when it comes, and a repeat when its rows do.
                    let comes = of.contains(What::RELEVANCE) || (label && of.contains(What::ROWS));
                    let language = label && changes.of(Target::Form).contains(What::LABEL);
                    if !comes && !language {
                        return Err(format!(
                            "after {what}: nobody was told that {key:?} is {now}, not {was}"
                        ));
                    }
                }
                _ => {}
            }
        }
        self.view = view;
        Ok(())
    }

    fn command(&mut self) -> Command {
        let nodes = self.nodes();
        let counted = |repeat: &Node| {
            self.plan.question(repeat.question()).repeat().is_some_and(|repeat| repeat.count_from.is_some())
        };
        let rows: Vec<RowId> =
            self.naive().rows.iter().filter(|(_, repeat)| !counted(repeat)).map(|(row, _)| *row).collect();
        if !rows.is_empty() && self.random.one_in(10) {
            let row = *self.random.pick(&rows);
            return match self.random.below(2) {
                0 => Command::RemoveRow { row },
                _ => Command::MoveRow { row, to: self.random.below(4) },
            };
        }
        let inside: Vec<Node> = nodes.iter().filter(|node| node.row != RowId::FORM).copied().collect();
        let among = if !inside.is_empty() && self.random.one_in(2) { &inside } else { &nodes };
        let node = *self.random.pick(among);
        let question = self.plan.question(node.question()).clone();
        if question.repeat().is_some() {
            let at = self.random.one_in(2).then(|| self.random.below(3));
            let many = self.journal.session().rows(node).len() > 3;
            if many {
                return Command::Answer { node, value: None };
            }
            return Command::AddRow { repeat: node, at };
        }
        match self.random.below(10) {
            0 => Command::Answer { node, value: None },
            1 | 2 => Command::Absent { node, absence: Some(*self.random.pick(&Absence::ALL)) },
            3 => Command::Inform { node, informant: *self.random.pick(&Informant::ALL) },
            4 if self.plan.languages.len() > 1 => {
                Command::Language(LanguageId(u16::try_from(self.random.below(3)).unwrap_or(0)))
            }
            _ => Command::Answer { node, value: Some(self.value(&question, node)) },
        }
    }

    fn value(&mut self, question: &Question, node: Node) -> Value {
        let codes: Vec<Arc<str>> =
            self.plan.choices(node.question()).map(|choice| Arc::clone(&choice.code)).collect();
        match &question.kind {
            AnswerKind::Boolean => Value::Boolean(self.random.one_in(2)),
            AnswerKind::Number { integer: true } => Value::Number(Decimal::from(self.random.below(7))),
            AnswerKind::Number { .. } => {
                let number =
                    *self.random.pick(&["0", "1.5", "2.5", "-0.1", "3", "1000000000000", "0.0000000001"]);
                Value::Number(number.parse().unwrap())
            }
            AnswerKind::Text(_) => Value::text(*self.random.pick(&["x", "yy", "zzzz", " "])),
            AnswerKind::Date(_) => {
                let date = *self.random.pick(&["1950-02-03", "1966-11", "1967", "2026", "2030-01-01"]);
                Value::Date(date.parse().unwrap())
            }
            AnswerKind::Time => Value::Time("10:30".parse().unwrap()),
            AnswerKind::Choice { numbers: true, .. } => {
                Value::Number(self.random.pick(&codes).parse().unwrap())
            }
            AnswerKind::Choice { .. } => Value::Text(Arc::clone(self.random.pick(&codes))),
            AnswerKind::Choices { .. } => {
                let chosen = codes.iter().filter(|_| self.random.one_in(2)).cloned().collect();
                Value::Codes(chosen)
            }
            AnswerKind::Repeat(_) | AnswerKind::Note => Value::Boolean(true),
        }
    }

    /// Takes everything back and does it again, and replays what was written down.
    fn finish(&mut self) {
        let lines = self.lines.iter().map(String::as_str);
        let (again, faults) = Journal::replay(&self.plan, lines, SourceId(0));
        assert_eq!(faults, []);
        let again = again.unwrap();
        assert_eq!(of_session(again.session(), &self.nodes()), self.view, "the replay is another interview");
        assert_eq!(again.session().contents(RowId::FORM), self.journal.session().contents(RowId::FORM));
        let end = self.journal.session().contents(RowId::FORM);
        let mut steps = 0;
        while self.journal.can_undo() {
            self.history.push(self.journal.session().contents(RowId::FORM));
            let told = self.journal.undo(Self::stamp()).unwrap();
            self.compare("undo", &told.changes).unwrap();
            steps += 1;
        }
        for _ in 0..steps {
            let told = self.journal.redo(Self::stamp()).unwrap();
            self.compare("redo", &told.changes).unwrap();
            let said = self.journal.session().contents(RowId::FORM);
            assert_eq!(Some(without_parked(&said)), self.history.pop().as_ref().map(without_parked));
        }
        assert!(
            steps == 0
                || without_parked(&end) == without_parked(&self.journal.session().contents(RowId::FORM))
        );
    }
}

/// Rows that only a larger count made, and in which nothing was said, may stay when the count is taken back.
fn without_parked(contents: &Contents) -> Contents {
    let mut kept = contents.clone();
    for said in kept.0.values_mut() {
        said.rows.iter_mut().for_each(|(_, inside)| *inside = without_parked(inside));
        said.rows.retain(|(_, inside)| !inside.0.is_empty());
    }
    kept.0.retain(|_, said| *said != crate::session::Said::default());
    kept
}

/// How much longer the long runs are.
fn times() -> u64 {
    match std::env::var_os("INTAKE_FULL") {
        Some(_) => 40,
        None => 1,
    }
}

/// Holds random interviews on a questionnaire, of so many steps each, to the naive evaluation.
fn agrees(plan: &Arc<Plan>, interviews: u64, steps: usize) {
    for seed in 0..interviews * times() {
        let mut walk = Walk::new(Arc::clone(plan), seed);
        for _ in 0..steps {
            walk.step().unwrap_or_else(|fault| panic!("{seed}: {fault}"));
        }
        walk.finish();
    }
}

fn elder_needs() -> Arc<Plan> {
    let mut files = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        for entry in std::fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                open.push(path + "/");
            } else {
                files.insert(path, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    crate::open(&files, "questionnaires/elder-needs/questionnaire.json").0.unwrap()
}

#[test]
fn random_interviews_on_random_questionnaires_agree_with_the_naive_evaluation() {
    let mut steps = 0;
    for seed in 0..60 * times() {
        let text = random_form(seed);
        let mut walk = Walk::new(shared_plan(&text), seed);
        walk.compare("opening", &ChangeSet::default())
            .unwrap_or_else(|fault| panic!("{seed}: {fault}\n{text}"));
        for _ in 0..40 {
            walk.step().unwrap_or_else(|fault| panic!("{seed}: {fault}\n{text}"));
            steps += 1;
        }
        walk.finish();
    }
    assert!(steps >= 2_400);
}

#[test]
fn random_interviews_on_elder_needs_agree_with_the_naive_evaluation() {
    agrees(&elder_needs(), 2, 60);
}

/// Every edge of a plan: which field, and which of its readers.
fn edges(plan: &Plan) -> Vec<(usize, usize)> {
    let readers = plan.graph.dependents.iter().enumerate();
    readers.flat_map(|(field, readers)| (0..readers.len()).map(move |reader| (field, reader))).collect()
}

/// A small form in which every dependency has an effect that can be seen.
const EVERY_KIND: &str = r#"{"$schema": "questionnaire-1.schema.json", "id": "every", "version": "1", "title": "Every",
    "languages": ["en"], "subject": {"birthDate": "born"},
    "scores": {"k": {"title": "K", "items": ["n", "b", {"id": "w", "when": "c = 'a'", "points": 2}], "method": "sum",
        "fidelity": "adapted",
        "bands": [{"id": "low", "from": 0, "to": 4, "level": 0}, {"id": "high", "from": 5, "to": 12, "level": 1}],
        "adjustments": {"cap": 3, "stacking": "each", "raise": [{"id": "up", "when": "v > 2", "steps": 1}]}}},
    "checks": [{"id": "form", "assert": "k <= 5", "message": "M"}],
    "allOf": [{"id": "one", "title": "One", "properties": {
        "born": {"title": "Born", "type": "string", "format": "partial-date"},
        "b": {"title": "B", "type": "boolean"},
        "n": {"title": "N", "type": "integer", "minimum": 0, "maximum": 9},
        "c": {"title": "C", "oneOf": [{"const": "a", "title": "Aa"}, {"const": "b", "title": "Bb"}],
              "choiceFilter": "%choice.code = 'a' or b"},
        "t": {"title": "T of {old} and {c}", "type": "string"},
        "v": {"title": "V", "type": "integer", "visibleIf": "b"},
        "req": {"title": "Req", "type": "boolean", "requiredIf": "c = 'a'", "readOnlyIf": "absentReason(t) = 'declined' or absentReason(t) = 'unable' or absentReason(t) = 'not_asked'"},
        "old": {"title": "Old", "type": "boolean", "calculate": "age >= 60"},
        "twice": {"title": "Twice", "type": "integer", "calculate": "n + n + coalesce(v, 0)"},
        "level": {"title": "Level", "type": "integer", "calculate": "k.level"},
        "high": {"title": "High", "type": "boolean", "calculate": "k.band = 'high'",
                 "checks": [{"id": "never", "assert": "twice < 8", "message": "M {twice}"}]}}},
      {"id": "two", "title": "Two", "visibleIf": "n > 1", "readOnlyIf": "b", "properties": {
        "inside": {"title": "Inside", "type": "boolean"},
        "said": {"title": "Said", "type": "string", "calculate": "choiceLabel(c)"}}},
      {"id": "rows", "title": "Rows", "properties": {
        "r": {"title": "R", "type": "array", "uniqueKey": ["key"], "itemTitle": "{key}", "items": {"type": "object",
          "unevaluatedProperties": false, "properties": {
            "key": {"title": "Key", "type": "string"},
            "p": {"title": "P of {key}", "type": "integer"},
            "so_far": {"title": "So far", "type": "integer", "calculate": "coalesce(previous(so_far), 0) + coalesce(p, 0)"},
            "share": {"title": "Share", "type": "number", "calculate": "p - %form.r.p.sum()"},
            "more": {"title": "More", "type": "integer", "visibleIf": "p > %form.n"},
            "q": {"title": "Q", "type": "array", "items": {"type": "object", "unevaluatedProperties": false,
              "properties": {
                "cost": {"title": "Cost", "type": "integer", "default": 1},
                "of_all": {"title": "Of all", "type": "integer", "calculate": "%form.r.q.cost.sum()"}}}},
            "spent": {"title": "Spent", "type": "integer", "calculate": "q.cost.sum()"}}}},
        "count": {"title": "Count", "type": "integer", "calculate": "r.count()"},
        "mores": {"title": "Mores", "type": "integer", "calculate": "r.more.sum() + r.spent.sum()"},
        "each": {"title": "Each", "type": "array", "countFrom": "n", "items": {"type": "object",
          "unevaluatedProperties": false, "properties": {"x": {"title": "X", "type": "integer", "default": 1}}}},
        "xs": {"title": "Xs", "type": "integer", "calculate": "each.x.sum()"}}}],
    "unevaluatedProperties": false}"#;

#[test]
fn the_form_of_every_kind_agrees_with_the_naive_evaluation() {
    agrees(&shared_plan(EVERY_KIND), 4, 100);
}

/// A budget: amounts with many places, rows that hide, a repeat in a repeat.
const BUDGET: &str = r#"{"$schema": "questionnaire-1.schema.json", "id": "budget", "version": "1", "title": "Budget",
    "languages": ["en"], "allOf": [{"id": "one", "title": "One", "properties": {
        "asked": {"title": "Asked?", "type": "boolean"},
        "rows": {"title": "Rows", "type": "array", "visibleIf": "asked", "items": {"type": "object",
          "unevaluatedProperties": false, "properties": {
            "paid": {"title": "Paid?", "type": "boolean"},
            "amount": {"title": "Amount", "type": "number", "visibleIf": "paid"},
            "third": {"title": "Third", "type": "number", "calculate": "amount / 3"},
            "month": {"title": "Month", "type": "number", "calculate": "amount * 12"},
            "parts": {"title": "Parts", "type": "array", "items": {"type": "object", "unevaluatedProperties": false,
              "properties": {"part": {"title": "Part", "type": "number"}}}},
            "of_parts": {"title": "Of parts", "type": "number", "calculate": "parts.part.sum()"}}}},
        "sum": {"title": "Sum", "type": "number", "calculate": "rows.amount.sum()"},
        "mean": {"title": "Mean", "type": "number", "calculate": "rows.amount.avg()"},
        "thirds": {"title": "Thirds", "type": "number", "calculate": "rows.third.sum()"},
        "months": {"title": "Months", "type": "number", "calculate": "rows.month.sum() + rows.of_parts.sum()"},
        "count": {"title": "Count", "type": "integer", "calculate": "rows.count()"},
        "more": {"title": "More", "type": "boolean", "visibleIf": "sum > 3"}}}],
    "unevaluatedProperties": false}"#;

#[test]
fn sums_that_are_kept_are_those_that_are_added_up() {
    agrees(&shared_plan(BUDGET), 6, 150);
}

#[test]
fn every_dependency_that_is_dropped_is_found_out() {
    let mut missed = Vec::new();
    let mut dropped = 0;
    for (field, reader) in edges(&plan_of(EVERY_KIND)) {
        let mut plan = plan_of(EVERY_KIND);
        let edge = plan.graph.dependents[field].remove(reader);
        // Where a task reads a field in two ways, one of them may do.
        if plan.graph.dependents[field].iter().any(|other| other.task == edge.task) {
            continue;
        }
        let task = plan.graph.tasks[edge.task.0 as usize];
        let what =
            format!("{:?} → {task:?} {:?}", plan.field(FieldId(u32::try_from(field).unwrap())), edge.via);
        dropped += 1;
        let plan = Arc::new(plan);
        let found = (0..8).any(|seed| {
            let mut walk = Walk::new(Arc::clone(&plan), seed);
            (0..250).any(|_| walk.step().is_err())
        });
        if !found {
            missed.push(what);
        }
    }
    assert!(dropped > 40, "{dropped}");
    // Rows that an answer counts are never removed: they are hidden, which their columns tell by themselves.
    assert_eq!(missed, ["Question(QuestionId(25)) → Calculate(QuestionId(27)) Field"], "of {dropped}");
}

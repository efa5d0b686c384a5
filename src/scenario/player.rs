use std::sync::Arc;

use serde_json::Value as Json;

use super::coverage::{Coverage, Watch};
use super::expect::{Expectations, Expected};
use super::shown;
use super::step::{Scenario, Scenarios, Step};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::expression::RowId;
use crate::json::Item;
use crate::plan::{LanguageId, Plan};
use crate::profile::prefill_from;
use crate::session::{Command, Node, Record, Session, World};
use crate::value::DateTime;

/// What became of a case.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The name of the case.
    pub name: String,
    /// Everything that was not as expected, each at its place. None: it passed.
    pub failures: Vec<Diagnostic>,
    /// What is recorded after its last step.
    pub record: Record,
}

/// What became of a file of scenarios.
#[derive(Clone, Debug)]
pub struct Run {
    /// Case by case.
    pub outcomes: Vec<Outcome>,
    /// What they have shown together.
    pub coverage: Coverage,
    /// What is wrong with what the author declares to be out of reach.
    pub faults: Vec<Diagnostic>,
}

/// Plays every case through a session of its own. A failure does not end a case: all are listed.
#[must_use]
pub fn run(plan: &Arc<Plan>, scenarios: &Scenarios<'_>) -> Run {
    let mut watch = Watch::new(plan);
    let outcomes = scenarios.cases.iter().map(|case| play(plan, case, &mut watch)).collect();
    let (coverage, faults) = watch.finish(&scenarios.unreachable);
    Run { outcomes, coverage, faults }
}

fn play(plan: &Arc<Plan>, case: &Scenario<'_>, watch: &mut Watch<'_>) -> Outcome {
    let world = World {
        today: case.today,
        now: DateTime::start_of(case.today).unwrap_or(DateTime::EPOCH),
        language: LanguageId::default(),
    };
    let mut record = Record::new(case.today);
    if let Some(previous) = case.previous {
        prefill_from(plan, &previous.to_value(), &mut record);
    }
    let (session, _) = Session::restore(Arc::clone(plan), world, &record);
    let mut player = Player { session, taken: record.answers.into(), failures: Vec::new() };
    for step in &case.steps {
        player.step(step, watch);
    }
    let record = player.session.record();
    Outcome { name: case.name.to_owned(), failures: player.failures, record }
}

struct Player {
    session: Session,
    /// The answers that came from the time before.
    taken: Json,
    failures: Vec<Diagnostic>,
}

impl Player {
    fn step(&mut self, step: &Step<'_>, watch: &mut Watch<'_>) {
        match step {
            Step::Set(answers) => {
                for (name, item) in answers {
                    if let Some(node) = self.node(name, *item) {
                        self.answer(node, *item);
                    }
                }
            }
            Step::Absent(entries) => {
                for (name, absence, item) in entries {
                    if let Some(node) = self.node(name, *item) {
                        self.apply(Command::Absent { node, absence: Some(*absence) }, *item);
                    }
                }
            }
            Step::Informant(entries) => {
                for (name, informant, item) in entries {
                    if let Some(node) = self.node(name, *item) {
                        self.apply(Command::Inform { node, informant: *informant }, *item);
                    }
                }
            }
            Step::AddRow { repeat, path, values } => self.add_row(*repeat, path, values),
            Step::RemoveRow { row: item, path } => match self.session.row_at(path) {
                Some(row) => self.apply(Command::RemoveRow { row }, *item),
                None => self.fail(codes::SCENARIO_STEP, *item, "there is no such row now"),
            },
            Step::Expect(list) => {
                let mut expectations = Expectations::new(&self.session);
                for (aspect, item) in list {
                    expectations.check(*aspect, *item);
                }
                let Expectations { profile, mut failures, .. } = expectations;
                if failures.is_empty() {
                    watch.step(
                        &self.session,
                        &Expected { list, profile: profile.as_ref(), taken: &self.taken },
                    );
                }
                self.failures.append(&mut failures);
            }
        }
    }

    fn add_row(&mut self, item: Item<'_>, path: &str, values: &[(&str, Item<'_>)]) {
        let Some(repeat) = self.node(path, item) else { return };
        let before: Vec<RowId> = self.session.rows(repeat).to_vec();
        self.apply(Command::AddRow { repeat, at: None }, item);
        let Some(row) = self.session.rows(repeat).iter().copied().find(|row| !before.contains(row)) else {
            return;
        };
        for (name, item) in values {
            match self.session.plan().question_named(Some(repeat.question()), name) {
                Some(column) => self.answer(Node::new(column, row), *item),
                None => self.fail(codes::SCENARIO_STEP, *item, format!("`{path}` has no column `{name}`")),
            }
        }
    }

    fn answer(&mut self, node: Node, item: Item<'_>) {
        if shown::is_null(item) {
            return self.apply(Command::Answer { node, value: None }, item);
        }
        match shown::answer(self.session.plan(), node.question(), item) {
            Some(value) => self.apply(Command::Answer { node, value: Some(value) }, item),
            None => self.fail(codes::SCENARIO_STEP, item, "this is no answer to this question"),
        }
    }

    fn apply(&mut self, command: Command, item: Item<'_>) {
        if let Err(refusal) = self.session.apply(command) {
            self.fail(codes::SCENARIO_STEP, item, refusal.reason());
        }
    }

    /// The question of a name or JSON Pointer; a failure if there is none.
    fn node(&mut self, name: &str, item: Item<'_>) -> Option<Node> {
        let node = self.session.node_at(name);
        if node.is_none() {
            self.failures.push(unknown(&self.session, name, item));
        }
        node
    }

    fn fail(&mut self, code: Code, item: Item<'_>, message: impl Into<String>) {
        self.failures.push(Diagnostic::error(code, message).at(item.place()));
    }
}

/// That there is no question of a name, with what was probably meant.
pub(super) fn unknown(session: &Session, name: &str, item: Item<'_>) -> Diagnostic {
    let plan = session.plan();
    let names =
        plan.questions.iter().filter(|question| question.parent.is_none()).map(|question| &*question.name);
    let meant = crate::diagnostic::did_you_mean(name, names);
    let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
    let what = if name.contains('/') {
        "there is no question here now"
    } else {
        "there is no question of this name"
    };
    Diagnostic::error(codes::SCENARIO_STEP, format!("{what}: `{name}`{meant}")).at(item.place())
}

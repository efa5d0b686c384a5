//! One driver for all tests of a live interview: a change of the engine's API touches this file only.

use std::sync::Arc;

use intake::diagnostic::Severity;
use intake::expression::RowId;
use intake::plan::{LanguageId, Plan};
use intake::session::{ChangeSet, Command, Node, Refusal, Session, Target, What, World};
use intake::value::{Absence, Decimal, Value};

pub struct Interview {
    pub session: Session,
    pub last: ChangeSet,
}

pub fn world(today: &str) -> World {
    World {
        today: today.parse().unwrap(),
        now: format!("{today}T10:00:00Z").parse().unwrap(),
        language: LanguageId(0),
    }
}

/// An answer as a test writes it.
pub trait Answer {
    fn value(self) -> Option<Value>;
}

impl Answer for bool {
    fn value(self) -> Option<Value> {
        Some(Value::Boolean(self))
    }
}

impl Answer for i64 {
    fn value(self) -> Option<Value> {
        Some(Value::Number(Decimal::from(self)))
    }
}

impl Answer for &str {
    fn value(self) -> Option<Value> {
        Some(Value::text(self))
    }
}

impl<const N: usize> Answer for [&str; N] {
    fn value(self) -> Option<Value> {
        Some(Value::Codes(self.into_iter().map(Arc::from).collect()))
    }
}

impl Answer for Value {
    fn value(self) -> Option<Value> {
        Some(self)
    }
}

impl Answer for () {
    fn value(self) -> Option<Value> {
        None
    }
}

/// A questionnaire of one section with these questions.
pub fn form(properties: &str, more: &str) -> String {
    format!(
        r#"{{"$schema": "questionnaire-1.schema.json", "id": "test", "version": "1", "title": "Test", "languages": ["en"]{more},
           "allOf": [{{"id": "one", "title": "One", "properties": {{{properties}}}}}], "unevaluatedProperties": false}}"#
    )
}

/// The messages of a questionnaire that does not compile.
pub fn faults(text: &str) -> Vec<String> {
    let (plan, _, diagnostics) = super::compile(text);
    assert!(plan.is_none(), "it compiles");
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

impl Interview {
    pub fn of(text: &str) -> Self {
        let (plan, sources, diagnostics) = super::compile(text);
        let faults: String = diagnostics.iter().map(|diagnostic| sources.render(diagnostic)).collect();
        Self::with(plan.unwrap_or_else(|| panic!("does not compile:\n{faults}")))
    }

    pub fn with(plan: Arc<Plan>) -> Self {
        Self::on(plan, "2026-11-23")
    }

    pub fn on(plan: Arc<Plan>, today: &str) -> Self {
        Self { session: Session::open(plan, world(today)), last: ChangeSet::default() }
    }

    pub fn node(&self, pointer: &str) -> Node {
        self.session.node_at(pointer).unwrap_or_else(|| panic!("there is no question at {pointer}"))
    }

    pub fn apply(&mut self, command: Command) -> &mut Self {
        self.last = self.session.apply(command).unwrap();
        self
    }

    pub fn try_answer(&mut self, pointer: &str, answer: impl Answer) -> Result<ChangeSet, Refusal> {
        let node = self.node(pointer);
        self.session.apply(Command::Answer { node, value: answer.value() })
    }

    pub fn answer(&mut self, pointer: &str, answer: impl Answer) -> &mut Self {
        let node = self.node(pointer);
        self.apply(Command::Answer { node, value: answer.value() })
    }

    pub fn date(&mut self, pointer: &str, date: &str) -> &mut Self {
        self.answer(pointer, Value::Date(date.parse().unwrap()))
    }

    pub fn absent(&mut self, pointer: &str, absence: Absence) -> &mut Self {
        let node = self.node(pointer);
        self.apply(Command::Absent { node, absence: Some(absence) })
    }

    pub fn add_row(&mut self, pointer: &str) -> &mut Self {
        let repeat = self.node(pointer);
        self.apply(Command::AddRow { repeat, at: None })
    }

    /// Adds a row and gives its number.
    pub fn new_row(&mut self, pointer: &str) -> RowId {
        self.add_row(pointer);
        *self.session.rows(self.node(pointer)).last().unwrap()
    }

    pub fn move_row(&mut self, pointer: &str, to: usize) -> &mut Self {
        let row = self.session.row_at(pointer).unwrap();
        self.apply(Command::MoveRow { row, to })
    }

    /// What changed about a question at the last command.
    pub fn what(&self, pointer: &str) -> What {
        self.last.of(Target::Node(self.node(pointer)))
    }

    /// The title of a question as it reads now.
    pub fn title(&self, pointer: &str) -> String {
        let node = self.node(pointer);
        self.session.text(&self.session.plan().question(node.question()).title, node.row)
    }

    /// The steps that a command takes.
    pub fn cost(&mut self, command: Command) -> u64 {
        let before = self.session.work();
        self.apply(command);
        self.session.work() - before
    }

    pub fn remove_row(&mut self, pointer: &str) -> &mut Self {
        let row = self.session.row_at(pointer).unwrap();
        self.apply(Command::RemoveRow { row })
    }

    pub fn asked(&self, pointer: &str) -> bool {
        self.session.relevant(self.node(pointer))
    }

    pub fn number(&self, pointer: &str) -> Option<i64> {
        match self.session.value(self.node(pointer)) {
            Some(Value::Number(number)) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The words of what is wrong with an answer.
    pub fn issues(&self, pointer: &str) -> Vec<&'static str> {
        self.session.issues(self.node(pointer)).iter().map(|issue| issue.kind.word()).collect()
    }

    pub fn severities(&self, pointer: &str) -> Vec<Severity> {
        self.session.issues(self.node(pointer)).iter().map(|issue| issue.severity).collect()
    }

    /// The pointers of what the last command changed.
    pub fn changed(&self) -> Vec<String> {
        let pointer = |target| match target {
            Target::Node(node) => Some(self.session.pointer(node)),
            Target::Section(_) | Target::Score(_) | Target::Form => None,
        };
        self.last.iter().filter_map(|(target, _)| pointer(target)).collect()
    }
}

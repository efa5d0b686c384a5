//! A live interview: answers, what they show, hide and compute, and what is wrong with them.
//!
//! A session is opened on a plan, takes [`Command`]s and tells by a [`ChangeSet`] what each changed. The cost of an
//! answer is the number of things that it changes, not the size of the form.

mod account;
mod age;
mod apply;
mod change;
mod check_record;
mod command;
mod contents;
mod facts;
mod issue;
mod journal;
mod keys;
mod limits;
mod queue;
mod read_record;
mod record;
mod restore;
mod rows;
mod settle;
mod state;
mod sums;
mod tasks;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "tests read files, and fail by panicking"
)]
mod testing;
mod text;
mod validate;
mod view;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use account::{Account, Accounts};
pub use change::{ChangeSet, Target, What};
pub use check_record::{Finding, check_record};
pub use command::{Command, Refusal, RemovedRow};
pub use contents::{Contents, Said};
pub use issue::{Issue, IssueKind};
pub use journal::{Act, Entry, JOURNAL_VERSION, Journal, Snapshot, Stamp, Told};
pub use limits::{MOST_COUNTED_ROWS, MOST_ROWS};
pub use read_record::read_record;
pub use record::{AlertAct, COPIED, EarlierAct, Override, QuestionnaireRef, Record, SetOver};
pub use state::Node;
pub use validate::answer_from_json;
pub(crate) use validate::takes;
pub use wire::{WIRE_DIGITS, number_to_json, value_to_json};

use self::queue::Queue;
use self::rows::Rows;
use crate::expression::RowId;
use crate::plan::{CheckId, LanguageId, Plan, Question, TaskId};
use crate::scoring::{self, ScoreResult};
use crate::value::{DateTime, Interval, PartialDate, Truth, Value};

/// What comes from outside: the same world and the same commands give the same session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct World {
    /// The day of the assessment.
    pub today: PartialDate,
    /// The moment of the assessment.
    pub now: DateTime,
    /// The language of texts.
    pub language: LanguageId,
}

/// A live interview.
#[derive(Clone, Debug)]
pub struct Session {
    plan: Arc<Plan>,
    world: World,
    rows: Rows,
    sections: Vec<Truth>,
    locked: Vec<bool>,
    scores: Vec<ScoreCell>,
    age: Age,
    /// Checks of sections and of the form that do not hold.
    failed: BTreeSet<CheckId>,
    /// What texts with placeholders say, by the task that fills them.
    labels: BTreeMap<(TaskId, RowId), Box<str>>,
    queue: Queue,
    work: u64,
    /// Rows that tasks which read all of them have looked at.
    looked: u64,
}

/// A score as the session reads it: its result, and its parts as values for expressions.
#[derive(Clone, Debug)]
struct ScoreCell {
    result: ScoreResult,
    value: Option<Value>,
    level: Option<Value>,
    band: Option<Value>,
}

/// The age in whole years at the assessment date.
#[derive(Clone, Debug, PartialEq)]
enum Age {
    Known(Value),
    Within(Interval),
    Unknown,
}

impl Session {
    /// An interview without answers, except for those that the questionnaire gives at the start.
    #[must_use]
    pub fn open(plan: Arc<Plan>, world: World) -> Self {
        let mut session = Self::blank(plan, world);
        session.rows.fill_defaults(&session.plan, RowId::FORM);
        session.everything();
        session
    }

    /// Nothing answered, nothing computed.
    fn blank(plan: Arc<Plan>, world: World) -> Self {
        let scores = plan
            .scores
            .iter()
            .map(|score| ScoreCell { result: scoring::blank(score), value: None, level: None, band: None })
            .collect();
        Self {
            rows: Rows::new(&plan),
            sections: vec![Truth::Unknown; plan.sections.len()],
            locked: vec![false; plan.sections.len()],
            scores,
            age: Age::Unknown,
            failed: BTreeSet::new(),
            labels: BTreeMap::new(),
            queue: Queue::default(),
            work: 0,
            looked: 0,
            plan,
            world,
        }
    }

    /// Computes everything, and looks at every answer that is there.
    fn everything(&mut self) {
        self.everything_and_judge(|_| true);
    }

    /// Computes everything, and looks at the answers to the `doubtful` questions.
    fn everything_and_judge(&mut self, doubtful: fn(&Question) -> bool) {
        let plan = Arc::clone(&self.plan);
        let mut changes = ChangeSet::unheard();
        let form = plan.graph.owners.iter().enumerate().filter(|(_, owner)| owner.is_none());
        let form = form.map(|(index, _)| TaskId(u32::try_from(index).unwrap_or(u32::MAX)));
        self.queue_form(&plan, form);
        for row in self.rows.ids() {
            self.revalidate_some(&plan, row, doubtful, &mut changes);
            self.queue_row(&plan, row);
        }
        self.settle(&mut changes);
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The steps that the session has taken since it was opened: tasks queued and tasks run. For tests that hold the
    /// cost of a command to what it changes.
    #[must_use]
    pub const fn work(&self) -> u64 {
        self.work
    }

    /// What the session has cost since it was opened, about in the measure of [`Session::work`]: with the rows that
    /// were looked at, ten of which cost about a step.
    pub(super) const fn effort(&self) -> u64 {
        self.work + self.looked / 10
    }

    /// What came from outside.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }
}

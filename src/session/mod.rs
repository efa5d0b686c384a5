//! A live interview: answers, what they show, hide and compute, and what is wrong with them.
//!
//! A session is opened on a plan, takes [`Command`]s and tells by a [`ChangeSet`] what each changed. The cost of an
//! answer is the number of things that it changes, not the size of the form.

mod apply;
mod change;
mod command;
mod facts;
mod issue;
mod read_record;
mod record;
mod restore;
mod settle;
mod state;
mod text;
mod validate;
mod view;
mod wire;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use change::{ChangeSet, Target, What};
pub use command::{Command, Refusal};
pub use issue::{Issue, IssueKind};
pub use read_record::read_record;
pub use record::{AlertAct, COPIED, Override, QuestionnaireRef, Record};
pub use restore::{Finding, check_record};
pub use state::Node;
pub(crate) use validate::takes;
pub use wire::{WIRE_DIGITS, number_to_json, value_to_json};

use self::state::Rows;
use crate::expression::RowId;
use crate::plan::{CheckId, LanguageId, Plan, TaskId};
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
    scores: Vec<ScoreCell>,
    age: Age,
    /// Checks of sections and of the form that do not hold.
    failed: BTreeSet<CheckId>,
    queue: BTreeSet<(TaskId, RowId)>,
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
            scores,
            age: Age::Unknown,
            failed: BTreeSet::new(),
            queue: BTreeSet::new(),
            plan,
            world,
        }
    }

    /// Computes everything.
    fn everything(&mut self) {
        let plan = Arc::clone(&self.plan);
        for (index, owner) in plan.graph.owners.iter().enumerate() {
            if owner.is_none() {
                self.queue.insert((TaskId(u32::try_from(index).unwrap_or(u32::MAX)), RowId::FORM));
            }
        }
        for row in self.rows.ids() {
            self.enqueue_row(row);
        }
        let mut changes = ChangeSet::default();
        self.settle(&mut changes);
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// What came from outside.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }
}

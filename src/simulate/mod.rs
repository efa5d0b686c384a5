//! Interviews that nobody held: made-up records of a questionnaire, for trying out what takes profiles in, for
//! training and for measuring.
//!
//! An interview goes through a session as a real one does, so that only what is asked is answered and every record is
//! accepted. The first choice of a question is the likeliest, as authors put what is usual first; some questions are
//! refused, some left open.

mod answer;
mod random;

use std::ops::RangeInclusive;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::expression::RowId;
use crate::plan::{LanguageId, Plan};
use crate::session::{Command, Node, QuestionnaireRef, Record, Session, World};
use crate::value::{DateTime, PartialDate, Value};
use random::Random;

/// What the made-up interviews have in common.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Arc<Plan>,
    /// Two simulations of the same seed are the same.
    seed: u64,
    /// The last day on which an interview was held; the others lie in the quarter of a year before it.
    last_day: PartialDate,
    /// How old the people are.
    ages: RangeInclusive<u16>,
}

/// Of a hundred questions that may be refused, so many are; and of a hundred, so many are left open.
const REFUSED: usize = 2;
const OPEN: usize = 3;

/// How the name of a question begins that asks for consent to a purpose.
const CONSENT_QUESTION: &str = "consent_";

/// A question that comes up because another was answered is asked in the next round.
const ROUNDS: usize = 4;

impl Simulation {
    /// Interviews with a questionnaire.
    #[must_use]
    pub fn new(plan: Arc<Plan>, seed: u64, last_day: PartialDate, ages: RangeInclusive<u16>) -> Self {
        Self { plan, seed, last_day, ages }
    }

    /// The record of one of the interviews; the same for the same index, whatever was asked for before.
    #[must_use]
    pub fn record(&self, index: u64) -> Record {
        let mut random = Random::nth(self.seed, index);
        let back = i32::try_from(random.below(90)).unwrap_or(0);
        let today = self.last_day.plus_days(-back).unwrap_or(self.last_day);
        let now = DateTime::start_of(today).unwrap_or(DateTime::EPOCH);
        let world = World { today, now, language: LanguageId::default() };
        let mut interview = Interview {
            session: Session::open(Arc::clone(&self.plan), world),
            random: &mut random,
            ages: self.ages.clone(),
        };
        interview.hold();
        let mut record = interview.session.record();
        record.profile_id = Some(format!("sim-{:x}-{index}", self.seed));
        record.questionnaire = Some(QuestionnaireRef {
            id: self.plan.id.to_string(),
            version: Some(self.plan.version.to_string()),
            hash: None,
        });
        record.acts = acts(&mut random, index, today);
        if let Some(Json::Object(consent)) = record.acts.get_mut("consent") {
            // What the interview asks about is answered there.
            consent.retain(|purpose, _| {
                self.plan.question_named(None, &format!("{CONSENT_QUESTION}{purpose}")).is_none()
            });
        }
        record
    }
}

/// Who asked, where, and what the person agreed to.
fn acts(random: &mut Random, index: u64, day: PartialDate) -> Map<String, Json> {
    // As many stations as a region has: 64 in 40 counties of 8 prefectures.
    let station = random.below(64);
    let county = station * 40 / 64;
    let counts = if random.percent(90) { "granted" } else { "declined" };
    let hour = 8 + random.below(9);
    let acts = json!({
        "subject": { "person_ref": format!("p{index}") },
        "consent": { "case_service": "granted", "anonymous_statistics": counts },
        "provenance": {
            "agency": "simulation",
            "station": format!("st{station:02}"),
            "org_path": [format!("pf{}", county / 5), format!("ct{county:02}"), format!("st{station:02}")],
            "ended_at": format!("{day}T{hour:02}:30:00+08:00"),
        },
    });
    match acts {
        Json::Object(acts) => acts,
        _ => Map::new(),
    }
}

/// An interview that is being held.
struct Interview<'r> {
    session: Session,
    random: &'r mut Random,
    ages: RangeInclusive<u16>,
}

impl Interview<'_> {
    fn hold(&mut self) {
        let mut asked = std::collections::BTreeSet::new();
        for _ in 0..ROUNDS {
            for node in self.session.nodes() {
                if self.session.relevant(node) && asked.insert(node) {
                    self.ask(node);
                }
            }
        }
    }

    fn ask(&mut self, node: Node) {
        let plan = Arc::clone(self.session.plan());
        let question = plan.question(node.question());
        if !question.is_asked() || self.session.read_only(node) {
            return;
        }
        if question.repeat().is_some_and(|repeat| repeat.count_from.is_none()) {
            for _ in 0..self.random.below(4) {
                self.give(Command::AddRow { repeat: node, at: None });
            }
            return;
        }
        if self.random.percent(OPEN) {
            return;
        }
        let absence = self.random.pick(&question.absences).copied();
        if absence.is_some() && self.random.percent(REFUSED) {
            return self.give(Command::Absent { node, absence });
        }
        let value = self.answer(node);
        if value.is_none() {
            return;
        }
        self.give(Command::Answer { node, value });
        // What does not pass the checks would not have been left so.
        if !self.session.issues(node).is_empty() {
            self.give(Command::Answer { node, value: None });
        }
    }

    /// The birth date gives an age within bounds, whatever the question's own constraints are.
    fn birth_date(&mut self) -> Option<Value> {
        let span = usize::from(self.ages.end().saturating_sub(*self.ages.start())) * 365 + 1;
        let days = i32::from(*self.ages.start()) * 365 + i32::try_from(self.random.below(span)).ok()?;
        // The leap days that have passed: nobody is a day too young.
        let leaps = i32::from(*self.ages.start()) / 4 + 1;
        Some(Value::Date(self.session.world().today.plus_days(-days - leaps)?))
    }

    fn is_birth_date(&self, node: Node) -> bool {
        node.row == RowId::FORM && self.session.plan().subject.birth_date == Some(node.question())
    }

    /// Carries a command out; one that is refused was no answer to this question, and it stays open.
    fn give(&mut self, command: Command) {
        let _ = self.session.apply(command);
    }
}

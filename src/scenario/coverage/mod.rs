//! What the scenarios of a questionnaire have shown, and what they have not.
//!
//! A goal is one outcome of one thing: a rule that fires, a condition that is unknown, a score at the upper edge of a
//! band, a check that is violated. It is reached only in a step that *asserts* it, that is, in a step that would fail
//! if it were otherwise: to have come by proves nothing. What cannot happen is not left out in silence: it is listed,
//! with who says so, the engine by proof or the author with a reason.

mod asserted;
mod edges;
mod goal;
mod proof;
mod report;
mod seen;

use std::collections::BTreeMap;

pub use goal::{Goal, Kind, Outcome, Target};
pub use report::{Coverage, Gap, Impossible, Tally};

use self::seen::Representatives;
use super::expect::Expected;
use super::step::Unreachable;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::plan::Plan;
use crate::session::Session;

/// How far a goal was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    No,
    /// It came by, and no step asserted it.
    Seen,
    Asserted,
}

/// Watches a session while scenarios are played.
pub(super) struct Watch<'p> {
    plan: &'p Plan,
    goals: BTreeMap<Goal, Reached>,
    same: Representatives,
    impossible: Vec<Impossible>,
}

impl<'p> Watch<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let same = Representatives::of(plan);
        let (goals, impossible) = goal::all(plan, &same);
        Self { plan, goals: goals.into_iter().map(|goal| (goal, Reached::No)).collect(), same, impossible }
    }

    /// Takes note of a step whose expectations were all met.
    pub(super) fn step(&mut self, session: &Session, expected: &Expected<'_, '_>) {
        for goal in seen::goals(session, &self.same, expected.taken) {
            self.reach(goal, Reached::Seen);
        }
        for goal in asserted::goals(session, &self.same, expected) {
            self.reach(goal, Reached::Asserted);
        }
    }

    fn reach(&mut self, goal: Goal, reached: Reached) {
        if let Some(state) = self.goals.get_mut(&goal) {
            *state = (*state).max(reached);
        }
    }

    /// Takes out what was never seen and is proven never to be.
    fn prove(&mut self) {
        let unseen: Vec<Goal> = self
            .goals
            .iter()
            .filter(|(_, reached)| **reached == Reached::No)
            .map(|(goal, _)| *goal)
            .collect();
        for goal in unseen {
            if let Some(reason) = proof::out_of_reach(self.plan, goal) {
                self.goals.remove(&goal);
                self.impossible.push(Impossible {
                    what: goal.target.name(self.plan),
                    outcome: goal.outcome.word(),
                    reason,
                    proven: true,
                });
            }
        }
    }

    /// What was shown, after the author's word on what cannot be; and what is wrong with that word.
    pub(super) fn finish(mut self, declared: &[Unreachable<'_>]) -> (Coverage, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        self.prove();
        for unreachable in declared {
            let fault = |message: String| {
                Diagnostic::error(codes::SCENARIO_COVERAGE, message).at(unreachable.item.place())
            };
            let named = |goal: &&Goal| {
                goal.target.name(self.plan) == unreachable.what && goal.outcome.word() == unreachable.outcome
            };
            let Some(goal) = self.goals.keys().find(named).copied() else {
                let proven = self.impossible.iter().any(|impossible| {
                    impossible.what == unreachable.what && impossible.outcome == unreachable.outcome
                });
                let names: Vec<String> = self.goals.keys().map(|goal| goal.target.name(self.plan)).collect();
                let message = if proven {
                    format!("`{}` is proven to be out of reach: it need not be declared", unreachable.what)
                } else if names.iter().any(|name| name == unreachable.what) {
                    format!("`{}` has no outcome `{}`", unreachable.what, unreachable.outcome)
                } else {
                    let meant = did_you_mean(unreachable.what, names.iter().map(String::as_str));
                    let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                    format!("nothing here is called `{}`{meant}", unreachable.what)
                };
                faults.push(fault(message));
                continue;
            };
            if self.goals.get(&goal).is_some_and(|reached| *reached > Reached::No) {
                faults.push(fault(format!(
                    "`{}` was seen `{}` all the same",
                    unreachable.what, unreachable.outcome
                )));
                continue;
            }
            self.goals.remove(&goal);
            self.impossible.push(Impossible {
                what: unreachable.what.to_owned(),
                outcome: goal.outcome.word(),
                reason: unreachable.reason.to_owned(),
                proven: false,
            });
        }
        (Coverage::new(self.plan, self.goals, self.impossible), faults)
    }
}

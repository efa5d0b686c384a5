use std::collections::BTreeMap;

use super::Reached;
use super::goal::{Goal, Kind, Outcome, Target};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::plan::Plan;

/// What the scenarios of a questionnaire have shown.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// By kind.
    pub tallies: Vec<Tally>,
    /// What is still to be shown.
    pub gaps: Vec<Gap>,
    /// What cannot be shown, and who says so. It is not counted.
    pub impossible: Vec<Impossible>,
}

/// How much of one kind was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Of what.
    pub kind: Kind,
    /// How many outcomes were asserted.
    pub shown: usize,
    /// How many there are.
    pub of: usize,
}

/// An outcome that no step asserts.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The name of the thing.
    pub what: String,
    /// Which outcome.
    pub outcome: &'static str,
    /// Whether it came by without being asserted.
    pub seen: bool,
    /// Where the thing stands in the questionnaire.
    pub place: Place,
    how: &'static str,
}

/// An outcome that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// The name of the thing.
    pub what: String,
    /// Which outcome.
    pub outcome: &'static str,
    /// Why.
    pub reason: String,
    /// By proof; otherwise the author says so.
    pub proven: bool,
}

impl Coverage {
    pub(super) fn new(plan: &Plan, goals: BTreeMap<Goal, Reached>, impossible: Vec<Impossible>) -> Self {
        let tallies = Kind::ALL
            .into_iter()
            .map(|kind| {
                let of_kind = || goals.iter().filter(move |(goal, _)| goal.target.kind() == kind);
                let shown = of_kind().filter(|(_, reached)| **reached == Reached::Asserted).count();
                Tally { kind, shown, of: of_kind().count() }
            })
            // Most questionnaires go on from nothing.
            .filter(|tally| tally.kind != Kind::Prefills || tally.of > 0)
            .collect();
        let open = goals.iter().filter(|(_, reached)| **reached < Reached::Asserted);
        let gaps = open
            .map(|(goal, reached)| Gap {
                what: goal.target.name(plan),
                outcome: goal.outcome.word(),
                seen: *reached == Reached::Seen,
                place: goal.target.place(plan).clone(),
                how: goal.target.how(),
            })
            .collect();
        Self { tallies, gaps, impossible }
    }

    /// How much was shown, in whole per cent, rounded down: 100 means all.
    #[must_use]
    pub fn percent(&self) -> usize {
        let sum = |part: fn(&Tally) -> usize| self.tallies.iter().map(part).sum::<usize>();
        let of = sum(|tally| tally.of);
        (sum(|tally| tally.shown) * 100).checked_div(of).unwrap_or(100)
    }
}

impl Gap {
    /// As a finding at its place.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let message = if self.seen {
            format!("{}: `{}` comes by, and no step asserts it", self.what, self.outcome)
        } else {
            format!("{}: no scenario comes to `{}`", self.what, self.outcome)
        };
        let help = format!("{}; or declare it in `unreachable` with a reason", self.how);
        Diagnostic::warning(codes::SCENARIO_COVERAGE, message).at(self.place.clone()).help(help)
    }
}

/// A goal of a truth value.
pub(super) fn goal_of(target: Target, truth: crate::value::Truth) -> Goal {
    let outcome = match truth {
        crate::value::Truth::True => Outcome::True,
        crate::value::Truth::False => Outcome::False,
        crate::value::Truth::Unknown => Outcome::Unknown,
    };
    Goal { target, outcome }
}

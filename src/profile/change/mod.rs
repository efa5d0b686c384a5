//! What would change a need: the smallest sets of other answers with which it would be lower, or gone.

mod alternatives;
mod cone;
mod scale;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::alternatives::alternatives;
use self::cone::Cone;
use self::scale::Scale;
use super::assess::{assess, assess_live};
use super::judge::judge;
use super::wire::{Change, Need};
use crate::diagnostic::Severity;
use crate::plan::{CheckId, Outcome, Plan, Rule};
use crate::session::{Command, Finding, IssueKind, Node, Record, Session, value_to_json};
use crate::value::{Absence, Decimal, Value};

/// No set has more answers than this.
const MOST_ANSWERS: usize = 3;
/// No more sets than this are told.
const MOST_SETS: usize = 5;
/// No more sets than this are tried. It bounds the cost by a count, not by a clock: the same record gives the same
/// sets on every machine.
const MOST_TRIALS: usize = 4_000;
/// Of these, no more than this for the sets of one size that go beyond the need's own evidence: the few answers on which
/// the need rests are looked at three deep, however many others could matter.
const MOST_TRIALS_BEYOND: usize = 1_000;
/// A whole assessment counts as so many trials.
const TRIALS_OF_AN_ASSESSMENT: usize = 20;
/// No more questions than this are looked at, in document order.
const MOST_CANDIDATES: usize = 500;

/// The smallest sets of other answers with which a need would be lower or gone.
///
/// At most three answers a set and five sets, no two about the same questions. Looked at is every question that any rule
/// of the need reads, answered or not, and every one that decides whether such a question is asked; first those on
/// whose answers the need rests, then the others in document order. A number, a date or a time is the nearest to the
/// one given that does it; of a free text only what a condition names is tried. Each set is confirmed by a whole
/// assessment, and none is told that would leave the interview with a new error or warning. Empty if there is no such
/// need, no such small set, or none was found among the first 4,000.
///
/// # Errors
/// Every reason for which the record is refused.
pub fn what_would_change(
    plan: &Arc<Plan>,
    record: &Record,
    need: &str,
) -> Result<Vec<Vec<Change>>, Vec<Finding>> {
    let (session, profile) = assess_live(plan, record)?;
    let need = profile.needs.iter().find(|candidate| candidate.id == need);
    Ok(need.map(|need| changes(&session, record, need)).unwrap_or_default())
}

/// The same, for a need of the profile of a session that was restored from a record.
pub(super) fn changes(session: &Session, record: &Record, need: &Need) -> Vec<Vec<Change>> {
    Search::new(session.clone(), record, need).run()
}

/// A question with what else could be answered.
struct Candidate {
    node: Node,
    field: String,
    now: Option<Value>,
    absent: Option<Absence>,
    others: Vec<Value>,
    /// Of answers that lie on a line: those between may do as well.
    scale: Option<Scale>,
}

impl Candidate {
    fn new(session: &Session, node: Node, compared: &[Value]) -> Self {
        let now = session.raw_value(node).cloned();
        let scale = Scale::of(session.plan().question(node.question()), now.as_ref(), compared);
        let others = alternatives(session, node, scale, compared);
        Self { node, field: session.pointer(node), now, absent: session.absence(node), others, scale }
    }
}

/// What is wrong where: the question, or none for the form; what kind; which check.
type Doubts = BTreeSet<(Option<Node>, IssueKind, Option<CheckId>)>;

struct Search<'a> {
    session: Session,
    record: &'a Record,
    need: &'a Need,
    /// The rules that raise the need, as indexes.
    rules: Vec<usize>,
    candidates: Vec<Candidate>,
    /// How many of them, from the first, are the answers on which the need rests.
    own: usize,
    /// Errors and warnings as things stand.
    doubts: Doubts,
    trials: usize,
    /// No more trials than this, as things stand.
    allowed: usize,
    /// The questions of the sets that were found.
    done: Vec<Vec<usize>>,
    found: Vec<Vec<Change>>,
}

impl<'a> Search<'a> {
    fn new(session: Session, record: &'a Record, need: &'a Need) -> Self {
        let raises = |rule: &Rule| match &rule.outcome {
            Outcome::Need(raised) => {
                raised.domain == need.domain.0 && *raised.code == *need.code && raised.basis == need.basis.0
            }
            _ => false,
        };
        let rules = session.plan().rules.iter().enumerate();
        let rules: Vec<usize> = rules.filter(|(_, rule)| raises(rule)).map(|(index, _)| index).collect();
        let plan = Arc::clone(session.plan());
        let cone = Cone::of(&plan, rules.iter().filter_map(|index| plan.rules.get(*index)));
        let rests_on = need.evidence.iter().flat_map(|evidence| &evidence.answers);
        let mut nodes: Vec<Node> = Vec::new();
        let mut seen = BTreeSet::new();
        for node in rests_on.filter_map(|answer| session.node_at(&answer.field)) {
            if !session.read_only(node) && seen.insert(node) {
                nodes.push(node);
            }
        }
        let own = nodes.len();
        let others = session.nodes().into_iter().filter(|node| {
            cone.questions.contains(&node.question()) && !session.read_only(*node) && !seen.contains(node)
        });
        nodes.extend(others.take(MOST_CANDIDATES));
        // What is not asked as things stand only helps together with what would make it so.
        if let Some(beyond) = nodes.get_mut(own..) {
            beyond.sort_by_key(|node| !session.relevant(*node));
        }
        let mut compared = BTreeMap::new();
        let candidates = nodes.into_iter().map(|node| {
            let known = compared.entry(node.question());
            Candidate::new(&session, node, known.or_insert_with_key(|question| cone.compared_with(*question)))
        });
        let candidates = candidates.collect();
        let mut search = Self {
            session,
            record,
            need,
            rules,
            candidates,
            own,
            doubts: Doubts::new(),
            trials: 0,
            allowed: MOST_TRIALS,
            done: Vec::new(),
            found: Vec::new(),
        };
        search.doubts = search.doubts_now();
        search
    }

    fn run(mut self) -> Vec<Vec<Change>> {
        for size in 1..=MOST_ANSWERS {
            self.allowed = MOST_TRIALS;
            self.extend(size, 0, self.own, &mut Vec::new());
            if self.candidates.len() > self.own {
                self.allowed = MOST_TRIALS.min(self.trials + MOST_TRIALS_BEYOND);
                self.extend(size, 0, self.candidates.len(), &mut Vec::new());
            }
            // A smaller set is found first; larger ones would only hide it.
            if !self.found.is_empty() {
                break;
            }
        }
        self.found
    }

    fn is_over(&self) -> bool {
        self.trials >= self.allowed || self.found.len() >= MOST_SETS
    }

    /// Tries every set of `left` more changes at candidates from `from` on and before `to`.
    fn extend(&mut self, left: usize, from: usize, to: usize, chosen: &mut Vec<(usize, Value)>) {
        if left == 0 {
            return self.try_set(chosen);
        }
        // Sets of the need's own answers alone were tried before.
        let only_own = to > self.own && left == 1 && chosen.iter().all(|(index, _)| *index < self.own);
        for index in if only_own { from.max(self.own) } else { from }..to {
            let others = self.candidates.get(index).map(|candidate| candidate.others.clone());
            for other in others.unwrap_or_default() {
                if self.is_over() {
                    return;
                }
                if self.answer(index, Some(&other)) {
                    chosen.push((index, other));
                    self.extend(left - 1, index + 1, to, chosen);
                    chosen.pop();
                }
                if !self.answer(index, None) {
                    // What cannot be taken back would be part of every later set.
                    self.trials = MOST_TRIALS;
                }
            }
        }
    }

    fn try_set(&mut self, chosen: &[(usize, Value)]) {
        let questions: Vec<usize> = chosen.iter().map(|(index, _)| *index).collect();
        if self.done.contains(&questions) {
            return;
        }
        self.trials += 1;
        if !self.is_lower() {
            return;
        }
        let mut set = chosen.to_vec();
        for place in 0..set.len() {
            self.bring_near(&mut set, place);
        }
        let confirmed = self.is_confirmed() || {
            // The nearest number need not do: the rules of another need may see it otherwise.
            set = chosen.to_vec();
            set.iter().all(|(index, value)| self.answer(*index, Some(value))) && self.is_confirmed()
        };
        if confirmed {
            let changes = set.iter().filter_map(|(index, value)| self.change(*index, value));
            self.found.push(changes.collect());
            self.done.push(questions);
        }
        // As it was when this set was reached.
        for (index, value) in chosen {
            self.answer(*index, Some(value));
        }
    }

    /// Moves an answer of the set as near as it goes to the one that was given, by halving.
    fn bring_near(&mut self, set: &mut [(usize, Value)], place: usize) {
        let Some((index, value)) = set.get_mut(place) else { return };
        let Some((scale, now)) = self.candidates.get(*index).and_then(|one| one.scale.zip(one.now.as_ref()))
        else {
            return;
        };
        let (Some(near), Some(mut far)) = (scale.place(now), scale.place(value)) else { return };
        // Every place that is looked at is a whole number of steps.
        let mut near = near.trunc();
        while self.trials < self.allowed {
            // Two ends of the numbers that there are can be farther apart than any number.
            let Some(way) = far.checked_sub(near).filter(|way| way.abs() > Decimal::ONE) else { break };
            let middle = near + (way / Decimal::TWO).trunc();
            let Some(between) = scale.at(middle) else { break };
            self.trials += 1;
            if self.answer(*index, Some(&between)) && self.is_lower() {
                (far, *value) = (middle, between);
            } else {
                near = middle;
            }
        }
        self.answer(*index, Some(value));
    }

    /// Answers a candidate otherwise, or as it was.
    fn answer(&mut self, index: usize, other: Option<&Value>) -> bool {
        let Some(candidate) = self.candidates.get(index) else { return false };
        let node = candidate.node;
        let command = match other {
            Some(other) => Command::Answer { node, value: Some(other.clone()) },
            None if candidate.absent.is_some() => Command::Absent { node, absence: candidate.absent },
            None => Command::Answer { node, value: candidate.now.clone() },
        };
        self.session.apply(command).is_ok()
    }

    /// Whether the rules of the need give less now, whatever is still to be answered: what leaves a rule undetermined
    /// has not made the need lower.
    fn is_lower(&self) -> bool {
        let mut rules = self.rules.iter().filter_map(|index| self.session.plan().rules.get(*index));
        rules.all(|rule| judge(rule, &self.session).most() < self.need.level)
    }

    /// Whether a whole assessment says so too, and the answers fit together as well as before.
    fn is_confirmed(&mut self) -> bool {
        self.trials += TRIALS_OF_AN_ASSESSMENT;
        self.doubts_now().is_subset(&self.doubts)
            && self.assessed().is_some_and(|level| level < self.need.level)
    }

    /// The level of the need by the interview as it stands.
    fn assessed(&self) -> Option<u8> {
        let mut record = self.session.record();
        // The end of the interview is `now()`.
        let provenance = self.record.acts.get("provenance").cloned();
        record.acts.extend(provenance.map(|provenance| ("provenance".to_owned(), provenance)));
        let profile = assess(self.session.plan(), &record).ok()?;
        let need = profile.needs.iter().find(|need| need.id == self.need.id);
        Some(need.map_or(0, |need| need.level))
    }

    /// The errors and warnings of the interview as it stands.
    fn doubts_now(&self) -> Doubts {
        let at_questions = self.session.all_issues().into_iter();
        let at_questions =
            at_questions.map(|(node, issue)| (Some(node), issue.kind, issue.check, issue.severity));
        let failed = self.session.failed_checks();
        let failed = failed.map(|(id, check)| (None, IssueKind::Check, Some(id), check.severity));
        let all = at_questions.chain(failed);
        all.filter(|doubt| doubt.3 >= Severity::Warning)
            .map(|(node, kind, check, _)| (node, kind, check))
            .collect()
    }

    fn change(&self, index: usize, value: &Value) -> Option<Change> {
        let candidate = self.candidates.get(index)?;
        Some(Change { field: candidate.field.clone(), value: value_to_json(value) })
    }
}

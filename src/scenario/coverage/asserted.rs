//! The outcomes that the expectations of a step pin down: were one otherwise, the step would fail.

use std::collections::BTreeSet;

use super::goal::{Goal, Outcome, Target};
use super::seen::{self, Representatives};
use crate::expression::RowId;
use crate::json::{Item, View};
use crate::plan::{CheckId, RuleId};
use crate::profile::held_step;
use crate::scenario::expect::Expected;
use crate::scenario::step::Aspect;
use crate::session::{Node, Session};

/// What a step's expectations assert, all of which are met.
pub(super) fn goals(
    session: &Session,
    same: &Representatives,
    expected: &Expected<'_, '_>,
) -> BTreeSet<Goal> {
    let mut asserted =
        Asserted { session, same, taken: expected.taken, rules: BTreeSet::new(), goals: BTreeSet::new() };
    let of = |aspect: Aspect| {
        expected.list.iter().filter(move |(other, _)| *other == aspect).map(|(_, item)| *item)
    };
    of(Aspect::Rules).for_each(|item| asserted.rules(item));
    for &(aspect, item) in expected.list {
        match aspect {
            Aspect::Visible => asserted.each(item, Asserted::shown),
            Aspect::Hidden => asserted.each(item, Asserted::hidden),
            Aspect::Missing | Aspect::NotMissing => {
                asserted.each(item, |asserted, node| asserted.goals.extend(seen::required(session, node)));
            }
            Aspect::Values => asserted.values(item),
            Aspect::Scores => asserted.scores(item),
            Aspect::Alerts => asserted.alerts(item),
            Aspect::Needs => {
                for need in item.items() {
                    let found =
                        expected.profile.and_then(|profile| crate::scenario::profile::need(profile, need));
                    asserted.need(need, found);
                }
            }
            Aspect::LegalFlags => asserted.flags(item),
            Aspect::Errors | Aspect::Warnings => asserted.violated(item),
            Aspect::NoIssues => asserted.held(item),
            // These say something of many things at once and pin none of them down.
            Aspect::Rules
            | Aspect::Domains
            | Aspect::DomainStatus
            | Aspect::NoNeeds
            | Aspect::NoAlerts
            | Aspect::Unscreened
            | Aspect::Status => {}
        }
    }
    asserted.goals
}

struct Asserted<'a> {
    session: &'a Session,
    same: &'a Representatives,
    /// The answers that came from the time before.
    taken: &'a serde_json::Value,
    /// Rules whose outcome the step names.
    rules: BTreeSet<RuleId>,
    goals: BTreeSet<Goal>,
}

impl Asserted<'_> {
    fn each(&mut self, list: Item<'_>, mut take: impl FnMut(&mut Self, Node)) {
        for name in list.items().filter_map(Item::text) {
            if let Some(node) = self.session.node_at(name) {
                take(self, node);
            }
        }
    }

    /// A question that is shown has every condition around it true.
    fn shown(&mut self, node: Node) {
        self.goals.extend(seen::visible(self.session, self.same, node));
        match self.around(node) {
            Some(repeat) => self.shown(repeat),
            None => self.section(node),
        }
    }

    /// A question that is hidden is so by the outermost condition that is not true.
    fn hidden(&mut self, node: Node) {
        let section = self.session.plan().question(node.question()).section;
        if !self.session.section_relevant(section) {
            return self.section(node);
        }
        match self.around(node).filter(|repeat| !self.session.relevant(*repeat)) {
            Some(repeat) => self.hidden(repeat),
            None => self.goals.extend(seen::visible(self.session, self.same, node)),
        }
    }

    /// The repeat in which a question stands.
    fn around(&self, node: Node) -> Option<Node> {
        let pointer = self.session.pointer(node);
        let (row, _) = pointer.rsplit_once('/')?;
        let (repeat, _) = row.rsplit_once('/')?;
        self.session.node_at(repeat).filter(|_| !repeat.is_empty())
    }

    fn section(&mut self, node: Node) {
        let plan = self.session.plan();
        let id = plan.question(node.question()).section;
        if let Some(program) = &plan.section(id).visible_if {
            let truth = program.test(self.session, RowId::FORM);
            self.goals.insert(super::report::goal_of(Target::Section(id), truth));
        }
    }

    fn values(&mut self, item: Item<'_>) {
        for (name, _) in item.entries() {
            if let Some(node) = self.session.node_at(name) {
                self.goals.extend(seen::calculated(self.session, node));
                self.goals.extend(seen::taken_over(self.session, self.taken, node));
            }
        }
    }

    fn flags(&mut self, item: Item<'_>) {
        let flags = &self.session.plan().subject.legal_flags;
        for (name, _) in item.entries() {
            if let Some(index) = flags.iter().position(|(flag, _)| **flag == *name) {
                let truth = flags.get(index).map(|(_, program)| program.test(self.session, RowId::FORM));
                self.goals.extend(truth.map(|truth| super::report::goal_of(Target::Flag(index), truth)));
            }
        }
    }

    fn scores(&mut self, item: Item<'_>) {
        for (id, expected) in item.entries() {
            let Some(id) = self.session.plan().find_score(id) else { continue };
            let says = |part: &str| expected.get(part).is_some();
            let value = !expected.is_object() || says("value") || says("interval");
            if value {
                self.goals.extend(seen::items(self.session, id));
            }
            if value || says("band") {
                self.goals.extend(seen::bands(self.session, id));
            }
            if says("level") {
                self.goals.extend(seen::adjustments(self.session, id));
            }
        }
    }

    fn rules(&mut self, item: Item<'_>) {
        for (name, _) in item.entries() {
            if let Some(id) = self.session.plan().find_rule(name) {
                self.rule(id);
            }
        }
    }

    /// The outcome of a rule is named: which of its conditions holds is not, unless it has only one to show.
    fn rule(&mut self, id: RuleId) {
        self.rules.insert(id);
        self.goals.insert(seen::rule(self.session, id));
        let rule = self.session.plan().rule(id);
        let graded = rule.steps.iter().any(|step| step.level.is_some() || step.grade.is_some());
        let steps = seen::steps(self.session, id).into_iter();
        self.goals.extend(steps.filter(|goal| !graded || goal.outcome != Outcome::True));
    }

    fn alerts(&mut self, item: Item<'_>) {
        for (name, _) in item.entries() {
            if let Some(id) = self.session.plan().find_rule(name) {
                self.rule(id);
                self.goals.extend(seen::steps(self.session, id));
            }
        }
    }

    /// A need pins down the rules that it names, or its only one; with its level, which condition of each holds.
    fn need(&mut self, expected: Item<'_>, found: Option<&serde_json::Value>) {
        let plan = self.session.plan();
        let Some(found) = found else { return };
        let rules: Vec<RuleId> = found
            .get("rules")
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|rule| plan.find_rule(rule.as_str()?))
            .collect();
        let level = found.get("level").and_then(serde_json::Value::as_u64);
        let named = expected.get("rules").is_some_and(|rules| matches!(rules.view(), View::Array));
        for &id in &rules {
            if !named && rules.len() > 1 && !self.rules.contains(&id) {
                continue;
            }
            self.rule(id);
            let rule = plan.rule(id);
            let held = held_step(rule, self.session).and_then(|step| rule.steps.get(step)?.level);
            if expected.get("level").is_some() && held.map(u64::from) == level {
                self.goals.extend(seen::steps(self.session, id));
            }
        }
    }

    fn violated(&mut self, item: Item<'_>) {
        for (name, word) in item.entries() {
            let word = word.text().unwrap_or_default();
            let checks = self.checks(name);
            let found =
                checks.into_iter().filter(|(check, _)| *self.session.plan().check(*check).id == *word);
            let goals = found.filter_map(|(check, row)| seen::checked(self.session, check, row));
            let goals: Vec<Goal> = goals.filter(|goal| goal.outcome == Outcome::Violated).collect();
            self.goals.extend(goals);
        }
    }

    fn held(&mut self, item: Item<'_>) {
        for name in item.items().filter_map(Item::text) {
            let checks = self.checks(name).into_iter();
            let goals: Vec<Goal> =
                checks.filter_map(|(check, row)| seen::checked(self.session, check, row)).collect();
            self.goals.extend(goals);
        }
    }

    /// The checks of a question; of sections and the form those of this id, or all under any other word.
    fn checks(&self, name: &str) -> Vec<(CheckId, RowId)> {
        let plan = self.session.plan();
        match self.session.node_at(name) {
            Some(node) => {
                plan.question(node.question()).checks.iter().map(|check| (*check, node.row)).collect()
            }
            None => {
                let sections = plan.section_ids().flat_map(|id| plan.section(id).checks.iter());
                let all: Vec<CheckId> = sections.chain(&plan.form_checks).copied().collect();
                let of_name = |check: &CheckId| *plan.check(*check).id == *name;
                let own: Vec<CheckId> = all.iter().copied().filter(of_name).collect();
                let found = if own.is_empty() { all } else { own };
                found.into_iter().map(|check| (check, RowId::FORM)).collect()
            }
        }
    }
}

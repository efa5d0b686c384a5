use serde_json::Value as Json;

use super::player::unknown;
use super::profile;
use super::shown;
use super::step::Aspect;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::expression::Reading;
use crate::json::Item;
use crate::plan::{Rule, Score};
use crate::profile::{Judgement, judge};
use crate::scoring::ScoreResult;
use crate::session::{Node, Session};
use crate::value::Value;

/// The expectations of a step, with the profile where one was needed.
pub(super) struct Expected<'a, 'd> {
    pub(super) list: &'a [(Aspect, Item<'d>)],
    pub(super) profile: Option<&'a Json>,
    /// The answers that came from the time before.
    pub(super) taken: &'a Json,
}

/// Compares what is expected with a session as it stands.
pub(super) struct Expectations<'s> {
    session: &'s Session,
    /// The profile on the wire, made when it is first needed.
    pub(super) profile: Option<Json>,
    pub(super) failures: Vec<Diagnostic>,
}

impl<'s> Expectations<'s> {
    pub(super) fn new(session: &'s Session) -> Self {
        Self { session, profile: None, failures: Vec::new() }
    }

    pub(super) fn check(&mut self, aspect: Aspect, item: Item<'_>) {
        match aspect {
            Aspect::Visible => self.each(item, |session, node| relevance(session, node, true)),
            Aspect::Hidden => self.each(item, |session, node| relevance(session, node, false)),
            Aspect::Missing => self.each(item, |session, node| {
                session.missing(node).is_none().then(|| "expected to be missing, but nothing is".to_owned())
            }),
            Aspect::NotMissing => self.each(item, |session, node| {
                session.missing(node).map(|_| "expected not to be missing, but it is".to_owned())
            }),
            Aspect::NoIssues => {
                for item in item.items() {
                    self.no_issues(item);
                }
            }
            Aspect::Values => {
                for (name, expected) in item.entries() {
                    self.value(name, expected);
                }
            }
            Aspect::Scores => {
                for (id, expected) in item.entries() {
                    self.score(id, expected);
                }
            }
            Aspect::Rules => {
                for (id, expected) in item.entries() {
                    self.rule(id, expected);
                }
            }
            Aspect::Errors => self.issues(item, Severity::Error),
            Aspect::Warnings => self.issues(item, Severity::Warning),
            Aspect::Domains
            | Aspect::DomainStatus
            | Aspect::Needs
            | Aspect::NoNeeds
            | Aspect::Alerts
            | Aspect::NoAlerts
            | Aspect::Unscreened
            | Aspect::Status
            | Aspect::LegalFlags => self.profile(aspect, item),
        }
    }

    /// Checks every question that a list names; `wrong` says what is not as expected.
    fn each(&mut self, list: Item<'_>, wrong: impl Fn(&Session, Node) -> Option<String>) {
        for item in list.items() {
            let Some(name) = item.text() else { continue };
            match self.session.node_at(name) {
                Some(node) => {
                    if let Some(sentence) = wrong(self.session, node) {
                        self.fail(item, format!("`{name}`: {sentence}"));
                    }
                }
                None => self.failures.push(unknown(self.session, name, item)),
            }
        }
    }

    fn value(&mut self, name: &str, item: Item<'_>) {
        let plan = self.session.plan();
        if name == "age" {
            let (expected, found) = (item.decimal(), self.session.age());
            let same = match (&found, expected) {
                (Reading::Known(Value::Number(age)), Some(expected)) => *age == expected,
                (Reading::Missing, None) => true,
                _ => false,
            };
            if !same {
                let found = match found {
                    Reading::Known(value) => shown::value(Some(value)),
                    Reading::Within(interval) => shown::interval(interval),
                    Reading::Missing => shown::value(None),
                };
                self.expected(item, name, &shown::json(item), &found);
            }
            return;
        }
        let Some(node) = self.session.node_at(name) else {
            self.failures.push(unknown(self.session, name, item));
            return;
        };
        let expected = shown::answer(plan, node.question(), item);
        let found = self.session.value(node);
        let same = if shown::is_null(item) {
            found.is_none()
        } else {
            expected.is_some() && expected.as_ref() == found
        };
        if !same {
            self.expected(item, name, &shown::json(item), &shown::value(found));
        }
    }

    fn score(&mut self, id: &str, item: Item<'_>) {
        let plan = self.session.plan();
        let Some(score) = plan.find_score(id) else {
            return self.fail(item, format!("there is no score `{id}`"));
        };
        let result = self.session.score(score);
        if !item.is_object() {
            return self.score_part(id, "value", item, result, plan.score(score));
        }
        for (part, expected) in item.entries() {
            self.score_part(id, part, expected, result, plan.score(score));
        }
    }

    fn score_part(&mut self, id: &str, part: &str, item: Item<'_>, result: &ScoreResult, score: &Score) {
        let band = result.band_in(score);
        let count = |count: Option<u32>| shown::number(count.map(Into::into));
        let found = match part {
            "value" => shown::number(result.value),
            "interval" => shown::interval(result.interval),
            "answered" => count(Some(result.answered)),
            "of" => count(Some(result.of)),
            "level" => count(result.level.map(u32::from)),
            "base_level" => count(result.base_level.map(u32::from)),
            "status" => result.status.word().to_owned(),
            "method" => score.method.word().to_owned(),
            _ => band.map_or_else(|| "null".to_owned(), |band| band.id.to_string()),
        };
        let expected = match (part, item.text()) {
            ("interval", _) => {
                let ends: Vec<String> = item.items().map(|end| shown::number(end.decimal())).collect();
                format!("[{}]", ends.join(", "))
            }
            (_, Some(text)) => text.to_owned(),
            (_, None) => shown::number(item.decimal()),
        };
        if expected != found {
            let name = if part == "value" { id.to_owned() } else { format!("{id}.{part}") };
            self.expected(item, &name, &expected, &found);
        }
    }

    fn rule(&mut self, id: &str, item: Item<'_>) {
        let Some(rule) = self.session.plan().rules.iter().find(|rule| &*rule.id == id) else {
            return self.fail(item, format!("there is no rule `{id}`"));
        };
        let found = verdict(self.session, rule);
        let expected = item.text().unwrap_or_default();
        if expected != found {
            self.expected(item, id, expected, found);
        }
    }

    fn issues(&mut self, item: Item<'_>, severity: Severity) {
        for (name, expected) in item.entries() {
            let wanted = expected.text().unwrap_or_default();
            let plan = self.session.plan();
            let words: Vec<&str> = match self.session.node_at(name) {
                Some(node) => self
                    .session
                    .issues(node)
                    .iter()
                    .filter(|issue| issue.severity == severity)
                    .map(|issue| issue.check.map_or(issue.kind.word(), |check| &plan.check(check).id))
                    .collect(),
                // The checks of a section or of the form stand under the section's id, or any other word.
                None => self
                    .session
                    .failed_checks()
                    .filter(|(_, check)| check.severity == severity)
                    .map(|(_, check)| &*check.id)
                    .collect(),
            };
            if !words.contains(&wanted) {
                let found = if words.is_empty() { "none".to_owned() } else { words.join(", ") };
                self.expected(expected, name, wanted, &found);
            }
        }
    }

    fn no_issues(&mut self, item: Item<'_>) {
        let plan = self.session.plan();
        let name = item.text().unwrap_or_default();
        let words: Vec<&str> = match self.session.node_at(name) {
            Some(node) if !self.session.relevant(node) => {
                return self.fail(item, format!("`{name}`: expected to have no issues, but it is hidden"));
            }
            Some(node) => {
                let issues = self.session.issues(node).iter();
                issues
                    .map(|issue| issue.check.map_or(issue.kind.word(), |check| &plan.check(check).id))
                    .collect()
            }
            None if plan.checks.iter().any(|check| check.question.is_none() && *check.id == *name) => {
                let failed = self.session.failed_checks().map(|(_, check)| &*check.id);
                failed.filter(|id| *id == name).collect()
            }
            None => return self.failures.push(unknown(self.session, name, item)),
        };
        if !words.is_empty() {
            self.expected(item, name, "no issues", &words.join(", "));
        }
    }

    fn profile(&mut self, aspect: Aspect, item: Item<'_>) {
        if self.profile.is_none() {
            match profile::of(self.session) {
                Ok(profile) => self.profile = Some(profile),
                Err(why) => return self.fail(item, why),
            }
        }
        if let Some(wire) = &self.profile {
            let differences = profile::differences(wire, aspect, item);
            for (item, sentence) in differences {
                self.fail(item, sentence);
            }
        }
    }

    fn expected(&mut self, item: Item<'_>, name: &str, expected: &str, found: &str) {
        self.fail(item, format!("`{name}`: expected {expected}, found {found}"));
    }

    fn fail(&mut self, item: Item<'_>, message: impl Into<String>) {
        self.failures.push(Diagnostic::error(codes::SCENARIO_FAILED, message).at(item.place()));
    }
}

fn relevance(session: &Session, node: Node, expected: bool) -> Option<String> {
    match (session.relevant(node), expected) {
        (false, true) => Some("expected to be visible, but it is hidden".to_owned()),
        (true, false) => Some("expected to be hidden, but it is visible".to_owned()),
        _ => None,
    }
}

/// What became of a rule, as the profile has it.
fn verdict(session: &Session, rule: &Rule) -> &'static str {
    match judge(rule, session) {
        Judgement::Fired { .. } => "fired",
        Judgement::Undetermined { .. } => "undetermined",
        Judgement::NotFired => "not_fired",
        Judgement::OutOfReach => "out_of_reach",
    }
}

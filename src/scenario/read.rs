use super::check::Checker;
use super::step::{Aspect, Entries, Scenario, Scenarios, Step, Unreachable};
use crate::diagnostic::Diagnostic;
use crate::json::{Document, Item, View};
use crate::profile::wire::PROFILE_MEMBERS;
use crate::value::{Absence, Informant, PartialDate};

/// Reads a file of scenarios: every fault of its shape, and the cases that have none.
#[must_use]
pub fn read(document: &Document) -> (Option<Scenarios<'_>>, Vec<Diagnostic>) {
    let mut checker = Checker { found: Vec::new() };
    let scenarios = Item::root(document).and_then(|root| checker.file(root));
    (scenarios, checker.found)
}

impl Checker {
    fn file<'d>(&mut self, root: Item<'d>) -> Option<Scenarios<'d>> {
        let what = "a file of scenarios";
        let root = self.object(root, what)?;
        self.known(root, what, &["$schema", "questionnaire", "scenarios", "unreachable"]);
        let questionnaire_at = self.member(root, what, "questionnaire");
        let list = self.member(root, what, "scenarios").and_then(|list| self.list(list, "`scenarios`"));
        let cases = list.into_iter().flat_map(Item::items).filter_map(|case| self.case(case)).collect();
        let declared = root.get("unreachable").and_then(|list| self.list(list, "`unreachable`"));
        let unreachable =
            declared.into_iter().flat_map(Item::items).filter_map(|item| self.unreachable(item)).collect();
        let questionnaire_at = questionnaire_at?;
        Some(Scenarios {
            unreachable,
            questionnaire: self.text(questionnaire_at, "`questionnaire`")?,
            questionnaire_at,
            cases,
        })
    }

    fn unreachable<'d>(&mut self, item: Item<'d>) -> Option<Unreachable<'d>> {
        let what = "what is unreachable";
        let item = self.object(item, what)?;
        self.known(item, what, &["what", "outcome", "reason"]);
        let mut text = |name: &str| {
            self.member(item, what, name).and_then(|member| self.text(member, &format!("`{name}`")))
        };
        let (name, outcome, reason) = (text("what"), text("outcome"), text("reason"));
        if reason.is_some_and(|reason| reason.trim().is_empty()) {
            self.wrong(item, "say in `reason` why it cannot be");
        }
        Some(Unreachable { what: name?, outcome: outcome?, reason: reason?, item })
    }

    fn case<'d>(&mut self, item: Item<'d>) -> Option<Scenario<'d>> {
        let what = "a scenario";
        let item = self.object(item, what)?;
        self.known(item, what, &["name", "today", "previous", "steps"]);
        let name = self.member(item, what, "name").and_then(|name| self.text(name, "`name`"));
        let today = self.member(item, what, "today").and_then(|today| self.day(today));
        let previous = item.get("previous").and_then(|previous| self.previous(previous));
        let steps = self.member(item, what, "steps").and_then(|steps| self.list(steps, "`steps`"));
        let steps: Vec<Option<Step<'d>>> = steps?.items().map(|step| self.step(step)).collect();
        // A case with a step that cannot be read would fail for that reason only.
        Some(Scenario {
            name: name?,
            today: today?,
            previous,
            steps: steps.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Parts of a profile. What stands in them is compared with nothing: a questionnaire takes over what fits.
    fn previous<'d>(&mut self, item: Item<'d>) -> Option<Item<'d>> {
        let what = "`previous`, a profile,";
        let item = self.object(item, what)?;
        self.known(item, what, &PROFILE_MEMBERS);
        Some(item)
    }

    fn day(&mut self, item: Item<'_>) -> Option<PartialDate> {
        let day = self.text(item, "`today`")?.parse::<PartialDate>().ok();
        let day = day.filter(|day| day.day_number().is_some());
        if day.is_none() {
            self.wrong(item, "`today` is a day that exists, written YYYY-MM-DD");
        }
        day
    }

    fn step<'d>(&mut self, item: Item<'d>) -> Option<Step<'d>> {
        const ACTIONS: [&str; 6] = ["set", "absent", "informant", "addRow", "removeRow", "expect"];
        let what = "a step";
        let item = self.object(item, what)?;
        self.known(item, what, &["set", "absent", "informant", "addRow", "removeRow", "expect", "values"]);
        let mut actions = ACTIONS.into_iter().filter_map(|name| Some((name, item.get(name)?)));
        let (Some((name, value)), None) = (actions.next(), actions.next()) else {
            self.wrong(
                item,
                "a step does exactly one of `set`, `absent`, `informant`, `addRow`, `removeRow`, `expect`",
            );
            return None;
        };
        if let (Some(values), true) = (item.get("values"), name != "addRow") {
            self.wrong(values, "`values` belongs to `addRow`");
        }
        match name {
            "set" => Some(Step::Set(self.answers(value, "`set`")?)),
            "absent" => {
                let words = Absence::ALL.map(|absence| (absence.code(), absence));
                Some(Step::Absent(self.words(value, "`absent`", &words)?))
            }
            "informant" => {
                let words = Informant::ALL.map(|informant| (informant.code(), informant));
                Some(Step::Informant(self.words(value, "`informant`", &words)?))
            }
            "addRow" => {
                let values = match item.get("values") {
                    Some(values) => self.answers(values, "`values`")?,
                    None => Vec::new(),
                };
                Some(Step::AddRow { repeat: value, path: self.text(value, "`addRow`")?, values })
            }
            "removeRow" => Some(Step::RemoveRow { row: value, path: self.text(value, "`removeRow`")? }),
            _ => self.expectations(value),
        }
    }

    fn answers<'d>(&mut self, item: Item<'d>, what: &str) -> Option<Vec<(&'d str, Item<'d>)>> {
        let object = self.object(item, what)?;
        for (_, value) in object.entries() {
            let nested = value.is_object() || value.items().any(|item| item.text().is_none());
            if nested {
                self.wrong(
                    value,
                    "an answer is a text, a number, a boolean or a list of codes; rows come with `addRow`",
                );
            }
        }
        Some(object.entries().collect())
    }

    fn words<'d, T: Copy>(
        &mut self,
        item: Item<'d>,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<Entries<'d, T>> {
        let object = self.object(item, what)?;
        object.entries().map(|(name, value)| Some((name, self.word(value, what, words)?, value))).collect()
    }

    fn expectations<'d>(&mut self, item: Item<'d>) -> Option<Step<'d>> {
        let what = "`expect`";
        let object = self.object(item, what)?;
        let names: Vec<&str> = Aspect::ALL.iter().map(|aspect| aspect.word()).collect();
        self.known(object, what, &names);
        let before = self.found.len();
        let mut list = Vec::new();
        for (name, value) in object.entries() {
            if let Some(&aspect) = Aspect::ALL.iter().find(|aspect| aspect.word() == name) {
                self.expectation(aspect, value);
                list.push((aspect, value));
            }
        }
        (self.found.len() == before).then_some(Step::Expect(list))
    }

    /// Checks that an expectation has the shape that the comparison counts on.
    fn expectation(&mut self, aspect: Aspect, item: Item<'_>) {
        let name = format!("`{}`", aspect.word());
        match aspect {
            Aspect::Visible
            | Aspect::Hidden
            | Aspect::Unscreened
            | Aspect::Missing
            | Aspect::NotMissing
            | Aspect::NoIssues
            | Aspect::NoNeeds => {
                for item in self.list(item, &name).into_iter().flat_map(Item::items) {
                    let _ = self.text(item, &format!("what {name} lists"));
                }
            }
            Aspect::Values | Aspect::LegalFlags | Aspect::Domains => {
                let _ = self.object(item, &name);
            }
            Aspect::Scores => {
                for (_, score) in self.object(item, &name).into_iter().flat_map(Item::entries) {
                    self.score(score);
                }
            }
            Aspect::Needs => {
                for need in self.list(item, &name).into_iter().flat_map(Item::items) {
                    if let Some(need) = self.object(need, "a need") {
                        let _ = self.member(need, "a need", "domain");
                        let keys = [
                            "domain",
                            "code",
                            "level",
                            "urgency",
                            "basis",
                            "services",
                            "rules",
                            "provisional",
                        ];
                        self.known(need, "a need", &keys);
                    }
                }
            }
            Aspect::DomainStatus => self.map_of_words(item, &name, &["complete", "partial", "not_assessed"]),
            Aspect::Rules => {
                self.map_of_words(item, &name, &["fired", "not_fired", "undetermined", "out_of_reach"])
            }
            Aspect::Alerts => self.map_of_words(item, &name, &["R0", "R1", "R2", "R3"]),
            Aspect::Errors | Aspect::Warnings => {
                for (_, value) in self.object(item, &name).into_iter().flat_map(Item::entries) {
                    let _ = self.text(value, "a keyword or the id of a check");
                }
            }
            Aspect::NoAlerts => {
                if item.boolean() != Some(true) {
                    self.wrong(item, "`noAlerts` is `true`");
                }
            }
            Aspect::Status => {
                let _ = self.word(item, &name, &[("complete", ()), ("in_progress", ())]);
            }
        }
    }

    fn map_of_words(&mut self, item: Item<'_>, name: &str, words: &[&str]) {
        let words: Vec<(&str, ())> = words.iter().map(|word| (*word, ())).collect();
        for (_, value) in self.object(item, name).into_iter().flat_map(Item::entries) {
            let _ = self.word(value, name, &words);
        }
    }

    fn score(&mut self, score: Item<'_>) {
        match score.view() {
            View::Null | View::Number(_) => {}
            View::Object => {
                let keys = [
                    "value",
                    "band",
                    "status",
                    "interval",
                    "answered",
                    "of",
                    "level",
                    "base_level",
                    "method",
                ];
                self.known(score, "a score", &keys);
            }
            View::Bool(_) | View::String(_) | View::Array => {
                self.wrong(score, "a score is a number, null, or an object");
            }
        }
    }
}

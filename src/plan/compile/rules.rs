use std::collections::BTreeSet;
use std::sync::Arc;

use super::Compiler;
use crate::diagnostic::codes;
use crate::json::Item;
use crate::plan::{AlertGrade, Basis, Localised, Need, Outcome, Rule, RuleStep};

const OUTCOMES: [&str; 5] = ["need", "alert", "notAssessed", "review", "recommend"];

impl Compiler<'_> {
    /// Compiles the rules of the form and of its sections, in document order.
    #[inline(never)]
    pub(super) fn rules(&mut self, root: Item<'_>) -> Vec<Rule> {
        let questionnaire = self.questionnaire;
        let holders: Vec<(Item<'_>, usize)> = [(root, 0)]
            .into_iter()
            .chain(questionnaire.sections().map(|section| (section.body, section.file)))
            .collect();
        let (mut rules, mut seen) = (Vec::new(), BTreeSet::new());
        for (holder, file) in holders {
            for item in holder.get("rules").into_iter().flat_map(Item::items) {
                let Some(id) = item.text_of("id") else {
                    // That it has none is told already; what else is wrong with it is told in the same run.
                    self.rule(item, "", file);
                    continue;
                };
                if !seen.insert(id.to_owned()) {
                    let place = item.get("id").map_or_else(|| item.place(), Item::place);
                    self.error(codes::PLAN_DUPLICATE_NAME, "two rules have this id", place);
                }
                if self.too_many(rules.len(), "rules", || item.place()) {
                    return rules;
                }
                if let Some(rule) = self.rule(item, id, file) {
                    rules.push(rule);
                }
            }
        }
        rules
    }

    #[inline(never)]
    fn rule(&mut self, item: Item<'_>, id: &str, file: usize) -> Option<Rule> {
        let found: Vec<&str> = OUTCOMES.into_iter().filter(|outcome| item.get(outcome).is_some()).collect();
        let [kind] = found.as_slice() else {
            let message = "a rule has exactly one outcome";
            self.error(codes::PLAN_RULE, message, item.place()).help = Some(format!(
                "write one of {}; give a second outcome a rule of its own",
                OUTCOMES.join(", ")
            ));
            let steps = item.get("levels").into_iter().flat_map(Item::items);
            for when in steps.chain([item]).filter_map(|holder| holder.get("when")) {
                self.condition(when, None);
            }
            return None;
        };
        let outcome_item = item.get(kind)?;
        // Both before either is given up: a fault of one must not hide those of the other.
        let outcome = self.outcome(outcome_item, kind, id, file);
        let steps = self.steps(item, outcome_item, kind);
        let (outcome, steps) = (outcome?, steps?);
        Some(Rule {
            id: id.into(),
            title: self
                .text(item.get("title"), file, &["rules", id, "title"], None)
                .unwrap_or_else(|| Localised::plain(id)),
            why: self.text(item.get("why"), file, &["rules", id, "why"], None),
            source: item.text_of("source").map(Arc::from),
            steps,
            outcome,
            place: item.place(),
        })
    }

    fn steps(&mut self, item: Item<'_>, outcome: Item<'_>, kind: &str) -> Option<Vec<RuleStep>> {
        let graded = item.get("levels");
        let conditions: Vec<(Item<'_>, Item<'_>)> = match (item.get("when"), graded) {
            (Some(when), None) => vec![(when, outcome)],
            (None, Some(levels)) => {
                levels.items().filter_map(|step| Some((step.get("when")?, step))).collect()
            }
            _ => {
                self.error(codes::PLAN_RULE, "a rule has either `when` or `levels`", item.place()).help =
                    Some("`when` is one condition; `levels` lists one for each level or grade".into());
                return None;
            }
        };
        if conditions.is_empty() {
            self.error(codes::PLAN_RULE, "this rule has no condition", item.place());
        }
        let mut steps = Vec::new();
        for (when, holder) in conditions {
            let level = holder.get("level");
            if let Some(place) =
                level.filter(|level| level.whole().is_some_and(|level| !(1..=3).contains(&level)))
            {
                let message = "the level of a need is 1 (watch), 2 (act) or 3 (act now)";
                self.error(codes::PLAN_RULE, message, place.place());
            }
            let level = level.and_then(Item::whole).and_then(|level| u8::try_from(level).ok());
            let grade = holder.text_of("grade").and_then(|word| word.parse::<AlertGrade>().ok());
            let (needed, there) = match kind {
                "need" => ("level", level.is_some()),
                "alert" => ("grade", grade.is_some()),
                _ => ("", true),
            };
            if !there {
                let message = format!("this {kind} needs a `{needed}`");
                self.error(codes::PLAN_RULE, message, holder.place()).help = Some(format!(
                    "add `{needed}` beside the condition, or to the outcome of a rule with one"
                ));
            }
            let place = when.place();
            let Some(when) = self.condition(when, None) else { continue };
            let in_step = graded.is_some();
            steps.push(RuleStep {
                when,
                place,
                level: level.filter(|_| kind == "need"),
                grade: grade.filter(|_| kind == "alert"),
                urgency: holder.text_of("urgency").and_then(|word| word.parse().ok()).filter(|_| in_step),
                services: holder
                    .get("services")
                    .filter(|_| in_step)
                    .map(|list| list.items().filter_map(|code| code.text().map(Arc::from)).collect()),
            });
        }
        Some(steps)
    }

    fn outcome(&mut self, item: Item<'_>, kind: &str, id: &str, file: usize) -> Option<Outcome> {
        let text = |compiler: &mut Self, keyword: &str| {
            compiler.text(item.get(keyword), file, &["rules", id, keyword], None)
        };
        Some(match kind {
            "need" => {
                let services = item.texts_of("services").into_iter().map(Arc::from).collect();
                Outcome::Need(Need {
                    domain: item.text_of("domain")?.parse().ok()?,
                    code: item.text_of("code")?.into(),
                    label: text(self, "label")?,
                    basis: item
                        .text_of("basis")
                        .and_then(|word| word.parse().ok())
                        .unwrap_or(Basis::Normative),
                    urgency: item.text_of("urgency").and_then(|word| word.parse().ok()),
                    services,
                })
            }
            "alert" => Outcome::Alert {
                code: item.text_of("code")?.into(),
                label: text(self, "label")?,
                script: text(self, "script"),
                mandatory_report: item.flag("mandatoryReport"),
            },
            "notAssessed" => Outcome::NotAssessed {
                domain: item.text_of("domain")?.parse().ok()?,
                reason: text(self, "reason")?,
            },
            "review" => Outcome::Review {
                within: item.get("within").and_then(Item::whole)?,
                reason: text(self, "reason"),
            },
            _ => Outcome::Recommend {
                service: item.text_of("service").map(Arc::from),
                check: item.text_of("check").map(Arc::from),
                label: text(self, "label"),
            },
        })
    }
}

//! What follows from the answers: scores, needs, alerts.

use serde_json::{Value, json};

use super::{Bundle, concept, object};
use crate::export::Loss;
use crate::profile::wire::{AlertStatus, Number, ProfileStatus, Score};
use crate::scoring::ScoreStatus;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
const UCUM: &str = "http://unitsofmeasure.org";

impl Bundle<'_> {
    /// An observation for each score that was assessed, derived from the answers.
    pub(super) fn add_scores(&mut self) {
        for score in self.leaving.profile.scores.values() {
            if score.status.0 != ScoreStatus::NotAssessed {
                self.add_score(score);
            }
        }
    }

    fn add_score(&mut self, score: &Score) {
        let codes = self.naming.system("score");
        let status = match self.leaving.profile.status.0 {
            ProfileStatus::Complete if !score.provisional => "final",
            _ => "preliminary",
        };
        let quantity = |number: &Number| json!({ "value": number.to_value(), "unit": "score", "system": UCUM, "code": "{score}" });
        let bound = |code: &str, number: &Number| json!({ "code": concept(&codes, &format!("{}.{code}", score.id), code), "valueQuantity": quantity(number) });
        let band = score.band.as_ref().map(|band| {
            let text = band.title.as_deref().unwrap_or(&band.id);
            json!([concept(&self.naming.system(&format!("score-{}", score.id)), &band.id, text)])
        });
        let absent = |code: &str| json!({ "coding": [{ "system": ABSENT, "code": code }] });
        let missing = match (&score.value, score.status.0) {
            (Some(_), _) => Value::Null,
            (None, ScoreStatus::Invalid) => absent("error"),
            (None, _) => absent("unknown"),
        };
        let resource = object([
            ("resourceType", "Observation".into()),
            ("status", status.into()),
            ("category", json!([{ "coding": [{ "system": CATEGORY, "code": "survey" }] }])),
            ("code", concept(&codes, &score.id, &score.title)),
            ("subject", self.subject()),
            ("effectiveDateTime", self.leaving.profile.assessed_on.as_str().into()),
            ("valueQuantity", score.value.as_ref().map_or(Value::Null, quantity)),
            ("dataAbsentReason", missing),
            ("interpretation", json!(band)),
            ("method", json!({ "text": format!("{} ({})", score.method, score.fidelity) })),
            (
                "referenceRange",
                json!([{ "low": quantity(&score.min), "high": quantity(&score.max), "text": "possible values" }]),
            ),
            ("derivedFrom", json!([self.naming.reference("response", "")])),
            // What missing items leave open.
            ("component", json!([bound("least", &score.interval[0]), bound("most", &score.interval[1])])),
        ]);
        self.put("score", &score.id, resource);
        for (name, lost) in [
            ("source", score.source.is_some()),
            ("structure", score.structure.is_some()),
            ("definition", score.definition.is_some()),
            ("adjustments", !score.adjustments.is_empty()),
            ("provisional_on", !score.provisional_on.is_empty()),
        ] {
            if lost {
                self.losses.push(Loss::format(format!("/scores/{}/{name}", score.id)));
            }
        }
    }

    /// A condition for each need.
    pub(super) fn add_needs(&mut self) {
        for need in &self.leaving.profile.needs {
            let status = |kind: &str, code: &str| {
                json!({ "coding": [{
                    "system": format!("http://terminology.hl7.org/CodeSystem/condition-{kind}"), "code": code,
                }] })
            };
            let scores = need.evidence.iter().flat_map(|evidence| &evidence.scores);
            let mut details = vec![self.naming.reference("response", "")];
            for score in scores {
                let told = self.leaving.profile.scores.get(&score.id);
                let reference = self.naming.reference("score", &score.id);
                let assessed = told.is_some_and(|score| score.status.0 != ScoreStatus::NotAssessed);
                if assessed && !details.contains(&reference) {
                    details.push(reference);
                }
            }
            let level = match need.level {
                1 => "watch",
                2 => "act",
                _ => "act now",
            };
            let rules: Vec<Value> = need
                .evidence
                .iter()
                .map(|evidence| concept(&self.naming.system("rule"), &evidence.rule, &evidence.title))
                .collect();
            let resource = object([
                ("resourceType", "Condition".into()),
                ("clinicalStatus", status("clinical", "active")),
                (
                    "verificationStatus",
                    status("ver-status", if need.provisional { "provisional" } else { "unconfirmed" }),
                ),
                (
                    "category",
                    json!([
                        concept(&self.naming.system("domain"), need.domain.0.word(), need.domain.0.word()),
                        concept(&self.naming.system("basis"), need.basis.0.word(), need.basis.0.word()),
                    ]),
                ),
                ("severity", concept(&self.naming.system("level"), &need.level.to_string(), level)),
                ("code", concept(&self.naming.system("need"), &need.id, &need.label)),
                ("subject", self.subject()),
                ("recordedDate", self.when().into()),
                ("evidence", json!([{ "code": rules, "detail": details }])),
            ]);
            self.put("need", &need.id, resource);
        }
    }

    /// A flag for each alert.
    pub(super) fn add_alerts(&mut self) {
        for (index, alert) in self.leaving.profile.alerts.iter().enumerate() {
            let of = match &alert.field {
                Some(field) => format!("{}{field}", alert.rule),
                None => alert.rule.clone(),
            };
            let status = match alert.status.0 {
                AlertStatus::Open | AlertStatus::Acknowledged => "active",
                AlertStatus::Withdrawn => "inactive",
            };
            let grade = alert.grade.0.word();
            let due =
                alert.due.as_deref().map_or(Value::Null, |due| json!({ "start": self.when(), "end": due }));
            // A period from a day to a moment is none that can be checked.
            let due = if self.when().contains(['T', 't']) { due } else { Value::Null };
            let resource = object([
                ("resourceType", "Flag".into()),
                ("status", status.into()),
                ("category", json!([concept(&self.naming.system("alert-grade"), grade, grade)])),
                ("code", concept(&self.naming.system("alert"), &alert.code, &alert.label)),
                ("subject", self.subject()),
                ("period", due),
            ]);
            self.put("alert", &of, resource);
            for (name, lost) in [
                ("notified", alert.notified.is_some()),
                ("acknowledged", alert.acknowledged.is_some()),
                ("earlier", !alert.earlier.is_empty()),
                ("mandatory_report", true),
            ] {
                if lost {
                    self.losses.push(Loss::format(format!("/alerts/{index}/{name}")));
                }
            }
        }
    }
}

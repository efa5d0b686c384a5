//! What is to be done: services that can help, services that were agreed, goals.

use serde_json::{Map, Value, json};

use super::{Bundle, concept, object};
use crate::export::Loss;
use crate::plan::Urgency;

impl Bundle<'_> {
    pub(super) fn add_care(&mut self) {
        self.propose_services();
        self.plan_services();
        self.add_goals();
    }

    /// A proposal for each service that can help with a need.
    fn propose_services(&mut self) {
        for need in &self.leaving.profile.needs {
            let priority = match need.urgency.0 {
                Urgency::Now => "stat",
                Urgency::Within24h => "asap",
                Urgency::Within72h => "urgent",
                Urgency::Within14d | Urgency::Within30d | Urgency::Routine => "routine",
            };
            for service in &need.services {
                let resource = object([
                    ("resourceType", "ServiceRequest".into()),
                    ("status", "active".into()),
                    ("intent", "proposal".into()),
                    ("priority", priority.into()),
                    ("code", self.service(service)),
                    ("subject", self.subject()),
                    ("authoredOn", self.when().into()),
                    ("reasonReference", json!([self.naming.reference("need", &need.id)])),
                ]);
                self.put("service", &format!("{}/{service}", need.id), resource);
            }
        }
    }

    /// The name of a service, where the questionnaire has the list.
    fn service(&self, code: &str) -> Value {
        let language = self.plan.language(&self.leaving.profile.questionnaire.language).unwrap_or_default();
        let list = self.plan.lists.iter().find(|list| &*list.id == "services");
        let entry = list.and_then(|list| list.entry(code));
        let text =
            entry.map_or_else(|| code.to_owned(), |entry| entry.choice.label.text(language).to_string());
        concept(&self.naming.system("service"), code, &text)
    }

    fn plan_services(&mut self) {
        for (index, planned) in self.leaving.profile.plan.iter().enumerate() {
            let text = |name: &str| planned.get(name).and_then(Value::as_str);
            let code = match (text("service"), planned.as_str()) {
                (Some(service), _) => self.service(service),
                (None, Some(words)) => json!({ "text": words }),
                (None, None) => json!({ "text": "service" }),
            };
            let start = text("start").map(|start| json!(start));
            let resource = object([
                ("resourceType", "ServiceRequest".into()),
                ("status", "active".into()),
                ("intent", "plan".into()),
                ("code", code),
                ("subject", self.subject()),
                ("occurrenceDateTime", start.unwrap_or_default()),
                ("authoredOn", self.when().into()),
                (
                    "performer",
                    text("provider").map_or(Value::Null, |provider| json!([{ "display": provider }])),
                ),
                ("reasonReference", self.addresses(text("need"))),
                ("note", text("frequency").map_or(Value::Null, |often| json!([{ "text": often }]))),
            ]);
            self.put("plan", &index.to_string(), resource);
            self.lose_members(
                &format!("/plan/{index}"),
                planned,
                &["service", "frequency", "provider", "start", "need"],
            );
        }
    }

    fn add_goals(&mut self) {
        for (index, goal) in self.leaving.profile.goals.iter().enumerate() {
            let text = |name: &str| goal.get(name).and_then(Value::as_str);
            let words = text("text").or_else(|| goal.as_str()).unwrap_or("goal");
            let attained = goal.get("attainment").and_then(Value::as_i64).map(|attained| match attained {
                ..=-1 => "worsening",
                0 => "achieved",
                1.. => "improving",
            });
            let system = "http://terminology.hl7.org/CodeSystem/goal-achievement";
            let of = text("id").map_or_else(|| index.to_string(), str::to_owned);
            let resource = object([
                ("resourceType", "Goal".into()),
                ("lifecycleStatus", "active".into()),
                (
                    "achievementStatus",
                    attained.map_or(
                        Value::Null,
                        |code| json!({ "coding": [{ "system": system, "code": code }] }),
                    ),
                ),
                ("description", json!({ "text": words })),
                ("subject", self.subject()),
                ("statusDate", self.leaving.profile.assessed_on.as_str().into()),
                ("addresses", self.addresses(text("need"))),
            ]);
            self.put("goal", &of, resource);
            self.lose_members(&format!("/goals/{index}"), goal, &["id", "text", "need"]);
        }
    }

    /// The condition of a need that is in this profile.
    fn addresses(&self, need: Option<&str>) -> Value {
        let known = need.filter(|need| self.leaving.profile.needs.iter().any(|known| known.id == *need));
        known.map_or(Value::Null, |need| json!([self.naming.reference("need", need)]))
    }

    fn lose_members(&mut self, at: &str, entry: &Value, carried: &[&str]) {
        let empty = Map::new();
        for name in
            entry.as_object().unwrap_or(&empty).keys().filter(|name| !carried.contains(&name.as_str()))
        {
            self.losses.push(Loss::format(format!("{at}/{}", crate::export::loss::escape(name))));
        }
    }
}

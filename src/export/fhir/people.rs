//! The person, and who asked.

use serde_json::{Map, Value, json};

use super::{Bundle, object};

impl Bundle<'_> {
    /// The person: created where the server does not know them, and never changed, since the server may know better.
    pub(super) fn add_patient(&mut self) {
        let subject = &self.leaving.profile.subject;
        let sex = subject.sex.as_deref().map(|sex| match sex {
            "male" | "female" | "other" => sex,
            _ => "unknown",
        });
        let identifier = match &subject.person_ref {
            Some(person) => json!({ "system": self.naming.system("person"), "value": person }),
            // Whoever has no reference is known by this profile alone.
            None => self.naming.identifier("profile-subject", ""),
        };
        let text = |name: &str| identifier.get(name).and_then(Value::as_str).unwrap_or_default();
        let query = format!(
            "identifier={}",
            crate::export::encoded(&format!("{}|{}", text("system"), text("value")))
        );
        let name = self.leaving.profile.answers.get("full_name").and_then(Value::as_str);
        let resource = object([
            ("resourceType", "Patient".into()),
            ("identifier", json!([identifier])),
            ("active", true.into()),
            ("name", name.map_or(Value::Null, |name| json!([{ "text": name }]))),
            ("gender", json!(sex)),
            ("birthDate", json!(subject.birth_date)),
        ]);
        self.entry(
            "person",
            "",
            resource,
            json!({ "method": "POST", "url": "Patient", "ifNoneExist": query }),
        );
    }

    /// Who asked and what computed. It has no identifier in FHIR, so that its own id keeps it from being there twice.
    pub(super) fn add_provenance(&mut self) {
        let profile = &self.leaving.profile;
        let made: Vec<Value> = self
            .entries
            .iter()
            .filter(|entry| {
                let kind = entry.pointer("/resource/resourceType").and_then(Value::as_str);
                !matches!(kind, Some("Patient" | "Questionnaire"))
            })
            .filter_map(|entry| Some(json!({ "reference": entry.get("fullUrl")? })))
            .collect();
        let record = &profile.provenance.record;
        let mut agents: Vec<Value> = record
            .get("assessors")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|assessor| assessor.as_str().or_else(|| assessor.get("ref")?.as_str()))
            .map(|assessor| {
                let identifier = json!({ "system": self.naming.system("assessor"), "value": assessor });
                json!({ "type": participant("author"), "who": { "identifier": identifier } })
            })
            .collect();
        let engine = &profile.provenance.engine;
        agents.push(json!({
            "type": participant("assembler"),
            "who": { "display": format!("{} {}", engine.name, engine.version) },
        }));
        let when = self.when();
        let recorded = if when.contains(['T', 't']) { when } else { format!("{when}T00:00:00Z") };
        let mut resource = object([
            ("resourceType", "Provenance".into()),
            ("id", self.naming.uuid("provenance", "").into()),
            ("target", made.into()),
            ("recorded", recorded.into()),
            ("agent", agents.into()),
        ]);
        resource.insert("occurredDateTime".to_owned(), profile.assessed_on.as_str().into());
        let url = format!("Provenance/{}", self.naming.uuid("provenance", ""));
        self.entry("provenance", "", resource, json!({ "method": "PUT", "url": url }));
        for name in record.keys().filter(|name| !["assessors", "ended_at"].contains(&name.as_str())) {
            self.losses.push(crate::export::Loss::format(format!(
                "/provenance/{}",
                crate::export::loss::escape(name)
            )));
        }
    }
}

fn participant(code: &str) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    let mut concept = Map::new();
    concept.insert("coding".to_owned(), json!([{ "system": system, "code": code }]));
    Value::Object(concept)
}

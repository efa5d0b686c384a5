//! What the person consented to, a resource for each purpose.

use serde_json::{Value, json};

use super::{Bundle, object};

impl Bundle<'_> {
    pub(super) fn add_consents(&mut self) {
        for (purpose, said) in &self.leaving.profile.consent {
            let (status, kind) = match said.as_str() {
                Some("granted") => ("active", "permit"),
                Some("withdrawn") => ("inactive", "deny"),
                Some("declined") => ("rejected", "deny"),
                _ => ("proposed", "deny"),
            };
            let code = json!({ "system": self.naming.system("purpose"), "code": purpose });
            let resource = object([
                ("resourceType", "Consent".into()),
                ("status", status.into()),
                (
                    "scope",
                    json!({ "coding": [{
                        "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy",
                    }] }),
                ),
                ("category", json!([{ "coding": [{ "system": "http://loinc.org", "code": "59284-0" }] }])),
                ("patient", self.subject()),
                ("dateTime", Value::from(self.when())),
                ("sourceReference", self.naming.reference("response", "")),
                ("policyRule", json!({ "text": "As the person was told, purpose by purpose." })),
                ("provision", json!({ "type": kind, "purpose": [code] })),
            ]);
            self.put("consent", purpose, resource);
        }
    }
}

//! HL7 FHIR R4: a transaction with the questionnaire, the answers and what follows from them.
//!
//! Everything has an identifier made of the profile's id, and is created or updated by it: the same profile sent twice is
//! there once, and an amended one takes its place.

mod care;
mod conditions;
mod consent;
mod findings;
mod naming;
mod people;
mod questionnaire;
mod response;
mod variables;
mod withheld;

use serde_json::{Map, Value, json};

use super::document::{Document, Made};
use super::loss::{Loss, escape};
use super::{Leaving, Options};
use crate::diagnostic::codes;
use crate::plan::Plan;
use crate::session::Finding;
use naming::Naming;

pub use conditions::{Lowered, LoweredForm, Lowering, lowered};
pub(super) use naming::uuid;
pub use questionnaire::response;

/// What the mapping of this format may hold.
const MAPPING: [&str; 1] = ["base"];

/// The transaction.
///
/// # Errors
/// What is wrong with the mapping.
pub(super) fn document(leaving: &Leaving, options: Options<'_>) -> Result<Made, Vec<Finding>> {
    let base = base(options.mapping)?;
    let mut bundle = Bundle {
        leaving,
        plan: &leaving.plan,
        naming: Naming::new(leaving, base.as_deref()),
        entries: Vec::new(),
        losses: Vec::new(),
    };
    bundle.add_patient();
    bundle.add_questionnaire();
    bundle.add_response();
    bundle.add_scores();
    bundle.add_needs();
    bundle.add_alerts();
    bundle.add_care();
    bundle.add_consents();
    bundle.add_provenance();
    bundle.note_losses();
    let Bundle { entries, losses, .. } = bundle;
    let value = object([
        ("resourceType", "Bundle".into()),
        ("meta", withheld::meta(leaving)),
        ("type", "transaction".into()),
        ("entry", entries.into()),
    ]);
    let value = Value::Object(value);
    let mut made = Made::new(Document::typed(leaving.name(), &value, "json", "application/fhir+json"));
    made.losses = losses;
    Ok(made)
}

fn base(mapping: Option<&Value>) -> Result<Option<String>, Vec<Finding>> {
    let fault = |at: &str, message: &str| vec![Finding::new(codes::EXPORT_MAPPING, at, message)];
    let Some(mapping) = mapping else { return Ok(None) };
    let Some(members) = mapping.as_object() else { return Err(fault("", "a mapping is a JSON object")) };
    if let Some(unknown) = members.keys().find(|name| !MAPPING.contains(&name.as_str())) {
        return Err(fault(
            &format!("/{}", escape(unknown)),
            "the mapping of `fhir` has `base` and nothing else",
        ));
    }
    match members.get("base") {
        None => Ok(None),
        Some(Value::String(base)) if base.contains(':') => Ok(Some(base.clone())),
        Some(_) => {
            Err(fault("/base", "this is an absolute address or a URN, under which the agency names things"))
        }
    }
}

/// A transaction while it is put together.
struct Bundle<'a> {
    leaving: &'a Leaving,
    plan: &'a Plan,
    naming: Naming,
    entries: Vec<Value>,
    losses: Vec<Loss>,
}

impl Bundle<'_> {
    /// Adds a resource that is found again by its identifier.
    fn put(&mut self, kind: &str, of: &str, mut resource: Map<String, Value>) {
        let resource_type =
            resource.get("resourceType").and_then(Value::as_str).unwrap_or_default().to_owned();
        let identifier = self.naming.identifier(kind, of);
        // A response has one identifier, everything else a list.
        let identifier =
            if resource_type == "QuestionnaireResponse" { identifier } else { json!([identifier]) };
        resource.insert("identifier".to_owned(), identifier);
        let url = self.naming.query(&resource_type, kind, of);
        self.entry(kind, of, resource, json!({ "method": "PUT", "url": url }));
    }

    fn entry(&mut self, kind: &str, of: &str, resource: Map<String, Value>, request: Value) {
        self.entries.push(json!({
            "fullUrl": self.naming.url(kind, of), "resource": resource, "request": request,
        }));
    }

    /// The person, in every resource that is about them.
    fn subject(&self) -> Value {
        self.naming.reference("person", "")
    }

    /// When the interview ended, or else the day.
    fn when(&self) -> String {
        let profile = &self.leaving.profile;
        let ended = profile.provenance.record.get("ended_at").and_then(Value::as_str);
        ended.map_or_else(|| profile.assessed_on.clone(), str::to_owned)
    }

    /// Everything that has no resource here.
    fn note_losses(&mut self) {
        const WHOLE: [&str; 8] = [
            "computed_domain_levels",
            "domain_levels",
            "domain_status",
            "missing",
            "overrides",
            "recommendations",
            "undetermined",
            "unscreened",
        ];
        let value = self.leaving.profile.to_value();
        let mut lose = |at: String, value: &Value| {
            let empty =
                value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
            if !value.is_null() && !empty {
                self.losses.push(Loss::format(at));
            }
        };
        for name in WHOLE.iter().chain(&["ignored", "not_assessed", "strengths", "data_quality"]) {
            if let Some(part) = value.get(*name) {
                lose(format!("/{name}"), part);
            }
        }
        let parts = [
            ("subject", &["household_ref", "groups", "birth_precision", "ethnic_group", "legal_flags"][..]),
            ("questionnaire", &["content_hash", "rules_hash"]),
            ("reassessment", &["next_on", "reason", "rule", "text", "previous", "deltas"]),
        ];
        for (part, members) in parts {
            for name in members {
                if let Some(member) = value.get(part).and_then(|part| part.get(*name)) {
                    lose(format!("/{part}/{name}"), member);
                }
            }
        }
        for pointer in self.leaving.profile.informants.keys() {
            lose(format!("/informants/{}", escape(pointer)), &Value::Bool(true));
        }
        for pointer in self.leaving.profile.accounts.keys() {
            lose(format!("/accounts/{}", escape(pointer)), &Value::Bool(true));
        }
        for (index, need) in self.leaving.profile.needs.iter().enumerate() {
            for (name, is_there) in [("evidence", true), ("would_change", need.would_change.is_some())] {
                if is_there {
                    lose(format!("/needs/{index}/{name}"), &Value::Bool(true));
                }
            }
        }
    }
}

/// An object of those members that are there.
fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A concept of which only the words are known, with a code of ours.
fn concept(system: &str, code: &str, text: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code, "display": text }], "text": text })
}

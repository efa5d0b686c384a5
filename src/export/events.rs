//! CloudEvents 1.0 in JSON: a profile as something that has happened, for queues and brokers.

use serde_json::{Map, Value, json};

use super::document::{Document, Made};
use super::{Leaving, Options, mapped, portable};
use crate::session::Finding;

/// What the mapping may hold.
const MAPPING: [&str; 3] = ["dataschema", "source", "type"];

/// The event. Its id is that of the profile, so that a broker that drops doubles drops a profile sent twice.
///
/// # Errors
/// What is wrong with the mapping.
pub(super) fn document(leaving: &Leaving, options: Options<'_>) -> Result<Made, Vec<Finding>> {
    let mapping = mapped::texts(options.mapping, "cloudevents", &MAPPING)?;
    let said = |name: &str, default: String| mapping.get(name).cloned().unwrap_or(default);
    let profile = &leaving.profile;
    let record = &profile.provenance.record;
    let station = record.get("station").and_then(Value::as_str).unwrap_or("unknown");
    let mut event = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            event.insert(name.to_owned(), value);
        }
    };
    put("specversion", "1.0".into());
    put("id", leaving.name().into());
    put("source", said("source", format!("urn:intake:station:{}", super::encoded(station))).into());
    put("type", said("type", "intake.profile.v1".to_owned()).into());
    put("subject", json!(profile.subject.person_ref));
    // A time is one with its offset; a day alone is none.
    put("time", record.get("ended_at").filter(|ended| ended.is_string()).cloned().unwrap_or_default());
    put("datacontenttype", "application/json".into());
    put("dataschema", said("dataschema", "urn:intake:schema:portable-1".to_owned()).into());
    // Names of further attributes have small letters and digits only.
    put("purpose", json!(leaving.purpose));
    put("recipient", json!(leaving.recipient));
    put("supersedes", json!(profile.supersedes));
    put("data", portable::envelope(leaving, options.key));
    let event = Value::Object(event);
    Ok(Made::new(Document::typed(leaving.name(), &event, "json", "application/cloudevents+json")))
}

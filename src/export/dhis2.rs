//! A payload for the tracker of DHIS2: a tracked entity with an enrolment and an event, and an event for each row of a
//! repeat that is mapped.
//!
//! DHIS2 knows things by ids of its own, so that nothing goes without a mapping; what it does not name is a loss. Ids of
//! what is sent are made of the profile's, so that the same profile sent twice is there once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::document::{Document, Made};
use super::loss::{Loss, Why, escape};
use super::{Leaving, Options, mapped};
use crate::diagnostic::codes;
use crate::json::{self, canonical::number_text};
use crate::session::Finding;

/// How DHIS2 calls things.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    #[serde(rename = "trackedEntityType")]
    tracked_entity_type: String,
    program: String,
    #[serde(rename = "programStage")]
    program_stage: String,
    /// The organisation unit, or that of each station.
    #[serde(rename = "orgUnit")]
    org_unit: OrgUnit,
    /// JSON Pointer into the profile to an attribute of the tracked entity.
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    /// JSON Pointer into the profile to a data element.
    #[serde(rename = "dataElements", default)]
    data_elements: BTreeMap<String, String>,
    /// The data element that says how many items of the questionnaire are withheld, where the program has one.
    #[serde(default)]
    withheld: Option<String>,
    /// JSON Pointer of a repeat to the stage in which its rows are events.
    #[serde(default)]
    repeats: BTreeMap<String, Repeat>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OrgUnit {
    One(String),
    ByStation(BTreeMap<String, String>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    #[serde(rename = "programStage")]
    program_stage: String,
    /// The name of a column to a data element.
    #[serde(rename = "dataElements")]
    data_elements: BTreeMap<String, String>,
}

/// The payload for `POST /api/tracker`.
///
/// # Errors
/// What is wrong with the mapping, or that the profile has no organisation unit.
pub(super) fn document(leaving: &Leaving, options: Options<'_>) -> Result<Made, Vec<Finding>> {
    let mapping = read(options.mapping)?;
    let profile = leaving.profile.to_value();
    let station = profile.pointer("/provenance/station").and_then(Value::as_str);
    let org_unit = match &mapping.org_unit {
        OrgUnit::One(unit) => unit.clone(),
        OrgUnit::ByStation(units) => {
            station.and_then(|station| units.get(station)).cloned().ok_or_else(|| {
                let message = "the mapping has no organisation unit for the station of this profile";
                vec![Finding::new(codes::EXPORT_FORMAT, "/provenance/station", message)]
            })?
        }
    };
    let name = leaving.name();
    let person = leaving.profile.subject.person_ref.clone().unwrap_or_else(|| name.clone());
    let day = leaving.profile.assessed_on.as_str();
    let mut taker = Taker { profile: &profile, taken: BTreeSet::new(), losses: Vec::new() };
    let attributes = taker.values(&mapping.attributes, "attribute");
    let entity = uid(&format!("person\n{person}"));
    let enrollment = uid(&format!("enrolment\n{person}\n{}", mapping.program));
    let event = |stage: &str, of: &str, values: Vec<Value>| {
        json!({
            "event": uid(&format!("event\n{name}\n{of}")), "enrollment": enrollment, "trackedEntity": entity,
            "program": mapping.program, "programStage": stage,
            "orgUnit": org_unit, "occurredAt": day, "status": "COMPLETED", "dataValues": values,
        })
    };
    let mut values = taker.values(&mapping.data_elements, "dataElement");
    if let Some(element) = &mapping.withheld {
        values.push(json!({ "dataElement": element, "value": leaving.withheld.to_string() }));
    }
    let mut first = event(&mapping.program_stage, "", values);
    let redacted = leaving.withheld > 0 || leaving.profile.redacted == Some(true);
    if redacted && let Some(members) = first.as_object_mut() {
        // With or without a data element, a person who reads the event must not take it for all that there is.
        let note = uid(&format!("withheld\n{name}"));
        members.insert("notes".to_owned(), json!([{ "note": note, "value": told(leaving.withheld) }]));
        taker.taken.insert("/redacted".to_owned());
    }
    let mut events = vec![first];
    for (pointer, repeat) in &mapping.repeats {
        let rows = profile.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        for row in 0..rows {
            let elements: BTreeMap<String, String> = repeat
                .data_elements
                .iter()
                .map(|(column, element)| (format!("{pointer}/{row}/{}", escape(column)), element.clone()))
                .collect();
            let values = taker.values(&elements, "dataElement");
            events.push(event(&repeat.program_stage, &format!("{pointer}/{row}"), values));
        }
    }
    let value = json!({ "trackedEntities": [{
        "trackedEntity": entity, "trackedEntityType": mapping.tracked_entity_type,
        "orgUnit": org_unit, "attributes": attributes,
        "enrollments": [{
            "enrollment": enrollment, "trackedEntity": entity, "program": mapping.program,
            "orgUnit": org_unit, "enrolledAt": day, "occurredAt": day, "status": "ACTIVE", "events": events,
        }],
    }] });
    taker.note_unmapped();
    let mut made = Made::new(Document::json(name, value));
    made.losses = taker.losses;
    Ok(made)
}

/// What a note says of what is withheld.
fn told(count: usize) -> String {
    match count {
        // What was received redacted, and is passed on, does not say how much was left out.
        0 => "items withheld".to_owned(),
        1 => "1 item withheld".to_owned(),
        count => format!("{count} items withheld"),
    }
}

fn read(mapping: Option<&Value>) -> Result<Mapping, Vec<Finding>> {
    let Some(mapping) = mapping else {
        return Err(vec![mapped::fault(
            "",
            "`dhis2` cannot do without a mapping: it knows things by ids of its own",
        )]);
    };
    let read: Mapping = serde_json::from_value(mapping.clone())
        .map_err(|error| vec![mapped::fault("", error.to_string())])?;
    let units = match &read.org_unit {
        OrgUnit::One(unit) => vec![unit],
        OrgUnit::ByStation(units) => units.values().collect(),
    };
    let named = [&read.tracked_entity_type, &read.program, &read.program_stage].into_iter().chain(units);
    let named =
        named.chain(read.attributes.values()).chain(read.data_elements.values()).chain(&read.withheld);
    let rows = read.repeats.values();
    let named =
        named.chain(rows.flat_map(|repeat| repeat.data_elements.values().chain([&repeat.program_stage])));
    let faults: Vec<Finding> = named
        .filter(|id| !is_uid(id))
        .map(|id| mapped::fault("", format!("`{id}` is no id of DHIS2: a letter and ten letters or digits")))
        .collect();
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn is_uid(id: &str) -> bool {
    id.len() == 11
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

/// An id as DHIS2 has them, from the fingerprint of a text.
fn uid(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let print = json::sha256(text);
    let digits: String = print.chars().skip(7).take(32).collect();
    let mut rest = u128::from_str_radix(&digits, 16).unwrap_or_default();
    let mut id = String::new();
    for place in 0..11 {
        let among = if place == 0 { 52 } else { 62 };
        let index = usize::try_from(rest % among).unwrap_or_default();
        id.push(LETTERS.get(index).copied().map_or('A', char::from));
        rest /= among;
    }
    id
}

struct Taker<'a> {
    profile: &'a Value,
    /// Pointers that were carried.
    taken: BTreeSet<String>,
    losses: Vec<Loss>,
}

impl Taker<'_> {
    fn values(&mut self, mapping: &BTreeMap<String, String>, name: &str) -> Vec<Value> {
        let mut values = Vec::new();
        for (pointer, id) in mapping {
            let Some(value) = self.profile.pointer(pointer) else { continue };
            let text = match value {
                Value::Null | Value::Object(_) => continue,
                Value::Bool(answer) => answer.to_string(),
                Value::Number(number) => number_text(number),
                Value::String(text) => text.clone(),
                // A list of rows has events of its own; a list of codes is one text with commas.
                Value::Array(items) if items.iter().any(Value::is_object) => continue,
                Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            };
            self.taken.insert(pointer.clone());
            values.push(json!({ name: id, "value": text }));
        }
        values
    }

    /// Everything that the mapping does not name.
    fn note_unmapped(&mut self) {
        const NO_LOSS: [&str; 5] = [
            "/profile_version",
            "/answers_hash",
            "/identity_detached",
            "/assessed_on",
            "/subject/person_ref",
        ];
        let mut open = vec![(String::new(), self.profile)];
        let mut found = Vec::new();
        while let Some((at, value)) = open.pop() {
            if self.taken.contains(&at) || NO_LOSS.contains(&at.as_str()) {
                continue;
            }
            match value {
                Value::Object(members) => {
                    open.extend(
                        members.iter().map(|(name, member)| (format!("{at}/{}", escape(name)), member)),
                    );
                }
                Value::Array(items) if items.iter().any(Value::is_object) => {
                    open.extend(
                        items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)),
                    );
                }
                Value::Null => {}
                Value::Array(items) if items.is_empty() => {}
                _ => found.push(Loss::new(at, Why::Unmapped)),
            }
        }
        found.sort();
        self.losses.extend(found);
    }
}

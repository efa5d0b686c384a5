//! An item of a request: a profile or a withdrawal, read and verified, before anything is asked of the database.

use serde_json::Value;

use super::{Bearer, Limits, Role};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::json::{self, canonical};
use crate::outbox::Withdrawal;
use crate::session::Finding;
use crate::verification::Verifier;

/// What an item asks for.
pub(super) enum Item {
    Profile(Box<Profile>),
    Withdrawal(Withdrawal),
}

/// A profile that is what its record makes of it.
pub(super) struct Profile {
    pub(super) id: String,
    pub(super) supersedes: Option<String>,
    pub(super) questionnaire: String,
    pub(super) kind: String,
    pub(super) assessed_on: String,
    /// Canonical JSON.
    pub(super) body: String,
    pub(super) digest: String,
}

/// The longest id that is kept.
const MOST_ID: usize = 200;

/// An id that can be kept and shown.
pub(super) fn is_id(id: &str) -> bool {
    !id.trim().is_empty() && id.chars().count() <= MOST_ID && !id.chars().any(char::is_control)
}

/// The id that an item states, if it is one.
pub(super) fn stated_id(value: &Value) -> Option<&str> {
    value.get("profile_id").and_then(Value::as_str).filter(|id| is_id(id))
}

/// The JSON of an item.
pub(super) fn value(text: &str, limits: Limits) -> Result<Value, Vec<Finding>> {
    if text.len() > limits.item_bytes {
        let message = format!("an item has at most {} kB", limits.item_bytes / 1024);
        return Err(vec![Finding::new(codes::COLLECT_LIMIT, "", message)]);
    }
    let (document, found) = json::read(text, SourceId(0));
    let faults: Vec<Finding> = json::discreet(found)
        .into_iter()
        .filter(Diagnostic::is_error)
        .map(|fault| {
            let pointer = fault.place.map(|place| place.pointer).unwrap_or_default();
            Finding::new(fault.code, pointer, fault.message)
        })
        .collect();
    match document.root() {
        Some(root) if faults.is_empty() => Ok(document.to_value(root)),
        _ => Err(faults),
    }
}

/// Reads an item and verifies it.
pub(super) fn read(value: &Value, bearer: &Bearer, verifier: &Verifier) -> Result<Item, Vec<Finding>> {
    if value.get("withdrawal_version").is_some() {
        return withdrawal(value).map(Item::Withdrawal);
    }
    if value.get("profile_version").is_none() {
        let message = "this is neither a profile nor a withdrawal";
        return Err(vec![Finding::new(codes::COLLECT_SHAPE, "", message)]);
    }
    let Some(id) = stated_id(value) else {
        return Err(vec![Finding::new(
            codes::COLLECT_ID,
            "/profile_id",
            "a profile needs an id that can be kept",
        )]);
    };
    let station = value.pointer("/provenance/station").and_then(Value::as_str);
    if bearer.role == Role::Send && station.is_some_and(|station| station != bearer.station) {
        let message = "the profile names another station than the token";
        return Err(vec![Finding::new(codes::COLLECT_STATION, "/provenance/station", message)]);
    }
    let supersedes = value.get("supersedes").and_then(Value::as_str);
    if supersedes.is_some_and(|other| other == id || !is_id(other)) {
        let message = "a profile amends another one, by its id";
        return Err(vec![Finding::new(codes::COLLECT_SHAPE, "/supersedes", message)]);
    }
    let findings = verifier.verify(value);
    if !findings.is_empty() {
        return Err(findings);
    }
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let body = canonical::to_string(value);
    Ok(Item::Profile(Box::new(Profile {
        id: id.to_owned(),
        supersedes: supersedes.map(str::to_owned),
        questionnaire: text("/questionnaire/id"),
        kind: text("/kind"),
        assessed_on: text("/assessed_on"),
        digest: json::sha256(&body),
        body,
    })))
}

fn withdrawal(value: &Value) -> Result<Withdrawal, Vec<Finding>> {
    let read: Option<Withdrawal> = serde_json::from_value(value.clone()).ok();
    let sound = |read: &Withdrawal| {
        read.withdrawal_version == 1
            && is_id(&read.profile_id)
            && read.withdrawn_at.parse::<crate::value::DateTime>().is_ok()
    };
    read.filter(sound).ok_or_else(|| {
        let message = "a withdrawal has `withdrawal_version` 1, `profile_id`, `reason` and `withdrawn_at`, and nothing else";
        vec![Finding::new(codes::COLLECT_SHAPE, "", message)]
    })
}

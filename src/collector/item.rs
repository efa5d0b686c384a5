//! An item of a request: a profile or a withdrawal, read and verified, before anything is asked of the database.

use serde_json::Value;

use super::key::Keys;
use super::{Bearer, Limits, Role};
use crate::diagnostic::{Diagnostic, SourceId, codes};
use crate::export;
use crate::json::{self, canonical};
use crate::outbox::Withdrawal;
use crate::session::Finding;
use crate::verification::{By, Trust, Verifier};

/// What an item asks for.
pub(super) enum Item {
    Profile(Box<Profile>),
    Withdrawal(Withdrawal),
}

/// A profile that is what its record makes of it, or for which a signature vouches.
pub(super) struct Profile {
    pub(super) id: String,
    pub(super) supersedes: Option<String>,
    pub(super) questionnaire: String,
    pub(super) kind: String,
    pub(super) assessed_on: String,
    /// Canonical JSON.
    pub(super) body: String,
    pub(super) digest: String,
    /// What is known of it beside, if it came in a portable document.
    pub(super) portable: Option<Portable>,
}

/// What a portable document says of its profile.
pub(super) struct Portable {
    pub(super) verified_by: By,
    pub(super) redacted: bool,
    pub(super) purpose: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) withheld: i64,
}

/// The longest id that is kept.
const MOST_ID: usize = 200;

/// An id that can be kept and shown.
pub(super) fn is_id(id: &str) -> bool {
    !id.trim().is_empty() && id.chars().count() <= MOST_ID && !id.chars().any(char::is_control)
}

/// The id that an item states, if it is one.
pub(super) fn stated_id(value: &Value) -> Option<&str> {
    let profile = export::profile_of(value).unwrap_or(value);
    profile.get("profile_id").and_then(Value::as_str).filter(|id| is_id(id))
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
pub(super) fn read(
    value: &Value,
    bearer: &Bearer,
    verifier: &Verifier,
    keys: &Keys,
) -> Result<Item, Vec<Finding>> {
    if value.get("withdrawal_version").is_some() {
        return withdrawal(value).map(Item::Withdrawal);
    }
    let is_portable = value.get("portable_version").is_some();
    if value.get("profile_version").is_none() && !is_portable {
        let message = "this is neither a profile, nor a portable document, nor a withdrawal";
        return Err(vec![Finding::new(codes::COLLECT_SHAPE, "", message)]);
    }
    let Some(profile) = export::profile_of(value) else {
        let message = "portable documents of version 1 are taken, with a `profile`";
        return Err(vec![Finding::new(codes::COLLECT_SHAPE, "/portable_version", message)]);
    };
    let within = if is_portable { "/profile" } else { "" };
    let fault = |code, at: &str, message| Err(vec![Finding::new(code, format!("{within}{at}"), message)]);
    let Some(id) = stated_id(value) else {
        return fault(codes::COLLECT_ID, "/profile_id", "a profile needs an id that can be kept");
    };
    let station = profile.pointer("/provenance/station").and_then(Value::as_str);
    if bearer.role == Role::Send && station.is_some_and(|station| station != bearer.station) {
        let message = "the profile names another station than the token";
        return fault(codes::COLLECT_STATION, "/provenance/station", message);
    }
    let supersedes = profile.get("supersedes").and_then(Value::as_str);
    if supersedes.is_some_and(|other| other == id || !is_id(other)) {
        let message = "a profile amends another one, by its id";
        return fault(codes::COLLECT_SHAPE, "/supersedes", message);
    }
    let known = |key: &export::PublicKey| keys.count(key, bearer, station);
    let trust = Trust { known: &known, others_are_none: false };
    let verified_by = verifier.verify_document(value, &trust, &|_| None).map_err(|findings| {
        findings.into_iter().map(|finding| placed(finding, within)).collect::<Vec<_>>()
    })?;
    // A whole profile is kept as such, in whatever it came: sent once more without a signature it is the same one.
    let kept = if verified_by == By::Signature { value } else { profile };
    let body = canonical::to_string(kept);
    let text =
        |pointer: &str| profile.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let stated = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let portable = is_portable.then(|| Portable {
        verified_by,
        redacted: profile.get("redacted").and_then(Value::as_bool) == Some(true),
        purpose: stated("purpose"),
        recipient: stated("recipient"),
        withheld: value.get("withheld").and_then(Value::as_i64).unwrap_or(0),
    });
    Ok(Item::Profile(Box::new(Profile {
        id: id.to_owned(),
        supersedes: supersedes.map(str::to_owned),
        questionnaire: text("/questionnaire/id"),
        kind: text("/kind"),
        assessed_on: text("/assessed_on"),
        digest: json::sha256(&body),
        body,
        portable,
    })))
}

/// A finding with its place in the item, and with the code by which a sender knows what to do.
fn placed(finding: Finding, within: &str) -> Finding {
    let Finding { code, pointer, message } = finding;
    let code = if code == codes::VERIFY_KEY { codes::COLLECT_KEY } else { code };
    match pointer.starts_with("/signature") {
        true => Finding::new(code, pointer, message),
        false => Finding::new(code, format!("{within}{pointer}"), message),
    }
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

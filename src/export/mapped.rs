//! What the mappings of formats have in common: objects of texts, read strictly, so that a slip of the pen is told.

use std::collections::BTreeMap;

use serde_json::Value;

use super::loss::escape;
use crate::diagnostic::codes;
use crate::session::Finding;

/// A fault of a mapping. A mapping holds no answers, so that its words may be told.
pub(super) fn fault(at: impl Into<String>, message: impl Into<String>) -> Finding {
    Finding::new(codes::EXPORT_MAPPING, at, message)
}

/// The texts of a mapping that holds nothing but texts under known names.
pub(super) fn texts(
    mapping: Option<&Value>,
    format: &str,
    known: &[&str],
) -> Result<BTreeMap<String, String>, Vec<Finding>> {
    let mut texts = BTreeMap::new();
    let mut faults = Vec::new();
    for (name, value) in members(mapping, "")? {
        let at = format!("/{}", escape(name));
        match value {
            _ if !known.contains(&name.as_str()) => {
                faults.push(fault(at, format!("the mapping of `{format}` has {} only", known.join(", "))));
            }
            Value::String(text) if !text.trim().is_empty() => {
                texts.insert(name.clone(), text.clone());
            }
            _ => faults.push(fault(at, "this is a text that says something")),
        }
    }
    if faults.is_empty() { Ok(texts) } else { Err(faults) }
}

/// The members of an object that may be missing.
pub(super) fn members<'a>(
    value: Option<&'a Value>,
    at: &str,
) -> Result<Vec<(&'a String, &'a Value)>, Vec<Finding>> {
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Object(members)) => Ok(members.iter().collect()),
        Some(_) => Err(vec![fault(at, "this is an object")]),
    }
}

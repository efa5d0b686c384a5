//! References between the files of `schemas/`.

use anyhow::{Result, bail};
use serde_json::Value;

/// The files that a document refers to by a relative `$ref`, as paths from the root of `schemas/`, without fragments.
/// `path` is the document's own.
pub(super) fn files(path: &str, document: &Value) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = vec![document];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let file = reference.split('#').next().unwrap_or_default();
                    if !file.is_empty() {
                        found.push(resolve(path, file)?);
                    }
                }
                rest.extend(members.values());
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    Ok(found)
}

fn resolve(base: &str, reference: &str) -> Result<String> {
    if reference.starts_with('/') || reference.contains([':', '\\']) {
        bail!("{path}: `$ref` to `{reference}`: only relative paths can be bundled", path = base);
    }
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    bail!("{base}: `$ref` to `{reference}` leaves the folder `schemas`");
                }
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::files;
    use serde_json::json;

    #[test]
    fn references_are_found_at_any_depth() {
        let document = json!({
            "$schema": "../../dialect/questionnaire-1.schema.json",
            "allOf": [{ "$ref": "../../instruments/adl10.json" }, { "properties": { "a": { "$ref": "#/$defs/x" } } }],
            "lists": { "services": { "$ref": "../../lists/services.json#/all" } },
            "properties": { "$ref": { "type": "string" } }
        });
        let mut found = files("questionnaires/elder/questionnaire.json", &document).unwrap();
        found.sort();
        assert_eq!(found, ["instruments/adl10.json", "lists/services.json"]);
    }

    #[test]
    fn none_leaves_the_folder() {
        for outside in ["../../../etc/passwd", "/etc/passwd", "https://example.org/x.json", "..\\x.json"] {
            assert!(
                files("questionnaires/a/questionnaire.json", &json!({ "$ref": outside })).is_err(),
                "{outside}"
            );
        }
    }
}

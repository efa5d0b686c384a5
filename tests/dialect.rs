//! The engine's tables of the dialect and the meta-schemas that editors use say the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;

use intake::questionnaire::dialect::{INSTRUMENT, LIST, PACK, QUESTIONNAIRE};
use intake::questionnaire::{Shape, Table};
use serde_json::Value;

struct Comparison {
    schema: Value,
    faults: Vec<String>,
    seen: BTreeSet<(usize, String)>,
}

impl Comparison {
    fn resolve<'a>(&'a self, mut node: &'a Value) -> &'a Value {
        while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            node =
                self.schema.pointer(reference.trim_start_matches('#')).expect("a reference within the file");
        }
        node
    }

    fn table(&mut self, table: &'static Table, node: &Value, at: &str) {
        if !self.seen.insert((std::ptr::from_ref(table) as usize, at.to_owned()))
            || at.matches('/').count() > 12
        {
            return;
        }
        let node = merged(self.resolve(node));
        let names = |value: Option<&Value>| -> BTreeSet<String> {
            value.and_then(Value::as_object).map(|all| all.keys().cloned().collect()).unwrap_or_default()
        };
        let ours: BTreeSet<String> = table.keywords.iter().map(|keyword| keyword.name.to_owned()).collect();
        let mut theirs = names(node.get("properties"));
        theirs.retain(|name| name != "$comment" && name != "examples");
        for name in ours.symmetric_difference(&theirs) {
            let side = if ours.contains(name) { "the engine" } else { "the meta-schema" };
            self.faults.push(format!("{at}: only {side} knows `{name}`"));
        }
        let needed: BTreeSet<&str> = node
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for keyword in table.keywords {
            if keyword.required != needed.contains(keyword.name) {
                self.faults.push(format!("{at}: `{}` is required on one side only", keyword.name));
            }
            if let Some(child) = node.pointer(&format!("/properties/{}", keyword.name)) {
                self.shape(keyword.shape, child, &format!("{at}/{}", keyword.name));
            }
        }
    }

    fn shape(&mut self, shape: Shape, node: &Value, at: &str) {
        let node = self.resolve(node).clone();
        match shape {
            Shape::Object(table) => self.table(table, &node, at),
            Shape::List(inner) => {
                if let Some(items) = node.get("items") {
                    self.shape(*inner, items, &format!("{at}/*"));
                }
            }
            Shape::Map(inner) => {
                let open = node.get("additionalProperties").filter(|value| value.is_object()).cloned();
                let named = node
                    .get("patternProperties")
                    .and_then(Value::as_object)
                    .and_then(|all| all.values().next().cloned());
                if let Some(value) = open.or(named) {
                    self.shape(*inner, &value, &format!("{at}/*"));
                }
            }
            Shape::Word(words) | Shape::Words(words) => {
                let words: BTreeSet<&str> = words.iter().copied().collect();
                let inner =
                    node.get("items").map_or_else(|| node.clone(), |items| self.resolve(items).clone());
                let theirs: BTreeSet<&str> = match (inner.get("enum"), inner.get("const")) {
                    (Some(list), _) => {
                        list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
                    }
                    (None, Some(word)) => word.as_str().into_iter().collect(),
                    (None, None) => BTreeSet::new(),
                };
                if words != theirs {
                    self.faults.push(format!("{at}: the words differ: {words:?} and {theirs:?}"));
                }
            }
            Shape::Section => {
                // Two shapes under one roof: see the questionnaire's `section` definition.
            }
            _ => {}
        }
    }
}

/// Variants under one `oneOf` as one object: all their names; required is what every variant requires.
fn merged(node: &Value) -> Value {
    let mut node = node.clone();
    let variants: Vec<Value> = node.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_default();
    if node.get("properties").is_none() && variants.iter().all(|variant| variant.get("properties").is_some())
    {
        let mut properties = serde_json::Map::new();
        let mut required: Option<Vec<Value>> = None;
        for variant in &variants {
            for (name, value) in variant["properties"].as_object().into_iter().flatten() {
                let value = match value.get("const") {
                    Some(word) if properties.contains_key(name) => {
                        let mut words: Vec<Value> =
                            properties[name]["enum"].as_array().cloned().unwrap_or_default();
                        words.push(word.clone());
                        serde_json::json!({ "enum": words })
                    }
                    Some(word) => serde_json::json!({ "enum": [word] }),
                    None => value.clone(),
                };
                properties.insert(name.clone(), value);
            }
            let needed = variant["required"].as_array().cloned().unwrap_or_default();
            required = Some(match required {
                Some(all) => all.into_iter().filter(|name| needed.contains(name)).collect(),
                None => needed,
            });
        }
        node["properties"] = Value::Object(properties);
        node["required"] = Value::Array(required.unwrap_or_default());
    }
    node
}

fn compare(table: &'static Table, file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/dialect").join(file);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut comparison = Comparison { schema: schema.clone(), faults: Vec::new(), seen: BTreeSet::new() };
    comparison.table(table, &schema, "");
    assert!(comparison.faults.is_empty(), "{file}:\n{}", comparison.faults.join("\n"));
}

#[test]
fn the_questionnaires_meta_schema_knows_what_the_engine_knows() {
    compare(&QUESTIONNAIRE, "questionnaire-1.schema.json");
}

#[test]
fn the_instruments_meta_schema_knows_what_the_engine_knows() {
    compare(&INSTRUMENT, "instrument-1.schema.json");
}

#[test]
fn the_lists_meta_schema_knows_what_the_engine_knows() {
    compare(&LIST, "list-1.schema.json");
}

#[test]
fn the_language_packs_meta_schema_knows_what_the_engine_knows() {
    compare(&PACK, "language-pack-1.schema.json");
}

//! The hashes by which a record names exactly what was asked.

use serde_json::{Map, Value, json};

use super::Questionnaire;
use crate::json::{Item, canonical, sha256};

impl Questionnaire {
    /// `sha256:` and the hash of the bundled document: references replaced by what they refer to, packs included,
    /// so that it does not depend on where the files lie.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut root = self.root().map_or(Value::Null, Item::to_value);
        if let Some(sections) = root.get_mut("allOf").and_then(Value::as_array_mut) {
            for (section, file) in sections.iter_mut().zip(&self.instruments) {
                self.inline(section, *file);
            }
        }
        if let Some(lists) = root.get_mut("lists").and_then(Value::as_object_mut) {
            for (name, file) in &self.lists {
                if let Some(list) = lists.get_mut(name) {
                    self.inline(list, *file);
                }
            }
        }
        let packs: Vec<Value> = self.packs.iter().filter_map(|pack| self.bare(pack.file)).collect();
        if let Some(root) = root.as_object_mut() {
            root.remove("$schema");
        }
        sha256(&canonical::to_string(&json!({ "questionnaire": root, "packs": packs })))
    }

    /// `sha256:` and the hash of what decides: scores, rules, review intervals, and the points of choices.
    #[must_use]
    pub fn rules_hash(&self) -> String {
        let mut parts: Vec<Value> = Vec::new();
        let mut take = |item: Item<'_>| {
            for keyword in ["scores", "rules", "review", "subject"] {
                if let Some(part) = item.get(keyword) {
                    parts.push(json!({ keyword: part.to_value() }));
                }
            }
        };
        if let Some(root) = self.root() {
            take(root);
        }
        for section in self.sections() {
            take(section.body);
        }
        let points: Vec<Value> = self
            .sections()
            .flat_map(|section| section.body.get("properties").into_iter().flat_map(Item::entries))
            .filter_map(|(name, question)| {
                let choices: Map<String, Value> = question
                    .get("oneOf")?
                    .items()
                    .filter_map(|choice| {
                        Some((
                            canonical::to_string(&choice.get("const")?.to_value()),
                            choice.get("score")?.to_value(),
                        ))
                    })
                    .collect();
                (!choices.is_empty()).then(|| json!({ name: choices }))
            })
            .collect();
        sha256(&canonical::to_string(&json!({ "parts": parts, "points": points })))
    }

    fn inline(&self, reference: &mut Value, file: Option<usize>) {
        if let (Some(content), Some(object)) =
            (file.and_then(|file| self.bare(file)), reference.as_object_mut())
        {
            object.insert("$ref".into(), content);
        }
    }

    /// A file's content without its `$schema`, which is an address and says nothing.
    fn bare(&self, file: usize) -> Option<Value> {
        let mut value = self.file_root(file)?.to_value();
        if let Some(object) = value.as_object_mut() {
            object.remove("$schema");
        }
        Some(value)
    }
}

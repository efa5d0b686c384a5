//! The hashes by which a record names exactly what was asked.

use serde_json::{Map, Value, json};

use super::Questionnaire;
use crate::json::{Item, View, canonical, sha256};

impl Questionnaire {
    /// `sha256:` and the hash of the bundled document: references replaced by what they refer to, packs included,
    /// so that it does not depend on where the files lie.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let members = self.root().into_iter().flat_map(Item::entries).filter(|(name, _)| *name != "$schema");
        let root = members.map(|(name, item)| (name, self.bundled(name, item))).collect();
        let packs = self.packs.iter().filter_map(|pack| self.bare(pack.file));
        let whole = vec![("questionnaire", canonical::object(root)), ("packs", canonical::array(packs))];
        sha256(&canonical::object(whole))
    }

    /// The canonical text of a member of the root, with what it refers to in it.
    fn bundled(&self, name: &str, item: Item<'_>) -> String {
        match (name, item.view()) {
            ("allOf", View::Array) => {
                let files = self.instruments.iter().copied().chain(std::iter::repeat(None));
                canonical::array(item.items().zip(files).map(|(section, file)| self.inlined(section, file)))
            }
            ("lists", View::Object) => {
                let file =
                    |name: &str| self.lists.iter().find(|(list, _)| list == name).and_then(|list| list.1);
                let lists = item.entries().map(|(name, list)| (name, self.inlined(list, file(name))));
                canonical::object(lists.collect())
            }
            _ => canonical::item_to_string(item),
        }
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

    /// A reference with the content of the file in the place of its path.
    fn inlined(&self, reference: Item<'_>, file: Option<usize>) -> String {
        match file.and_then(|file| self.bare(file)) {
            Some(content) if reference.is_object() => {
                let beside = reference.entries().filter(|(name, _)| *name != "$ref");
                let beside = beside.map(|(name, item)| (name, canonical::item_to_string(item)));
                canonical::object(beside.chain([("$ref", content)]).collect())
            }
            _ => canonical::item_to_string(reference),
        }
    }

    /// A file's content without its `$schema`, which is an address and says nothing.
    fn bare(&self, file: usize) -> Option<String> {
        let root = self.file_root(file)?;
        if !root.is_object() {
            return Some(canonical::item_to_string(root));
        }
        let members = root.entries().filter(|(name, _)| *name != "$schema");
        Some(canonical::object(members.map(|(name, item)| (name, canonical::item_to_string(item))).collect()))
    }
}

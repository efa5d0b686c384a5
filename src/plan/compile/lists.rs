use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Compiler;
use crate::diagnostic::codes;
use crate::json::Item;
use crate::plan::{Choice, List, ListEntry, ListId};
use crate::value::Value;

/// More entries than this no list has that a person chooses from: it would fill the memory of a tablet.
const MOST_ENTRIES: usize = 250_000;

impl Compiler<'_> {
    /// Reads the shared lists.
    #[inline(never)]
    pub(super) fn lists(&mut self) {
        let questionnaire = self.questionnaire;
        for (name, body, file) in questionnaire.lists() {
            let list = self.list(name, body, file);
            self.lists.push(list);
        }
    }

    fn list(&mut self, name: &str, body: Item<'_>, file: usize) -> List {
        let (mut entries, mut by_code) = (Vec::new(), BTreeMap::new());
        for item in body.get("entries").into_iter().flat_map(Item::items) {
            let (Some(code), Some(title)) = (item.text_of("code"), item.get("title")) else { continue };
            if entries.len() >= MOST_ENTRIES {
                let message = format!("the list `{name}` has more than {MOST_ENTRIES} entries");
                self.error(codes::PLAN_LIMIT, message, item.place()).help =
                    Some("split it, such as into a list for each part of the country".into());
                break;
            }
            let code: Arc<str> = code.into();
            let index = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            if by_code.insert(Arc::clone(&code), index).is_some() {
                let place = item.get("code").map_or_else(|| item.place(), Item::place);
                self.error(
                    codes::PLAN_CHOICES,
                    format!("the list `{name}` has the code `{code}` twice"),
                    place,
                );
                continue;
            }
            let packs = self.questionnaire.packs_of(file);
            let Some(label) =
                self.text_with(Some(title), None, |language| packs.text(language, &["entries", &code]))
            else {
                continue;
            };
            let columns = item
                .entries()
                .filter(|(column, _)| *column != "title")
                .filter_map(|(column, value)| {
                    let text = match value.text() {
                        Some(text) => text.to_owned(),
                        None => match value.boolean() {
                            Some(value) => value.to_string(),
                            None => value.decimal()?.normalize().to_string(),
                        },
                    };
                    Some((Arc::from(column), Arc::from(text)))
                })
                .collect();
            let choice =
                Choice { value: Value::Text(Arc::clone(&code)), code, label, score: None, picture: None };
            entries.push(ListEntry { choice, columns });
        }
        let codes = entries.iter().map(|entry: &ListEntry| Arc::clone(&entry.choice.code)).collect();
        let columns: BTreeSet<Arc<str>> =
            entries.iter().flat_map(|entry| entry.columns.keys().cloned()).collect();
        List {
            id: name.into(),
            entries,
            by_code,
            codes,
            columns: columns.into_iter().collect(),
            by_column: BTreeMap::new(),
        }
    }

    /// The list of a name.
    pub(super) fn find_list(&self, name: &str) -> Option<ListId> {
        let index = self.lists.iter().position(|list| &*list.id == name)?;
        u32::try_from(index).ok().map(ListId)
    }

    /// The columns that a filter over a list can read.
    pub(super) fn columns_of(&self, list: ListId) -> Vec<Arc<str>> {
        self.lists.get(list.0 as usize).map(|list| list.columns.clone()).unwrap_or_default()
    }
}

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Localised;
use crate::expression::ChoiceSet;
use crate::value::{Decimal, Value};

/// One of the answers that a question offers.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is recorded: a text code or a whole number.
    pub value: Value,
    /// The code as text: for messages, packs and expressions.
    pub code: Arc<str>,
    /// What a person reads.
    pub label: Localised,
    /// Points for a score.
    pub score: Option<Decimal>,
    /// A picture, as the path of an SVG on a grid of 24.
    pub picture: Option<Arc<str>>,
}

/// Where a question's choices come from.
#[derive(Clone, Debug)]
pub enum ChoiceSource {
    /// Written at the question.
    Own(Vec<Choice>),
    /// A shared list.
    List(ListId),
}

/// An index into [`super::Plan::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// A list that questions share, kept apart so that an agency changes it alone.
#[derive(Clone, Debug)]
pub struct List {
    /// Its id.
    pub id: Arc<str>,
    /// In the order of the file.
    pub entries: Vec<ListEntry>,
    pub(crate) by_code: BTreeMap<Arc<str>, u32>,
    /// The codes, shared by the types of all questions that offer them.
    pub(crate) codes: ChoiceSet,
    /// The names of the columns that an entry can have.
    pub(crate) columns: Vec<Arc<str>>,
    /// For columns that a filter compares: their values, and the entries that have each, in order.
    pub(crate) by_column: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Vec<u32>>>,
}

impl List {
    /// Makes the entries findable by a column.
    pub(crate) fn index(&mut self, column: &Arc<str>) {
        if self.by_column.contains_key(column) {
            return;
        }
        let mut values: BTreeMap<Arc<str>, Vec<u32>> = BTreeMap::new();
        for (at, entry) in (0..).zip(&self.entries) {
            if let Some(value) = entry.columns.get(column) {
                values.entry(Arc::clone(value)).or_default().push(at);
            }
        }
        self.by_column.insert(Arc::clone(column), values);
    }

    /// The entries that have this in a column, in order; none if the column is not findable.
    pub(crate) fn with(&self, column: &str, value: &str) -> Option<impl Iterator<Item = &ListEntry>> {
        let found = self.by_column.get(column)?.get(value);
        let at = found.into_iter().flatten();
        Some(at.filter_map(|at| self.entries.get(usize::try_from(*at).ok()?)))
    }

    /// The entry of a code.
    #[must_use]
    pub fn entry(&self, code: &str) -> Option<&ListEntry> {
        let index = *self.by_code.get(code)?;
        self.entries.get(usize::try_from(index).ok()?)
    }
}

/// An entry of a [`List`].
#[derive(Clone, Debug)]
pub struct ListEntry {
    /// What is recorded, and what a person reads.
    pub choice: Choice,
    /// Further columns, for filters.
    pub columns: BTreeMap<Arc<str>, Arc<str>>,
}

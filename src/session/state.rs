//! What a session holds of a question in a row.

use super::account::Accounts;
use super::issue::Issue;
use super::keys::Keys;
use super::sums::Sums;
use crate::expression::{FieldId, RowId};
use crate::plan::{CheckId, QuestionId};
use crate::value::{Absence, Informant, Truth, Value};

/// The address of a question in a row, or in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The question's field.
    pub field: FieldId,
    /// The row, or [`RowId::FORM`].
    pub row: RowId,
}

impl Node {
    /// A question of the form.
    #[must_use]
    pub const fn form(question: QuestionId) -> Self {
        Self::new(question, RowId::FORM)
    }

    /// A question in a row.
    #[must_use]
    pub const fn new(question: QuestionId, row: RowId) -> Self {
        Self { field: FieldId(question.0), row }
    }

    /// The question.
    #[must_use]
    pub const fn question(self) -> QuestionId {
        QuestionId(self.field.0)
    }
}

/// A question in a row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// As it was given or calculated; kept while the question is hidden.
    pub(super) value: Option<Value>,
    pub(super) absence: Option<Absence>,
    pub(super) informant: Informant,
    /// What others said; it is only kept.
    pub(super) accounts: Accounts,
    pub(super) relevance: Truth,
    pub(super) required: bool,
    pub(super) read_only: bool,
    /// What is wrong with the value that is there.
    pub(super) issues: Vec<Issue>,
    /// Of a repeat that has or had rows; the other cells stay small.
    list: Option<Box<RowList>>,
}

/// The rows of a repeat.
#[derive(Clone, Debug, Default)]
pub(super) struct RowList {
    /// In order. Those from `shown` on are put aside: the answer that counts them asks for fewer.
    pub(super) rows: Vec<RowId>,
    pub(super) shown: usize,
    pub(super) keys: Keys,
    pub(super) sums: Sums,
}

impl Cell {
    pub(super) const fn new() -> Self {
        Self {
            value: None,
            absence: None,
            informant: Informant::Own,
            accounts: Accounts::new(),
            relevance: Truth::Unknown,
            required: false,
            read_only: false,
            issues: Vec::new(),
            list: None,
        }
    }

    /// All rows, also those that are put aside.
    pub(super) fn rows(&self) -> &[RowId] {
        self.list.as_deref().map_or(&[], |list| &list.rows)
    }

    /// The rows that are not put aside.
    pub(super) fn shown(&self) -> &[RowId] {
        self.list.as_deref().map_or(&[], |list| list.rows.get(..list.shown).unwrap_or(&list.rows))
    }

    pub(super) fn keys(&self) -> Option<&Keys> {
        self.list.as_deref().map(|list| &list.keys)
    }

    pub(super) fn sums(&self) -> Option<&Sums> {
        self.list.as_deref().map(|list| &list.sums)
    }

    pub(super) fn list_mut(&mut self) -> &mut RowList {
        self.list.get_or_insert_default()
    }

    /// Drops a check from what is wrong; whether it was there.
    pub(super) fn drop_check(&mut self, check: CheckId) -> bool {
        let before = self.issues.len();
        self.issues.retain(|issue| issue.check != Some(check));
        before != self.issues.len()
    }
}

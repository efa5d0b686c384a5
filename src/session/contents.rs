//! What was said in a row or in the whole form, apart from what follows from it: for snapshots, and to bring a removed
//! row back.

use std::collections::BTreeMap;

use super::{Accounts, Node, Session};
use crate::expression::RowId;
use crate::plan::{Plan, QuestionId};
use crate::value::{Absence, Informant, Value};

/// What was said of the questions of a row, or of the form. A question of which nothing was said is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents(pub BTreeMap<QuestionId, Said>);

/// What was said of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its answer, whether it is asked now or not.
    pub value: Option<Value>,
    /// Why it has none.
    pub absence: Option<Absence>,
    /// Who it comes from.
    pub informant: Informant,
    /// What others said.
    pub accounts: Accounts,
    /// The rows of a repeat in order, with those that are put aside.
    pub rows: Vec<(RowId, Contents)>,
}

impl Contents {
    /// How many rows are in it, with those in rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        let rows = self.0.values().flat_map(|said| &said.rows);
        rows.map(|(_, contents)| 1 + contents.row_count()).sum()
    }
}

impl Session {
    /// What was said in a row, or in the form.
    #[must_use]
    pub fn contents(&self, row: RowId) -> Contents {
        let Some(repeat) = self.rows.get(row).map(|row| row.repeat) else { return Contents::default() };
        let said = self.questions_of(repeat).into_iter().filter_map(|question| {
            let cell = self.rows.cell(&self.plan, Node::new(question, row))?;
            // What is calculated follows from the rest.
            let said = self.plan.question(question).is_asked().then(|| Said {
                value: cell.value.clone(),
                absence: cell.absence,
                informant: cell.informant,
                accounts: cell.accounts.clone(),
                rows: cell.rows().iter().map(|row| (*row, self.contents(*row))).collect(),
            })?;
            (said != Said::default()).then_some((question, said))
        });
        Contents(said.collect())
    }

    pub(super) fn questions_of(&self, repeat: Option<QuestionId>) -> Vec<QuestionId> {
        match repeat.and_then(|repeat| self.plan.question(repeat).repeat()) {
            Some(repeat) => repeat.columns.clone(),
            None => self.plan.question_ids().filter(|id| self.plan.question(*id).parent.is_none()).collect(),
        }
    }

    /// Puts contents into a row that is empty; whether all of it found its place.
    pub(super) fn fill_contents(&mut self, plan: &Plan, row: RowId, contents: &Contents) -> bool {
        let mut complete = true;
        for (question, said) in &contents.0 {
            let node = Node::new(*question, row);
            let Some(cell) = self.rows.cell_mut(plan, node) else {
                complete = false;
                continue;
            };
            cell.value.clone_from(&said.value);
            cell.absence = said.absence;
            cell.informant = said.informant;
            cell.accounts.clone_from(&said.accounts);
            for (at, (row, inside)) in said.rows.iter().enumerate() {
                complete &= self.rows.reach(*row)
                    && self.rows.takes(plan, *question)
                    && self.rows.put(plan, node, *row, at)
                    && self.fill_contents(plan, *row, inside);
            }
        }
        complete
    }
}

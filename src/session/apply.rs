use std::sync::Arc;

use super::command::RemovedRow;
use super::{Accounts, ChangeSet, Command, Node, Refusal, Session, Target, What};
use crate::expression::RowId;
use crate::plan::{AnswerKind, LanguageId, Plan};
use crate::value::{Absence, Informant, Value};

/// What became of a command.
pub(super) struct Applied {
    pub(super) changes: ChangeSet,
    /// The command that takes it back; none if it changed nothing.
    pub(super) inverse: Option<Command>,
}

impl Session {
    /// Carries out a command and tells what it changed.
    ///
    /// # Errors
    /// Says why it cannot be carried out; nothing has changed then.
    pub fn apply(&mut self, command: Command) -> Result<ChangeSet, Refusal> {
        self.carry_out(command, false).map(|applied| applied.changes)
    }

    /// Carries out a command; one that takes another back is not held up by a lock that the other has closed.
    pub(super) fn carry_out(&mut self, command: Command, takes_back: bool) -> Result<Applied, Refusal> {
        let plan = Arc::clone(&self.plan);
        let mut changes = ChangeSet::default();
        let inverse = match command {
            Command::Answer { node, value } => {
                self.answerable(&plan, node, takes_back)?;
                self.answer(&plan, node, value, &mut changes)?
            }
            Command::Absent { node, absence } => {
                self.answerable(&plan, node, takes_back)?;
                self.absent(&plan, node, absence, &mut changes)?
            }
            Command::Inform { node, informant } => {
                self.answerable(&plan, node, takes_back)?;
                let value = self.raw_value(node).cloned();
                let absence = self.rows.cell(&plan, node).and_then(|cell| cell.absence);
                self.put(&plan, node, (value, absence, informant), None, &mut changes)
            }
            Command::Put { node, value, absence, informant, accounts } => {
                self.answerable(&plan, node, takes_back)?;
                self.fits(&plan, node, value.as_ref(), absence)?;
                if accounts.as_ref().is_some_and(|accounts| !self.accounts_fit(&plan, node, accounts)) {
                    return Err(Refusal::WrongType);
                }
                let value = value.filter(|value| !value.is_blank() && absence.is_none());
                self.put(&plan, node, (value, absence, informant), accounts, &mut changes)
            }
            Command::AddRow { repeat, at } => self.add_row(&plan, repeat, at, takes_back, &mut changes)?,
            Command::RemoveRow { row } => self.remove_row(&plan, row, takes_back, &mut changes)?,
            Command::RestoreRow(row) => self.restore_row(&plan, &row, takes_back, &mut changes)?,
            Command::MoveRow { row, to } => self.move_row(&plan, row, to, takes_back, &mut changes)?,
            Command::Language(language) => self.speak(&plan, language, &mut changes)?,
        };
        self.settle(&mut changes);
        Ok(Applied { changes, inverse })
    }

    fn answerable(&self, plan: &Plan, node: Node, unlocked: bool) -> Result<(), Refusal> {
        let cell = self.rows.cell(plan, node).ok_or(Refusal::NoSuchNode)?;
        let question = plan.question(node.question());
        if !question.is_asked() || question.repeat().is_some() {
            return Err(Refusal::NotAnswerable);
        }
        if cell.read_only && !unlocked { Err(Refusal::ReadOnly) } else { Ok(()) }
    }

    pub(super) fn fits(
        &self,
        plan: &Plan,
        node: Node,
        value: Option<&Value>,
        absence: Option<Absence>,
    ) -> Result<(), Refusal> {
        let question = plan.question(node.question());
        if value.is_some_and(|value| !fits(&question.kind, value)) {
            return Err(Refusal::WrongType);
        }
        if absence.is_some_and(|absence| !question.absences.contains(&absence)) {
            return Err(Refusal::AbsenceNotOffered);
        }
        Ok(())
    }

    fn answer(
        &mut self,
        plan: &Plan,
        node: Node,
        value: Option<Value>,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        let value = value.filter(|value| !value.is_blank());
        self.fits(plan, node, value.as_ref(), None)?;
        Ok(self.put(plan, node, (value, None, self.given_informant(plan, node)), None, changes))
    }

    fn absent(
        &mut self,
        plan: &Plan,
        node: Node,
        absence: Option<Absence>,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        self.fits(plan, node, None, absence)?;
        let value = match absence {
            Some(_) => None,
            None => self.raw_value(node).cloned(),
        };
        Ok(self.put(plan, node, (value, absence, self.given_informant(plan, node)), None, changes))
    }

    fn given_informant(&self, plan: &Plan, node: Node) -> Informant {
        self.rows.cell(plan, node).map_or(Informant::Own, |cell| cell.informant)
    }

    fn put(
        &mut self,
        plan: &Plan,
        node: Node,
        (value, absence, informant): (Option<Value>, Option<Absence>, Informant),
        accounts: Option<Accounts>,
        changes: &mut ChangeSet,
    ) -> Option<Command> {
        let cell = self.rows.cell_mut(plan, node)?;
        let changed = cell.value != value || cell.absence != absence;
        let accounts = accounts.filter(|accounts| *accounts != cell.accounts);
        if !changed && cell.informant == informant && accounts.is_none() {
            return None;
        }
        let asked = cell.relevance.is_true();
        let inverse = Command::Put {
            node,
            value: std::mem::replace(&mut cell.value, value),
            absence: std::mem::replace(&mut cell.absence, absence),
            informant: std::mem::replace(&mut cell.informant, informant),
            accounts: accounts.map(|accounts| std::mem::replace(&mut cell.accounts, accounts)),
        };
        changes.add(Target::Node(node), What::VALUE);
        if changed {
            self.revalidate(plan, node, changes);
        }
        // What is hidden reads as empty, whatever it is.
        if changed && asked {
            self.field_changed(plan, node.field, node.row);
        }
        Some(inverse)
    }

    /// A repeat whose rows may be changed by hand.
    fn changeable(&self, plan: &Plan, node: Node, unlocked: bool) -> Result<(), Refusal> {
        let cell = self.rows.cell(plan, node).ok_or(Refusal::NoSuchNode)?;
        let repeat = plan.question(node.question()).repeat().ok_or(Refusal::NotAnswerable)?;
        if repeat.count_from.is_some() {
            return Err(Refusal::CountedRows);
        }
        if cell.read_only && !unlocked { Err(Refusal::ReadOnly) } else { Ok(()) }
    }

    /// The repeat in whose rows a row stands, if its rows may be changed by hand.
    fn repeat_of(&self, plan: &Plan, row: RowId, unlocked: bool) -> Result<Node, Refusal> {
        let state = self.rows.get(row).ok_or(Refusal::NoSuchRow)?;
        let node = Node::new(state.repeat.ok_or(Refusal::NoSuchRow)?, state.parent);
        self.changeable(plan, node, unlocked)?;
        Ok(node)
    }

    fn add_row(
        &mut self,
        plan: &Plan,
        node: Node,
        at: Option<usize>,
        unlocked: bool,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        self.changeable(plan, node, unlocked)?;
        let row = self.rows.add(plan, node, at.unwrap_or(usize::MAX)).ok_or(Refusal::TooManyRows)?;
        self.rows.fill_defaults(plan, row);
        self.revalidate_row(plan, row, changes);
        self.row_came(plan, node, row, changes);
        Ok(Some(Command::RemoveRow { row }))
    }

    fn row_came(&mut self, plan: &Plan, node: Node, row: RowId, changes: &mut ChangeSet) {
        self.queue_row(plan, row);
        if let Some(next) = self.rows.neighbour(plan, row, 1) {
            self.queue_previous(plan, next);
        }
        self.rows_changed(plan, node, changes);
    }

    fn remove_row(
        &mut self,
        plan: &Plan,
        row: RowId,
        unlocked: bool,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        let node = self.repeat_of(plan, row, unlocked)?;
        let contents = self.contents(row);
        let next = self.rows.neighbour(plan, row, 1);
        let at = self.rows.take_out(plan, node, row).ok_or(Refusal::NoSuchRow)?;
        if let Some(cell) = self.rows.cell_mut(plan, node) {
            let list = cell.list_mut();
            list.keys.set(row, None);
            list.sums.drop_row(row);
        }
        for row in self.rows.within(row) {
            self.work += 1;
            let repeat = self.rows.get(row).and_then(|row| row.repeat);
            let tasks = repeat.and_then(|repeat| plan.graph.row_tasks.get(&repeat));
            for task in tasks.into_iter().flatten() {
                self.labels.remove(&(*task, row));
            }
        }
        self.rows.remove(row);
        if let Some(next) = next {
            self.queue_previous(plan, next);
        }
        self.rows_changed(plan, node, changes);
        Ok(Some(Command::RestoreRow(Box::new(RemovedRow { repeat: node, row, at, contents }))))
    }

    fn restore_row(
        &mut self,
        plan: &Plan,
        removed: &RemovedRow,
        unlocked: bool,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        let RemovedRow { repeat: node, row, at, contents } = removed;
        self.changeable(plan, *node, unlocked)?;
        if self.rows.get(*row).is_some() {
            return Err(Refusal::RowIsThere);
        }
        let there = self.rows.reach(*row)
            && self.rows.takes(plan, node.question())
            && self.rows.put(plan, *node, *row, *at);
        if !there {
            return Err(Refusal::TooManyRows);
        }
        if !self.fill_contents(plan, *row, contents) {
            self.rows.take_out(plan, *node, *row);
            self.rows.remove(*row);
            return Err(Refusal::TooManyRows);
        }
        for row in self.rows.within(*row).into_iter().rev() {
            self.work += 1;
            self.revalidate_row(plan, row, changes);
            self.queue_row(plan, row);
        }
        self.row_came(plan, *node, *row, changes);
        Ok(Some(Command::RemoveRow { row: *row }))
    }

    fn move_row(
        &mut self,
        plan: &Plan,
        row: RowId,
        to: usize,
        unlocked: bool,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        let node = self.repeat_of(plan, row, unlocked)?;
        let after = self.rows.neighbour(plan, row, 1);
        let at = self.rows.take_out(plan, node, row).ok_or(Refusal::NoSuchRow)?;
        self.rows.insert(plan, node, row, to);
        if self.rows.index_of(plan, row) == Some(at) {
            return Ok(None);
        }
        for row in [Some(row), after, self.rows.neighbour(plan, row, 1)].into_iter().flatten() {
            self.queue_previous(plan, row);
        }
        self.rows_changed(plan, node, changes);
        Ok(Some(Command::MoveRow { row, to: at }))
    }

    /// Whatever reads which rows there are, or their order, runs again.
    fn rows_changed(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        changes.add(Target::Node(node), What::ROWS);
        self.check_rows_again(plan, node);
        self.field_changed(plan, node.field, node.row);
    }

    fn speak(
        &mut self,
        plan: &Plan,
        language: LanguageId,
        changes: &mut ChangeSet,
    ) -> Result<Option<Command>, Refusal> {
        if usize::from(language.0) >= plan.languages.len() {
            return Err(Refusal::NoSuchLanguage);
        }
        let old = std::mem::replace(&mut self.world.language, language);
        if old == language {
            return Ok(None);
        }
        changes.add(Target::Form, What::LABEL);
        for task in &plan.graph.language {
            self.queue_everywhere(plan, *task);
        }
        Ok(Some(Command::Language(old)))
    }
}

/// Whether a value is of the type that a question takes. What the value says is for the constraints.
pub(super) fn fits(kind: &AnswerKind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (AnswerKind::Boolean, Value::Boolean(_))
            | (AnswerKind::Number { .. } | AnswerKind::Choice { numbers: true, .. }, Value::Number(_))
            | (AnswerKind::Text(_) | AnswerKind::Choice { numbers: false, .. }, Value::Text(_))
            | (AnswerKind::Date(_), Value::Date(_))
            | (AnswerKind::Time, Value::Time(_))
            | (AnswerKind::Choices { .. }, Value::Codes(_))
    )
}

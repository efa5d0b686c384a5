use std::sync::Arc;

use super::{ChangeSet, Command, Node, Refusal, Session, Target, What};
use crate::expression::RowId;
use crate::plan::{AnswerKind, LanguageId, Plan};
use crate::value::{Absence, Informant, Value};

impl Session {
    /// Carries out a command and tells what it changed.
    ///
    /// # Errors
    /// Says why it cannot be carried out; nothing has changed then.
    pub fn apply(&mut self, command: Command) -> Result<ChangeSet, Refusal> {
        let plan = Arc::clone(&self.plan);
        let mut changes = ChangeSet::default();
        match command {
            Command::Answer { node, value } => self.answer(&plan, node, value, &mut changes)?,
            Command::Absent { node, absence } => self.absent(&plan, node, absence, &mut changes)?,
            Command::Inform { node, informant } => self.inform(&plan, node, informant, &mut changes)?,
            Command::AddRow { repeat, at } => self.add_row(&plan, repeat, at, &mut changes)?,
            Command::RemoveRow { row } => self.remove_row(&plan, row, &mut changes)?,
            Command::MoveRow { row, to } => self.move_row(&plan, row, to, &mut changes)?,
            Command::Language(language) => self.speak(&plan, language, &mut changes)?,
        }
        self.settle(&mut changes);
        Ok(changes)
    }

    fn answerable(&self, plan: &Plan, node: Node) -> Result<(), Refusal> {
        let cell = self.rows.cell(plan, node).ok_or(Refusal::NoSuchNode)?;
        let question = plan.question(node.question());
        if !question.is_asked() || question.repeat().is_some() {
            return Err(Refusal::NotAnswerable);
        }
        if cell.read_only { Err(Refusal::ReadOnly) } else { Ok(()) }
    }

    fn answer(
        &mut self,
        plan: &Plan,
        node: Node,
        value: Option<Value>,
        changes: &mut ChangeSet,
    ) -> Result<(), Refusal> {
        self.answerable(plan, node)?;
        let value = value.filter(|value| !value.is_blank());
        if let Some(value) = &value
            && !fits(&plan.question(node.question()).kind, value)
        {
            return Err(Refusal::WrongType);
        }
        self.put(plan, node, value, None, changes);
        Ok(())
    }

    fn absent(
        &mut self,
        plan: &Plan,
        node: Node,
        absence: Option<Absence>,
        changes: &mut ChangeSet,
    ) -> Result<(), Refusal> {
        self.answerable(plan, node)?;
        if absence.is_some_and(|absence| !plan.question(node.question()).absences.contains(&absence)) {
            return Err(Refusal::AbsenceNotOffered);
        }
        let value = match absence {
            Some(_) => None,
            None => self.raw_value(node).cloned(),
        };
        self.put(plan, node, value, absence, changes);
        Ok(())
    }

    fn put(
        &mut self,
        plan: &Plan,
        node: Node,
        value: Option<Value>,
        absence: Option<Absence>,
        changes: &mut ChangeSet,
    ) {
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        if cell.value == value && cell.absence == absence {
            return;
        }
        cell.value = value;
        cell.absence = absence;
        changes.add(Target::Node(node), What::VALUE);
        self.revalidate(plan, node, changes);
        self.field_changed(plan, node.field, node.row);
    }

    fn inform(
        &mut self,
        plan: &Plan,
        node: Node,
        informant: Informant,
        changes: &mut ChangeSet,
    ) -> Result<(), Refusal> {
        self.answerable(plan, node)?;
        if let Some(cell) = self.rows.cell_mut(plan, node)
            && cell.informant != informant
        {
            cell.informant = informant;
            changes.add(Target::Node(node), What::VALUE);
        }
        Ok(())
    }

    fn add_row(
        &mut self,
        plan: &Plan,
        node: Node,
        at: Option<usize>,
        changes: &mut ChangeSet,
    ) -> Result<(), Refusal> {
        let cell = self.rows.cell(plan, node).ok_or(Refusal::NoSuchNode)?;
        let read_only = cell.read_only;
        let repeat = plan.question(node.question()).repeat().ok_or(Refusal::NotAnswerable)?;
        if repeat.count_from.is_some() {
            return Err(Refusal::CountedRows);
        }
        if read_only {
            return Err(Refusal::ReadOnly);
        }
        let row = self.rows.add(plan, node.question(), node.row).ok_or(Refusal::TooManyRows)?;
        self.rows.fill_defaults(plan, row);
        if let Some(cell) = self.rows.cell_mut(plan, node) {
            let at = at.unwrap_or(cell.rows.len()).min(cell.rows.len());
            cell.rows.insert(at, row);
            cell.shown_rows = cell.rows.len();
        }
        self.enqueue_row(row);
        self.rows_changed(plan, node, changes);
        Ok(())
    }

    /// The repeat in whose rows a row stands, if its rows may be changed by hand.
    fn changeable_rows(&self, plan: &Plan, row: RowId) -> Result<Node, Refusal> {
        let state = self.rows.get(row).ok_or(Refusal::NoSuchRow)?;
        let node = Node::new(state.repeat.ok_or(Refusal::NoSuchRow)?, state.parent);
        let repeat = plan.question(node.question()).repeat().ok_or(Refusal::NoSuchRow)?;
        if repeat.count_from.is_some() {
            return Err(Refusal::CountedRows);
        }
        if self.read_only(node) { Err(Refusal::ReadOnly) } else { Ok(node) }
    }

    fn remove_row(&mut self, plan: &Plan, row: RowId, changes: &mut ChangeSet) -> Result<(), Refusal> {
        let node = self.changeable_rows(plan, row)?;
        if let Some(cell) = self.rows.cell_mut(plan, node) {
            cell.rows.retain(|other| *other != row);
            cell.shown_rows = cell.rows.len();
        }
        self.rows.remove(row);
        self.rows_changed(plan, node, changes);
        Ok(())
    }

    fn move_row(
        &mut self,
        plan: &Plan,
        row: RowId,
        to: usize,
        changes: &mut ChangeSet,
    ) -> Result<(), Refusal> {
        let node = self.changeable_rows(plan, row)?;
        if let Some(cell) = self.rows.cell_mut(plan, node) {
            cell.rows.retain(|other| *other != row);
            cell.rows.insert(to.min(cell.rows.len()), row);
        }
        self.rows_changed(plan, node, changes);
        Ok(())
    }

    /// Whatever reads which rows there are, or their order, runs again; what reads the row before runs in each.
    fn rows_changed(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        changes.add(Target::Node(node), What::ROWS);
        if let Some(task) = plan.graph.rows.get(node.question().index()).copied().flatten() {
            self.queue.insert((task, node.row));
        }
        self.field_changed(plan, node.field, node.row);
    }

    fn speak(&mut self, plan: &Plan, language: LanguageId, changes: &mut ChangeSet) -> Result<(), Refusal> {
        if usize::from(language.0) >= plan.languages.len() {
            return Err(Refusal::NoSuchLanguage);
        }
        if self.world.language != language {
            self.world.language = language;
            changes.add(Target::Form, What::LABEL);
        }
        Ok(())
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

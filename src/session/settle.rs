//! Recomputing what a change calls for, in the order in which things depend on each other, and no further than
//! values really change.
#![allow(clippy::indexing_slicing, reason = "ids are given by the plan, whose tables have a place for each")]

use std::collections::BTreeSet;
use std::sync::Arc;

use super::issue::{Issue, IssueKind};
use super::validate::{count_issues, value_issues};
use super::wire::value_to_json;
use super::{Age, ChangeSet, Node, Session, Target, What};
use crate::expression::{FieldId, Program, RowId};
use crate::json::canonical;
use crate::plan::{Dependent, Plan, QuestionId, ScoreId, SectionId, Task, TaskId, Via};
use crate::scoring;
use crate::value::{DatePrecision, Decimal, Interval, PartialDate, Truth, Value};

impl Session {
    /// Runs what is queued until nothing changes any more. Ends because the tasks of a plan form no ring: a task
    /// queues only later ones, or itself in a later row.
    pub(super) fn settle(&mut self, changes: &mut ChangeSet) {
        let plan = Arc::clone(&self.plan);
        while let Some((id, row)) = self.queue.pop_first() {
            let Some(task) = plan.graph.tasks.get(id.0 as usize) else { continue };
            if self.rows.get(row).is_none() {
                continue;
            }
            match *task {
                Task::Section(section) => self.section_task(&plan, section, changes),
                Task::Relevance(question) => self.relevance_task(&plan, Node::new(question, row), changes),
                Task::Calculate(question) => self.calculate_task(&plan, Node::new(question, row), changes),
                Task::Required(question) => {
                    let required = plan.question(question).required_if.as_ref();
                    let required = required.is_some_and(|program| program.test(self, row).is_true());
                    self.flag(&plan, Node::new(question, row), required, What::REQUIRED, changes);
                }
                Task::ReadOnly(question) => {
                    let locked = self.locked(&plan, question, row);
                    self.flag(&plan, Node::new(question, row), locked, What::READ_ONLY, changes);
                }
                Task::Choices(question) => {
                    changes.add(Target::Node(Node::new(question, row)), What::CHOICES);
                    self.revalidate(&plan, Node::new(question, row), changes);
                }
                Task::Rows(question) => self.rows_task(&plan, Node::new(question, row), changes),
                Task::Check(check) => self.check_task(&plan, check, row, changes),
                Task::Score(score) => self.score_task(&plan, score, changes),
                Task::Age => self.age_task(&plan, changes),
            }
        }
    }

    /// Queues everything that runs in a row.
    pub(super) fn enqueue_row(&mut self, row: RowId) {
        let Some(repeat) = self.rows.get(row).and_then(|row| row.repeat) else { return };
        let plan = Arc::clone(&self.plan);
        for task in plan.graph.row_tasks.get(&repeat).into_iter().flatten() {
            self.queue.insert((*task, row));
        }
    }

    /// Queues whatever reads a field that has changed in a row.
    pub(super) fn field_changed(&mut self, plan: &Plan, field: FieldId, row: RowId) {
        for Dependent { task, via } in plan.graph.dependents(field) {
            self.enqueue(plan, *task, *via, row);
        }
    }

    fn enqueue(&mut self, plan: &Plan, task: TaskId, via: Via, row: RowId) {
        let owner = plan.graph.owners.get(task.0 as usize).copied().flatten();
        let base = match via {
            Via::Field => Some(row),
            Via::Previous => {
                if let Some(next) = self.next_row(plan, row) {
                    self.queue.insert((task, next));
                }
                return;
            }
            // Whoever reads the whole column stands somewhere around or beside the rows.
            Via::Column(repeat) => {
                self.rows.climb(row, Some(repeat)).and_then(|row| Some(self.rows.get(row)?.parent))
            }
        };
        let Some(base) = base else { return };
        for row in self.rows_of_task(plan, owner, base) {
            self.queue.insert((task, row));
        }
    }

    /// In which rows a task runs whose owner is `owner`, seen from a row: the one around it, or all below it.
    fn rows_of_task(&self, plan: &Plan, owner: Option<QuestionId>, base: RowId) -> Vec<RowId> {
        if let Some(row) = self.rows.climb(base, owner) {
            return vec![row];
        }
        // From the outermost repeat that is not around the row down to the owner.
        let (mut way, mut next) = (Vec::new(), owner);
        let around = loop {
            match next {
                Some(repeat) => {
                    if let Some(row) = self.rows.climb(base, Some(repeat)) {
                        break row;
                    }
                    way.push(repeat);
                    next = plan.question(repeat).parent;
                }
                None => break RowId::FORM,
            }
        };
        let mut rows = vec![around];
        for repeat in way.into_iter().rev() {
            rows = rows
                .into_iter()
                .filter_map(|row| self.rows.cell(plan, Node::new(repeat, row)))
                .flat_map(|cell| cell.rows.iter().copied())
                .collect();
        }
        rows
    }

    fn next_row(&self, plan: &Plan, row: RowId) -> Option<RowId> {
        let state = self.rows.get(row)?;
        let rows = &self.rows.cell(plan, Node::new(state.repeat?, state.parent))?.rows;
        let at = rows.iter().position(|other| *other == row)?;
        rows.get(at + 1).copied()
    }

    fn section_task(&mut self, plan: &Plan, section: SectionId, changes: &mut ChangeSet) {
        let truth =
            condition(plan.section(section).visible_if.as_ref(), |program| program.test(self, RowId::FORM));
        if self.sections[section.index()] == truth {
            return;
        }
        self.sections[section.index()] = truth;
        changes.add(Target::Section(section), What::RELEVANCE);
        for question in &plan.section(section).questions {
            self.queue.insert((plan.graph.relevance[question.index()], RowId::FORM));
        }
    }

    fn relevance_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = plan.question(node.question());
        let around = match question.parent {
            None => self.sections[question.section.index()],
            Some(repeat) => self.row_relevance(plan, repeat, node.row),
        };
        let own = condition(question.visible_if.as_ref(), |program| program.test(self, node.row));
        let truth = around.and(own);
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        if cell.relevance == truth {
            return;
        }
        let shown = cell.relevance.is_true() != truth.is_true();
        cell.relevance = truth;
        let rows = cell.rows.clone();
        if shown {
            changes.add(Target::Node(node), What::RELEVANCE);
        }
        self.field_changed(plan, node.field, node.row);
        if let Some(repeat) = question.repeat() {
            for (row, column) in
                rows.iter().flat_map(|row| repeat.columns.iter().map(move |column| (*row, *column)))
            {
                self.queue.insert((plan.graph.relevance[column.index()], row));
            }
        }
    }

    /// Whether a row is asked: its repeat is, and it is among the rows that are shown.
    fn row_relevance(&self, plan: &Plan, repeat: QuestionId, row: RowId) -> Truth {
        let Some(parent) = self.rows.get(row).map(|row| row.parent) else { return Truth::False };
        let Some(cell) = self.rows.cell(plan, Node::new(repeat, parent)) else { return Truth::False };
        if cell.shown().contains(&row) { cell.relevance } else { Truth::False }
    }

    fn calculate_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let Some(program) = &plan.question(node.question()).calculate else { return };
        let value = program.value(self, node.row).filter(|value| !value.is_blank());
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        if cell.value == value {
            return;
        }
        cell.value = value;
        changes.add(Target::Node(node), What::VALUE);
        self.revalidate(plan, node, changes);
        self.field_changed(plan, node.field, node.row);
    }

    fn locked(&self, plan: &Plan, question: QuestionId, row: RowId) -> bool {
        let question = plan.question(question);
        let own = question.read_only_if.as_ref().is_some_and(|program| program.test(self, row).is_true());
        let section = plan.section(question.section).read_only_if.as_ref();
        own || section.is_some_and(|program| program.test(self, RowId::FORM).is_true())
    }

    fn flag(&mut self, plan: &Plan, node: Node, on: bool, what: What, changes: &mut ChangeSet) {
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        let flag = if what == What::REQUIRED { &mut cell.required } else { &mut cell.read_only };
        if *flag != on {
            *flag = on;
            changes.add(Target::Node(node), what);
        }
    }

    /// Looks again at what is wrong with a value, apart from checks.
    pub(super) fn revalidate(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = node.question();
        let Some(value) = self.rows.cell(plan, node).map(|cell| cell.value.clone()) else { return };
        let mut found = value.as_ref().map(|value| value_issues(plan, question, value)).unwrap_or_default();
        if let (Some(value), false) = (&value, found.iter().any(|issue| issue.kind == IssueKind::Choice))
            && !self.offers(node, value)
        {
            found.push(Issue::of(IssueKind::Choice));
        }
        self.set_issues(plan, node, found, changes);
    }

    fn set_issues(&mut self, plan: &Plan, node: Node, mut found: Vec<Issue>, changes: &mut ChangeSet) {
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        found.extend(cell.issues.iter().filter(|issue| issue.check.is_some()));
        if cell.issues != found {
            cell.issues = found;
            changes.add(Target::Node(node), What::ISSUES);
        }
    }

    fn rows_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = plan.question(node.question());
        let Some(repeat) = question.repeat() else { return };
        self.count_rows(plan, node, changes);
        let rows = self.rows(node).to_vec();
        let mut found = Vec::new();
        if !rows.is_empty() {
            count_issues(question, rows.len(), &mut found);
        }
        if !repeat.unique_key.is_empty() {
            let key = |row: &RowId| -> Option<Vec<String>> {
                let parts = repeat.unique_key.iter().map(|key| self.value(Node::new(*key, *row)));
                parts.map(|part| part.map(|value| canonical::to_string(&value_to_json(value)))).collect()
            };
            let mut seen = BTreeSet::new();
            if !rows.iter().filter_map(key).all(|key| seen.insert(key)) {
                found.push(Issue::of(IssueKind::UniqueKey));
            }
        }
        self.set_issues(plan, node, found, changes);
    }

    /// Makes the rows as many as the counting answer says; surplus ones are parked, not removed.
    fn count_rows(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        const MOST: usize = 1_000;
        let repeat = plan.question(node.question()).repeat();
        let Some(counted) = repeat.and_then(|repeat| repeat.count_from) else { return };
        let count = match self.value(Node::new(counted, node.row)) {
            Some(Value::Number(number)) => usize::try_from(*number).unwrap_or(0).min(MOST),
            _ => 0,
        };
        let Some(cell) = self.rows.cell(plan, node) else { return };
        let (before, mut there) = (cell.shown().len(), cell.rows.clone());
        while there.len() < count {
            let Some(row) = self.rows.add(plan, node.question(), node.row) else { break };
            self.rows.fill_defaults(plan, row);
            there.push(row);
        }
        if let Some(cell) = self.rows.cell_mut(plan, node) {
            cell.rows.clone_from(&there);
            cell.shown_rows = count;
        }
        if before != count {
            changes.add(Target::Node(node), What::ROWS);
            for row in there.iter().skip(before.min(count)) {
                self.enqueue_row(*row);
            }
            self.field_changed(plan, node.field, node.row);
        }
    }

    fn check_task(&mut self, plan: &Plan, id: crate::plan::CheckId, row: RowId, changes: &mut ChangeSet) {
        let check = plan.check(id);
        let fails = check.assert.test(self, row).is_false();
        match check.question {
            Some(question) => {
                let node = Node::new(question, row);
                let Some(cell) = self.rows.cell_mut(plan, node) else { return };
                let failed = cell.drop_check(id);
                if fails {
                    cell.issues.push(Issue::check(id, check.severity));
                }
                if failed != fails {
                    changes.add(Target::Node(node), What::ISSUES);
                }
            }
            None => {
                let changed = if fails { self.failed.insert(id) } else { self.failed.remove(&id) };
                if changed {
                    changes.add(Target::Form, What::ISSUES);
                }
            }
        }
    }

    fn score_task(&mut self, plan: &Plan, id: ScoreId, changes: &mut ChangeSet) {
        let result = scoring::compute(plan, id, self);
        let cell = &mut self.scores[id.index()];
        if cell.result == result {
            return;
        }
        let band = result.band.and_then(|band| plan.score(id).bands.get(band));
        cell.value = result.value.map(Value::Number);
        cell.level = result.level.map(|level| Value::Number(level.into()));
        cell.band = band.map(|band| Value::Text(Arc::clone(&band.id)));
        cell.result = result;
        changes.add(Target::Score(id), What::VALUE);
        let FieldId(field) = plan.score_field(id);
        for part in field..field + 3 {
            self.field_changed(plan, FieldId(part), RowId::FORM);
        }
    }

    fn age_task(&mut self, plan: &Plan, changes: &mut ChangeSet) {
        let age = self.age_now(plan);
        if self.age != age {
            self.age = age;
            changes.add(Target::Form, What::VALUE);
            self.field_changed(plan, plan.age_field(), RowId::FORM);
        }
    }

    fn age_now(&self, plan: &Plan) -> Age {
        let answer = |question: Option<QuestionId>| self.value(Node::form(question?));
        let Some(Value::Date(born)) = answer(plan.subject.birth_date) else { return Age::Unknown };
        let precision = match answer(plan.subject.birth_precision) {
            Some(Value::Text(word)) => match &**word {
                "day" => DatePrecision::Day,
                "month" => DatePrecision::Month,
                // An estimate is no more than a year.
                _ => DatePrecision::Year,
            },
            _ => DatePrecision::Day,
        };
        let born = born.truncated(precision);
        let years = |born: PartialDate| {
            let months = born.months_until(self.world.today)?;
            (born.day_number() <= self.world.today.day_number()).then(|| Decimal::from(months / 12))
        };
        match (years(born.latest()), years(born.earliest())) {
            (Some(least), Some(most)) if least == most => Age::Known(Value::Number(least)),
            (Some(least), Some(most)) => Age::Within(Interval::new(least, most)),
            // Born some time this year: the last day that it can be has not come.
            (None, Some(most)) => Age::Within(Interval::new(Decimal::ZERO, most)),
            _ => Age::Unknown,
        }
    }
}

/// What a condition says; true where there is none.
fn condition(program: Option<&Program>, test: impl FnOnce(&Program) -> Truth) -> Truth {
    program.map_or(Truth::True, test)
}

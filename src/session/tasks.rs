//! What each kind of task computes.
#![allow(clippy::indexing_slicing, reason = "ids are given by the plan, whose tables have a place for each")]

use std::sync::Arc;

use super::issue::{Issue, IssueKind};
use super::limits::MOST_COUNTED_ROWS;
use super::validate::{count_issues, value_issues};
use super::wire::value_to_json;
use super::{ChangeSet, Node, Session, Target, What};
use crate::expression::{FieldId, Program, RowId};
use crate::json::canonical;
use crate::plan::{CheckId, Localised, Plan, Question, QuestionId, ScoreId, SectionId, Task, TaskId};
use crate::scoring;
use crate::value::{Decimal, Truth, Value};

impl Session {
    /// Each kind is a function of its own in the module too (`inline(never)`): as one of 26 kB with the loop that calls it,
    /// a browser's optimising compiler would spend 150 ms on all of them while the first page is drawn.
    pub(super) fn run(&mut self, plan: &Plan, id: TaskId, task: Task, row: RowId, changes: &mut ChangeSet) {
        match task {
            Task::Section(section) => self.section_task(plan, section, changes),
            Task::Relevance(question) => self.relevance_task(plan, Node::new(question, row), changes),
            Task::Calculate(question) => self.calculate_task(plan, Node::new(question, row), changes),
            Task::Required(question) => {
                let required = plan.question(question).required_if.as_ref();
                let required = required.is_some_and(|program| program.test(self, row).is_true());
                self.required_task(plan, Node::new(question, row), required, changes);
            }
            Task::Lock(section) => self.lock_task(plan, section),
            Task::ReadOnly(question) => self.read_only_task(plan, Node::new(question, row), changes),
            Task::Choices(question) => {
                changes.add(Target::Node(Node::new(question, row)), What::CHOICES);
                self.revalidate(plan, Node::new(question, row), changes);
            }
            Task::Key(repeat) => self.key_task(plan, repeat, row, changes),
            Task::Count(question) => self.count_task(plan, Node::new(question, row), changes),
            Task::Rows(question) => self.rows_task(plan, Node::new(question, row), changes),
            Task::Check(check) => self.check_task(plan, check, row, changes),
            Task::Score(score) => self.score_task(plan, score, changes),
            Task::Age => self.age_task(plan, changes),
            Task::Label(question) => {
                let text = self.question_texts(plan, question, row);
                self.label_task(id, row, text, Target::Node(Node::new(question, row)), changes);
            }
            Task::RowLabel(question) => {
                let parent = self.rows.get(row).map_or(RowId::FORM, |row| row.parent);
                let title = plan.question(question).repeat().and_then(|repeat| repeat.item_title.as_ref());
                let text = title.map(|title| self.text(title, row)).unwrap_or_default();
                self.label_task(id, row, text, Target::Node(Node::new(question, parent)), changes);
            }
            Task::SectionLabel(section) => {
                let shown = plan.section(section);
                let texts = [Some(&shown.title), shown.description.as_ref(), shown.guidance.as_ref()];
                let text = self.all_texts(plan, texts.into_iter().flatten(), &shown.checks, row);
                self.label_task(id, row, text, Target::Section(section), changes);
            }
            Task::FormLabel => {
                let texts = [Some(&plan.title), plan.description.as_ref()];
                let text = self.all_texts(plan, texts.into_iter().flatten(), &plan.form_checks, row);
                self.label_task(id, row, text, Target::Form, changes);
            }
        }
    }

    #[inline(never)]
    fn section_task(&mut self, plan: &Plan, section: SectionId, changes: &mut ChangeSet) {
        let truth =
            condition(plan.section(section).visible_if.as_ref(), |program| program.test(self, RowId::FORM));
        if self.sections[section.index()] == truth {
            return;
        }
        let shown = self.sections[section.index()].is_true() != truth.is_true();
        self.sections[section.index()] = truth;
        if shown {
            changes.add(Target::Section(section), What::RELEVANCE);
        }
        for question in &plan.section(section).questions {
            self.queue(plan, plan.graph.relevance[question.index()], RowId::FORM);
        }
    }

    #[inline(never)]
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
        let holds = cell.value.is_some() || cell.absence.is_some() || !cell.rows().is_empty();
        cell.relevance = truth;
        if shown {
            changes.add(Target::Node(node), What::RELEVANCE);
        }
        // A question that holds nothing reads as empty, asked or not.
        if shown && holds {
            self.field_changed(plan, node.field, node.row);
        }
        if let Some(repeat) = question.repeat() {
            for row in self.all_rows(plan, node) {
                for column in &repeat.columns {
                    self.queue(plan, plan.graph.relevance[column.index()], row);
                }
            }
            self.check_rows_again(plan, node);
        }
    }

    /// All rows of a repeat, also those that are put aside.
    fn all_rows(&self, plan: &Plan, repeat: Node) -> Vec<RowId> {
        self.rows.cell(plan, repeat).map(|cell| cell.rows().to_vec()).unwrap_or_default()
    }

    /// Whether a row is asked: its repeat is, and it is among the rows that are shown.
    fn row_relevance(&self, plan: &Plan, repeat: QuestionId, row: RowId) -> Truth {
        let Some(parent) = self.rows.get(row).map(|row| row.parent) else { return Truth::False };
        let Some(cell) = self.rows.cell(plan, Node::new(repeat, parent)) else { return Truth::False };
        if self.rows.is_shown(plan, row) { cell.relevance } else { Truth::False }
    }

    #[inline(never)]
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

    #[inline(never)]
    fn required_task(&mut self, plan: &Plan, node: Node, required: bool, changes: &mut ChangeSet) {
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        if cell.required != required {
            cell.required = required;
            changes.add(Target::Node(node), What::REQUIRED);
        }
    }

    #[inline(never)]
    fn lock_task(&mut self, plan: &Plan, section: SectionId) {
        let lock = plan.section(section).read_only_if.as_ref();
        let locked = lock.is_some_and(|program| program.test(self, RowId::FORM).is_true());
        if self.locked[section.index()] == locked {
            return;
        }
        self.locked[section.index()] = locked;
        for question in &plan.section(section).questions {
            if let Some(task) = plan.graph.read_only[question.index()] {
                self.queue(plan, task, RowId::FORM);
            }
        }
    }

    /// A lock holds for all that stands inside: a section's for its questions, a repeat's for its rows.
    #[inline(never)]
    fn read_only_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = plan.question(node.question());
        let around = match question.parent {
            None => self.locked[question.section.index()],
            Some(repeat) => {
                let parent = self.rows.get(node.row).map_or(RowId::FORM, |row| row.parent);
                self.rows.cell(plan, Node::new(repeat, parent)).is_some_and(|cell| cell.read_only)
            }
        };
        let own = || question.read_only_if.as_ref().is_some_and(|own| own.test(self, node.row).is_true());
        let locked = around || own();
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        if cell.read_only == locked {
            return;
        }
        cell.read_only = locked;
        changes.add(Target::Node(node), What::READ_ONLY);
        for column in question.repeat().into_iter().flat_map(|repeat| &repeat.columns) {
            let Some(task) = plan.graph.read_only[column.index()] else { continue };
            for row in self.all_rows(plan, node) {
                self.queue(plan, task, row);
            }
        }
    }

    /// Looks again at what is wrong with a value, apart from checks.
    #[inline(never)]
    pub(super) fn revalidate(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = node.question();
        if plan.question(question).repeat().is_some() {
            return self.check_rows_again(plan, node);
        }
        let Some(value) = self.rows.cell(plan, node).map(|cell| cell.value.as_ref()) else { return };
        let mut found = value.map(|value| value_issues(plan, question, value)).unwrap_or_default();
        if let (Some(value), false) = (value, found.iter().any(|issue| issue.kind == IssueKind::Choice))
            && !self.offers(node, value)
        {
            found.push(Issue::of(IssueKind::Choice));
        }
        self.set_issues(plan, node, found, changes);
    }

    /// Looks again at every value of a row, or of the form.
    pub(super) fn revalidate_row(&mut self, plan: &Plan, row: RowId, changes: &mut ChangeSet) {
        self.revalidate_some(plan, row, |_| true, changes);
    }

    /// Looks again at the values of a row, or of the form, that answer the `doubtful` questions.
    pub(super) fn revalidate_some(
        &mut self,
        plan: &Plan,
        row: RowId,
        doubtful: fn(&Question) -> bool,
        changes: &mut ChangeSet,
    ) {
        let Some(repeat) = self.rows.get(row).map(|row| row.repeat) else { return };
        let mut look = |id: QuestionId| {
            let node = Node::new(id, row);
            if doubtful(plan.question(id))
                && self.rows.cell(plan, node).is_some_and(|cell| cell.value.is_some())
            {
                self.revalidate(plan, node, changes);
            }
        };
        match repeat {
            Some(repeat) => {
                let columns = plan.question(repeat).repeat().into_iter().flat_map(|repeat| &repeat.columns);
                columns.copied().for_each(look);
            }
            None => plan.question_ids().filter(|id| plan.question(*id).parent.is_none()).for_each(&mut look),
        }
    }

    fn set_issues(&mut self, plan: &Plan, node: Node, mut found: Vec<Issue>, changes: &mut ChangeSet) {
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        found.extend(cell.issues.iter().filter(|issue| issue.check.is_some()));
        if cell.issues != found {
            cell.issues = found;
            changes.add(Target::Node(node), What::ISSUES);
        }
    }

    #[inline(never)]
    fn key_task(&mut self, plan: &Plan, repeat: QuestionId, row: RowId, changes: &mut ChangeSet) {
        let Some(columns) = plan.question(repeat).repeat() else { return };
        let Some(parent) = self.rows.get(row).map(|row| row.parent) else { return };
        let parts = columns.unique_key.iter().map(|column| self.value(Node::new(*column, row)));
        let key: Option<Vec<String>> =
            parts.map(|part| Some(canonical::to_string(&value_to_json(part?)))).collect();
        let node = Node::new(repeat, parent);
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        let keys = &mut cell.list_mut().keys;
        let before = keys.has_doubles();
        if keys.set(row, key.map(|parts| parts.join(","))) {
            // Which rows are the same is a part of what is wrong, also while something stays wrong.
            if before && keys.has_doubles() {
                changes.add(Target::Node(node), What::ISSUES);
            }
            self.check_rows_again(plan, node);
        }
    }

    pub(super) fn check_rows_again(&mut self, plan: &Plan, repeat: Node) {
        if let Some(task) = plan.graph.rows.get(repeat.question().index()).copied().flatten() {
            self.queue(plan, task, repeat.row);
        }
    }

    #[inline(never)]
    fn rows_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let question = plan.question(node.question());
        let Some(cell) = self.rows.cell(plan, node) else { return };
        let (rows, doubles) =
            (self.rows(node).len(), cell.keys().is_some_and(super::keys::Keys::has_doubles));
        let mut found = Vec::new();
        if rows > 0 {
            count_issues(question, rows, &mut found);
        }
        if self.counts_too_many(plan, node) {
            found.push(Issue::limit(IssueKind::MaxItems, MOST_COUNTED_ROWS.into()));
        }
        if doubles {
            found.push(Issue::of(IssueKind::UniqueKey));
        }
        self.set_issues(plan, node, found, changes);
    }

    /// How many rows the counting answer asks for; none if no answer counts them.
    fn counted(&self, plan: &Plan, node: Node) -> Option<Decimal> {
        let counted = plan.question(node.question()).repeat()?.count_from?;
        match self.value(Node::new(counted, node.row)) {
            Some(Value::Number(number)) => Some(*number),
            _ => Some(Decimal::ZERO),
        }
    }

    fn counts_too_many(&self, plan: &Plan, node: Node) -> bool {
        self.counted(plan, node).is_some_and(|count| count > MOST_COUNTED_ROWS.into())
    }

    /// Makes the rows as many as the counting answer says; surplus ones are put aside, not removed.
    #[inline(never)]
    fn count_task(&mut self, plan: &Plan, node: Node, changes: &mut ChangeSet) {
        let Some(wanted) = self.counted(plan, node) else { return };
        let wanted = if self.counts_too_many(plan, node) { Decimal::ZERO } else { wanted };
        let wanted = usize::try_from(wanted).unwrap_or(0);
        let Some(cell) = self.rows.cell(plan, node) else { return };
        let (before, mut there) = (cell.shown().len(), cell.rows().len());
        let mut made = Vec::new();
        while there < wanted {
            let Some(row) = self.rows.add(plan, node, there) else { break };
            made.push(row);
            there += 1;
        }
        let count = wanted.min(there);
        let Some(cell) = self.rows.cell_mut(plan, node) else { return };
        let list = cell.list_mut();
        list.shown = count;
        let changed: Vec<RowId> = list.rows.get(before.min(count)..).map(<[_]>::to_vec).unwrap_or_default();
        for row in made {
            self.rows.fill_defaults(plan, row);
            self.revalidate_row(plan, row, changes);
        }
        self.check_rows_again(plan, node);
        if before != count {
            changes.add(Target::Node(node), What::ROWS);
            for row in changed {
                self.queue_row(plan, row);
            }
            self.field_changed(plan, node.field, node.row);
        }
    }

    #[inline(never)]
    fn check_task(&mut self, plan: &Plan, id: CheckId, row: RowId, changes: &mut ChangeSet) {
        let check = plan.check(id);
        let fails = check.assert.test(self, row).is_false();
        match check.question {
            Some(question) => {
                let node = Node::new(question, row);
                let Some(cell) = self.rows.cell_mut(plan, node) else { return };
                let failed = cell.drop_check(id);
                if fails {
                    let issue = Issue::check(id, check.severity);
                    let at = cell.issues.partition_point(|other| other.check < Some(id));
                    cell.issues.insert(at, issue);
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

    #[inline(never)]
    fn score_task(&mut self, plan: &Plan, id: ScoreId, changes: &mut ChangeSet) {
        let result = scoring::compute(plan, id, self);
        let cell = &mut self.scores[id.index()];
        if cell.result == result {
            return;
        }
        let band = result.band.and_then(|band| plan.score(id).bands.get(band));
        let number = cell.result.value != result.value || cell.result.interval != result.interval;
        let changed = [number, cell.result.level != result.level, cell.result.band != result.band];
        cell.value = result.value.map(Value::Number);
        cell.level = result.level.map(|level| Value::Number(level.into()));
        cell.band = band.map(|band| Value::Text(Arc::clone(&band.id)));
        cell.result = result;
        changes.add(Target::Score(id), What::VALUE);
        let FieldId(field) = plan.score_field(id);
        for (part, changed) in (field..).zip(changed) {
            if changed {
                self.field_changed(plan, FieldId(part), RowId::FORM);
            }
        }
    }

    #[inline(never)]
    fn age_task(&mut self, plan: &Plan, changes: &mut ChangeSet) {
        let age = self.age_now(plan);
        if self.age != age {
            self.age = age;
            changes.add(Target::Form, What::VALUE);
            self.field_changed(plan, plan.age_field(), RowId::FORM);
        }
    }

    fn question_texts(&self, plan: &Plan, id: QuestionId, row: RowId) -> String {
        let question = plan.question(id);
        let own = [&question.description, &question.guidance, &question.placeholder, &question.unit];
        let labels = question.own_choices().iter().map(|choice| &choice.label);
        let texts = own.into_iter().flatten().chain([&question.title]).chain(labels);
        self.all_texts(plan, texts, &question.checks, row)
    }

    fn all_texts<'t>(
        &self,
        plan: &'t Plan,
        texts: impl Iterator<Item = &'t Localised>,
        checks: &[CheckId],
        row: RowId,
    ) -> String {
        let messages = checks.iter().map(|check| &plan.check(*check).message);
        texts.chain(messages).map(|text| self.text(text, row)).collect::<Vec<_>>().join("\n")
    }

    #[inline(never)]
    fn label_task(&mut self, id: TaskId, row: RowId, text: String, target: Target, changes: &mut ChangeSet) {
        if self.labels.get(&(id, row)).is_none_or(|old| **old != *text) {
            self.labels.insert((id, row), text.into());
            changes.add(target, What::LABEL);
        }
    }
}

/// What a condition says; true where there is none.
fn condition(program: Option<&Program>, test: impl FnOnce(&Program) -> Truth) -> Truth {
    program.map_or(Truth::True, test)
}

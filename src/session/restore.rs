//! From a session to its record and back.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::account::{Account, Accounts};
use super::apply::fits;
use super::wire::{value_from_json, value_to_json};
use super::{Node, QuestionnaireRef, Record, Session, World};
use crate::expression::RowId;
use crate::plan::{Plan, Question, QuestionId};
use crate::value::{Informant, Value};

impl Session {
    /// The interview of a record, and the pointers of the answers to questions that were not asked: they are kept
    /// aside and read as empty. What [`check_record`](super::check_record()) refuses is left out here.
    #[must_use]
    pub fn restore(plan: Arc<Plan>, world: World, record: &Record) -> (Self, Vec<String>) {
        Self::restored(plan, world, record, |_| true)
    }

    /// The same of a record in which [`check_record`](super::check_record()) has found nothing: what an answer may be at
    /// all was judged there, and only what the other answers make of the choices is not known yet.
    pub(crate) fn restore_checked(plan: Arc<Plan>, world: World, record: &Record) -> (Self, Vec<String>) {
        Self::restored(plan, world, record, |question| question.choice_filter.is_some())
    }

    fn restored(
        plan: Arc<Plan>,
        world: World,
        record: &Record,
        doubtful: fn(&Question) -> bool,
    ) -> (Self, Vec<String>) {
        let mut session = Self::blank(plan, world);
        session.fill(None, RowId::FORM, &record.answers);
        // Hidden questions have pointers too, so all of these are placed by name, not by what is shown.
        let placed = session.place_all(record);
        session.everything_and_judge(doubtful);
        if !placed {
            // At rows that are there only because an answer counts them.
            session.place_all(record);
            session.everything_and_judge(doubtful);
        }
        let ignored = session.unasked(record);
        (session, ignored)
    }

    /// Places absences, informants and accounts; whether there was a place for each.
    fn place_all(&mut self, record: &Record) -> bool {
        let plan = Arc::clone(&self.plan);
        let mut all = true;
        for (pointer, absence) in &record.absent {
            all &= self.place(pointer, |question, cell| {
                if cell.value.is_none() && plan.question(question).is_asked() {
                    cell.absence = Some(*absence);
                }
            });
        }
        for (pointer, informant) in &record.informants {
            all &= self.place(pointer, |_, cell| cell.informant = *informant);
        }
        for (pointer, accounts) in &record.accounts {
            all &= self.place(pointer, |question, cell| {
                cell.accounts = read_accounts(plan.question(question), accounts);
            });
        }
        all
    }

    fn fill(&mut self, parent: Option<QuestionId>, row: RowId, answers: &Map<String, Json>) {
        let plan = Arc::clone(&self.plan);
        for (_, id, json) in plan.questions_of(parent, answers) {
            let Some(id) = id else { continue };
            let question = plan.question(id);
            let node = Node::new(id, row);
            if question.repeat().is_some() {
                for row_answers in json.as_array().into_iter().flatten().filter_map(Json::as_object) {
                    let Some(row) = self.rows.add(&plan, node, usize::MAX) else { return };
                    self.fill(Some(id), row, row_answers);
                }
            } else if question.is_asked()
                && let Ok(value) = value_from_json(question, json)
                && let Some(cell) = self.rows.cell_mut(&plan, node)
            {
                cell.value = Some(value).filter(|value| fits(&question.kind, value) && !value.is_blank());
            }
        }
    }

    /// The node at a pointer, whether it is shown or not.
    pub(crate) fn find(&self, pointer: &str) -> Option<Node> {
        let mut parts = pointer.strip_prefix('/')?.split('/');
        let mut node = Node::form(self.plan.question_named(None, parts.next()?)?);
        while let Some(index) = parts.next() {
            let row = *self.rows.cell(&self.plan, node)?.rows().get(index.parse::<usize>().ok()?)?;
            node = Node::new(self.plan.question_named(Some(node.question()), parts.next()?)?, row);
        }
        Some(node)
    }

    /// Changes the cell at a pointer, whether it is shown or not; whether there is one.
    fn place(&mut self, pointer: &str, change: impl FnOnce(QuestionId, &mut super::state::Cell)) -> bool {
        let plan = Arc::clone(&self.plan);
        let Some(node) = self.find(pointer) else { return false };
        let Some(cell) = self.rows.cell_mut(&plan, node) else { return false };
        change(node.question(), cell);
        true
    }

    /// The pointers of a record's answers and absences whose questions are not asked.
    fn unasked(&self, record: &Record) -> Vec<String> {
        let mut found = Vec::new();
        self.unasked_in(None, RowId::FORM, &record.answers, &mut String::new(), &mut found);
        for pointer in record.absent.keys() {
            let asked = self.node_at(pointer).is_some_and(|node| self.relevant(node));
            if !asked && !found.iter().any(|above| is_within(pointer, above)) {
                found.push(pointer.clone());
            }
        }
        found.sort_unstable();
        found
    }

    /// `at` is the pointer of the row; it is as it was when this returns.
    fn unasked_in(
        &self,
        parent: Option<QuestionId>,
        row: RowId,
        answers: &Map<String, Json>,
        at: &mut String,
        found: &mut Vec<String>,
    ) {
        for (name, id, json) in self.plan.questions_of(parent, answers) {
            let Some(id) = id else { continue };
            let node = Node::new(id, row);
            if !self.relevant(node) {
                found.push(format!("{at}/{name}"));
                continue;
            }
            if self.plan.question(id).repeat().is_some() {
                let rows = json.as_array().into_iter().flatten().enumerate();
                for (index, row_answers) in rows {
                    let Some(row_answers) = row_answers.as_object() else { continue };
                    let above = at.len();
                    at.extend(["/", name, "/", &index.to_string()]);
                    match self.rows(node).get(index) {
                        Some(row) => self.unasked_in(Some(id), *row, row_answers, at, found),
                        None => found.push(at.clone()),
                    }
                    at.truncate(above);
                }
            }
        }
    }

    /// What was answered, by whom, and what was absent: without what is hidden. The host adds who, where and when.
    #[must_use]
    pub fn record(&self) -> Record {
        let mut record = Record::new(self.world.today);
        record.questionnaire = Some(QuestionnaireRef {
            id: self.plan.id.to_string(),
            version: Some(self.plan.version.to_string()),
            hash: Some(self.plan.content_hash().to_string()),
        });
        record.language =
            self.plan.languages.get(usize::from(self.world.language.0)).map(|tag| tag.to_string());
        record.answers = self.answers(None, RowId::FORM);
        for node in self.nodes() {
            let Some(cell) = self.asked(node) else { continue };
            if let Some(absence) = cell.absence {
                record.absent.insert(self.pointer(node), absence);
            }
            let said = cell.value.is_some() || cell.absence.is_some();
            if said && cell.informant != Informant::Own {
                record.informants.insert(self.pointer(node), cell.informant);
            }
            if !cell.accounts.is_empty() {
                let on_wire = |account: &Account| match account {
                    Account::Answer(value) => Account::Answer(value_to_json(value)),
                    Account::Absent(absence) => Account::Absent(*absence),
                };
                let accounts = cell.accounts.iter().map(|(who, account)| (*who, on_wire(account))).collect();
                record.accounts.insert(self.pointer(node), accounts);
            }
        }
        record
    }

    fn answers(&self, parent: Option<QuestionId>, row: RowId) -> Map<String, Json> {
        // In the order of the map: what comes in order goes into it at once.
        let answer = |(name, id): (&Arc<str>, QuestionId)| {
            let question = self.plan.question(id);
            if !question.is_asked() {
                return None;
            }
            let node = Node::new(id, row);
            let json = match question.repeat() {
                Some(_) => {
                    let rows = self.rows(node).iter().map(|row| Json::Object(self.answers(Some(id), *row)));
                    Some(rows.collect::<Vec<_>>()).filter(|rows| !rows.is_empty()).map(Json::Array)
                }
                None => self.value(node).map(|value: &Value| value_to_json(value)),
            };
            Some(((**name).to_owned(), json?))
        };
        self.plan.questions_by_name(parent).filter_map(answer).collect()
    }
}

/// Whether a pointer leads to something inside of what another leads to.
fn is_within(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// What others said to a question, without what they cannot have said.
fn read_accounts(question: &Question, accounts: &Accounts<Json>) -> Accounts {
    let read = |account: &Account<Json>| match account {
        Account::Answer(json) => {
            let value = value_from_json(question, json).ok()?;
            (fits(&question.kind, &value) && !value.is_blank()).then_some(Account::Answer(value))
        }
        Account::Absent(absence) => question.absences.contains(absence).then_some(Account::Absent(*absence)),
    };
    accounts.iter().filter_map(|(who, account)| Some((*who, read(account)?))).collect()
}

//! From a session to its record and back, and what keeps a record from being taken.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::account::{Account, Accounts};
use super::apply::fits;
use super::issue::IssueKind;
use super::limits::{MOST_CELLS, MOST_ROWS};
use super::validate::{count_issues, value_issues};
use super::wire::{Misfit, value_from_json, value_to_json};
use super::{Node, QuestionnaireRef, Record, Session, World};
use crate::diagnostic::{Code, codes, did_you_mean};
use crate::expression::RowId;
use crate::plan::{AnswerKind, Plan, Question, QuestionId};
use crate::value::{Informant, Value};

/// Why a record or a profile is not taken. It never holds an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// JSON Pointer into the record.
    pub pointer: String,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl Finding {
    /// A finding at a pointer.
    #[must_use]
    pub fn new(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, pointer: pointer.into(), message: message.into() }
    }
}

/// Everything for which a record is refused: wrong types, unlisted choices, values out of bounds, unknown keys,
/// nulls, calculated values, absences that are not offered or stand beside a value, pointers that lead nowhere.
///
/// An answer to a question that was not asked is no reason: it is ignored and named.
#[must_use]
pub fn check_record(plan: &Plan, record: &Record) -> Vec<Finding> {
    let mut checker = Checker { plan, findings: Vec::new(), places: BTreeMap::new(), rows: 0, cells: 0 };
    if let Some(questionnaire) = &record.questionnaire {
        checker.check_questionnaire(questionnaire);
    }
    if record.assessed_on.day_number().is_none() {
        checker.find(codes::RECORD_ASSESSED_ON, "/assessed_on", "`assessed_on` is a full date, `YYYY-MM-DD`");
    }
    checker.check_object(None, &record.answers, "");
    for (pointer, absence) in &record.absent {
        let at = format!("/absent/{}", escape(pointer));
        let Some((question, answered)) = checker.place(&at, pointer) else { continue };
        if answered {
            checker.find(
                codes::RECORD_VALUE_AND_ABSENCE,
                at,
                "there is both an answer and a reason for having none",
            );
        } else if !plan.question(question).is_asked() {
            checker.find(codes::RECORD_CALCULATED, at, "this is calculated, not answered");
        } else if !plan.question(question).absences.contains(absence) {
            checker.find(codes::RECORD_ABSENCE_CODE, at, "this question does not take this absence code");
        }
    }
    for pointer in record.informants.keys() {
        checker.place(&format!("/informants/{}", escape(pointer)), pointer);
    }
    for (pointer, accounts) in &record.accounts {
        let at = format!("/accounts/{}", escape(pointer));
        let Some((question, answered)) = checker.place(&at, pointer) else { continue };
        checker.check_accounts(question, accounts, &at);
        let counts = record.informants.get(pointer).copied().unwrap_or_default();
        if (answered || record.absent.contains_key(pointer)) && accounts.contains_key(&counts) {
            let message = "this is who gave the answer that counts: nobody answers twice";
            checker.find(codes::RECORD_CONSTRAINT, format!("{at}/{}", counts.code()), message);
        }
    }
    checker.findings
}

/// How many findings are listed. Nobody reads more, and a hostile record could have millions.
const MOST_FINDINGS: usize = 1_000;

/// How many unknown keys are told what was probably meant: each looks through all names.
const MOST_GUESSES: usize = 100;

struct Checker<'a> {
    plan: &'a Plan,
    findings: Vec<Finding>,
    /// Every pointer at which an absence or an informant can stand: which question, and whether it has a value.
    places: BTreeMap<String, (QuestionId, bool)>,
    rows: usize,
    cells: usize,
}

impl Checker<'_> {
    fn find(&mut self, code: Code, pointer: impl Into<String>, message: impl Into<String>) {
        if self.findings.len() > MOST_FINDINGS {
            return;
        }
        if self.findings.len() == MOST_FINDINGS {
            let message = "there is more wrong than is listed: correct this first";
            return self.findings.push(Finding::new(codes::RECORD_LIMIT, "", message));
        }
        self.findings.push(Finding::new(code, pointer, message));
    }

    fn check_questionnaire(&mut self, reference: &QuestionnaireRef) {
        let hash = reference.hash.as_deref().is_some_and(|hash| hash != &*self.plan.content_hash);
        let version = reference.version.as_deref().is_some_and(|version| version != &*self.plan.version);
        for (wrong, name) in [(reference.id != *self.plan.id, "id"), (version, "version"), (hash, "hash")] {
            if wrong {
                let message = format!("the record was made with another questionnaire: its {name} differs");
                self.find(codes::RECORD_QUESTIONNAIRE, format!("/questionnaire/{name}"), message);
            }
        }
    }

    fn check_object(&mut self, parent: Option<QuestionId>, answers: &Map<String, Json>, at: &str) {
        let plan = self.plan;
        for (name, json) in answers {
            let pointer = format!("{at}/{}", escape(name));
            let wire_pointer = format!("/answers{pointer}");
            let Some(id) = plan.question_named(parent, name) else {
                let known = plan.questions.iter().filter(|question| question.parent == parent);
                let guess = || did_you_mean(name, known.map(|question| &*question.name));
                let meant = (self.findings.len() < MOST_GUESSES).then(guess).flatten();
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("the questionnaire has no question of this name{meant}");
                self.find(codes::RECORD_UNKNOWN_KEY, wire_pointer, message);
                continue;
            };
            let question = plan.question(id);
            if !question.is_asked() {
                let message = "this is calculated, not answered: leave it out";
                self.find(codes::RECORD_CALCULATED, wire_pointer, message);
            } else if json.is_null() {
                let message = "an answer is never null: leave it out, or say in `absent` why there is none";
                self.find(codes::RECORD_NULL, wire_pointer, message);
            } else if question.repeat().is_some() {
                self.check_rows(id, json, &pointer);
            } else {
                self.check_value(id, json, &pointer);
            }
        }
        // A question without an answer is a place too: for an absence.
        for id in plan.question_ids().filter(|id| plan.question(*id).parent == parent) {
            let pointer = format!("{at}/{}", plan.question(id).name);
            self.places.entry(pointer).or_insert((id, false));
        }
    }

    fn check_rows(&mut self, id: QuestionId, json: &Json, at: &str) {
        let wire_pointer = format!("/answers{at}");
        let Some(rows) = json.as_array() else {
            return self.find(codes::RECORD_WRONG_TYPE, wire_pointer, "rows are a list of objects");
        };
        let mut issues = Vec::new();
        count_issues(self.plan.question(id), rows.len(), &mut issues);
        for issue in issues {
            self.find(codes::RECORD_CONSTRAINT, &wire_pointer, sentence(issue.kind));
        }
        self.places.insert(at.to_owned(), (id, true));
        let columns = self.plan.question(id).repeat().map_or(0, |repeat| repeat.columns.len());
        self.rows += rows.len();
        self.cells += rows.len().saturating_mul(columns);
        if self.rows > MOST_ROWS || self.cells > MOST_CELLS {
            let message = format!("a record has at most {MOST_ROWS} rows, and fewer of many columns");
            return self.find(codes::RECORD_LIMIT, wire_pointer, message);
        }
        for (index, row) in rows.iter().enumerate() {
            let at = format!("{at}/{index}");
            match row.as_object() {
                Some(row) => self.check_object(Some(id), row, &at),
                None => self.find(codes::RECORD_WRONG_TYPE, format!("/answers{at}"), "a row is an object"),
            }
        }
    }

    fn check_accounts(&mut self, id: QuestionId, accounts: &Accounts<Json>, at: &str) {
        let question = self.plan.question(id);
        if !question.is_asked() || question.repeat().is_some() {
            return self.find(codes::RECORD_CALCULATED, at, "this is not a question that a person answers");
        }
        for (who, account) in accounts {
            let at = format!("{at}/{}", who.code());
            match account {
                Account::Answer(json) => self.check_answer(id, json, &format!("{at}/value")),
                Account::Absent(absence) if !question.absences.contains(absence) => {
                    let message = "this question does not take this absence code";
                    self.find(codes::RECORD_ABSENCE_CODE, format!("{at}/absent"), message);
                }
                Account::Absent(_) => {}
            }
        }
    }

    fn check_value(&mut self, id: QuestionId, json: &Json, at: &str) {
        self.places.insert(at.to_owned(), (id, true));
        self.check_answer(id, json, &format!("/answers{at}"));
    }

    fn check_answer(&mut self, id: QuestionId, json: &Json, wire_pointer: &str) {
        match value_from_json(self.plan.question(id), json) {
            Err(Misfit::Type) => {
                let message =
                    format!("an answer of another type than the question takes: {}", takes(self.plan, id));
                self.find(codes::RECORD_WRONG_TYPE, wire_pointer, message);
            }
            Err(Misfit::Format) => {
                let message = format!("not written as the question takes it: {}", takes(self.plan, id));
                self.find(codes::RECORD_CONSTRAINT, wire_pointer, message);
            }
            Ok(value) => {
                for issue in value_issues(self.plan, id, &value) {
                    let code = match issue.kind {
                        IssueKind::Choice => codes::RECORD_UNLISTED_CHOICE,
                        IssueKind::Integer => codes::RECORD_WRONG_TYPE,
                        _ => codes::RECORD_CONSTRAINT,
                    };
                    self.find(code, wire_pointer, sentence(issue.kind));
                }
            }
        }
    }

    /// The question at a pointer of `absent` or `informants`.
    fn place(&mut self, at: &str, pointer: &str) -> Option<(QuestionId, bool)> {
        let found = self.places.get(pointer).copied();
        if found.is_none() {
            self.find(codes::RECORD_POINTER, at, "this pointer leads to no question of the questionnaire");
        }
        found
    }
}

/// What a question takes, in words.
fn takes(plan: &Plan, id: QuestionId) -> &'static str {
    match &plan.question(id).kind {
        AnswerKind::Boolean => "true or false",
        AnswerKind::Number { integer: true } | AnswerKind::Choice { numbers: true, .. } => "a whole number",
        AnswerKind::Number { .. } => "a number",
        AnswerKind::Text(_) => "a text",
        AnswerKind::Date(_) => {
            "a date that exists, `YYYY-MM-DD`, or `YYYY` or `YYYY-MM` where the question allows it"
        }
        AnswerKind::Time => "a time, `HH:MM`",
        AnswerKind::Choice { .. } => "the code of a choice",
        AnswerKind::Choices { .. } => "a list of codes",
        AnswerKind::Repeat(_) => "a list of rows",
        AnswerKind::Note => "nothing",
    }
}

fn sentence(kind: IssueKind) -> String {
    match kind {
        IssueKind::Choice => "this is none of the choices of the question".to_owned(),
        IssueKind::Integer => "the question takes a whole number".to_owned(),
        IssueKind::Digits => "a number has at most 15 significant digits".to_owned(),
        kind => format!("the answer does not satisfy `{}` of the question", kind.word()),
    }
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

/// A name as a part of a JSON Pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl Session {
    /// The interview of a record, and the pointers of the answers to questions that were not asked: they are kept
    /// aside and read as empty. What [`check_record`] refuses is left out here.
    #[must_use]
    pub fn restore(plan: Arc<Plan>, world: World, record: &Record) -> (Self, Vec<String>) {
        let mut session = Self::blank(plan, world);
        session.fill(None, RowId::FORM, &record.answers);
        session.everything();
        // Hidden questions have pointers too, so absences and informants are placed by name, not by what is shown.
        for (pointer, absence) in &record.absent {
            session.place(pointer, |cell| {
                if cell.value.is_none() {
                    cell.absence = Some(*absence);
                }
            });
        }
        for (pointer, informant) in &record.informants {
            session.place(pointer, |cell| cell.informant = *informant);
        }
        for (pointer, accounts) in &record.accounts {
            let Some(question) = session.find(pointer).map(Node::question) else { continue };
            let accounts = read_accounts(session.plan.question(question), accounts);
            session.place(pointer, |cell| cell.accounts = accounts);
        }
        session.everything();
        let ignored = session.unasked(record);
        (session, ignored)
    }

    fn fill(&mut self, parent: Option<QuestionId>, row: RowId, answers: &Map<String, Json>) {
        let plan = Arc::clone(&self.plan);
        for (name, json) in answers {
            let Some(id) = plan.question_named(parent, name) else { continue };
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
    fn find(&self, pointer: &str) -> Option<Node> {
        let mut parts = pointer.strip_prefix('/')?.split('/');
        let mut node = Node::form(self.plan.question_named(None, parts.next()?)?);
        while let Some(index) = parts.next() {
            let row = *self.rows.cell(&self.plan, node)?.rows().get(index.parse::<usize>().ok()?)?;
            node = Node::new(self.plan.question_named(Some(node.question()), parts.next()?)?, row);
        }
        Some(node)
    }

    /// Changes the cell at a pointer, whether it is shown or not.
    fn place(&mut self, pointer: &str, change: impl FnOnce(&mut super::state::Cell)) {
        let plan = Arc::clone(&self.plan);
        if let Some(node) = self.find(pointer)
            && let Some(cell) = self.rows.cell_mut(&plan, node)
        {
            change(cell);
        }
    }

    /// The pointers of a record's answers and absences whose questions are not asked.
    fn unasked(&self, record: &Record) -> Vec<String> {
        let mut found = Vec::new();
        self.unasked_in(None, RowId::FORM, &record.answers, "", &mut found);
        for pointer in record.absent.keys() {
            let asked = self.node_at(pointer).is_some_and(|node| self.relevant(node));
            if !asked && !found.iter().any(|above| pointer.starts_with(&format!("{above}/"))) {
                found.push(pointer.clone());
            }
        }
        found.sort_unstable();
        found
    }

    fn unasked_in(
        &self,
        parent: Option<QuestionId>,
        row: RowId,
        answers: &Map<String, Json>,
        at: &str,
        found: &mut Vec<String>,
    ) {
        for (name, json) in answers {
            let Some(id) = self.plan.question_named(parent, name) else { continue };
            let node = Node::new(id, row);
            let pointer = format!("{at}/{name}");
            if !self.relevant(node) {
                found.push(pointer);
                continue;
            }
            if self.plan.question(id).repeat().is_some() {
                let rows = json.as_array().into_iter().flatten().enumerate();
                for (index, row_answers) in rows {
                    let Some(row_answers) = row_answers.as_object() else { continue };
                    let at = format!("{pointer}/{index}");
                    match self.rows(node).get(index) {
                        Some(row) => self.unasked_in(Some(id), *row, row_answers, &at, found),
                        None => found.push(at),
                    }
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
            hash: Some(self.plan.content_hash.to_string()),
        });
        record.language =
            self.plan.languages.get(usize::from(self.world.language.0)).map(|tag| tag.to_string());
        record.answers = self.answers(None, RowId::FORM);
        for node in self.nodes() {
            let question = self.plan.question(node.question());
            if !self.relevant(node) || !question.is_asked() {
                continue;
            }
            if let Some(absence) = self.absence(node) {
                record.absent.insert(self.pointer(node), absence);
            }
            let said = self.value(node).is_some() || self.absence(node).is_some();
            if said && self.informant(node) != Informant::Own {
                record.informants.insert(self.pointer(node), self.informant(node));
            }
            let accounts = self.accounts(node);
            if !accounts.is_empty() {
                let on_wire = |account: &Account| match account {
                    Account::Answer(value) => Account::Answer(value_to_json(value)),
                    Account::Absent(absence) => Account::Absent(*absence),
                };
                let accounts = accounts.iter().map(|(who, account)| (*who, on_wire(account))).collect();
                record.accounts.insert(self.pointer(node), accounts);
            }
        }
        record
    }

    fn answers(&self, parent: Option<QuestionId>, row: RowId) -> Map<String, Json> {
        let mut answers = Map::new();
        for (id, question) in self.plan.question_ids().zip(&self.plan.questions) {
            if question.parent != parent || !question.is_asked() {
                continue;
            }
            let node = Node::new(id, row);
            let json = match question.repeat() {
                Some(_) => {
                    let rows = self.rows(node).iter().map(|row| Json::Object(self.answers(Some(id), *row)));
                    Some(rows.collect::<Vec<_>>()).filter(|rows| !rows.is_empty()).map(Json::Array)
                }
                None => self.value(node).map(|value: &Value| value_to_json(value)),
            };
            if let Some(json) = json {
                answers.insert(question.name.to_string(), json);
            }
        }
        answers
    }
}

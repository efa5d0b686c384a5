//! What keeps a record from being taken.

use serde_json::{Map, Value as Json};

use super::account::{Account, Accounts};
use super::issue::IssueKind;
use super::limits::{MOST_CELLS, MOST_ROWS};
use super::validate::{count_issues, value_issues};
use super::wire::{Misfit, value_from_json};
use super::{QuestionnaireRef, Record};
use crate::diagnostic::{Code, codes, did_you_mean};
use crate::plan::{AnswerKind, Plan, QuestionId};

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
    let mut checker = Checker { plan, findings: Vec::new(), rows: 0, cells: 0 };
    if let Some(questionnaire) = &record.questionnaire {
        checker.check_questionnaire(questionnaire);
    }
    if record.assessed_on.day_number().is_none() {
        checker.find(codes::RECORD_ASSESSED_ON, "/assessed_on", "`assessed_on` is a full date, `YYYY-MM-DD`");
    }
    checker.check_object(None, &record.answers, &At::Answers);
    for (pointer, absence) in &record.absent {
        let at = || format!("/absent/{}", escape(pointer));
        let Some((question, answered)) = place(plan, record, pointer) else {
            checker.find(codes::RECORD_POINTER, at(), NO_PLACE);
            continue;
        };
        if answered {
            checker.find(
                codes::RECORD_VALUE_AND_ABSENCE,
                at(),
                "there is both an answer and a reason for having none",
            );
        } else if !plan.question(question).is_asked() {
            checker.find(codes::RECORD_CALCULATED, at(), "this is calculated, not answered");
        } else if !plan.question(question).absences.contains(absence) {
            checker.find(codes::RECORD_ABSENCE_CODE, at(), "this question does not take this absence code");
        }
    }
    for pointer in record.informants.keys() {
        if place(plan, record, pointer).is_none() {
            checker.find(codes::RECORD_POINTER, format!("/informants/{}", escape(pointer)), NO_PLACE);
        }
    }
    for (pointer, accounts) in &record.accounts {
        let at = At::Accounts(pointer);
        let Some((question, answered)) = place(plan, record, pointer) else {
            checker.find(codes::RECORD_POINTER, at.pointer(), NO_PLACE);
            continue;
        };
        checker.check_accounts(question, accounts, pointer);
        let counts = record.informants.get(pointer).copied().unwrap_or_default();
        if (answered || record.absent.contains_key(pointer)) && accounts.contains_key(&counts) {
            let message = "this is who gave the answer that counts: nobody answers twice";
            checker.find(codes::RECORD_CONSTRAINT, At::Name(&at, counts.code()).pointer(), message);
        }
    }
    checker.findings
}

const NO_PLACE: &str = "this pointer leads to no question of the questionnaire";

/// The question at a pointer into the answers, at which an absence or an informant can stand, and whether there is an
/// answer. A question without an answer is a place too; a row that is not there is none.
fn place(plan: &Plan, record: &Record, pointer: &str) -> Option<(QuestionId, bool)> {
    let mut parts = pointer.strip_prefix('/')?.split('/');
    let (mut parent, mut answers) = (None, Some(&record.answers));
    loop {
        let name = parts.next()?;
        let id = plan.question_named(parent, name)?;
        let answer = answers.and_then(|answers| answers.get(name));
        let Some(index) = parts.next() else {
            return Some((
                id,
                plan.question(id).is_asked() && answer.is_some_and(|answer| !answer.is_null()),
            ));
        };
        // An index has one way to be written: `/rows/01` is no row.
        let row = index.parse::<usize>().ok().filter(|row| row.to_string() == index)?;
        plan.question(id).repeat()?;
        answers = Some(answer?.as_array()?.get(row)?.as_object()?);
        parent = Some(id);
    }
}

/// How many findings are listed. Nobody reads more, and a hostile record could have millions.
const MOST_FINDINGS: usize = 1_000;

/// How many unknown keys are told what was probably meant: each looks through all names.
const MOST_GUESSES: usize = 100;

struct Checker<'a> {
    plan: &'a Plan,
    findings: Vec<Finding>,
    rows: usize,
    cells: usize,
}

/// Where in a record something stands. It becomes a pointer only where something is wrong: that is rare, and a pointer
/// for every answer was a fifth of what assessing a record costs.
enum At<'a> {
    Answers,
    /// What others said than the one whose answer counts, by the pointer of the answer.
    Accounts(&'a str),
    Name(&'a At<'a>, &'a str),
    Row(&'a At<'a>, usize),
}

impl At<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Answers => "/answers".to_owned(),
            Self::Accounts(pointer) => format!("/accounts/{}", escape(pointer)),
            Self::Name(above, name) => format!("{}/{}", above.pointer(), escape(name)),
            Self::Row(above, index) => format!("{}/{index}", above.pointer()),
        }
    }
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
        let hash = reference.hash.as_deref().is_some_and(|hash| hash != self.plan.content_hash());
        let version = reference.version.as_deref().is_some_and(|version| version != &*self.plan.version);
        for (wrong, name) in [(reference.id != *self.plan.id, "id"), (version, "version"), (hash, "hash")] {
            if wrong {
                let message = format!("the record was made with another questionnaire: its {name} differs");
                self.find(codes::RECORD_QUESTIONNAIRE, format!("/questionnaire/{name}"), message);
            }
        }
    }

    fn check_object(&mut self, parent: Option<QuestionId>, answers: &Map<String, Json>, at: &At<'_>) {
        let plan = self.plan;
        for (name, id, json) in plan.questions_of(parent, answers) {
            let at = At::Name(at, name);
            let Some(id) = id else {
                let known = plan.questions.iter().filter(|question| question.parent == parent);
                let guess = || did_you_mean(name, known.map(|question| &*question.name));
                let meant = (self.findings.len() < MOST_GUESSES).then(guess).flatten();
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("the questionnaire has no question of this name{meant}");
                self.find(codes::RECORD_UNKNOWN_KEY, at.pointer(), message);
                continue;
            };
            let question = plan.question(id);
            if !question.is_asked() {
                let message = "this is calculated, not answered: leave it out";
                self.find(codes::RECORD_CALCULATED, at.pointer(), message);
            } else if json.is_null() {
                let message = "an answer is never null: leave it out, or say in `absent` why there is none";
                self.find(codes::RECORD_NULL, at.pointer(), message);
            } else if question.repeat().is_some() {
                self.check_rows(id, json, &at);
            } else {
                self.check_value(id, json, &at);
            }
        }
    }

    fn check_rows(&mut self, id: QuestionId, json: &Json, at: &At<'_>) {
        let Some(rows) = json.as_array() else {
            return self.find(codes::RECORD_WRONG_TYPE, at.pointer(), "rows are a list of objects");
        };
        let mut issues = Vec::new();
        count_issues(self.plan.question(id), rows.len(), &mut issues);
        for issue in issues {
            self.find(codes::RECORD_CONSTRAINT, at.pointer(), sentence(issue.kind));
        }
        let columns = self.plan.question(id).repeat().map_or(0, |repeat| repeat.columns.len());
        self.rows += rows.len();
        self.cells += rows.len().saturating_mul(columns);
        if self.rows > MOST_ROWS || self.cells > MOST_CELLS {
            let message = format!("a record has at most {MOST_ROWS} rows, and fewer of many columns");
            return self.find(codes::RECORD_LIMIT, at.pointer(), message);
        }
        for (index, row) in rows.iter().enumerate() {
            let at = At::Row(at, index);
            match row.as_object() {
                Some(row) => self.check_object(Some(id), row, &at),
                None => self.find(codes::RECORD_WRONG_TYPE, at.pointer(), "a row is an object"),
            }
        }
    }

    fn check_accounts(&mut self, id: QuestionId, accounts: &Accounts<Json>, pointer: &str) {
        let all = At::Accounts(pointer);
        let question = self.plan.question(id);
        if !question.is_asked() || question.repeat().is_some() {
            let message = "this is not a question that a person answers";
            return self.find(codes::RECORD_CALCULATED, all.pointer(), message);
        }
        for (who, account) in accounts {
            let at = At::Name(&all, who.code());
            match account {
                Account::Answer(json) => self.check_value(id, json, &At::Name(&at, "value")),
                Account::Absent(absence) if !question.absences.contains(absence) => {
                    let message = "this question does not take this absence code";
                    self.find(codes::RECORD_ABSENCE_CODE, At::Name(&at, "absent").pointer(), message);
                }
                Account::Absent(_) => {}
            }
        }
    }

    fn check_value(&mut self, id: QuestionId, json: &Json, at: &At<'_>) {
        match value_from_json(self.plan.question(id), json) {
            Err(Misfit::Type) => {
                let message =
                    format!("an answer of another type than the question takes: {}", takes(self.plan, id));
                self.find(codes::RECORD_WRONG_TYPE, at.pointer(), message);
            }
            Err(Misfit::Format) => {
                let message = format!("not written as the question takes it: {}", takes(self.plan, id));
                self.find(codes::RECORD_CONSTRAINT, at.pointer(), message);
            }
            Ok(value) => {
                for issue in value_issues(self.plan, id, &value) {
                    let code = match issue.kind {
                        IssueKind::Choice => codes::RECORD_UNLISTED_CHOICE,
                        IssueKind::Integer => codes::RECORD_WRONG_TYPE,
                        _ => codes::RECORD_CONSTRAINT,
                    };
                    self.find(code, at.pointer(), sentence(issue.kind));
                }
            }
        }
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

/// A name as a part of a JSON Pointer.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

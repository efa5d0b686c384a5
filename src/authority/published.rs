use std::cell::Cell;

use serde_json::{Map, Value as Json, json};

use super::condition::{Conditions, MOST_ALTERNATIVES, Reason, answered};
use super::projection::{DRAFT, object};
use crate::diagnostic::Severity;
use crate::expression::{Formula, Program};
use crate::plan::{CheckId, Demand, LanguageId, Plan, QuestionId};

/// A questionnaire as plain JSON Schema, and what that cannot say.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The schema of the answers of a finished interview.
    pub schema: Json,
    /// What it leaves to the engine, in document order.
    pub not_expressed: Vec<NotExpressed>,
}

/// Something that JSON Schema cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExpressed {
    /// JSON Pointer of the question in the questionnaire.
    pub pointer: String,
    /// The keyword that is left out.
    pub keyword: &'static str,
    /// The condition, where it is one.
    pub condition: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// The answers of a finished interview as plain JSON Schema 2020-12, for any validator in any language.
///
/// To the schema of single answers it adds what is required, with `if` what is required or not to be answered on a
/// condition, and the checks that keep an interview from being finished. It holds for answers alone: absences stand outside of them.
#[must_use]
pub fn published_schema(plan: &Plan) -> Published {
    let mut publisher = Publisher { plan, not_expressed: Vec::new(), left: Cell::new(MOST_ALTERNATIVES) };
    let questions = plan.question_ids().filter(|&id| plan.question(id).parent.is_none());
    let mut schema = object(plan, questions, &mut |id, schema| publisher.describe(id, schema));
    if let Some(members) = schema.as_object_mut() {
        members.insert("$schema".into(), DRAFT.into());
        members.insert("title".into(), (&*plan.title.text(LanguageId(0))).into());
        publisher.conditions(None, members);
        members.insert("$comment".into(), publisher.comment().into());
    }
    Published { schema, not_expressed: publisher.not_expressed }
}

struct Publisher<'a> {
    plan: &'a Plan,
    not_expressed: Vec<NotExpressed>,
    /// How many alternatives may still be listed.
    left: Cell<usize>,
}

impl Publisher<'_> {
    /// Adds to the schema of a question what a reader wants to know, and the conditions of its rows.
    fn describe(&mut self, id: QuestionId, schema: &mut Map<String, Json>) {
        let question = self.plan.question(id);
        schema.insert("title".into(), (&*question.title.text(LanguageId(0))).into());
        if let Some(description) = &question.description {
            schema.insert("description".into(), (&*description.text(LanguageId(0))).into());
        }
        if question.repeat().is_some()
            && let Some(rows) = schema.get_mut("items").and_then(Json::as_object_mut)
        {
            self.conditions(Some(id), rows);
        }
    }

    /// What is required, and what is not to be answered, in the answers of one object.
    fn conditions(&mut self, repeat: Option<QuestionId>, members: &mut Map<String, Json>) {
        let plan = self.plan;
        let mut conditions = Vec::new();
        for id in plan.question_ids().filter(|&id| plan.question(id).parent == repeat) {
            let question = plan.question(id);
            if !question.is_asked() {
                continue;
            }
            let section = plan.section(question.section).visible_if.as_ref().filter(|_| repeat.is_none());
            let mut shown = Vec::new();
            let mut decided = true;
            for program in section.into_iter().chain(&question.visible_if) {
                match self.truth(id, repeat, "visibleIf", program) {
                    Some(visible) => {
                        conditions.push(json!({
                            "if": visible,
                            "else": { "properties": { &*question.name: false } },
                        }));
                        shown.push(visible);
                    }
                    None => decided = false,
                }
            }
            self.leaves_out(id);
            let shown_if = if decided { Some(shown.as_slice()) } else { None };
            self.checks(&question.checks, repeat, shown_if, &mut conditions);
            let answered = answered(question, json!({}));
            match (question.demand, decided, shown.is_empty()) {
                (Demand::Required, true, true) => conditions.push(answered),
                (Demand::Required, true, false) => {
                    conditions.push(json!({ "if": { "allOf": shown }, "then": answered }));
                }
                (Demand::Required, false, _) => self.note(id, "required", None, VISIBILITY),
                (Demand::AnswerOrRefusal, ..) => self.note(id, "required", None, ABSENCE),
                (Demand::Expected | Demand::Optional, ..) => {
                    let Some(program) = &question.required_if else { continue };
                    match self.truth(id, repeat, "requiredIf", program) {
                        Some(_) if !decided => {
                            self.note(id, "requiredIf", Some(program), VISIBILITY);
                        }
                        Some(required) => {
                            shown.push(required);
                            conditions.push(json!({ "if": { "allOf": shown }, "then": answered }));
                        }
                        None => {}
                    }
                }
            }
        }
        if repeat.is_none() {
            self.outer_checks(&mut conditions);
        }
        if !conditions.is_empty() {
            members.insert("allOf".into(), conditions.into());
        }
    }

    /// The schema of the answers with which a condition is true; if there is none, that is noted.
    fn truth(
        &mut self,
        id: QuestionId,
        repeat: Option<QuestionId>,
        keyword: &'static str,
        program: &Program,
    ) -> Option<Json> {
        match self.schema(repeat, program, true) {
            Ok(schema) => Some(schema),
            Err(reason) => {
                self.note(id, keyword, Some(program), reason);
                None
            }
        }
    }

    /// The schema of the answers with which a condition surely has a truth value.
    fn schema(&self, repeat: Option<QuestionId>, program: &Program, truth: bool) -> Result<Json, Reason> {
        let conditions = Conditions { plan: self.plan, repeat, left: &self.left };
        let formula = Formula::of(program.canonical()).ok_or("it does more than compare answers")?;
        conditions.schema(&formula, truth)
    }

    /// What no schema of answers says of a question, whatever the condition.
    fn leaves_out(&mut self, id: QuestionId) {
        let question = self.plan.question(id);
        if let Some(program) = &question.choice_filter {
            self.note(
                id,
                "choiceFilter",
                Some(program),
                "the choices hang on other answers and on columns of a list",
            );
        }
        if let Some(repeat) = question.repeat() {
            if repeat.count_from.is_some() {
                self.note(id, "countFrom", None, "the number of rows is an answer");
            }
            if !repeat.unique_key.is_empty() {
                self.note(id, "uniqueKey", None, "rows are compared by some of their columns");
            }
        }
    }

    /// What must hold between answers for an interview to be finished, where what it stands at is asked: `shown_if`, or
    /// none where that is not expressed.
    fn checks(
        &mut self,
        checks: &[CheckId],
        repeat: Option<QuestionId>,
        shown_if: Option<&[Json]>,
        conditions: &mut Vec<Json>,
    ) {
        for check in checks.iter().map(|id| self.plan.check(*id)) {
            let violated = match (check.severity, shown_if) {
                (Severity::Error, Some(_)) => self.schema(repeat, &check.assert, false),
                (Severity::Error, None) => Err(VISIBILITY),
                _ => Err("a warning keeps no interview from being finished"),
            };
            match (violated, shown_if) {
                (Ok(violated), None | Some([])) => conditions.push(json!({ "not": violated })),
                (Ok(violated), Some(shown)) => {
                    conditions.push(json!({ "if": { "allOf": shown }, "then": { "not": violated } }));
                }
                (Err(reason), _) => self.not_expressed.push(NotExpressed {
                    pointer: check.question.map_or("", |id| &*self.plan.question(id).pointer).to_owned(),
                    keyword: "checks",
                    condition: Some(check.assert.canonical().to_owned()),
                    reason,
                }),
            }
        }
    }

    /// The checks of sections that are asked, and of the form.
    fn outer_checks(&mut self, conditions: &mut Vec<Json>) {
        let plan = self.plan;
        for section in plan.section_ids().map(|id| plan.section(id)) {
            let shown = section.visible_if.iter().map(|program| self.schema(None, program, true));
            let shown: Option<Vec<Json>> = shown.map(Result::ok).collect();
            self.checks(&section.checks, None, shown.as_deref(), conditions);
        }
        self.checks(&plan.form_checks, None, Some(&[]), conditions);
    }

    fn note(&mut self, id: QuestionId, keyword: &'static str, condition: Option<&Program>, reason: Reason) {
        self.not_expressed.push(NotExpressed {
            pointer: self.plan.question(id).pointer.to_string(),
            keyword,
            condition: condition.map(|program| program.canonical().to_owned()),
            reason,
        });
    }

    fn comment(&self) -> String {
        match self.not_expressed.len() {
            0 => "Everything that the questionnaire asks of answers is said here.".to_owned(),
            count => format!(
                "{count} conditions of the questionnaire are not said here: `intake schema --not-expressed` lists them."
            ),
        }
    }
}

const VISIBILITY: Reason = "whether the question is asked is not expressed";
const ABSENCE: Reason = "an absence is enough, and absences stand outside of the answers";

impl NotExpressed {
    /// As JSON: `{"pointer": …, "keyword": …, "condition": …, "reason": …}`.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let Self { pointer, keyword, condition, reason } = self;
        json!({ "pointer": pointer, "keyword": keyword, "condition": condition, "reason": reason })
    }
}

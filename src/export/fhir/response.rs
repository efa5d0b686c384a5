//! The answers as a QuestionnaireResponse.

use serde_json::{Map, Value, json};

use super::variables::ABSENT;
use super::{Bundle, naming, object, withheld};
use crate::export::{Leaving, Loss};
use crate::plan::{AnswerKind, Plan, QuestionId, TextShape};
use crate::profile::wire::ProfileStatus;

impl Bundle<'_> {
    pub(super) fn add_response(&mut self) {
        let profile = &self.leaving.profile;
        let status = match profile.status.0 {
            ProfileStatus::Complete => "completed",
            ProfileStatus::InProgress => "in-progress",
        };
        let canonical = format!("{}|{}", self.naming.questionnaire(self.plan), self.plan.version);
        let (items, losses) = items(self.leaving, &self.naming);
        self.losses.extend(losses);
        let resource = object([
            ("resourceType", "QuestionnaireResponse".into()),
            ("meta", withheld::meta(self.leaving)),
            ("language", profile.questionnaire.language.as_str().into()),
            ("extension", withheld::extension(self.leaving, &self.naming)),
            ("questionnaire", canonical.into()),
            ("status", status.into()),
            ("subject", self.subject()),
            ("authored", self.when().into()),
            ("item", if items.is_empty() { Value::Null } else { items.into() }),
        ]);
        self.put("response", "", resource);
    }
}

/// The items of a response: a group for each section, in it its questions.
pub(super) fn items(leaving: &Leaving, naming: &naming::Naming) -> (Vec<Value>, Vec<Loss>) {
    let plan = &*leaving.plan;
    let mut writer = Writer { leaving, naming, losses: Vec::new() };
    let mut items = Vec::new();
    for id in plan.section_ids() {
        let inner: Vec<Value> = plan
            .section(id)
            .questions
            .iter()
            .flat_map(|question| writer.question(*question, &leaving.profile.answers, ""))
            .collect();
        if !inner.is_empty() {
            items.push(json!({ "linkId": naming::section_link(plan, id), "item": inner }));
        }
    }
    (items, writer.losses)
}

struct Writer<'a> {
    leaving: &'a Leaving,
    naming: &'a naming::Naming,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn question(&mut self, id: QuestionId, answers: &Map<String, Value>, at: &str) -> Vec<Value> {
        let plan = &*self.leaving.plan;
        let question = plan.question(id);
        let pointer = format!("{at}/{}", question.name);
        let link = naming::link(plan, id);
        if let (Some(repeat), Some(Value::Array(rows))) = (question.repeat(), answers.get(&*question.name)) {
            let mut items = Vec::new();
            for (index, row) in rows.iter().enumerate() {
                let Value::Object(row) = row else { continue };
                let at = format!("{pointer}/{index}");
                let inner: Vec<Value> =
                    repeat.columns.iter().flat_map(|column| self.question(*column, row, &at)).collect();
                let mut item = object([("linkId", link.as_str().into())]);
                if !inner.is_empty() {
                    item.insert("item".to_owned(), inner.into());
                }
                items.push(Value::Object(item));
            }
            return items;
        }
        match answers.get(&*question.name) {
            Some(Value::Array(values)) => {
                let answers: Vec<Value> =
                    values.iter().filter_map(|value| self.answer(id, value, &pointer)).collect();
                vec![json!({ "linkId": link, "answer": answers })]
            }
            Some(value) => match self.answer(id, value, &pointer) {
                Some(answer) => vec![json!({ "linkId": link, "answer": [answer] })],
                None => Vec::new(),
            },
            None => match self.leaving.profile.absent.get(&pointer) {
                Some(absence) => {
                    let extension = json!([{ "url": ABSENT, "valueCode": absence.0.fhir_code() }]);
                    vec![json!({ "linkId": link, "extension": extension })]
                }
                None => Vec::new(),
            },
        }
    }

    fn answer(&mut self, id: QuestionId, value: &Value, pointer: &str) -> Option<Value> {
        let plan = &*self.leaving.plan;
        let kind = &plan.question(id).kind;
        Some(match (kind, value) {
            (AnswerKind::Boolean, Value::Bool(_)) => json!({ "valueBoolean": value }),
            (AnswerKind::Number { integer: true }, _) => json!({ "valueInteger": value }),
            (AnswerKind::Number { integer: false }, _) => json!({ "valueDecimal": value }),
            (AnswerKind::Date(_), _) => json!({ "valueDate": value }),
            (AnswerKind::Time, Value::String(time)) => json!({ "valueTime": format!("{time}:00") }),
            (AnswerKind::Text(TextShape::Attachment), Value::String(print)) => {
                json!({ "valueAttachment": { "url": format!("urn:{print}") } })
            }
            (AnswerKind::Text(_), Value::String(text)) => {
                // FHIR's texts begin and end with something, and are no longer than a megabyte.
                if text.trim() != text {
                    self.losses.push(Loss::new(format!("/answers{pointer}"), crate::export::Why::Changed));
                }
                json!({ "valueString": text.trim() })
            }
            (AnswerKind::Choice { .. } | AnswerKind::Choices { .. }, _) => {
                json!({ "valueCoding": coding(plan, self.naming, id, value, &self.leaving.profile.questionnaire.language) })
            }
            _ => return None,
        })
    }
}

/// A chosen code with its system and what a person reads.
fn coding(plan: &Plan, naming: &naming::Naming, id: QuestionId, value: &Value, language: &str) -> Value {
    let code = match value {
        Value::String(code) => code.clone(),
        Value::Number(number) => crate::json::canonical::number_text(number),
        other => other.to_string(),
    };
    let language = plan.language(language).unwrap_or_default();
    let label = plan.choice_of_code(id, &code).map(|choice| choice.label.text(language).to_string());
    json!({ "system": super::questionnaire::code_system(plan, naming, id), "code": code, "display": label })
}

//! The questionnaire itself, with its conditions and calculations as Structured Data Capture has them.

use serde_json::{Map, Value, json};

use super::naming::{self, Naming};
use super::variables::{Variable, Variables};
use super::{Bundle, conditions, object};
use crate::diagnostic::Severity;
use crate::export::{Leaving, Loss, encoded};
use crate::expression::Program;
use crate::plan::{
    AnswerKind, CheckId, Choice, ChoiceSource, Demand, LanguageId, Localised, Plan, Question, QuestionId,
    TextShape,
};

const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

impl Bundle<'_> {
    /// The questionnaire: the same for everybody, found again by its address and version.
    pub(super) fn add_questionnaire(&mut self) {
        let made = questionnaire(self.plan, &self.naming);
        let url = format!(
            "Questionnaire?url={}&version={}",
            encoded(&self.naming.questionnaire(self.plan)),
            encoded(&self.plan.version)
        );
        let rules = "rules, alerts and scores that are no sums: a Questionnaire has no place for them";
        let left_out = made.left_out.iter().map(|part| format!(", {part}"));
        self.losses.push(
            Loss::format("/questionnaire/content_hash")
                .note(std::iter::once(rules.to_owned()).chain(left_out).collect::<String>()),
        );
        let of = format!("{}|{}", self.plan.id, self.plan.version);
        self.entry("questionnaire", &of, made.resource, json!({ "method": "PUT", "url": url }));
    }
}

struct Made {
    resource: Map<String, Value>,
    /// What FHIRPath cannot say.
    left_out: Vec<String>,
}

/// The items of a response, as the bundle has them.
pub(super) fn code_system(plan: &Plan, naming: &Naming, id: QuestionId) -> String {
    match &plan.question(id).kind {
        AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
        | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => {
            naming.system(&format!("list-{}", plan.list(*list).id))
        }
        _ => naming.system(&format!("codes-{}-{}", plan.id, plan.path(id))),
    }
}

fn questionnaire(plan: &Plan, naming: &Naming) -> Made {
    let mut writer = Writer { plan, naming, variables: Variables::new(plan), left_out: Vec::new() };
    let items: Vec<Value> = plan.section_ids().map(|id| writer.section(id)).collect();
    let form_checks = writer.checks(&plan.form_checks);
    let variables: Vec<Value> = writer.variables.form.iter().map(variable).chain(form_checks).collect();
    let name: String =
        plan.id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let mut resource = object([
        ("resourceType", "Questionnaire".into()),
        ("extension", if variables.is_empty() { Value::Null } else { variables.into() }),
        ("url", naming.questionnaire(plan).into()),
        ("version", (&*plan.version).into()),
        ("name", name.into()),
        ("status", "active".into()),
        ("subjectType", json!(["Patient"])),
        ("item", items.into()),
    ]);
    text(plan, &mut resource, "title", Some(&plan.title));
    text(plan, &mut resource, "description", plan.description.as_ref());
    Made { resource, left_out: writer.left_out }
}

struct Writer<'a> {
    plan: &'a Plan,
    naming: &'a Naming,
    variables: Variables<'a>,
    left_out: Vec<String>,
}

impl Writer<'_> {
    fn section(&mut self, id: crate::plan::SectionId) -> Value {
        let section = self.plan.section(id);
        let mut item =
            object([("linkId", naming::section_link(self.plan, id).into()), ("type", "group".into())]);
        text(self.plan, &mut item, "text", Some(&section.title));
        let of = naming::section_link(self.plan, id);
        let shown = section.visible_if.as_ref().and_then(|program| self.enable_when(program, None, &of));
        let mut extensions: Vec<Value> = shown.into_iter().collect();
        extensions.extend(self.checks(&section.checks));
        let items: Vec<Value> = section.questions.iter().map(|question| self.question(*question)).collect();
        extend(&mut item, extensions);
        if !items.is_empty() {
            item.insert("item".to_owned(), items.into());
        }
        Value::Object(item)
    }

    fn question(&mut self, id: QuestionId) -> Value {
        let plan = self.plan;
        let question = plan.question(id);
        let mut extensions = Vec::new();
        let mut item =
            object([("linkId", naming::link(plan, id).into()), ("type", item_type(question).into())]);
        text(plan, &mut item, "text", Some(&question.title));
        let codes: Vec<Value> = question
            .concepts
            .iter()
            .map(|concept| {
                let display = concept.display.as_ref().map(|display| display.to_string());
                Value::Object(object([
                    ("system", (&*concept.system).into()),
                    ("code", (&*concept.code).into()),
                    ("display", json!(display)),
                ]))
            })
            .collect();
        if !codes.is_empty() {
            item.insert("code".to_owned(), codes.into());
        }
        if let Some(program) = &question.visible_if {
            extensions.extend(self.enable_when(program, question.parent, &plan.path(id)));
        }
        if let Some(program) = &question.calculate {
            item.insert("readOnly".to_owned(), true.into());
            match self.variables.lower(program, question.parent) {
                Some(expression) => {
                    extensions.push(expression_extension(&format!("{SDC}calculatedExpression"), &expression))
                }
                None => self.left_out.push(format!("calculate of {}", plan.path(id))),
            }
        }
        if question.demand == Demand::Required
            && question.calculate.is_none()
            && item_type(question) != "display"
        {
            item.insert("required".to_owned(), true.into());
        } else if let Some(program) = &question.required_if {
            let expression = self.variables.lower(program, question.parent);
            self.dynamic(&mut item, "required", expression, || format!("requiredIf of {}", plan.path(id)));
        }
        if conditions::is_locked(plan, id) && item_type(question) != "display" {
            let expression = conditions::locked(&mut self.variables, plan, id);
            self.dynamic(&mut item, "readOnly", expression, || format!("readOnlyIf of {}", plan.path(id)));
        }
        extensions.extend(self.checks(&question.checks));
        extensions.extend(self.toggles(id));
        self.limits(question, &mut item, &mut extensions);
        match &question.kind {
            AnswerKind::Choices { .. } => {
                item.insert("repeats".to_owned(), true.into());
            }
            AnswerKind::Repeat(repeat) => {
                item.insert("repeats".to_owned(), true.into());
                let items: Vec<Value> = repeat.columns.iter().map(|column| self.question(*column)).collect();
                let own =
                    self.variables.rows.get(&id).into_iter().flatten().map(variable).collect::<Vec<_>>();
                extensions.extend(own);
                item.insert("item".to_owned(), items.into());
            }
            _ => {}
        }
        let options: Vec<Value> = plan.choices(id).map(|choice| self.option(id, choice)).collect();
        if !options.is_empty() {
            item.insert("answerOption".to_owned(), options.into());
        }
        extend(&mut item, extensions);
        Value::Object(item)
    }

    fn enable_when(&mut self, program: &Program, within: Option<QuestionId>, of: &str) -> Option<Value> {
        let expression = self.variables.lower(program, within);
        if expression.is_none() {
            self.left_out.push(format!("visibleIf of {of}"));
        }
        expression.map(|expression| expression_extension(&format!("{SDC}enableWhenExpression"), &expression))
    }

    /// A member of an item that is not the same at every moment.
    fn dynamic(
        &mut self,
        item: &mut Map<String, Value>,
        member: &str,
        expression: Option<String>,
        what: impl FnOnce() -> String,
    ) {
        match expression {
            Some(expression) => {
                let extension = expression_extension(&format!("{CORE}cqf-expression"), &expression);
                item.insert(format!("_{member}"), json!({ "extension": [extension] }));
            }
            None => self.left_out.push(what()),
        }
    }

    /// Checks as constraints. FHIR knows errors and warnings: what is only worth knowing is a warning there.
    fn checks(&mut self, checks: &[CheckId]) -> Vec<Value> {
        let mut found = Vec::new();
        for id in checks {
            let check = self.plan.check(*id);
            let Some(expression) = conditions::holds(&mut self.variables, self.plan, check) else {
                self.left_out.push(format!("check {}", check.id));
                continue;
            };
            let severity = if check.severity == Severity::Error { "error" } else { "warning" };
            // In the document's language: validators take no translation of a value inside of an extension.
            let message = check.message.text(LanguageId(0));
            let human = if message.trim().is_empty() { &*check.id } else { message.trim() };
            found.push(json!({
                "url": format!("{CORE}questionnaire-constraint"),
                "extension": [
                    // An id of FHIR has no underscores.
                    { "url": "key", "valueId": check.id.replace('_', "-").chars().take(64).collect::<String>() },
                    { "url": "severity", "valueCode": severity },
                    { "url": "expression", "valueString": expression },
                    { "url": "human", "valueString": human },
                ],
            }));
        }
        found
    }

    fn toggles(&mut self, id: QuestionId) -> Vec<Value> {
        if self.plan.question(id).choice_filter.is_none() {
            return Vec::new();
        }
        let Some(groups) = conditions::toggles(&mut self.variables, self.plan, id) else {
            self.left_out.push(format!("choiceFilter of {}", self.plan.path(id)));
            return Vec::new();
        };
        let system = code_system(self.plan, self.naming, id);
        let group = |(expression, choices): (String, Vec<&Choice>)| {
            let options = choices.iter().map(|choice| {
                json!({ "url": "option", "valueCoding": { "system": system, "code": &*choice.code } })
            });
            let enabled = json!({
                "url": "expression",
                "valueExpression": { "language": "text/fhirpath", "expression": expression },
            });
            json!({
                "url": format!("{SDC}answerOptionsToggleExpression"),
                "extension": options.chain([enabled]).collect::<Vec<_>>(),
            })
        };
        groups.into_iter().map(group).collect()
    }

    fn option(&self, id: QuestionId, choice: &Choice) -> Value {
        let system = code_system(self.plan, self.naming, id);
        let mut coding = object([("system", system.into()), ("code", (&*choice.code).into())]);
        text(self.plan, &mut coding, "display", Some(&choice.label));
        let number = match (&choice.score, &choice.value) {
            (Some(score), _) => Some(*score),
            (None, crate::value::Value::Number(number)) => Some(*number),
            _ => None,
        };
        if let Some(number) = number {
            let ordinal = json!({ "url": format!("{CORE}ordinalValue"), "valueDecimal": crate::session::number_to_json(number) });
            extend(&mut coding, vec![ordinal]);
        }
        json!({ "valueCoding": coding })
    }

    fn limits(&self, question: &Question, item: &mut Map<String, Value>, extensions: &mut Vec<Value>) {
        let limits = &question.constraints;
        let number = |number| crate::session::number_to_json(number);
        let whole = matches!(question.kind, AnswerKind::Number { integer: true });
        let name = if whole { "valueInteger" } else { "valueDecimal" };
        if matches!(question.kind, AnswerKind::Number { .. }) {
            for (bound, limit) in [("minValue", limits.minimum), ("maxValue", limits.maximum)] {
                if let Some(limit) = limit.filter(|limit| !whole || limit.is_integer()) {
                    let mut extension = object([("url", format!("{CORE}{bound}").into())]);
                    extension.insert(name.to_owned(), number(limit));
                    extensions.push(Value::Object(extension));
                }
            }
        }
        if let (Some(most), "string" | "text") = (limits.max_length, item_type(question)) {
            item.insert("maxLength".to_owned(), most.into());
        }
        if let Some(pattern) = &limits.pattern {
            extensions.push(json!({ "url": format!("{CORE}regex"), "valueString": pattern.as_str() }));
        }
        if let Some(unit) = &question.unit {
            let unit = unit.text(LanguageId(0)).to_string();
            extensions.push(
                json!({ "url": format!("{CORE}questionnaire-unit"), "valueCoding": { "display": unit } }),
            );
        }
    }
}

fn item_type(question: &Question) -> &'static str {
    match &question.kind {
        AnswerKind::Boolean => "boolean",
        AnswerKind::Number { integer: true } => "integer",
        AnswerKind::Number { integer: false } => "decimal",
        AnswerKind::Text(TextShape::Attachment) => "attachment",
        AnswerKind::Text(_) if question.constraints.max_length.is_none_or(|most| most > 200) => "text",
        AnswerKind::Text(_) => "string",
        AnswerKind::Date(_) => "date",
        AnswerKind::Time => "time",
        AnswerKind::Choice { .. } | AnswerKind::Choices { .. } => "choice",
        AnswerKind::Repeat(_) => "group",
        AnswerKind::Note => "display",
    }
}

fn variable(variable: &Variable) -> Value {
    json!({
        "url": format!("{CORE}variable"),
        "valueExpression": { "name": variable.name, "language": "text/fhirpath", "expression": variable.expression },
    })
}

fn expression_extension(url: &str, expression: &str) -> Value {
    json!({
        "url": url,
        "valueExpression": { "language": "text/fhirpath", "expression": expression },
    })
}

fn extend(holder: &mut Map<String, Value>, extensions: Vec<Value>) {
    if !extensions.is_empty() {
        holder.insert("extension".to_owned(), extensions.into());
    }
}

/// A text in the document's language, and its translations beside it.
fn text(plan: &Plan, holder: &mut Map<String, Value>, name: &str, text: Option<&Localised>) {
    let Some(text) = text else { return };
    let own = text.text(LanguageId(0));
    if own.trim().is_empty() {
        return;
    }
    holder.insert(name.to_owned(), own.trim().into());
    let translations: Vec<Value> = (1_u16..)
        .zip(plan.languages.iter().skip(1))
        .map(|(language, tag)| (tag, text.text(LanguageId(language))))
        .filter(|(_, words)| **words != *own && !words.trim().is_empty())
        .map(|(tag, words)| {
            json!({
                "url": format!("{CORE}translation"),
                "extension": [{ "url": "lang", "valueCode": &**tag }, { "url": "content", "valueString": words.trim() }],
            })
        })
        .collect();
    if !translations.is_empty() {
        holder.insert(format!("_{name}"), json!({ "extension": translations }));
    }
}

/// The response of a profile as a resource of its own, for whoever has the questionnaire already.
#[must_use]
pub fn response(leaving: &Leaving) -> Value {
    let naming = Naming::new(leaving, None);
    let (items, _) = super::response::items(leaving, &naming);
    json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "item": items })
}

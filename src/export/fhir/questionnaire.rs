//! The questionnaire itself, with its conditions and calculations as Structured Data Capture has them.

use serde_json::{Map, Value, json};

use super::naming::{self, Naming};
use super::variables::{Variable, Variables};
use super::{Bundle, object};
use crate::export::{Leaving, Loss, encoded};
use crate::expression::Program;
use crate::plan::{
    AnswerKind, Choice, ChoiceSource, Demand, LanguageId, Localised, Plan, Question, QuestionId, TextShape,
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
        if made.left_out > 0 {
            self.losses.push(
                Loss::format("/questionnaire/content_hash")
                    .note("some conditions of the questionnaire are left out"),
            );
        }
        let of = format!("{}|{}", self.plan.id, self.plan.version);
        self.entry("questionnaire", &of, made.resource, json!({ "method": "PUT", "url": url }));
    }
}

struct Made {
    resource: Map<String, Value>,
    left_out: usize,
}

/// A condition or calculation of a questionnaire as FHIRPath over a response, with the variables that it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// The link id of the item: `section.` and the id of a section, or the path of a question.
    pub link: String,
    /// `enableWhen` or `calculated`.
    pub kind: &'static str,
    /// The expression; none where FHIRPath cannot say it.
    pub expression: Option<String>,
}

/// Every condition and calculation of a questionnaire with what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoweredForm {
    /// In document order, those of sections first.
    pub conditions: Vec<Lowered>,
    /// The names and expressions of the form's variables, each after those that it reads.
    pub variables: Vec<(String, String)>,
    /// The same of the rows of repeats, with the repeat.
    pub row_variables: Vec<(QuestionId, String, String)>,
}

/// The conditions and calculations of a questionnaire as FHIRPath over a response.
#[must_use]
pub fn lowered(plan: &Plan) -> LoweredForm {
    let mut variables = Variables::new(plan);
    let mut found = Vec::new();
    for id in plan.section_ids() {
        if let Some(program) = &plan.section(id).visible_if {
            let expression = variables.lower(program, None);
            found.push(Lowered { link: naming::section_link(plan, id), kind: "enableWhen", expression });
        }
    }
    for id in plan.question_ids() {
        let question = plan.question(id);
        for (kind, program) in [("enableWhen", &question.visible_if), ("calculated", &question.calculate)] {
            if let Some(program) = program {
                let expression = variables.lower(program, question.parent);
                found.push(Lowered { link: naming::link(plan, id), kind, expression });
            }
        }
    }
    let pair = |variable: &Variable| (variable.name.clone(), variable.expression.clone());
    let rows = variables.rows.iter().flat_map(|(repeat, list)| {
        list.iter().map(|variable| (*repeat, variable.name.clone(), variable.expression.clone()))
    });
    LoweredForm {
        conditions: found,
        variables: variables.form.iter().map(pair).collect(),
        row_variables: rows.collect(),
    }
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
    let mut writer = Writer { plan, naming, variables: Variables::new(plan), left_out: 0 };
    let items: Vec<Value> = plan.section_ids().map(|id| writer.section(id)).collect();
    let variables: Vec<Value> = writer.variables.form.iter().map(variable).collect();
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
    left_out: usize,
}

impl Writer<'_> {
    fn section(&mut self, id: crate::plan::SectionId) -> Value {
        let section = self.plan.section(id);
        let mut item =
            object([("linkId", naming::section_link(self.plan, id).into()), ("type", "group".into())]);
        text(self.plan, &mut item, "text", Some(&section.title));
        let shown = section.visible_if.as_ref().and_then(|program| self.enable_when(program, None));
        let items: Vec<Value> = section.questions.iter().map(|question| self.question(*question)).collect();
        extend(&mut item, shown.into_iter().collect());
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
            extensions.extend(self.enable_when(program, question.parent));
        }
        if let Some(program) = &question.calculate {
            item.insert("readOnly".to_owned(), true.into());
            match self.variables.lower(program, question.parent) {
                Some(expression) => {
                    extensions.push(expression_extension("calculatedExpression", &expression))
                }
                None => self.left_out += 1,
            }
        }
        if question.demand == Demand::Required
            && question.calculate.is_none()
            && item_type(question) != "display"
        {
            item.insert("required".to_owned(), true.into());
        }
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
        if question.read_only_if.is_some()
            || question.required_if.is_some()
            || question.choice_filter.is_some()
        {
            self.left_out += 1;
        }
        extend(&mut item, extensions);
        Value::Object(item)
    }

    fn enable_when(&mut self, program: &Program, within: Option<QuestionId>) -> Option<Value> {
        let expression = self.variables.lower(program, within);
        if expression.is_none() {
            self.left_out += 1;
        }
        expression.map(|expression| expression_extension("enableWhenExpression", &expression))
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

fn expression_extension(kind: &str, expression: &str) -> Value {
    json!({
        "url": format!("{SDC}{kind}"),
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

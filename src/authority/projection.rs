use serde_json::{Map, Value as Json, json};

use super::formats;
use crate::plan::{AnswerKind, Constraints, DateShape, Plan, Question, QuestionId, Repeat, TextShape};
use crate::value::{Decimal, Value};

/// What each answer of a record may be, as plain JSON Schema 2020-12.
///
/// One closed object with a property for every question that a person answers; rows of a repeat are closed objects
/// too. Nothing is `required`, for a record may lack any answer, and there is no keyword of the project's own.
#[must_use]
pub fn answer_schema(plan: &Plan) -> Json {
    let questions = plan.question_ids().filter(|&id| plan.question(id).parent.is_none());
    let mut schema = object(plan, questions, &mut |_, _| {});
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".into(), DRAFT.into());
    }
    schema
}

/// The draft that is written and read, whatever a schema says of itself.
pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A closed object of answers; `decorate` may add annotations to each property.
pub(super) fn object(
    plan: &Plan,
    questions: impl Iterator<Item = QuestionId>,
    decorate: &mut dyn FnMut(QuestionId, &mut Map<String, Json>),
) -> Json {
    let mut properties = Map::new();
    for id in questions {
        let question = plan.question(id);
        if question.is_asked() {
            let mut schema = answer(plan, id, decorate);
            decorate(id, &mut schema);
            properties.insert(question.name.to_string(), Json::Object(schema));
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn answer(
    plan: &Plan,
    id: QuestionId,
    decorate: &mut dyn FnMut(QuestionId, &mut Map<String, Json>),
) -> Map<String, Json> {
    let question = plan.question(id);
    let mut schema = Map::new();
    let mut set = |keyword: &str, value: Json| {
        schema.insert(keyword.to_owned(), value);
    };
    match &question.kind {
        AnswerKind::Boolean => set("type", "boolean".into()),
        AnswerKind::Number { integer } => set("type", if *integer { "integer" } else { "number" }.into()),
        AnswerKind::Text(shape) => {
            set("type", "string".into());
            match shape {
                TextShape::Plain => {}
                TextShape::Location => set("pattern", formats::LOCATION.into()),
                TextShape::Attachment => set("pattern", formats::ATTACHMENT.into()),
            }
        }
        AnswerKind::Date(shape) => {
            set("type", "string".into());
            match shape {
                DateShape::Full => {
                    set("format", "date".into());
                    set("pattern", formats::full_date().into());
                }
                DateShape::Partial => set("pattern", formats::partial_date().into()),
            }
        }
        AnswerKind::Time => {
            set("type", "string".into());
            set("pattern", formats::TIME.into());
        }
        // An `enum` is looked up; `oneOf` of as many constants is tried one by one, at a thousand times the cost.
        AnswerKind::Choice { .. } => set("enum", codes(plan, id)),
        AnswerKind::Choices { .. } => {
            set("type", "array".into());
            set("items", json!({ "enum": codes(plan, id) }));
            set("uniqueItems", true.into());
        }
        AnswerKind::Repeat(Repeat { columns, .. }) => {
            set("type", "array".into());
            set("items", object(plan, columns.iter().copied(), decorate));
        }
        AnswerKind::Note => {}
    }
    constrain(question, &mut schema);
    schema
}

fn codes(plan: &Plan, id: QuestionId) -> Json {
    plan.choices(id).map(|choice| code(&choice.value)).collect()
}

/// A choice's value as it stands in a record.
pub(super) fn code(value: &Value) -> Json {
    match value {
        Value::Number(value) => number(*value),
        Value::Text(code) => (&**code).into(),
        Value::Boolean(value) => (*value).into(),
        Value::Codes(_) | Value::Date(_) | Value::Time(_) => Json::Null,
    }
}

fn constrain(question: &Question, schema: &mut Map<String, Json>) {
    let Constraints {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        min_items,
        max_items,
    } = &question.constraints;
    for (keyword, limit) in [
        ("minimum", minimum),
        ("maximum", maximum),
        ("exclusiveMinimum", exclusive_minimum),
        ("exclusiveMaximum", exclusive_maximum),
        ("multipleOf", multiple_of),
    ] {
        if let Some(limit) = limit {
            schema.insert(keyword.to_owned(), number(*limit));
        }
    }
    for (keyword, limit) in
        [("minLength", min_length), ("maxLength", max_length), ("minItems", min_items), ("maxItems", max_items)]
    {
        if let Some(limit) = limit {
            schema.insert(keyword.to_owned(), (*limit).into());
        }
    }
    if let Some(pattern) = pattern {
        schema.insert("pattern".to_owned(), pattern.as_str().into());
    }
}

/// A decimal as a JSON number: an integer where it is whole, or else the nearest double.
pub(super) fn number(value: Decimal) -> Json {
    if value.is_integer()
        && let Ok(whole) = i64::try_from(value)
    {
        return whole.into();
    }
    // Reading the text gives the nearest double, which arithmetic on the parts does not always.
    value.normalize().to_string().parse::<f64>().map_or(Json::Null, Json::from)
}

use yew::AttrValue;

use crate::plan::{AnswerKind, TextShape};
use crate::session::{Node, Session};
use crate::value::{Absence, Value};
use crate::web::text::{Texts, spoken_date};

use super::{number_text, place_boxes};

/// What there is to show for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// An answer, in words.
    Answer(AttrValue),
    /// Why there is none.
    Absent(Absence),
    /// Nothing yet.
    Open,
}

/// The answer to a question as a person reads it.
pub(crate) fn shown(session: &Session, texts: &Texts, node: Node) -> Shown {
    if let Some(absence) = session.absence(node) {
        return Shown::Absent(absence);
    }
    if session.plan().question(node.question()).repeat().is_some() {
        let rows = session.rows(node).len();
        return if rows == 0 {
            Shown::Open
        } else {
            Shown::Answer(texts.fill("rows.count", &[("n", &rows.to_string())]))
        };
    }
    match session.value(node) {
        Some(value) => Shown::Answer(value_text(session, texts, node, value)),
        None => Shown::Open,
    }
}

/// A value as a person reads it: choices by their labels, numbers with their unit.
pub(crate) fn value_text(session: &Session, texts: &Texts, node: Node, value: &Value) -> AttrValue {
    let plan = session.plan();
    let language = session.world().language;
    let question = plan.question(node.question());
    let label = |value: &Value| {
        plan.choice(node.question(), value).map(|choice| choice.label.text(language).to_string())
    };
    match value {
        Value::Boolean(true) => texts.say("answer.yes"),
        Value::Boolean(false) => texts.say("answer.no"),
        Value::Number(number) => {
            let text = label(value).unwrap_or_else(|| number_text(*number));
            match &question.unit {
                Some(unit) => format!("{text} {}", unit.text(language)).into(),
                None => text.into(),
            }
        }
        Value::Text(_) if matches!(question.kind, AnswerKind::Text(TextShape::Attachment)) => {
            texts.say("answer.attached")
        }
        Value::Text(text) if matches!(question.kind, AnswerKind::Text(TextShape::Location)) => {
            place_boxes(Some(text)).join(", ").into()
        }
        Value::Text(text) => label(value).unwrap_or_else(|| text.to_string()).into(),
        Value::Codes(codes) => {
            let labels: Vec<String> = codes
                .iter()
                .map(|code| label(&Value::Text(code.clone())).unwrap_or_else(|| code.to_string()))
                .collect();
            if matches!(question.kind, AnswerKind::Choices { ranking: true, .. }) {
                let places =
                    labels.iter().enumerate().map(|(index, label)| format!("{}. {label}", index + 1));
                places.collect::<Vec<_>>().join(&*texts.say("list.join")).into()
            } else {
                labels.join(&*texts.say("list.join")).into()
            }
        }
        Value::Date(date) => spoken_date(texts, *date),
        Value::Time(time) => time.to_string().into(),
    }
}

use super::{Node, Session};
use crate::expression::{Facts, Reading, RowId};
use crate::plan::{Field, Localised, Piece};
use crate::value::Value;

impl Session {
    /// A text in the session's language with its placeholders filled, as a row sees it.
    ///
    /// Where nothing is known an ellipsis stands, never a blank: a sentence with a hole reads as a finished one.
    #[must_use]
    pub fn text(&self, text: &Localised, row: RowId) -> String {
        let mut out = String::new();
        for piece in &text.template(self.world.language).pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Field { field, .. } => {
                    let filled = match self.read(*field, row) {
                        Reading::Known(value) => Some(self.value_text(self.plan.field(*field), value)),
                        Reading::Within(_) | Reading::Missing => None,
                    };
                    out.push_str(filled.as_deref().unwrap_or("…"));
                }
            }
        }
        out
    }

    /// An answer as a person reads it: the labels of choices, yes or no, the number with its digits.
    #[must_use]
    pub fn answer_text(&self, node: Node) -> Option<String> {
        self.value(node).map(|value| self.value_text(Field::Question(node.question()), value))
    }

    fn value_text(&self, field: Field, value: &Value) -> String {
        let label = |value: &Value| match field {
            Field::Question(question) => self
                .plan
                .choice(question, value)
                .map(|choice| choice.label.text(self.world.language).to_string()),
            _ => None,
        };
        let words = self.plan.words(self.world.language);
        match value {
            Value::Boolean(answer) => words.answer(*answer).to_owned(),
            Value::Number(number) => label(value).unwrap_or_else(|| number.normalize().to_string()),
            Value::Text(text) => label(value).unwrap_or_else(|| text.to_string()),
            Value::Codes(codes) => {
                let labels = codes
                    .iter()
                    .map(|code| label(&Value::Text(code.clone())).unwrap_or_else(|| code.to_string()));
                labels.collect::<Vec<_>>().join(words.between)
            }
            Value::Date(date) => date.to_string(),
            Value::Time(time) => time.to_string(),
        }
    }
}

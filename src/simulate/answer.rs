//! An answer for each kind of question.

use std::sync::Arc;

use super::Interview;
use crate::plan::{AnswerKind, Choice, DateShape, Question, TextShape};
use crate::session::Node;
use crate::value::{Decimal, Value};

impl Interview<'_> {
    /// An answer to a question; none where nothing can be made up.
    pub(super) fn answer(&mut self, node: Node) -> Option<Value> {
        if self.is_birth_date(node) {
            return self.birth_date();
        }
        let plan = Arc::clone(self.session.plan());
        let question = plan.question(node.question());
        match &question.kind {
            AnswerKind::Boolean => Some(Value::Boolean(self.random.percent(10))),
            AnswerKind::Number { .. } => self.number(question),
            AnswerKind::Text(TextShape::Plain) if question.constraints.pattern.is_none() => {
                Some(Value::text("made up"))
            }
            AnswerKind::Text(_) | AnswerKind::Time | AnswerKind::Repeat(_) | AnswerKind::Note => None,
            AnswerKind::Date(DateShape::Full | DateShape::Partial) => self.day(),
            AnswerKind::Choice { .. } => {
                let offered: Vec<Value> = self.offered(node, |choice| choice.value.clone());
                self.random.early(&offered).cloned()
            }
            AnswerKind::Choices { .. } => {
                let offered: Vec<Arc<str>> = self.offered(node, |choice| Arc::clone(&choice.code));
                let most = question.constraints.max_items.map_or(2, |most| (most as usize).min(2));
                let mut codes: Vec<Arc<str>> = Vec::new();
                for _ in 0..most.max(1) {
                    let code = self.random.early(&offered).cloned();
                    codes.extend(code.filter(|code| !codes.contains(code)));
                }
                Some(Value::Codes(codes))
            }
        }
    }

    fn offered<T>(&self, node: Node, of: impl Fn(&Choice) -> T) -> Vec<T> {
        self.session.choices(node).into_iter().map(of).collect()
    }

    /// A whole number, the least ones the likeliest: most numbers in these forms count what is rare.
    fn number(&mut self, question: &Question) -> Option<Value> {
        let least = question.constraints.minimum.unwrap_or(Decimal::ZERO);
        let most =
            question.constraints.maximum.unwrap_or_else(|| Decimal::from(30)).min(least + Decimal::from(60));
        let span = usize::try_from((most - least).floor()).ok()?;
        let above =
            self.random.below(span + 1).min(self.random.below(span + 1)).min(self.random.below(span + 1));
        Some(Value::Number(least + Decimal::from(above)))
    }

    fn day(&mut self) -> Option<Value> {
        let back = i32::try_from(self.random.below(700)).ok()?;
        Some(Value::Date(self.session.world().today.plus_days(-back)?))
    }
}

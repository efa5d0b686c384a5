//! The items of a score, and the points that each can have.

use std::collections::BTreeSet;

use super::Compiler;
use crate::diagnostic::{codes, did_you_mean};
use crate::expression::{FieldId, Program};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{
    AnswerKind, ChoiceSource, Field, Item as ScoreItem, ItemPoints, Method, Question, QuestionId, Score,
    ScoreId,
};
use crate::value::{Decimal, Interval};

impl Compiler<'_> {
    pub(super) fn score_item(
        &mut self,
        score: ScoreId,
        item: Item<'_>,
        questions: &[Question],
        known: &[Option<Score>],
    ) -> Option<ScoreItem> {
        let weight = item.get("weight").and_then(Item::decimal).unwrap_or(Decimal::ONE);
        let reverse = item.flag("reverse");
        if let (Some(place), false) = (item.get("weight"), is_moderate(weight)) {
            self.error(codes::PLAN_SCORE, "this weight is larger than can be reckoned with", place.place());
            return None;
        }
        if let Some(when) = item.get("when") {
            let points = item.get("points").and_then(Item::decimal).unwrap_or(Decimal::ONE);
            if let (Some(place), false) = (item.get("points"), is_moderate(points)) {
                self.error(
                    codes::PLAN_SCORE,
                    "these points are more than can be reckoned with",
                    place.place(),
                );
                return None;
            }
            let program = self.linked_condition(Some(when), Task::Score(score), None)?;
            return Some(ScoreItem {
                id: item.text_of("id")?.into(),
                points: ItemPoints::Condition(program, points),
                weight,
                reverse,
                range: Interval::new(Decimal::ZERO, points),
            });
        }
        let name_item = item.get("name").unwrap_or(item);
        let name = name_item.text()?;
        if let Some(inner) = self.score_named(name) {
            // None in a ring, which is reported elsewhere.
            let range =
                known.get(inner.index())?.as_ref().map_or(Interval::point(Decimal::ZERO), |it| it.range);
            if !is_moderate(range.lo) || !is_moderate(range.hi) {
                let message =
                    format!("`{name}` cannot be counted: its values are more than can be reckoned with");
                self.error(codes::PLAN_SCORE, message, name_item.place());
                return None;
            }
            return Some(ScoreItem {
                id: name.into(),
                points: ItemPoints::Score(inner),
                weight,
                reverse,
                range,
            });
        }
        let question = match self.names.form.get(name) {
            Some(&FieldId(field)) if field < self.names.questions => QuestionId(field),
            _ => {
                let asked = questions.iter().filter(|question| question.parent.is_none());
                let asked = asked.map(|question| &*question.name);
                let is_score = |field: &FieldId| matches!(self.names.field(*field), Field::Score(_));
                let scores = self.names.form.iter().filter(|(_, field)| is_score(field));
                let meant = did_you_mean(name, asked.chain(scores.map(|(name, _)| &**name)));
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("there is no question and no score named `{name}`{meant}");
                self.error(codes::PLAN_UNKNOWN_NAME, message, name_item.place());
                return None;
            }
        };
        let range = match points_of(questions.get(question.index())?) {
            Ok(points) => Interval::new(*points.iter().min()?, *points.iter().max()?),
            Err(why) => {
                self.error(
                    codes::PLAN_SCORE,
                    format!("`{name}` cannot be counted: {why}"),
                    name_item.place(),
                );
                return None;
            }
        };
        Some(ScoreItem { id: name.into(), points: ItemPoints::Question(question), weight, reverse, range })
    }
}

/// Far from where sums of products overflow: 50,000 items of 10⁹ points, weighted 10⁹, stay below 10²³.
pub(super) fn is_moderate(number: Decimal) -> bool {
    number.abs() <= Decimal::from(1_000_000_000)
}

/// The points that the answers to a question can have, each once.
pub(super) fn points_of(question: &Question) -> Result<Vec<Decimal>, String> {
    let mut points: Vec<Decimal> = match &question.kind {
        AnswerKind::Boolean => vec![Decimal::ZERO, Decimal::ONE],
        AnswerKind::Number { integer: true } => {
            match (question.constraints.minimum, question.constraints.maximum) {
                (Some(min), Some(max)) => vec![min, max],
                _ => return Err("a number needs `minimum` and `maximum`".into()),
            }
        }
        AnswerKind::Choice { choices: ChoiceSource::Own(choices), .. } => {
            let mut points = Vec::with_capacity(choices.len());
            for choice in choices {
                match (choice.score, &choice.value) {
                    (Some(score), _) => points.push(score),
                    (None, crate::value::Value::Number(number)) => points.push(*number),
                    (None, _) => return Err(format!("its choice `{}` has no `score`", choice.code)),
                }
            }
            points
        }
        _ => return Err("only choices with scores, whole numbers and yes/no have points".into()),
    };
    points.sort_unstable();
    points.dedup();
    if points.is_empty() {
        Err("it has no choices".into())
    } else if points.iter().all(|points| is_moderate(*points)) {
        Ok(points)
    } else {
        Err("its points are more than can be reckoned with".into())
    }
}

pub(super) fn read_questions(
    items: &[ScoreItem],
    method: &Method,
    compiler: &Compiler<'_>,
) -> Vec<QuestionId> {
    let mut found = BTreeSet::new();
    let mut from = |program: &Program| {
        for read in program.reads() {
            if let Some(field) = super::links::field_read(read)
                && field.0 < compiler.names.questions
            {
                found.insert(QuestionId(field.0));
            }
        }
    };
    for item in items {
        if let ItemPoints::Condition(program, _) = &item.points {
            from(program);
        }
    }
    if let Method::Expression(program) = method {
        from(program);
    }
    found.extend(items.iter().filter_map(|item| match item.points {
        ItemPoints::Question(question) => Some(question),
        ItemPoints::Score(_) | ItemPoints::Condition(..) => None,
    }));
    found.into_iter().collect()
}

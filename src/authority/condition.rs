use std::cell::Cell;

use serde_json::{Value as Json, json};

use super::projection::number;
use crate::expression::{Comparison, Constant, Formula, Name, is_alike};
use crate::plan::{AnswerKind, Plan, Question, QuestionId, TextShape};
use crate::value::{Decimal, Truth};

/// Why a condition cannot be said in JSON Schema.
pub(super) type Reason = &'static str;

/// Conditions on the answers of one object: the form's, or those of one row.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'a> {
    pub(super) plan: &'a Plan,
    /// The repeat whose rows they are.
    pub(super) repeat: Option<QuestionId>,
    /// How many alternatives may still be listed, in all conditions together.
    pub(super) left: &'a Cell<usize>,
}

/// No more alternatives than this are listed in one schema.
pub(super) const MOST_ALTERNATIVES: usize = 4_096;

impl<'a> Conditions<'a> {
    /// A schema that the answers satisfy if, and only if, a condition surely has a truth value. A missing answer makes
    /// a comparison neither true nor false, so each of the two has its schema, and both can fail.
    ///
    /// It presumes that what is hidden is not among the answers.
    pub(super) fn schema(self, formula: &Formula, truth: bool) -> Result<Json, Reason> {
        let all = |left: &Formula, left_is, right: &Formula, right_is| {
            Ok(json!({ "allOf": [self.schema(left, left_is)?, self.schema(right, right_is)?] }))
        };
        let any = |left: &Formula, left_is, right: &Formula, right_is| {
            Ok(json!({ "anyOf": [self.schema(left, left_is)?, self.schema(right, right_is)?] }))
        };
        match formula {
            Formula::Constant(constant) => Ok((*constant == Truth::from(truth)).into()),
            Formula::Not(inner) => self.schema(inner, !truth),
            Formula::And(left, right) if truth => all(left, true, right, true),
            Formula::And(left, right) => any(left, false, right, false),
            Formula::Or(left, right) if truth => any(left, true, right, true),
            Formula::Or(left, right) => all(left, false, right, false),
            Formula::Xor(left, right) => {
                let first: Json = all(left, true, right, !truth)?;
                let second: Json = all(left, false, right, truth)?;
                Ok(json!({ "anyOf": [first, second] }))
            }
            Formula::Holds(name) => {
                let question = self.question(name)?;
                match question.kind {
                    AnswerKind::Boolean => Ok(answered(question, json!({ "const": truth }))),
                    _ => Err("the question is not one of yes and no"),
                }
            }
            Formula::Exists(name) => {
                let answered = answered(self.question(name)?, json!({}));
                Ok(if truth { answered } else { json!({ "not": answered }) })
            }
            // A list without the code is surely without it, also when nothing was chosen.
            Formula::Contains(name, constant) => {
                let question = self.question(name)?;
                let AnswerKind::Choices { .. } = question.kind else {
                    return Err("the question does not take several answers");
                };
                let found = answered(question, json!({ "contains": { "const": json_of(constant) } }));
                Ok(if truth { found } else { json!({ "not": found }) })
            }
            Formula::Among(name, constants) => {
                let question = self.question(name)?;
                let among: Vec<Json> = constants.iter().map(json_of).collect();
                let comparable = constants.iter().all(|constant| is_comparable(question, constant, false));
                match (comparable, truth) {
                    (false, _) => Err(COMPARED),
                    (true, true) => Ok(answered(question, json!({ "enum": among }))),
                    (true, false) => Ok(answered(question, json!({ "not": { "enum": among } }))),
                }
            }
            Formula::Compare(name, comparison, constant) => {
                self.compared(self.question(name)?, *comparison, constant, truth)
            }
            // One alternative for each answer to the first: the other is held against that.
            Formula::CompareTwo(name, comparison, other) => {
                let (question, other) = (self.question(name)?, self.question(other)?);
                let answers = self.every_answer(question)?;
                self.left.set(self.left.get().checked_sub(answers.len()).ok_or(TWO_QUESTIONS)?);
                let alternatives: Result<Vec<Json>, Reason> = answers
                    .iter()
                    .map(|answer| {
                        let this = answered(question, json!({ "const": json_of(answer) }));
                        let that = self.compared(other, comparison.turned(), answer, truth)?;
                        Ok(json!({ "allOf": [this, that] }))
                    })
                    .collect();
                Ok(json!({ "anyOf": alternatives? }))
            }
            // Nothing is never the same as something, so it is never unknown.
            Formula::Like(name, constant) => {
                let question = self.question(name)?;
                let alike: Vec<Json> = match (&question.kind, constant) {
                    (AnswerKind::Choice { .. }, Constant::Text(text)) => {
                        let codes = self.choices(question)?;
                        codes.filter(|code| is_alike(code, text)).map(|code| code.into()).collect()
                    }
                    _ if is_comparable(question, constant, false) => vec![json_of(constant)],
                    _ => return Err(COMPARED),
                };
                let found = answered(question, json!({ "enum": alike }));
                Ok(match (alike.is_empty(), truth) {
                    (true, _) => (!truth).into(),
                    (false, true) => found,
                    (false, false) => json!({ "not": found }),
                })
            }
        }
    }

    /// A question against a constant.
    fn compared(
        self,
        question: &Question,
        comparison: Comparison,
        constant: &Constant,
        truth: bool,
    ) -> Result<Json, Reason> {
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if !is_comparable(question, constant, ordered) {
            return Err(COMPARED);
        }
        let constant = json_of(constant);
        let (keyword, negated) = match (comparison, truth) {
            (Comparison::Less, true) | (Comparison::GreaterEqual, false) => ("exclusiveMaximum", false),
            (Comparison::LessEqual, true) | (Comparison::Greater, false) => ("maximum", false),
            (Comparison::Greater, true) | (Comparison::LessEqual, false) => ("exclusiveMinimum", false),
            (Comparison::GreaterEqual, true) | (Comparison::Less, false) => ("minimum", false),
            (Comparison::Equal, true) | (Comparison::NotEqual, false) => ("const", false),
            (Comparison::Equal, false) | (Comparison::NotEqual, true) => ("const", true),
        };
        let holds = json!({ keyword: constant });
        Ok(answered(question, if negated { json!({ "not": holds }) } else { holds }))
    }

    /// The codes of a question of one choice.
    fn choices(self, question: &Question) -> Result<impl Iterator<Item = &'a str>, Reason> {
        let id = self.plan.question_named(question.parent, &question.name).ok_or(COMPARED)?;
        if self.plan.choices(id).nth(MOST_ANSWERS).is_some() {
            return Err("it compares with too many answers to list");
        }
        Ok(self.plan.choices(id).map(|choice| &*choice.code))
    }

    /// Every answer that a question takes, where they are few.
    fn every_answer(self, question: &Question) -> Result<Vec<Constant>, Reason> {
        match &question.kind {
            AnswerKind::Boolean => Ok(vec![Constant::Boolean(false), Constant::Boolean(true)]),
            AnswerKind::Choice { numbers: false, .. } => {
                Ok(self.choices(question)?.map(|code| Constant::Text(code.to_owned())).collect())
            }
            AnswerKind::Choice { numbers: true, .. } => {
                let numbers = self.choices(question)?.map(|code| code.parse().map(Constant::Number));
                numbers.collect::<Result<_, _>>().map_err(|_| COMPARED)
            }
            AnswerKind::Number { integer: true } => {
                let (Some(least), Some(most)) = (question.constraints.minimum, question.constraints.maximum)
                else {
                    return Err(TWO_QUESTIONS);
                };
                let from =
                    std::iter::successors(Some(least.ceil()), |number| number.checked_add(Decimal::ONE));
                let mut all: Vec<Constant> = Vec::new();
                for number in from.take_while(|number| *number <= most) {
                    if all.len() == MOST_ANSWERS {
                        return Err(TWO_QUESTIONS);
                    }
                    all.push(Constant::Number(number));
                }
                Ok(all)
            }
            _ => Err(TWO_QUESTIONS),
        }
    }

    /// The question of a name, if its answer stands in the same object.
    fn question(self, name: &Name) -> Result<&'a Question, Reason> {
        let here = if name.of_form { None } else { self.plan.question_named(self.repeat, &name.text) };
        if let Some(id) = here {
            let question = self.plan.question(id);
            return if question.is_asked() { Ok(question) } else { Err("it reads a calculation") };
        }
        match (self.repeat, self.plan.question_named(None, &name.text)) {
            (None, Some(id)) if self.plan.question(id).is_asked() => Ok(self.plan.question(id)),
            (None, Some(_)) => Err("it reads a calculation"),
            (Some(_), _) => Err("it reads from a row what stands outside of it"),
            (None, None) => Err("it reads a score or the age"),
        }
    }
}

/// No more answers than this are listed one by one.
const MOST_ANSWERS: usize = 64;

const TWO_QUESTIONS: Reason = "it compares two questions whose answers are too many to list";
const COMPARED: Reason = "it compares dates, times or the order of texts";

/// Answers that have a real answer to a question, one that satisfies a schema.
pub(super) fn answered(question: &Question, mut schema: Json) -> Json {
    // What is blank is no answer.
    let blank = match question.kind {
        AnswerKind::Text(TextShape::Plain) => Some(("pattern", Json::from("\\S"))),
        AnswerKind::Choices { .. } | AnswerKind::Repeat(_) => Some(("minItems", 1.into())),
        _ => None,
    };
    if let (Some((keyword, value)), Some(schema)) = (blank, schema.as_object_mut()) {
        schema.insert(keyword.to_owned(), value);
    }
    let name = &*question.name;
    json!({ "required": [name], "properties": { name: schema } })
}

/// Whether JSON Schema compares a question with a constant as the language does.
fn is_comparable(question: &Question, constant: &Constant, ordered: bool) -> bool {
    match (&question.kind, constant) {
        (AnswerKind::Number { .. } | AnswerKind::Choice { numbers: true, .. }, Constant::Number(_)) => true,
        (AnswerKind::Boolean, Constant::Boolean(_))
        | (AnswerKind::Text(_) | AnswerKind::Choice { numbers: false, .. }, Constant::Text(_)) => !ordered,
        _ => false,
    }
}

fn json_of(constant: &Constant) -> Json {
    match constant {
        Constant::Boolean(value) => (*value).into(),
        Constant::Number(value) => number(*value),
        Constant::Text(text) => text.as_str().into(),
    }
}

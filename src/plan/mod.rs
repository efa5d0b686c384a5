//! A questionnaire made ready: ids instead of names, types, programs, the order in which things depend.
//!
//! A [`Plan`] never changes and can be shared between threads. It is the only thing that a session, the scores and
//! a profile know of a questionnaire.

mod check;
mod choice;
mod compile;
mod constraint;
mod field;
mod fingerprints;
mod graph;
mod names;
mod order;
mod pattern;
mod question;
mod rule;
mod score;
mod section;
mod subject;
mod text;
mod words;

use std::cmp::Ordering;
use std::sync::Arc;

pub use check::{Check, CheckId};
pub use choice::{Choice, ChoiceSource, List, ListEntry, ListId};
pub use constraint::Constraints;
pub use field::Field;
pub use pattern::Pattern;
pub use question::{
    AnswerKind, Concept, DateShape, Demand, Question, QuestionId, Repeat, Sensitivity, TextShape,
};
pub use rule::{AlertGrade, Basis, Domain, Need, Outcome, Rule, RuleId, RuleStep, Urgency};
pub use score::{
    Adjustment, AdjustmentKind, Adjustments, Band, Fidelity, Item, ItemPoints, Method, MissingRule, Score,
    ScoreId, Stacking,
};
pub use section::{Section, SectionId};
pub use subject::{ReviewDays, Subject};
pub use text::{LanguageId, Localised, Piece, Template};
pub(crate) use words::Words;

pub use compile::compile;
pub(crate) use graph::{Dependent, Task, TaskId, Via};

use crate::expression::{FieldId, Program};
use crate::value::Value;

/// A compiled questionnaire.
#[derive(Debug)]
pub struct Plan {
    /// Its id, the same in every version.
    pub id: Arc<str>,
    /// Its version, as the author wrote it.
    pub version: Arc<str>,
    /// BCP 47 tags; the first is the language of the document.
    pub languages: Vec<Arc<str>>,
    /// The name of the questionnaire.
    pub title: Localised,
    /// What it is for.
    pub description: Option<Localised>,
    /// Whether to offer it for a person: decided by the list of forms, never a condition inside.
    pub offer: Option<Program>,
    /// In document order.
    pub sections: Vec<Section>,
    /// In document order, columns of a repeat right after it. [`QuestionId`] indexes this.
    pub questions: Vec<Question>,
    /// [`CheckId`] indexes this.
    pub checks: Vec<Check>,
    /// [`ScoreId`] indexes this. In an order in which a score comes after the scores that it reads.
    pub scores: Vec<Score>,
    /// [`RuleId`] indexes this; in document order.
    pub rules: Vec<Rule>,
    /// [`ListId`] indexes this.
    pub lists: Vec<List>,
    /// Which answers describe the person.
    pub subject: Subject,
    /// When to look again.
    pub review: ReviewDays,
    /// Checks of the form as a whole.
    pub form_checks: Vec<CheckId>,
    pub(crate) names: names::Names,
    pub(crate) graph: graph::Graph,
    fingerprints: fingerprints::Fingerprints,
}

impl Plan {
    /// A question.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }

    /// A section.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// A score.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn score(&self, id: ScoreId) -> &Score {
        &self.scores[id.index()]
    }

    /// A check.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn check(&self, id: CheckId) -> &Check {
        &self.checks[id.0 as usize]
    }

    /// Every question's id, in document order.
    pub fn question_ids(&self) -> impl Iterator<Item = QuestionId> + use<> {
        (0..u32::try_from(self.questions.len()).unwrap_or(u32::MAX)).map(QuestionId)
    }

    /// Every section's id, in document order.
    pub fn section_ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..u32::try_from(self.sections.len()).unwrap_or(u32::MAX)).map(SectionId)
    }

    /// A rule.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// Every rule's id, in document order.
    pub fn rule_ids(&self) -> impl Iterator<Item = RuleId> + use<> {
        (0..u32::try_from(self.rules.len()).unwrap_or(u32::MAX)).map(RuleId)
    }

    /// The rule of an id.
    #[must_use]
    pub fn find_rule(&self, id: &str) -> Option<RuleId> {
        self.rule_ids().find(|rule| *self.rule(*rule).id == *id)
    }

    /// Every check's id.
    pub fn check_ids(&self) -> impl Iterator<Item = CheckId> + use<> {
        (0..u32::try_from(self.checks.len()).unwrap_or(u32::MAX)).map(CheckId)
    }

    /// Every score's id, in document order.
    pub fn score_ids(&self) -> impl Iterator<Item = ScoreId> + use<> {
        (0..u32::try_from(self.scores.len()).unwrap_or(u32::MAX)).map(ScoreId)
    }

    /// The question of a name; a column of a repeat as `repeat.column`.
    #[must_use]
    pub fn find_question(&self, path: &str) -> Option<QuestionId> {
        let mut parts = path.split('.');
        let mut found = self.question_named(None, parts.next()?)?;
        for part in parts {
            found = self.question_named(Some(found), part)?;
        }
        Some(found)
    }

    /// The question of a name in a repeat, or in the form.
    #[must_use]
    pub fn question_named(&self, parent: Option<QuestionId>, name: &str) -> Option<QuestionId> {
        let names = match parent {
            Some(repeat) => self.names.columns.get(&repeat)?,
            None => &self.names.form,
        };
        match self.names.field(*names.get(name)?) {
            Field::Question(question) => Some(question),
            _ => None,
        }
    }

    /// Every question in a repeat, or in the form, in the order of names.
    pub fn questions_by_name(
        &self,
        parent: Option<QuestionId>,
    ) -> impl Iterator<Item = (&Arc<str>, QuestionId)> {
        let names = match parent {
            Some(repeat) => self.names.columns.get(&repeat),
            None => Some(&self.names.form),
        };
        names.into_iter().flatten().filter_map(|(name, field)| match self.names.field(*field) {
            Field::Question(question) => Some((name, question)),
            _ => None,
        })
    }

    /// The questions of an object's members in a repeat, or in the form. Members come in the order of names, so that both
    /// are gone through side by side; to look up each was a tenth of what assessing a record costs.
    pub(crate) fn questions_of<'n, T>(
        &self,
        parent: Option<QuestionId>,
        members: impl IntoIterator<Item = (&'n String, T)>,
    ) -> impl Iterator<Item = (&'n str, Option<QuestionId>, T)> {
        let mut known = self.questions_by_name(parent).peekable();
        members.into_iter().map(move |(name, value)| {
            let found = loop {
                match known.peek().map(|(next, id)| ((***next).cmp(name), *id)) {
                    Some((Ordering::Less, _)) => drop(known.next()),
                    Some((Ordering::Equal, id)) => break Some(id),
                    Some((Ordering::Greater, _)) | None => break self.question_named(parent, name),
                }
            };
            (name.as_str(), found, value)
        })
    }

    /// The score of an id.
    #[must_use]
    pub fn find_score(&self, id: &str) -> Option<ScoreId> {
        match self.names.field(*self.names.form.get(id)?) {
            Field::Score(score) => Some(score),
            _ => None,
        }
    }

    /// What a field stands for.
    #[must_use]
    pub fn field(&self, field: FieldId) -> Field {
        self.names.field(field)
    }

    /// The field of a question.
    #[must_use]
    pub const fn field_of(&self, question: QuestionId) -> FieldId {
        FieldId(question.0)
    }

    /// The field of a score's value.
    #[must_use]
    pub fn score_field(&self, score: ScoreId) -> FieldId {
        self.names.score_field(score)
    }

    /// The field of the age.
    #[must_use]
    pub fn age_field(&self) -> FieldId {
        self.names.age_field()
    }

    /// A shared list.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "the id is of this plan")]
    pub fn list(&self, id: ListId) -> &List {
        &self.lists[id.0 as usize]
    }

    /// Every choice of a question, before any filter.
    pub fn choices(&self, id: QuestionId) -> impl Iterator<Item = &Choice> {
        let (own, list) = match &self.question(id).kind {
            AnswerKind::Choice { choices, .. } | AnswerKind::Choices { choices, .. } => match choices {
                ChoiceSource::Own(own) => (own.as_slice(), None),
                ChoiceSource::List(list) => (&[][..], Some(self.list(*list))),
            },
            _ => (&[][..], None),
        };
        own.iter().chain(list.into_iter().flat_map(|list| list.entries.iter().map(|entry| &entry.choice)))
    }

    /// The choice of a question that a value stands for.
    #[must_use]
    pub fn choice(&self, id: QuestionId, value: &Value) -> Option<&Choice> {
        match (&self.question(id).kind, value) {
            (
                AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
                | AnswerKind::Choices { choices: ChoiceSource::List(list), .. },
                Value::Text(code),
            ) => self.list(*list).entry(code).map(|entry| &entry.choice),
            _ => self.question(id).own_choices().iter().find(|choice| choice.value == *value),
        }
    }

    /// The choice of a question that has a code.
    #[must_use]
    pub fn choice_of_code(&self, id: QuestionId, code: &str) -> Option<&Choice> {
        match &self.question(id).kind {
            AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
            | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => {
                self.list(*list).entry(code).map(|entry| &entry.choice)
            }
            _ => self.question(id).own_choices().iter().find(|choice| &*choice.code == code),
        }
    }

    /// The language of a BCP 47 tag.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<LanguageId> {
        let index = self.languages.iter().position(|known| known.eq_ignore_ascii_case(tag))?;
        u16::try_from(index).ok().map(LanguageId)
    }

    /// The engine's own words in a language.
    pub(crate) fn words(&self, language: LanguageId) -> Words {
        Words::of(self.languages.get(usize::from(language.0)).map_or("", |tag| tag))
    }

    /// The name of a question with those of the repeats in which it stands: `members.sex`.
    #[must_use]
    pub fn path(&self, id: QuestionId) -> String {
        let question = self.question(id);
        match question.parent {
            Some(repeat) => format!("{}.{}", self.path(repeat), question.name),
            None => question.name.to_string(),
        }
    }
}

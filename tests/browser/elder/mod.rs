//! The elder questionnaire as the tests know it: the compiled plan says which element of the page is which question,
//! and the record of the example person says what to answer.

mod keyboard;
mod touch;

pub(crate) use keyboard::is_way_on;
pub(crate) use touch::begin_first;

use std::sync::Arc;

use intake::expression::RowId;
use intake::plan::{AnswerKind, LanguageId, Plan, QuestionId};
use intake::session::{Node, Session};
use serde_json::{Map, Value};

use crate::harness::Page;
use crate::support;

/// The questions about harm, every one of which wants an answer.
pub(crate) const SAFETY: [&str; 5] =
    ["elder_hit", "elder_neglect", "elder_money_taken", "elder_afraid", "elder_scammed"];

/// A form in a browser, and what the test knows about it.
pub(crate) struct Elder {
    pub(crate) page: Page,
    pub(crate) plan: Arc<Plan>,
    /// The answers of the example person.
    pub(crate) answers: Map<String, Value>,
    /// A session with no answers: for what depends on none.
    session: Session,
}

impl Elder {
    /// Opens the form in English at a section, counted from 1.
    pub(crate) fn open(section: usize) -> Self {
        let elder = Self::at_start();
        elder.go_to(section);
        elder
    }

    /// Opens the form in English at the section of a question.
    pub(crate) fn at(name: &str) -> Self {
        let elder = Self::at_start();
        elder.go_to(elder.section_of(name));
        elder
    }

    /// Opens the list of questionnaires.
    pub(crate) fn at_start() -> Self {
        Self::on(Page::open())
    }

    /// The same, in a page that is open.
    pub(crate) fn on(page: Page) -> Self {
        let plan = support::shipped("elder-needs");
        let record: Value = serde_json::from_str(include_str!("../../data/elder-main.record.json"))
            .expect("the example record");
        let answers = record["answers"].as_object().expect("answers").clone();
        let session = Session::open(Arc::clone(&plan), support::interview::world("2026-11-23"));
        page.wait_for("the questionnaires are listed", || !page.texts(".form-card a").is_empty());
        Self { page, plan, answers, session }
    }

    /// The place of a question's section, from 1.
    pub(crate) fn section_of(&self, name: &str) -> usize {
        self.plan.question(self.question(name)).section.index() + 1
    }

    pub(crate) fn question(&self, name: &str) -> QuestionId {
        self.plan.question_named(None, name).unwrap_or_else(|| panic!("there is no question {name}"))
    }

    /// The id of a question's element.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("q{}-{}", self.question(name).0, RowId::FORM.0)
    }

    /// The name of the question of an element.
    pub(crate) fn name(&self, id: &str) -> String {
        let field = id.trim_start_matches('q').split('-').next().and_then(|field| field.parse().ok());
        let field = field.unwrap_or_else(|| panic!("{id} is no question"));
        self.plan.question(QuestionId(field)).name.to_string()
    }

    /// What is asked, in a language.
    pub(crate) fn title(&self, name: &str, language: &str) -> String {
        let language = self.language(language);
        self.plan.question(self.question(name)).title.text(language).to_string()
    }

    /// The place of an answer among the controls of its question.
    fn place(&self, name: &str, answer: &Value) -> usize {
        let question = self.question(name);
        if let Some(yes) = answer.as_bool() {
            return usize::from(!yes);
        }
        let code = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
        let choices = self.session.choices(Node::form(question));
        if choices.is_empty() {
            // A scale: its first step is its least value.
            let least =
                self.plan.question(question).constraints.minimum.and_then(|least| i64::try_from(least).ok());
            let step = answer.as_i64().zip(least).map(|(value, least)| value - least);
            return usize::try_from(step.unwrap_or_default()).expect("a step of the scale");
        }
        choices
            .iter()
            .position(|choice| *choice.code == *code)
            .unwrap_or_else(|| panic!("{name} does not offer {code}"))
    }

    /// Whether a question takes several choices.
    fn takes_several(&self, name: &str) -> bool {
        matches!(self.plan.question(self.question(name)).kind, AnswerKind::Choices { .. })
    }

    fn language(&self, tag: &str) -> LanguageId {
        self.plan.language(tag).unwrap_or_else(|| panic!("the form is not in {tag}"))
    }
}

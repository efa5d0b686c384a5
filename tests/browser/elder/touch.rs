//! Filling a form with a finger.

use serde_json::Value;

use super::Elder;
use crate::harness::Control;

impl Elder {
    /// Chooses an answer or ticks a box.
    pub(crate) fn choose(&self, name: &str, answer: impl Into<Value>) {
        let place = self.place(name, &answer.into());
        let selector = format!("#{} .control .choice", self.id(name));
        let choice = &self.page.all(&selector)[place];
        choice.click();
    }

    /// Chooses a reason for which there is no answer, by its place among those that the question offers.
    pub(crate) fn choose_absence(&self, name: &str, words: &str) {
        self.absence(name, words).click();
    }

    /// The button of a reason for which there is no answer.
    pub(crate) fn absence(&self, name: &str, words: &str) -> Control<'_> {
        let found = self.page.all(&format!("#{} .absences .chip", self.id(name)));
        let mut fitting = found.into_iter().filter(|chip| chip.text() == words);
        fitting.next().unwrap_or_else(|| panic!("{name} does not offer “{words}”"))
    }

    /// The box of a question that has one.
    pub(crate) fn box_of(&self, name: &str) -> Control<'_> {
        self.page.css(&format!("#{} .control input, #{} .control textarea", self.id(name), self.id(name)))
    }

    /// Whether a question is on the page.
    pub(crate) fn is_asked(&self, name: &str) -> bool {
        !self.page.texts(&format!("#{}", self.id(name))).is_empty()
    }

    /// What the page says is wrong with a question.
    pub(crate) fn errors(&self, name: &str) -> Vec<String> {
        self.page.texts(&format!("#{} .message-error", self.id(name)))
    }

    /// Goes to a section, counted from 1.
    pub(crate) fn go_to(&self, section: usize) {
        self.page.goto(&format!("#/fill/elder-needs/{section}"));
        let title = self.plan.sections[section - 1].title.text(self.language("en")).to_string();
        self.page.wait_for("the section is drawn", || self.page.texts("#heading") == [title.as_str()]);
    }

    /// The button that leads to the next section or finishes.
    pub(crate) fn go_on(&self) {
        self.page.css("button.button-large").click();
    }
}

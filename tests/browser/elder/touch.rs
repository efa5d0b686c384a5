//! Filling a form with a finger.

use serde_json::Value;

use super::{Elder, SAFETY};
use crate::harness::{Control, Page};

impl Elder {
    /// Chooses an answer or ticks a box.
    pub(crate) fn choose(&self, name: &str, answer: impl Into<Value>) {
        let place = self.place(name, &answer.into());
        let selector = format!("#{} .control .choice", self.id(name));
        let choice = &self.page.all(&selector)[place];
        choice.click();
    }

    /// The same, in whichever section it is asked.
    pub(crate) fn go_and_choose(&self, name: &str, answer: impl Into<Value>) {
        if !self.is_asked(name) {
            self.go_to(self.section_of(name));
        }
        self.choose(name, answer);
    }

    /// Says that nobody does them harm.
    pub(crate) fn say_safe(&self) {
        for name in SAFETY {
            self.go_and_choose(name, false);
        }
    }

    /// The control of an answer that is one of several; none where something is to be written.
    pub(crate) fn choice_of(&self, name: &str, answer: &Value) -> Option<Control<'_>> {
        let mut choices = self.page.all(&format!("#{} .control .choice", self.id(name)));
        if choices.is_empty() {
            return None;
        }
        Some(choices.swap_remove(self.place(name, answer)))
    }

    /// Finishes, and reads the answers as they are downloaded.
    pub(crate) fn finished_record(&self) -> Value {
        self.finish();
        self.page.find("button", "Download the answers").click();
        let bytes = self.page.downloaded("record-elder-needs-*.json");
        serde_json::from_slice(&bytes).expect("a record")
    }

    /// Acts on the alert that stands over the page.
    pub(crate) fn act_on_alert(&self) {
        self.page.find("checkbox", "Told my supervisor").click();
        self.page.find("button", "Note it and go on").click();
        self.page.wait_for("the alert goes", || self.page.all("dialog").is_empty());
    }

    /// The words of the choices that are chosen.
    pub(crate) fn chosen(&self, name: &str) -> Vec<String> {
        self.page.texts(&format!("#{} .control .choice:has(input:checked)", self.id(name)))
    }

    /// Presses the button of a reason for which there is no answer.
    pub(crate) fn choose_absence(&self, name: &str, words: &str) {
        let selector = format!("#{} .absences .chip", self.id(name));
        let place = self.page.texts(&selector).iter().position(|text| text == words);
        let place = place.unwrap_or_else(|| panic!("{name} does not offer “{words}”"));
        self.page.all(&selector)[place].click();
    }

    /// The reason that is chosen.
    pub(crate) fn reason(&self, name: &str) -> Option<String> {
        self.page.texts(&format!("#{} .chip:has(input:checked)", self.id(name))).into_iter().next()
    }

    /// Types into the box of a question, and leaves it.
    pub(crate) fn type_into(&self, name: &str, text: &str) {
        let control = self.box_of(name);
        control.click();
        control.clear();
        control.send(text);
        self.page.script("document.activeElement.blur()");
    }

    /// Goes to the review, finishes, and waits for the profile.
    pub(crate) fn finish(&self) {
        self.page.goto("#/review/elder-needs");
        self.page.wait_for("the review", || self.page.texts("h1") == ["Check the answers"]);
        self.go_on();
        self.page.wait_for("the profile", || self.page.texts("h1") == ["Needs profile"]);
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

    /// Says that nobody else is in the room, where the page asks.
    pub(crate) fn open_gates(&self) {
        while let Some(gate) = self.page.all(".gate .button-large:first-of-type").first() {
            let before = self.page.all(".gate").len();
            gate.click();
            self.page.wait_for("the gate opens", || self.page.all(".gate").len() < before);
        }
    }

    /// Goes to a section, counted from 1, and opens it where it is to be asked alone.
    pub(crate) fn go_to(&self, section: usize) {
        self.go_before(section);
        self.open_gates();
    }

    /// Goes to a section, counted from 1; what is to be asked alone stays locked.
    pub(crate) fn go_before(&self, section: usize) {
        let address = format!("#/fill/elder-needs/{section}");
        let title = self.plan.sections[section - 1].title.text(self.language("en")).to_string();
        self.page.goto(&address);
        self.page.wait_for("the section is drawn", || {
            begin_first(&self.page, &address);
            self.page.texts("#heading") == [title.as_str()]
        });
    }

    /// The button that leads to the next section or finishes.
    pub(crate) fn go_on(&self) {
        self.page.css("button.button-large").click();
    }
}

/// Where somebody works here an interview begins at its beginning: begins it if the page says that there is none, and goes on
/// to an address in the middle of it.
pub(crate) fn begin_first(page: &Page, address: &str) {
    if page.all("[data-not-begun]").is_empty() {
        return;
    }
    let form = address.split('/').nth(2).expect("the form of an address");
    page.goto(&format!("#/fill/{form}/1"));
    page.wait_for("it has begun", || !page.all(".section-link[aria-current]").is_empty());
    page.goto(address);
    page.wait_for("another page", || page.all("[data-not-begun]").is_empty());
}

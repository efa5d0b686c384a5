//! Filling a form as somebody does who has only a keyboard.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Elder;
use crate::harness::Key;

/// What has the focus.
#[derive(Debug)]
pub(crate) struct Focus {
    /// The name of the element: `input`, `a`, …
    pub(crate) tag: String,
    /// `radio`, `checkbox`, `text`, …
    pub(crate) kind: String,
    /// The classes of the element.
    pub(crate) class: String,
    /// The words on it or of its label.
    pub(crate) text: String,
    /// What a screen reader says instead of them, where that is set.
    pub(crate) label: String,
    /// The id of the question around it.
    pub(crate) question: Option<String>,
    /// Whether it is a control for the answer, and not one of those around it.
    pub(crate) is_control: bool,
    pub(crate) is_checked: bool,
    /// Whether it asks who is in the room.
    pub(crate) in_gate: bool,
    /// Its place among the boxes of the question.
    pub(crate) place: usize,
}

const FOCUS: &str = "
    const element = document.activeElement;
    const question = element.closest('.question');
    const control = element.closest('.control');
    const boxes = control ? [...control.querySelectorAll('input, select, textarea, button')] : [];
    const ring = getComputedStyle(element.closest('.choice, .chip, .segment') ?? element);
    return {
      tag: element.localName, kind: element.type ?? '', class: element.getAttribute('class') ?? '',
      text: (element.labels?.[0] ?? element).innerText?.trim() ?? '',
      label: element.getAttribute('aria-label') ?? '',
      question: question?.id ?? null, control: control !== null, checked: element.checked === true,
      place: boxes.indexOf(element), gate: element.closest('.gate') !== null,
      seen: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2,
      inside: element.getBoundingClientRect().bottom > 0
        && element.getBoundingClientRect().top < innerHeight,
    };";

impl Elder {
    /// What has the focus. It must be something, be seen to have it, and be on the screen.
    pub(crate) fn focus(&self) -> Focus {
        let mut found = self.page.script(FOCUS);
        // Questions that come near the screen get their true height, which moves what is below for a moment.
        for _ in 0..20 {
            if found["inside"] == true {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            found = self.page.script(FOCUS);
        }
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        let focus = Focus {
            tag: text("tag"),
            kind: text("kind"),
            class: text("class"),
            text: text("text"),
            label: text("label"),
            question: found["question"].as_str().map(str::to_owned),
            is_control: found["control"] == true,
            is_checked: found["checked"] == true,
            in_gate: found["gate"] == true,
            place: found["place"].as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or_default(),
        };
        assert_ne!(focus.tag, "body", "the focus is lost");
        assert!(focus.tag == "h1" || found["seen"] == true, "the focus is not seen on {focus:?}");
        assert!(found["inside"] == true, "the focus is off the screen, on {focus:?}");
        focus
    }

    /// Waits until a control of a question has the focus. What had it may be gone a moment before: a browser that looks
    /// just then sees it nowhere, and only where it stays is it lost.
    pub(crate) fn at_control(&self, what: &str) {
        self.page.wait_for(what, || self.page.script(FOCUS)["control"] == true);
    }

    /// Goes on, key by key, until the focus is where it is wanted.
    pub(crate) fn tab_to(&self, what: &str, wanted: impl Fn(&Focus) -> bool) -> Focus {
        self.walk(&[], what, wanted)
    }

    /// The same, backwards.
    pub(crate) fn tab_back_to(&self, what: &str, wanted: impl Fn(&Focus) -> bool) -> Focus {
        self.walk(&[Key::Shift], what, wanted)
    }

    fn walk(&self, held: &[Key], what: &str, wanted: impl Fn(&Focus) -> bool) -> Focus {
        for _ in 0..400 {
            self.page.press_with(held, Key::Tab);
            let focus = self.focus();
            if wanted(&focus) {
                return focus;
            }
        }
        panic!("400 times Tab, and no {what}");
    }

    /// Says that nobody else is in the room, and waits for the first question.
    pub(crate) fn pass_gate(&self) {
        self.tab_to("gate", is_gate);
        self.page.press(Key::Enter);
        self.at_control("the first question");
    }

    /// Answers every question of a section as the example person does, in the order of the keyboard, and stops at the
    /// button that leads on. Returns the names of what was answered.
    pub(crate) fn fill_section(&self) -> BTreeSet<String> {
        let mut answered = BTreeSet::new();
        loop {
            let mut focus = self.tab_to("way on", |focus| {
                is_way_on(focus) || is_gate(focus) || (focus.is_control && focus.tag != "button")
            });
            if is_gate(&focus) {
                self.page.press(Key::Enter);
                self.at_control("the question behind it");
                focus = self.focus();
            }
            let Some(id) = focus.question.as_deref().filter(|_| focus.is_control) else { return answered };
            let name = self.name(id);
            let Some(answer) = self.answers.get(&name) else { continue };
            if self.takes_several(&name) {
                let chosen = answer
                    .as_array()
                    .is_some_and(|codes| codes.iter().any(|code| self.place(&name, code) == focus.place));
                if chosen {
                    self.page.press(Key::Space);
                }
                answered.insert(name);
            } else if answered.insert(name.clone()) {
                self.answer_here(&name, answer, &focus);
            }
        }
    }

    /// Answers the question whose first control has the focus.
    pub(crate) fn answer_here(&self, name: &str, answer: &Value, focus: &Focus) {
        match focus.kind.as_str() {
            "radio" => {
                assert!(!focus.is_checked && focus.place == 0, "{name} has an answer already: {focus:?}");
                let place = self.place(name, answer);
                if place == 0 {
                    self.page.press(Key::Space);
                } else {
                    self.page.press_often(Key::Down, place);
                }
                let now = self.focus();
                assert!(now.is_checked && now.place == place, "{name}: {now:?}");
            }
            "text" if self.title_of_date(name) => self.type_date(answer.as_str().unwrap_or_default()),
            _ => self.page.keys(&answer.as_str().map_or_else(|| answer.to_string(), str::to_owned)),
        }
    }

    fn title_of_date(&self, name: &str) -> bool {
        matches!(self.plan.question(self.question(name)).kind, intake::plan::AnswerKind::Date(_))
    }

    /// The three boxes of a date stand in the order of the language.
    fn type_date(&self, date: &str) {
        let parts: Vec<&str> = date.split('-').collect();
        let order = if self.page.css("html").attribute("lang").as_deref() == Some("en") {
            [2, 1, 0]
        } else {
            [0, 1, 2]
        };
        for (index, part) in order.into_iter().enumerate() {
            if index > 0 {
                self.page.press(Key::Tab);
            }
            self.page.keys(parts[part]);
        }
    }
}

/// Whether this is the button at the end of a page that leads on.
pub(crate) fn is_way_on(focus: &Focus) -> bool {
    focus.tag == "button" && focus.class.contains("button-large") && !focus.in_gate
}

/// Whether this is the button that says that nobody else is in the room.
fn is_gate(focus: &Focus) -> bool {
    focus.in_gate && focus.tag == "button"
}

use intake::plan::AnswerKind;
use serde_json::Value;

use crate::elder::Elder;
use crate::harness::{Control, Engine, Feature, Page, lacks};

/// A finger that counts. Letters of free text come from the tablet's keyboard and are not counted; the digits of dates,
/// which come from there too, are.
struct Finger<'a> {
    elder: &'a Elder,
    touches: u32,
}

impl Finger<'_> {
    fn touch(&mut self, control: &Control<'_>) {
        self.elder.page.tap(control);
        self.touches += 1;
    }

    fn touch_css(&mut self, selector: &str) {
        self.touch(&self.elder.page.css(selector));
    }

    fn answer(&mut self, name: &str, answer: &Value) {
        let elder = self.elder;
        let id = elder.id(name);
        let kind = &elder.plan.question(elder.question(name)).kind;
        match (kind, answer) {
            (AnswerKind::Choices { .. }, Value::Array(codes)) => {
                for code in codes {
                    self.touch(elder.choice_of(name, code).as_ref().unwrap());
                }
            }
            (AnswerKind::Date(_), Value::String(date)) => {
                let parts: Vec<&str> = date.split('-').collect();
                let boxes = elder.page.all(&format!("#{id} .date-part input"));
                self.touch(&boxes[0]);
                for part in parts.iter().rev() {
                    let digits = part.trim_start_matches('0');
                    elder.page.keys(digits);
                    self.touches += u32::try_from(digits.len()).unwrap();
                }
            }
            (AnswerKind::Text(_), Value::String(text)) => {
                self.touch_css(&format!("#{id} .control .box"));
                elder.page.keys(text);
            }
            _ => {
                if let Some(choice) = elder.choice_of(name, answer) {
                    self.touch(&choice);
                    return;
                }
                for digit in answer.to_string().chars() {
                    let keys = elder.page.texts(&format!("#{id} .key"));
                    let place = keys.iter().position(|key| *key == digit.to_string());
                    let place =
                        place.unwrap_or_else(|| panic!("{name} has no key {digit} for a finger: {keys:?}"));
                    self.touch(&elder.page.all(&format!("#{id} .key"))[place]);
                }
                let shown = elder.page.css(&format!("#{id} .control .box")).value();
                assert_eq!(shown, answer.to_string(), "what the keys of {name} have written");
            }
        }
    }
}

#[test]
fn a_whole_interview_takes_little_more_than_a_touch_an_answer() {
    if lacks(Feature::Touch) {
        return;
    }
    by_touch(Page::open());
}

#[test]
fn a_whole_interview_by_touch_in_firefox() {
    if let Some(page) = Page::open_in(Engine::Firefox) {
        by_touch(page);
    }
}

fn by_touch(page: Page) {
    let elder = Elder::on(page);
    let page = &elder.page;
    let mut finger = Finger { elder: &elder, touches: 0 };
    // By its address, since not every engine tells names.
    finger.touch_css("main a[href='#/fill/elder-needs/1']");
    // The interview begins once its questionnaire is chosen.
    finger.touches = 0;
    let mut answered = 0_u32;
    for section in &elder.plan.sections {
        let title = section.title.text(elder.plan.language("en").unwrap()).to_string();
        page.wait_for("the section", || page.texts("#heading") == [title.as_str()]);
        for &question in &section.questions {
            let name = elder.plan.question(question).name.to_string();
            let Some(answer) = elder.answers.get(&name) else { continue };
            while let Some(gate) = page.all(".gate .button-large:first-of-type").first() {
                finger.touch(gate);
                page.wait_for("the gate opens", || page.all(".gate").len() < 2);
            }
            page.wait_for(&format!("{name} is asked"), || elder.is_asked(&name));
            finger.answer(&name, answer);
            // What cannot wait is acted on: that takes its touches too.
            if !page.all("dialog.alert-screen").is_empty() {
                finger.touch_css(".alert-screen .choice:nth-of-type(3)");
                finger.touch_css(".alert-screen .button-large");
            }
            answered += 1;
        }
        finger.touch_css(".interview > .stack > .actions .button-large:last-child");
    }
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    finger.touch_css(".button-large:last-child");
    page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
    let share = f64::from(finger.touches) / f64::from(answered);
    eprintln!("{} touches for {answered} answered questions: {share:.2}", finger.touches);
    assert!(share <= 1.3, "{} touches for {answered} answered questions: {share:.2}", finger.touches);
    page.assert_no_faults();
}

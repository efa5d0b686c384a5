//! A questionnaire with every type of question, opened by its address.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intake::plan::Plan;

use crate::harness::{Control, Page, site};
use crate::support;

/// Its sections.
const TITLES: [&str; 5] =
    ["Numbers and words", "Choices", "Dates and people", "Marks and places", "Ways of asking"];

/// The questionnaire in a browser.
pub(crate) struct Form {
    pub(crate) page: Page,
    plan: Arc<Plan>,
    folder: PathBuf,
}

impl Form {
    pub(crate) const TEXT: &str = include_str!("../../data/every-type.questionnaire.json");

    /// Opens it at a section, counted from 1.
    pub(crate) fn open(section: usize) -> Self {
        let form = Self::of(Self::TEXT);
        form.go_to(section);
        form
    }

    /// Opens one of a single section with these questions.
    pub(crate) fn asking(questions: &serde_json::Value) -> Self {
        let text = serde_json::json!({
            "$schema": "dialect/questionnaire-1.schema.json",
            "id": "asking", "version": "1.0.0", "title": "Asking", "languages": ["en"], "type": "object",
            "allOf": [{ "id": "all", "title": "All", "properties": questions }],
            "unevaluatedProperties": false,
        });
        Self::of(&text.to_string())
    }

    /// Opens another questionnaire, at its beginning.
    pub(crate) fn of(text: &str) -> Self {
        let (plan, sources, faults) = support::compile(text);
        let faults: String = faults.iter().map(|fault| sources.render(fault)).collect();
        let plan = plan.unwrap_or_else(|| panic!("{faults}"));
        let folder = std::env::temp_dir().join(format!(
            "intake-types-{}-{}",
            std::process::id(),
            std::thread::current().name().unwrap_or_default().replace("::", "-")
        ));
        copy(&site(), &folder);
        fs::write(folder.join("every-type.json"), text).expect("the questionnaire");
        let page = Page::open_site(&folder);
        page.goto("?form=every-type.json");
        Self { page, plan, folder }
    }

    /// Goes to a section, counted from 1.
    pub(crate) fn go_to(&self, section: usize) {
        let title = TITLES[section - 1];
        self.page.wait_for("the form is open", || !self.page.texts("#heading").is_empty());
        self.page.script(&format!("location.hash = '#/fill/preview/{section}'"));
        self.page.wait_for("the section is drawn", || self.page.texts("#heading") == [title]);
    }

    /// The id of a question's element.
    pub(crate) fn id(&self, path: &str) -> String {
        let question = self.plan.find_question(path).unwrap_or_else(|| panic!("no question {path}"));
        format!("q{}-0", question.0)
    }

    /// Something inside of a question.
    pub(crate) fn css(&self, path: &str, selector: &str) -> Control<'_> {
        self.page.css(&format!("#{} {selector}", self.id(path)))
    }

    /// The texts of what is inside of a question.
    pub(crate) fn texts(&self, path: &str, selector: &str) -> Vec<String> {
        self.page.texts(&format!("#{} {selector}", self.id(path)))
    }

    /// Clicks what has these words, inside of a question.
    pub(crate) fn press(&self, path: &str, selector: &str, words: &str) {
        let selector = format!("#{} {selector}", self.id(path));
        let place = self.page.texts(&selector).iter().position(|text| text == words);
        let place = place.unwrap_or_else(|| panic!("no “{words}” among {:?}", self.page.texts(&selector)));
        self.page.all(&selector)[place].click();
    }

    /// What the review says of a question.
    pub(crate) fn reviewed(&self, title: &str) -> String {
        self.page.script("location.hash = '#/review/preview'");
        self.page.wait_for("the review", || self.page.texts("h1") == ["Check the answers"]);
        self.page.script("for (const one of document.querySelectorAll('details')) one.open = true");
        let titles = self.page.texts(".answer dt");
        let place =
            titles.iter().position(|one| one == title).unwrap_or_else(|| panic!("no {title} in {titles:?}"));
        self.page.texts(".answer dd:nth-of-type(1)")[place].clone()
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the site") {
        let entry = entry.expect("a file of the site");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

//! Whatever can be used is called by what stands there: whoever hears the page, or speaks to it, has the same words as
//! whoever sees it.

use serde::Deserialize;

use crate::elder::Elder;
use crate::harness::Page;
use crate::kept::backup::lonely_elder;
use crate::support;
use crate::types::Form;

/// Marks whatever can be used and is on the page, and says what is displayed for it: its own words, those of the label
/// around it, or those of the label that stands before it. The tie between label and box is the browser's to make.
const DISPLAYED: &str = "
    const used = 'button, a[href], summary, input, select, textarea, fieldset, [role=radiogroup]';
    const words = (one) => (one?.innerText ?? '').replace(/\\s+/g, ' ').trim();
    const labels = [...document.querySelectorAll('label, legend, .question-title')].filter((one) => words(one) !== '');
    const before = (one) => labels.findLast((label) =>
      label.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !label.contains(one));
    const displayed = (one) => {
      if (one.matches('fieldset')) return words(one.querySelector(':scope > legend'));
      if (one.matches('[role=radiogroup]')) {
        return one.matches('.line > .control') ? words(one.closest('.line').querySelector('.question-title > span')) : '';
      }
      if (!one.matches('input, select, textarea')) return words(one);
      // What one looks for in a list is said in the box itself; the list has the name of the question.
      if (one.placeholder && one.hasAttribute('aria-label')) return one.placeholder;
      return words(one.closest('label') ?? before(one));
    };
    document.querySelectorAll('[data-probe]').forEach((one) => one.removeAttribute('data-probe'));
    return [...document.querySelectorAll(used)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], [aria-hidden=true]'))
      .map((one) => {
        one.dataset.probe = '';
        const question = one.closest('.question');
        return {
          displayed: displayed(one),
          own: one.hasAttribute('aria-label'),
          frame: one.matches('.question > fieldset, .line > .control')
            || one.id === question?.id.replace('q', 'c') && !question.querySelector(':scope > fieldset'),
          question: question?.id || null,
          html: one.outerHTML.slice(0, 160),
        };
      });";

/// Something that can be used, as it is displayed.
#[derive(Deserialize)]
struct Used {
    displayed: String,
    /// Whether it has a name of its own: then the words that are displayed are in it.
    own: bool,
    /// Whether it is what a question is answered with.
    frame: bool,
    question: Option<String>,
    html: String,
}

/// Without blanks, which browsers count in their own way.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Holds all names on the page to what is displayed, and those of questions to what is asked; how many there are, and how
/// many of them are questions.
fn hold(page: &Page, place: &str, asked: impl Fn(&str) -> String) -> (usize, usize) {
    let used: Vec<Used> = serde_json::from_value(page.script(DISPLAYED)).expect("what can be used");
    let elements = page.all("[data-probe]");
    assert_eq!(used.len(), elements.len(), "{place}");
    let mut wrong = Vec::new();
    for (used, element) in used.iter().zip(elements) {
        let name = element.name();
        let (told, displayed) = (plain(&name), plain(&used.displayed));
        // A sign without a letter is a picture.
        let said = displayed.chars().any(char::is_alphanumeric);
        let same = match used.own {
            true => !said || told.contains(&displayed),
            // Firefox counts the words of its own button in.
            false if used.html.contains("type=\"file\"") => told.starts_with(&displayed),
            false => told == displayed,
        };
        let question = used.question.as_deref().filter(|_| used.frame);
        let fits = question.is_none_or(|id| told.starts_with(&plain(&asked(id))));
        if told.is_empty() || !same || !fits {
            wrong.push(format!("{place}: “{name}” where “{}” stands: {}", used.displayed, used.html));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    (used.len(), used.iter().filter(|used| used.frame).count())
}

/// On a page without questions.
fn no_question(id: &str) -> String {
    panic!("{id} is a question");
}

#[test]
fn every_control_is_called_by_what_stands_there() {
    let elder = lonely_elder();
    let page = &elder.page;
    for (address, heading) in [
        ("#/", "Questionnaires"),
        ("#/caseload", "My interviews"),
        ("#/review/elder-needs", "Check the answers"),
        ("#/profile/elder-needs", "Needs profile"),
    ] {
        page.goto(address);
        page.wait_for("the page", || page.texts("h1") == [heading]);
        page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
        page.wait_for("what can be used", || page.all("main :is(a, button)").len() > 2);
        hold(page, address, no_question);
    }
    let asked = |elder: &Elder, id: &str| elder.title(&elder.name(id), "en");
    for section in 1..=elder.plan.sections.len() {
        elder.go_to(section);
        // A long section is not drawn at once.
        page.wait_for("all of it", || {
            let drawn = || page.all(".question").len();
            let before = drawn();
            std::thread::sleep(std::time::Duration::from_millis(200));
            drawn() == before
        });
        let (_, questions) = hold(page, &format!("section {section}"), |id| asked(&elder, id));
        assert_eq!(questions, page.all(".question:has(.question-title)").len(), "section {section}");
    }
    page.assert_no_faults();
}

#[test]
fn every_type_of_question_is_called_by_what_it_asks() {
    let form = Form::open(1);
    let plan = support::compile(Form::TEXT).0.expect("the form");
    let asked = |id: &str| {
        let number = id.trim_start_matches('q').split('-').next().and_then(|number| number.parse().ok());
        let question = plan.question(intake::plan::QuestionId(number.expect("a question")));
        // Where a name is asked for, it stands in the words of what follows.
        question.title.text(intake::plan::LanguageId(0)).to_string().replace("{called}, ", "")
    };
    for section in 1..=5 {
        form.go_to(section);
        if section == 3 {
            form.css("members", ":scope > .control .button, .button").click();
            form.page.wait_for("a line of the table", || !form.page.all(".roster-body").is_empty());
        }
        let (_, questions) = hold(&form.page, &format!("section {section}"), asked);
        assert_eq!(questions, form.page.all(".question:has(.question-title)").len(), "section {section}");
    }
    form.page.assert_no_faults();
}

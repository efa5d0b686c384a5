use crate::harness::Page;

/// Opens the intake form at a section, counted from 1.
fn open(section: usize) -> Page {
    let page = Page::open();
    page.wait_for("the questionnaires are listed", || !page.texts(".form-card a").is_empty());
    page.goto(&format!("#/fill/intake-consent/{section}"));
    page.wait_for("the section is drawn", || !page.texts("#heading").is_empty());
    page
}

fn title(page: &Page) -> String {
    page.texts(".question-title > span:first-child").concat()
}

#[test]
fn consent_is_asked_one_purpose_a_screen_and_said_back() {
    let page = open(6);
    page.wait_for("one purpose", || page.texts(".question").len() == 1);
    let first = title(&page);
    let answers = page.texts(".consent .choice");
    assert_eq!(answers.len(), 3, "to take back is no answer: {answers:?}");
    page.all(".consent .choice")[0].click();
    page.wait_for("the person says it back", || page.texts(".teach-back p").len() == 1);
    page.find("button", "Explained it again").click();
    page.wait_for("once more", || page.texts(".teach-back p").len() == 2);
    assert_eq!(title(&page), first, "it does not go on before that");
    page.find("button", "Could say it").click();
    page.wait_for("the next purpose", || title(&page) != first);
    let second = title(&page);
    page.all(".consent .choice")[1].click();
    page.wait_for("a no leads on at once", || title(&page) != second);
    page.script("history.back()");
    page.wait_for("the browser's back leads to the screen before", || title(&page) == second);
    page.assert_no_faults();
}

#[test]
fn a_consent_is_taken_back_beside_the_questions_in_two_touches() {
    let page = open(6);
    page.wait_for("one purpose", || page.texts(".question").len() == 1);
    page.all(".consent .choice")[0].click();
    page.wait_for("it is said", || page.texts(".teach-back p").len() == 1);
    page.css(".consents-beside summary").click();
    page.css(".consent-line button").click();
    page.wait_for("it is taken back", || page.texts(".consent-line .tag") == ["Taken back"]);
    page.css(".consent-line button").click();
    page.wait_for("a slip of the finger is put right", || page.texts(".consent-line .tag").is_empty());
    page.assert_no_faults();
}

#[test]
fn a_consent_is_taken_back_in_two_touches() {
    let page = open(6);
    page.wait_for("one purpose", || page.texts(".question").len() == 1);
    page.all(".consent .choice")[0].click();
    page.wait_for("it is said", || page.texts(".teach-back p").len() == 1);
    page.goto("#/review/intake-consent");
    page.wait_for("what was agreed to", || page.texts(".consent-line").len() == 1);
    page.css(".consent-line button").click();
    page.find("button", "Yes, it no longer holds").click();
    page.wait_for("it is taken back", || page.texts(".consent-line .tag") == ["Taken back"]);
    page.assert_no_faults();
}

use super::form::Form;

#[test]
fn what_is_asked_holds_what_was_answered() {
    let form = Form::open(5);
    let title = || form.texts("goes_on", ".question-title > span:first-child");
    assert_eq!(title(), ["…, do you stay here?"]);
    form.css("called", ".box").send("Aunt Li");
    form.page.wait_for("the name", || title() == ["Aunt Li, do you stay here?"]);
    form.page.assert_no_faults();
}

#[test]
fn what_is_settled_cannot_be_changed_and_what_follows_is_asked() {
    let form = Form::open(5);
    let page = &form.page;
    let rent = form.css("rent", ".box");
    rent.send("300");
    assert!(form.texts("why", ".question-title").is_empty());
    form.press("goes_on", ".choice", "No");
    page.wait_for("the question that follows", || !form.texts("why", ".question-title").is_empty());
    page.wait_for("it cannot be changed", || rent.attribute("readonly").is_some());
    assert_eq!(form.texts("rent", ".tag"), ["Cannot be changed"]);
    rent.click();
    page.keys("5");
    assert_eq!(rent.value(), "300");
    form.css("why", ".box").send("The roof");
    form.press("goes_on", ".choice", "Yes");
    page.wait_for("it can be changed again", || rent.attribute("readonly").is_none());
    page.wait_for("it is not asked any more", || form.texts("why", ".question-title").is_empty());
    assert_eq!(form.reviewed("Rent a month?"), "300");
    let aside = page.texts(".panel-list");
    assert!(
        aside.iter().any(|text| text.starts_with("No longer asked") && text.ends_with("Why not?")),
        "what was answered and is not asked any more is told: {aside:?}"
    );
    page.assert_no_faults();
}

#[test]
fn advice_is_for_the_worker_and_is_folded_up() {
    let form = Form::open(5);
    let page = &form.page;
    assert_eq!(form.texts("called", ".hint"), ["The name that you like to hear."]);
    let advice = || form.texts("called", "details.advice").concat();
    assert!(!advice().contains("papers"), "the person opposite does not read it at first");
    form.css("called", ".advice summary").click();
    page.wait_for("it is read", || advice().contains("Not the name on the papers."));
    assert!(page.texts("main .panel-info")[0].ends_with("Sit down first."));
    page.assert_no_faults();
}

#[test]
fn a_date_may_be_no_more_than_a_month() {
    let form = Form::open(5);
    form.press("moved", ".segment", "Month and year");
    form.page.wait_for("no day is asked", || form.texts("moved", ".date-part label") == ["Month", "Year"]);
    form.css("moved", ".box:first-of-type").send("3");
    form.css("moved", ".box-year").send("2021");
    assert_eq!(form.reviewed("Since when?"), "March 2021");
    form.page.assert_no_faults();
}

#[test]
fn a_needed_answer_is_asked_for_at_its_question_and_in_the_summary() {
    let form = Form::open(5);
    let page = &form.page;
    page.css(".interview > .stack > .actions .button-large:last-child").click();
    page.wait_for("the summary has the focus", || page.focused().text().contains("What are you called?"));
    page.css("#error-summary a").click();
    let name = form.css("called", ".box");
    page.wait_for("its box has the focus", || name.has_focus());
    let described = name.attribute("aria-describedby").unwrap_or_default();
    let told: Vec<String> =
        described.split_whitespace().flat_map(|id| page.texts(&format!("#{id}"))).collect();
    assert_eq!(told[0], "The name that you like to hear.");
    assert!(told[1].contains("answer"), "{told:?}");
    assert_eq!(name.attribute("aria-invalid").as_deref(), Some("true"));
    page.assert_no_faults();
}

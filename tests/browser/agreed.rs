//! Goals, the steps of the plan and strengths: written, edited, moved and removed on the page of the profile, and what is in
//! the profile that the page hands out.

use serde_json::{Value, json};

use crate::elder::Elder;
use crate::harness::{Key, Page};
use crate::kept::backup::lonely_elder;

/// The profile of an older person who cannot be alone for a night, and at whose page the pictures are of no interest.
pub(crate) fn at_profile() -> Elder {
    let elder = Elder::at_start();
    for (name, answer) in [("lonely_i1", 3), ("lonely_i2", 3), ("lonely_i3", 3)] {
        elder.go_and_choose(name, json!(answer));
    }
    elder.say_safe();
    elder.finish();
    elder
}

/// The profile of the elder as it is downloaded; `before` is how often that was done already.
pub(crate) fn told(page: &Page, before: usize) -> Value {
    told_of(page, "elder-needs", before)
}

/// The same of another form.
pub(crate) fn told_of(page: &Page, form: &str, before: usize) -> Value {
    page.find("button", "Download the profile").click();
    let bytes = page.downloaded_after(&format!("profile-{form}-*.json"), before);
    serde_json::from_slice(&bytes).unwrap()
}

/// The entries of a list, under the heading with this id.
pub(crate) fn lines(page: &Page, heading: &str) -> Vec<String> {
    let texts = page.texts(&format!("[aria-labelledby={heading}] .agreed-words"));
    texts.iter().map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

/// What was told last to whoever cannot see it.
pub(crate) fn is_told(page: &Page, words: &str) -> bool {
    // Hidden from sight, so that it has no text that is seen.
    page.script(
        "return [...document.querySelectorAll('main [role=status]')].map((one) => one.textContent.trim())",
    )
    .as_array()
    .is_some_and(|all| all.iter().any(|text| text == words))
}

pub(crate) fn focus_is(page: &Page, id: &str) {
    page.wait_for(&format!("the focus is on {id}"), || page.focused_id() == id);
}

/// Chooses of a list, as a person does who knows the words.
pub(crate) fn choose(page: &Page, id: &str, words: &str) {
    page.css(&format!("#{id}")).focus();
    page.keys(words);
    let chosen = page.script(&format!("return document.getElementById('{id}').selectedOptions[0].label"));
    assert_eq!(chosen, words);
}

/// States a goal in the form, which is open.
pub(crate) fn add_goal(page: &Page, text: &str) {
    page.css("#goal-text").send(text);
    page.css("details:has(#goal-text) .actions-inline .button").click();
    page.wait_for("the goal is shown", || lines(page, "goals-title").iter().any(|line| line == text));
}

#[test]
fn goals_and_steps_are_edited_moved_and_removed() {
    let elder = at_profile();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    page.css("details:has(#goal-text) .actions-inline .button").click();
    focus_is(page, "goal-text");
    assert_eq!(page.css("#goal-text").attribute("aria-invalid").as_deref(), Some("true"));
    let error = page.css("#goal-text").attribute("aria-describedby").unwrap();
    assert!(page.css(&format!("#{error}")).text().contains("Write down what is to be reached."));
    add_goal(page, "Sleep at night");
    assert!(is_told(page, "Added: Sleep at night"));
    add_goal(page, "See my sister");

    // An id outlives what is said, for a follow-up asks by it.
    page.find("button", "Edit: Sleep at night").click();
    focus_is(page, "goal-0-text");
    assert_eq!(page.focused().value(), "Sleep at night");
    page.css("#goal-0-text").send(" and well");
    choose(page, "goal-0-attainment", "More than hoped");
    // To edit another loses nothing of what was typed.
    page.find("button", "Edit: See my sister").click();
    page.css("#goal-1-text").send(" often");
    page.press(Key::Escape);
    focus_is(page, "goal-1-edit");
    assert_eq!(page.css("#goal-0-text").value(), "Sleep at night and well");
    page.find("button", "Save").click();
    focus_is(page, "goal-0-edit");
    assert_eq!(lines(page, "goals-title"), ["Sleep at night and well", "See my sister"]);
    page.find("button", "Move “Sleep at night and well”, place 1, down").click();
    focus_is(page, "goal-1-down");
    assert!(is_told(page, "Sleep at night and well is number 2 now"));
    assert_eq!(page.focused().attribute("aria-disabled").as_deref(), Some("true"));

    page.css("details:has(#step-service) summary").click();
    page.css("details:has(#step-service) .actions-inline .button").click();
    focus_is(page, "step-service");
    let service = page.texts("#step-service option")[1].clone();
    choose(page, "step-service", &service);
    let need = page.texts("#step-need option")[1].clone();
    choose(page, "step-need", &need);
    page.css("#step-frequency").send("twice a week");
    page.css("#step-provider").send("the station");
    page.css("#step-start").focus();
    // Half of a day. The second of February is written alike whatever comes first.
    page.day_keys(&["02", "02"]);
    page.css("details:has(#step-service) .actions-inline .button").click();
    focus_is(page, "step-start");
    assert_eq!(
        page.css("#step-start-error").text().lines().last(),
        Some("This is not a day. Put in all of it, or nothing.")
    );
    page.css("#step-start").clear();
    page.css("#step-start").focus();
    page.day_keys(&["02", "02", "2027"]);
    page.css("details:has(#step-service) .actions-inline .button").click();
    page.wait_for("the step is shown", || lines(page, "plan-title") == [service.as_str()]);

    let profile = told(page, 0);
    assert_eq!(profile["goals"][0], json!({ "id": "g2", "text": "See my sister" }));
    assert_eq!(
        profile["goals"][1],
        json!({ "id": "g1", "text": "Sleep at night and well", "attainment": 1 })
    );
    let step = profile["plan"][0].as_object().unwrap();
    let needs = profile["needs"].as_array().unwrap();
    assert!(needs.iter().any(|need| need["id"] == step["need"]), "{step:?}");
    assert!(step["service"].as_str().is_some_and(|code| code.starts_with('S')), "{step:?}");
    assert_eq!((&step["frequency"], &step["provider"]), (&json!("twice a week"), &json!("the station")));
    assert_eq!(step["start"], "2027-02-02");

    // Half a day is no day given up: whoever puts the form aside finds the day that was agreed.
    page.find("button", &format!("Edit: {service}")).click();
    focus_is(page, "step-0-service");
    page.css("#step-0-start").focus();
    page.press(Key::Backspace);
    page.press(Key::Escape);
    focus_is(page, "step-0-edit");
    page.find("button", &format!("Edit: {service}")).click();
    assert_eq!(page.css("#step-0-start").value(), "2027-02-02");

    // What is emptied is no longer stated.
    focus_is(page, "step-0-service");
    assert_eq!(page.css("#step-0-start").value(), "2027-02-02");
    page.css("#step-0-frequency").clear();
    page.find("button", "Save").click();
    focus_is(page, "step-0-edit");
    // Where the next one's button would be, its form is open.
    page.find("button", "Edit: Sleep at night and well").click();
    page.find("button", "Remove: See my sister").click();
    focus_is(page, "goals-title");
    page.css("#goal-0-text").focus();
    page.press(Key::Escape);
    focus_is(page, "goal-0-edit");
    let profile = told(page, 1);
    assert_eq!(profile["goals"].as_array().unwrap().len(), 1);
    assert_eq!(profile["plan"][0].get("frequency"), None);
    page.find("button", "Remove: Sleep at night and well").click();
    focus_is(page, "goals-title");
    page.assert_no_faults();
}

/// Goes on, key by key, until what has the focus is called so.
fn tab_to(elder: &Elder, name: &str) {
    elder.tab_to(name, |focus| focus.label == name || focus.text == name);
}

/// Goes down the list that has the focus. Not by its letters: what was typed into the same list a moment before, which is
/// quicker than any person, WebKit takes for the beginning of the word.
fn go_down_to(page: &Page, words: &str) {
    for _ in 0..30 {
        let chosen = page.script("return document.activeElement.selectedOptions[0].label");
        if chosen.as_str().is_some_and(|label| label.starts_with(words)) {
            return;
        }
        page.press(Key::Down);
    }
    panic!("nothing on the list begins with {words}");
}

#[test]
fn strengths_need_nothing_but_a_keyboard() {
    let elder = at_profile();
    let page = &elder.page;
    let mut strengths = vec!["Sings", "Knows everybody"];
    tab_to(&elder, "Add a strength");
    page.press(Key::Enter);
    for strength in &strengths {
        tab_to(&elder, "What it is");
        page.keys(strength);
        tab_to(&elder, "Area of life");
        go_down_to(page, "Friends");
        tab_to(&elder, "Add");
        page.press(Key::Enter);
        page.wait_for("the strength is shown", || {
            lines(page, "strengths-title").iter().any(|line| line == strength)
        });
        elder.tab_back_to("the form", |focus| focus.text == "Add a strength");
    }
    elder.tab_back_to("the button", |focus| focus.label == "Move “Knows everybody”, place 2, up");
    page.press(Key::Enter);
    focus_is(page, "strength-0-up");
    strengths.reverse();
    assert_eq!(lines(page, "strengths-title"), strengths);
    elder.tab_back_to("the button", |focus| focus.label == "Edit: Knows everybody");
    page.press(Key::Enter);
    focus_is(page, "strength-0-text");
    page.press(Key::End);
    page.keys(" here");
    page.press(Key::Escape);
    focus_is(page, "strength-0-edit");
    assert_eq!(lines(page, "strengths-title"), strengths);
    page.press(Key::Enter);
    focus_is(page, "strength-0-text");
    assert_eq!(page.focused().value(), "Knows everybody here");
    tab_to(&elder, "Save");
    page.press(Key::Enter);
    focus_is(page, "strength-0-edit");
    assert!(is_told(page, "Saved: Knows everybody here"));
    tab_to(&elder, "Remove: Sings");
    page.press(Key::Enter);
    focus_is(page, "strength-0-edit");
    let profile = told(page, 0);
    let expected = json!([{ "text": "Knows everybody here", "grade": "usable", "domain": "D08" }]);
    assert_eq!(profile["strengths"], expected);
    page.assert_no_faults();
}

#[test]
fn what_stays_out_of_the_hand_out_stays_out_when_it_is_edited() {
    // Of an interview that is kept: both the edit and what stays out are written then.
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#strength-text) summary").click();
    page.css("#strength-text").send("Sings");
    page.css("details:has(#strength-text) .actions-inline .button").click();
    page.wait_for("the strength is shown", || lines(page, "strengths-title") == ["Sings"]);
    page.goto("#/handout/elder-needs");
    let sheet = || page.texts(".handout").first().cloned().unwrap_or_default();
    page.wait_for("the page for the person", || sheet().contains("Sings"));
    page.all(".handout .dots button")[0].click();
    page.wait_for("the line is gone", || !sheet().contains("Sings"));
    page.goto("#/profile/elder-needs");
    page.find("button", "Edit: Sings").click();
    page.css("#strength-0-text").send(" well");
    page.find("button", "Save").click();
    page.wait_for("it is edited", || lines(page, "strengths-title") == ["Sings well"]);
    page.goto("#/handout/elder-needs");
    page.wait_for("the page for the person", || page.texts(".handout h2") == ["What we talked about"]);
    assert!(!sheet().contains("Sings"), "{}", sheet());
    page.assert_no_faults();
}

use crate::elder::Elder;
use crate::kept::{PASSPHRASE, elder_of_li, is_kept, lock, unlock};

#[test]
fn question_by_question_an_answer_leads_on_and_back_leads_back() {
    let elder = Elder::open(2);
    let page = &elder.page;
    page.find("radio", "One question at a time").click();
    page.wait_for("one question", || page.texts(".question").len() == 1);
    assert!(elder.is_asked("living_arrangement"));
    elder.choose("living_arrangement", "alone");
    page.wait_for("the next comes by itself", || elder.is_asked("floor"));
    page.wait_for("and it has an address", || {
        page.script("return location.hash") == "#/fill/elder-needs/2/2"
    });
    page.all(".key")[5].click();
    page.find("link", "Next question").click();
    page.wait_for("a number waits for the button", || elder.is_asked("lift"));
    page.script("history.back()");
    page.wait_for("back", || elder.is_asked("floor"));
    page.wait_for("with what was typed", || elder.box_of("floor").value() == "6");
    page.script("history.forward()");
    page.wait_for("forward", || elder.is_asked("lift"));

    // Keys go through the answers without leaving the question.
    page.css(".step .choice input").focus();
    page.press(crate::harness::Key::Down);
    page.wait_for("no", || elder.chosen("lift") == ["No"]);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(elder.is_asked("lift"), "an arrow key is no wish to go on");

    page.find("radio", "Section by section").click();
    page.wait_for("the section again, with the answers", || elder.chosen("living_arrangement").len() == 1);
    assert_eq!(elder.chosen("lift"), ["No"]);
    page.assert_no_faults();
}

#[test]
fn a_link_to_a_question_leads_to_its_screen() {
    let elder = Elder::open(2);
    let page = &elder.page;
    page.find("radio", "One question at a time").click();
    page.wait_for("one question", || page.texts(".question").len() == 1);
    page.goto("#/review/elder-needs");
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    page.all("#error-summary li a")[0].click();
    page.wait_for("the gate of that section", || !page.texts(".gate").is_empty());
    elder.open_gates();
    page.wait_for("its question alone", || page.texts(".question").len() == 1);
    page.assert_no_faults();
}

#[test]
fn turning_the_tablet_opens_the_list_of_sections() {
    let elder = Elder::open(2);
    let page = &elder.page;
    page.resize(800, 1280);
    page.wait_for("upright it is closed", || page.texts(".sections-list").concat().is_empty());
    page.resize(1280, 800);
    page.wait_for("on its side it is open", || !page.texts(".sections-list").concat().is_empty());
}

#[test]
fn an_alert_holds_the_page_at_its_question() {
    let elder = Elder::at("elder_hit");
    let page = &elder.page;
    page.find("radio", "One question at a time").click();
    page.wait_for("one question", || page.texts(".question").len() == 1);
    assert!(elder.is_asked("elder_hit"));
    elder.choose("elder_hit", true);
    page.wait_for("the alert", || !page.all("dialog[open].alert-screen").is_empty());
    std::thread::sleep(std::time::Duration::from_millis(700));
    page.find("button", "The answer was a slip: take it back").click();
    page.wait_for("the question waits for its answer, with the focus", || {
        page.script("return document.activeElement.closest('.question')?.id ?? ''")
            == elder.id("elder_hit").as_str()
    });
    assert!(elder.chosen("elder_hit").is_empty());
    page.assert_no_faults();
}

#[test]
fn question_by_question_too_whoever_comes_back_comes_to_the_question() {
    let elder = elder_of_li();
    let page = &elder.page;
    elder.go_to(2);
    page.find("radio", "One question at a time").click();
    page.wait_for("one question", || page.texts(".question").len() == 1);
    elder.choose("living_arrangement", "alone");
    page.wait_for("the next", || elder.is_asked("floor"));
    elder.box_of("floor").send("3x");
    page.wait_for("it is kept", || is_kept(page));
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the same question", || page.texts(".question").len() == 1 && elder.is_asked("floor"));
    // What is half typed is no answer, and is not lost either.
    assert_eq!(elder.box_of("floor").value(), "3x");
    page.press(crate::harness::Key::Backspace);
    page.wait_for("it becomes an answer", || elder.box_of("floor").value() == "3");
    page.wait_for("it is kept", || is_kept(page));
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the same question", || elder.is_asked("floor"));
    assert_eq!(elder.box_of("floor").value(), "3");
    page.assert_no_faults();
}

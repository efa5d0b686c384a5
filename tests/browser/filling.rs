//! How the page behaves while a form is filled in.

use serde_json::json;

use crate::elder::{Elder, SAFETY};
use crate::harness::{Feature, Page, lacks};

#[test]
fn a_question_comes_goes_and_comes_back_with_its_answer() {
    let elder = Elder::at("elder_hit");
    assert!(!elder.is_asked("abuse_now"));
    elder.choose("elder_hit", true);
    elder.act_on_alert();
    elder.page.wait_for("the question comes", || elder.is_asked("abuse_now"));
    elder.page.wait_for("whoever cannot see it is told", || {
        elder.page.texts("[role=status]").iter().any(|text| text == "New questions below: 1.")
    });
    elder.choose("abuse_now", true);
    elder.act_on_alert();
    elder.choose("elder_hit", false);
    elder.page.wait_for("the question goes", || !elder.is_asked("abuse_now"));
    elder.page.wait_for("whoever cannot see it is told", || {
        elder.page.texts("[role=status]").iter().any(|text| text == "Questions no longer asked: 1.")
    });
    elder.choose("elder_hit", true);
    elder.page.wait_for("the answer is there again", || elder.chosen("abuse_now") == ["Yes"]);
    elder.page.assert_no_faults();
}

#[test]
fn a_reason_for_no_answer_stands_in_its_place() {
    let elder = Elder::at("elder_hit");
    assert_eq!(elder.reason("elder_hit"), None, "no reason is chosen at the start");
    elder.choose("elder_hit", false);
    elder.choose_absence("elder_hit", "Does not want to say");
    elder.page.wait_for("the reason is chosen", || {
        elder.reason("elder_hit").as_deref() == Some("Does not want to say")
    });
    assert!(elder.chosen("elder_hit").is_empty(), "an answer and a reason for none exclude each other");
    elder.choose_absence("elder_hit", "Ask later");
    elder.page.wait_for("another reason", || elder.reason("elder_hit").as_deref() == Some("Ask later"));
    elder.choose_absence("elder_hit", "Ask later");
    elder.page.wait_for("the same again takes it back", || elder.reason("elder_hit").is_none());
    elder.choose_absence("elder_hit", "Does not know");
    elder.choose("elder_hit", true);
    elder.page.wait_for("an answer takes its place", || elder.reason("elder_hit").is_none());
    assert_eq!(elder.chosen("elder_hit"), ["Yes"]);
    elder.page.assert_no_faults();
}

#[test]
fn a_refused_safety_question_is_an_alert_and_not_a_no() {
    let elder = Elder::at("elder_hit");
    for name in SAFETY {
        elder.choose_absence(name, "Does not want to say");
    }
    elder.finish();
    let page = &elder.page;
    page.wait_for("the alert", || page.texts(".alert h3") == ["Safety questions without an answer"]);
    let urgency = page.texts(".alert .urgency").concat();
    assert!(urgency.starts_with("Act within 72 hours\nby "), "{urgency}");
    let titles = SAFETY.map(|name| elder.title(name, "en"));
    assert_eq!(page.texts(".alert li"), titles);
    let safety = page.texts(".area-head").into_iter().find(|head| head.starts_with("Safety and protection"));
    assert!(!safety.unwrap().contains("No need found"));
    page.assert_no_faults();
}

#[test]
fn back_and_forward_lead_through_the_sections_and_lose_nothing() {
    let elder = Elder::open(2);
    let page = &elder.page;
    elder.choose("living_arrangement", "alone");
    elder.type_into("floor", "6");
    let first = page.texts("#heading");
    elder.go_on();
    page.wait_for("the next section", || page.texts("#heading") != first);
    page.script("history.back()");
    page.wait_for("the section before", || page.texts("#heading") == first);
    page.wait_for("its heading has the focus", || page.focused_id() == "heading");
    assert_eq!(elder.chosen("living_arrangement").len(), 1);
    page.wait_for("what was typed", || elder.box_of("floor").value() == "6");
    page.script("history.forward()");
    page.wait_for("the next section again", || page.texts("#heading") != first);
    page.assert_no_faults();
}

#[test]
fn leaving_is_asked_about_once_there_is_something_to_lose() {
    let elder = Elder::open(2);
    let asked = || {
        elder.page.script(
            "const event = new Event('beforeunload', { cancelable: true });
             window.dispatchEvent(event);
             return event.defaultPrevented;",
        )
    };
    assert_eq!(asked(), false, "nothing was answered");
    elder.choose("living_arrangement", "alone");
    elder.page.wait_for("the browser is to ask", || asked() == true);
}

#[test]
fn the_language_changes_under_a_half_filled_section() {
    let elder = Elder::open(2);
    let page = &elder.page;
    elder.choose("living_arrangement", "alone");
    elder.type_into("floor", "six");
    page.find("button", "中文").click();
    let titles = || page.texts(".question-title");
    page.wait_for("the questions are in the language", || {
        titles().first().is_some_and(|title| title.starts_with(&elder.title("living_arrangement", "zh-CN")))
    });
    assert_eq!(page.css("html").attribute("lang").as_deref(), Some("zh-CN"));
    assert_eq!(elder.chosen("living_arrangement").len(), 1);
    assert_eq!(elder.box_of("floor").value(), "six", "what was typed stays");
    assert!(elder.errors("floor")[0].ends_with("请用数字填写，比如 7 或 2.5。"));
    page.assert_no_faults();
}

#[test]
fn chinese_is_typed_by_its_sounds() {
    if lacks(Feature::Composition) {
        return;
    }
    let elder = Elder::at("wish_first");
    let page = &elder.page;
    elder.box_of("wish_first").focus();
    let compose = |text: &str| {
        let length = text.chars().count();
        page.protocol(
            "Input.imeSetComposition",
            json!({ "text": text, "selectionStart": length, "selectionEnd": length }),
        );
    };
    let answered = || page.texts(".progress-label");
    let before = answered();
    for half in ["x", "xi", "xia", "xialou"] {
        compose(half);
    }
    assert_eq!(elder.box_of("wish_first").value(), "xialou");
    assert_eq!(answered(), before, "half a word is no answer");
    page.protocol("Input.insertText", json!({ "text": "下楼" }));
    page.wait_for("the word is the answer", || answered() != before);
    assert_eq!(elder.box_of("wish_first").value(), "下楼");
    page.assert_no_faults();
}

#[test]
fn a_wish_to_go_on_is_not_refused_twice() {
    let elder = Elder::at("elder_hit");
    let page = &elder.page;
    assert!(page.texts(".message-error").is_empty(), "no error before anything was done");
    elder.go_on();
    page.wait_for("the errors are listed", || page.texts("#error-summary li").len() == SAFETY.len());
    assert_eq!(page.texts(".question-error").len(), SAFETY.len(), "and stand at their questions");
    page.find("link", "Leave it like this for now and go on").click();
    page.wait_for("the next section", || page.texts("#error-summary").is_empty());
    elder.page.goto("#/review/elder-needs");
    page.wait_for("the review lists them again", || page.texts("#error-summary li").len() == SAFETY.len());
    elder.go_on();
    page.wait_for("finishing is refused", || page.focused_id() == "error-summary");
    page.all("#error-summary li a")[0].click();
    page.wait_for("a link leads to the question", || elder.is_asked("elder_hit"));
    page.wait_for("which has the focus", || {
        page.script("return document.activeElement.closest('.question')?.id ?? ''")
            == elder.id("elder_hit").as_str()
    });
    page.assert_no_faults();
}

#[test]
fn filling_in_asks_the_network_for_nothing() {
    let elder = Elder::open(2);
    let page = &elder.page;
    // A form cannot be filled in before its part of the program is there; the worker waits until the page is idle.
    page.wait_for("the second module has been loaded", || {
        page.script(
            "return performance.getEntriesByType('resource').some((one) => one.name.includes('worker'))",
        ) == true
    });
    let requests = || page.script("return performance.getEntriesByType('resource').map((one) => one.name)");
    // What is loaded when the page is idle comes in several steps: a busy machine takes its time over each.
    page.wait_for("the page has loaded all that it loads by itself", || {
        page.script(
            "const last = Math.max(...performance.getEntriesByType('resource').map((one) => one.responseEnd));
             return performance.now() - last > 2000",
        ) == true
    });
    let before = requests();
    elder.choose("living_arrangement", "alone");
    elder.type_into("floor", "6");
    elder.go_on();
    page.wait_for("the next section", || page.script("return location.hash") == "#/fill/elder-needs/3");
    assert_eq!(requests(), before);
    assert_eq!(page.title(), "Interview – intake", "neither title nor address tells what it is about");
}

#[test]
fn many_open_questions_are_told_calmly_and_section_by_section() {
    let page = Page::open();
    page.goto("#/review/intake-consent");
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    page.resize(800, 1280);
    for (language, told) in [("English", "questions still to answer"), ("中文", "题要回答")] {
        page.find("button", language).click();
        page.wait_for("the language", || page.texts("#error-summary-title")[0].contains(told));
        // Whoever only looks has made no mistake.
        let wrong = page.css("#error-summary").attribute("role").as_deref() == Some("alert");
        assert_eq!(wrong, language == "中文");
        page.css(".actions button.button-large").click();
        page.wait_for("it has the focus", || page.focused_id() == "error-summary");
        let height = page.css("#error-summary").rectangle().3;
        assert!(height < 1280.0 * 0.36, "it takes {height} of 1280 pixels");
        let sections = page.texts("#error-summary > details > summary");
        assert_eq!(sections.len(), 4, "{sections:?}");
        assert!(sections.iter().all(|one| one.contains(told)), "{sections:?}");
        let seen = || {
            let links = page.script(
                "return [...document.querySelectorAll('#error-summary a')].filter((one) => one.checkVisibility()).length",
            );
            links.as_u64().unwrap()
        };
        assert_eq!(seen(), 3, "the first few");
        let all = page.all("#error-summary a").len();
        assert!(page.texts("#error-summary-title")[0].contains(&all.to_string()), "none is left out");
        page.all("#error-summary > details > summary")[1].click();
        page.wait_for("a section opens", || seen() > 3);
        page.all("#error-summary > details > summary")[1].click();
    }
    page.all("#error-summary > details > summary")[2].click();
    let link = page.all("#error-summary > details")[2].text();
    page.all("#error-summary > details:nth-of-type(3) a")[0].click();
    page.wait_for("its question has the focus", || {
        page.script("return document.activeElement.closest('.question')?.querySelector('.question-title')?.innerText ?? ''")
            .as_str()
            .is_some_and(|title| !title.is_empty() && link.contains(title.lines().next().unwrap_or_default()))
    });
    page.assert_no_faults();
}

#[test]
fn the_way_back_leads_past_a_profile_that_no_longer_holds() {
    let elder = Elder::at_start();
    let page = &elder.page;
    elder.say_safe();
    elder.finish();
    elder.go_and_choose("lonely_i1", json!(3));
    let there = page.script("return location.hash");
    page.goto("#/profile/elder-needs");
    page.wait_for("there is none, so the review is shown", || page.texts("h1") == ["Check the answers"]);
    page.script("history.back()");
    page.wait_for("back at the question", || page.script("return location.hash") == there);
    page.assert_no_faults();
}

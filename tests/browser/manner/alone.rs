use serde_json::json;

use crate::elder::{Elder, SAFETY};

#[test]
fn nothing_of_a_private_section_is_in_the_page_before_the_worker_says_who_is_there() {
    let elder = Elder::at_start();
    let page = &elder.page;
    let section = elder.section_of("elder_hit");
    elder.go_before(section);
    let title = elder.title("elder_hit", "en");
    assert!(!page.script("return document.body.innerText").as_str().unwrap().contains(&title));
    assert!(page.all(".gate input:checked").is_empty(), "nobody is named beforehand");
    page.find("checkbox", "Husband or wife").click();
    page.wait_for("a warning", || page.texts(".gate .message-warning").len() == 1);
    assert!(!page.texts(".gate button")[0].starts_with("Nobody"), "they are not alone");
    page.find("button", "Not private now: ask later").click();
    page.wait_for("it goes on with the next section", || page.texts(".gate").is_empty());

    page.goto("#/review/elder-needs");
    page.wait_for("the review reminds of it", || {
        page.texts(".panel-warning h2").iter().any(|text| text == "To be asked alone: 1")
    });
    page.script("for (const one of document.querySelectorAll('details')) one.open = true");
    assert!(page.texts(".answer-none").contains(&"Ask later".to_owned()), "and marks them as not asked");
    elder.go_to(section);
    page.wait_for("alone, they are asked", || elder.is_asked("elder_hit"));
    assert_eq!(elder.reason("elder_hit").as_deref(), Some("Ask later"));
    page.assert_no_faults();
}

#[test]
fn a_single_private_question_is_locked_by_itself() {
    let elder = Elder::at_start();
    let page = &elder.page;
    let section = elder.section_of("mood_i9");
    elder.go_before(section);
    for name in ["mood_i1", "mood_i2"] {
        elder.choose(name, 3);
    }
    page.wait_for("the rest of the scale", || elder.is_asked("mood_i3"));
    let title = elder.title("mood_i9", "en");
    assert!(!page.script("return document.body.innerText").as_str().unwrap().contains(&title));
    page.find("button", "Nobody else is here: begin").click();
    page.wait_for("it is there, and has the focus", || {
        page.script("return document.activeElement.closest('.question')?.id ?? ''")
            == elder.id("mood_i9").as_str()
    });
    page.assert_no_faults();
}

#[test]
fn who_was_there_goes_into_the_record() {
    let elder = Elder::at_start();
    let page = &elder.page;
    elder.go_to(elder.section_of("elder_hit"));
    page.css(".visit summary").click();
    page.find("checkbox", "A neighbour or friend").click();
    page.script(
        "const one = document.querySelector('.visit select');
         one.value = 'volunteer';
         one.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    for name in SAFETY {
        elder.choose(name, false);
    }
    let record = elder.finished_record();
    let provenance = &record["provenance"];
    assert_eq!(provenance["people_present"], json!(["person", "worker", "neighbour"]));
    assert_eq!(provenance["interpreter"], "volunteer");
    let section = &elder.plan.sections[elder.section_of("elder_hit") - 1].id;
    assert_eq!(provenance["sections_alone"], json!([**section]));
    page.assert_no_faults();
}

#[test]
fn a_gate_knows_who_was_just_said_to_be_there() {
    let elder = Elder::at_start();
    let page = &elder.page;
    elder.go_before(elder.section_of("elder_hit"));
    page.css(".visit summary").click();
    let place = page.texts(".visit .choice").iter().position(|text| text == "Husband or wife").unwrap();
    page.all(".visit .choice")[place].click();
    page.wait_for("the gate warns", || page.texts(".gate .message-warning").len() == 1);
    assert_eq!(page.texts(".gate .choice:has(:checked)"), ["Husband or wife"]);
    assert!(!page.texts(".gate button")[0].starts_with("Nobody"), "they are not alone");
    page.all(".gate .choice")[place].click();
    page.wait_for("they have gone out", || page.texts(".gate button")[0].starts_with("Nobody"));
    assert!(page.texts(".visit .choice:has(:checked)").is_empty());
    page.assert_no_faults();
}

//! Safety questions that are refused one after another: each has to be taken on, and what was done about one stays.

use serde_json::{Value, json};

use crate::agreed::told;
use crate::elder::{Elder, SAFETY};
use crate::harness::Page;
use crate::kept::{elder_of_li, is_kept};

const REFUSED: &str = "Does not want to say";

/// Takes on what nobody has taken on yet.
fn act(page: &Page, who: &str, what: &str) {
    let before = page.texts(".alert .acted-done").len();
    page.css(".alert .acted summary").click();
    page.css(".alert .acted-body input").send(who);
    page.css(".alert .acted-body textarea").send(what);
    page.css(".alert .acted-body .button").click();
    page.wait_for("what was done is shown", || page.texts(".alert .acted-done").len() == before + 1);
    page.wait_for("the focus is where it is shown", || page.focused_id().starts_with("acted-safety"));
}

/// Answers a question otherwise, and finishes again.
fn change(elder: &Elder, name: &str, refuse: bool) {
    elder.go_to(elder.section_of(name));
    if refuse {
        elder.choose_absence(name, REFUSED);
    } else {
        elder.choose(name, false);
    }
    elder.finish();
}

/// Each group of questions under the heading of those that were refused, and how many forms are beside it.
fn groups(page: &Page) -> Value {
    page.script(
        "return [...document.querySelectorAll('.alert ul.dots')].map((list) =>
           [[...list.querySelectorAll('li')].map((one) => one.innerText.trim()),
            list.parentElement.querySelectorAll('.acted').length])",
    )
}

/// What the list says of alerts on which nobody has acted.
fn told_in_list(page: &Page) -> Option<String> {
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    let cards = page.texts("main article").concat();
    let said = cards.find("Alerts that nobody has acted on").and_then(|at| cards.get(at..))?;
    said.lines().next().map(str::to_owned)
}

#[test]
fn who_took_on_one_refused_question_has_not_taken_on_the_next_and_all_that_was_done_stays() {
    let elder = elder_of_li();
    let page = &elder.page;
    elder.go_to(elder.section_of("elder_hit"));
    for name in ["elder_hit", "elder_neglect"] {
        elder.choose_absence(name, REFUSED);
    }
    for name in &SAFETY[2..] {
        elder.choose(name, false);
    }
    elder.finish();
    let title = |name: &str| elder.title(name, "en");
    let (hit, neglect, afraid) = (title("elder_hit"), title("elder_neglect"), title("elder_afraid"));
    assert_eq!(groups(page), json!([[[hit, neglect], 1]]), "one form for what was refused at once");
    act(page, "w-31", "Asked the neighbour to look in");
    assert_eq!(groups(page), json!([[[hit, neglect], 0]]));

    change(&elder, "elder_afraid", true);
    assert_eq!(groups(page), json!([[[afraid], 1], [[hit, neglect], 0]]), "it is open, and comes first");
    page.wait_for("it is kept", || is_kept(page));
    assert_eq!(told_in_list(page).as_deref(), Some("Alerts that nobody has acted on: 1"));
    page.goto("#/profile/elder-needs");
    page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
    act(page, "w-32", "A second worker asks on Friday");
    assert_eq!(groups(page), json!([[[hit, neglect], 0], [[afraid], 0]]));
    let profile = told(page, 0);
    let acts: Vec<(&Value, &Value, &Value)> = profile["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alert| (&alert["field"], &alert["status"], &alert["acknowledged"]["by"]))
        .collect();
    let taken_on = json!("acknowledged");
    assert_eq!(
        acts,
        [
            (&json!("/elder_hit"), &taken_on, &json!("w-31")),
            (&json!("/elder_neglect"), &taken_on, &json!("w-31")),
            (&json!("/elder_afraid"), &taken_on, &json!("w-32")),
        ]
    );

    // Each is answered after all: what was done about it is still there, and says about which.
    elder.go_to(elder.section_of("elder_hit"));
    for name in ["elder_hit", "elder_neglect"] {
        elder.choose(name, false);
    }
    change(&elder, "elder_afraid", false);
    let gone = page.texts(".alert-withdrawn");
    assert_eq!(gone.len(), 3, "{gone:?}");
    for (question, done) in [
        (&hit, "Asked the neighbour to look in"),
        (&neglect, "Asked the neighbour to look in"),
        (&afraid, "A second worker asks on Friday"),
    ] {
        let told = |text: &&String| text.contains(question.as_str()) && text.contains(done);
        assert_eq!(gone.iter().filter(told).count(), 1, "{question}: {gone:?}");
    }
    assert_eq!(groups(page), json!([]));
    page.wait_for("it is kept", || is_kept(page));
    assert_eq!(told_in_list(page), None);
    page.assert_no_faults();
}

//! The same of what was done about an alert, and of a level that somebody sets over the one that was worked out.

use serde_json::json;

use super::{back_at_profile, boxes, unlock_if_asked};
use crate::agreed::told;
use crate::elder::{Elder, SAFETY};
use crate::harness::Page;
use crate::kept::{PASSPHRASE, elder_of_li, is_kept, lock, unlock};

const PROFILE: &str = "#/profile/elder-needs";
/// Health: level 2 as worked out, for the medicines.
const AREA: &str = "li:has(input[name='level-D04'])";

/// The profile of somebody who does not want to say whether they are hit, and cannot take their medicines alone.
fn unsaid() -> Elder {
    let elder = elder_of_li();
    elder.go_to(elder.section_of("elder_hit"));
    elder.choose_absence("elder_hit", "Does not want to say");
    for name in &SAFETY[1..] {
        elder.choose(name, false);
    }
    elder.go_and_choose("iadl_medicines", "cannot");
    elder.finish();
    elder
}

/// The ids of the boxes of the alert.
fn alert_boxes(page: &Page) -> [String; 2] {
    let id = |part: &str| page.css(&format!(".alert .acted-body [id$={part}]")).attribute("id").unwrap();
    [id("-who"), id("-what")]
}

/// What is seen of the form of the level: the place of the level that is chosen, and the texts.
fn level(page: &Page) -> serde_json::Value {
    page.script(&format!(
        "const seen = [...document.querySelectorAll(\"{AREA} .set-level input, {AREA} .set-level .box\")]
             .filter((one) => one.checkVisibility());
         return [seen.filter((one) => one.type === 'radio').findIndex((one) => one.checked),
                 ...seen.filter((one) => one.type !== 'radio').map((one) => one.value)];"
    ))
}

/// What is said where the profile leaves the page.
fn said_of_what_is_not_saved(page: &Page) -> Vec<String> {
    page.texts("main .message-warning").into_iter().filter(|text| text.contains("not saved")).collect()
}

/// What is seen of the alert that stands over the page: what is ticked, and the note.
fn noted(page: &Page) -> serde_json::Value {
    page.script(
        "return [[...document.querySelectorAll('dialog.alert-screen input')].flatMap((one, place) =>
                 one.checked ? [place] : []),
             document.querySelector('dialog.alert-screen textarea')?.value ?? null]",
    )
}

#[test]
fn an_alert_stands_over_the_page_again_with_what_was_noted_until_somebody_has_acted() {
    let elder = elder_of_li();
    let page = &elder.page;
    elder.go_to(elder.section_of("elder_hit"));
    let stands = || page.wait_for("the alert", || page.all("dialog[open].alert-screen").len() == 1);
    let raise = || {
        elder.choose("elder_hit", true);
        stands();
    };
    let come_back = || {
        page.wait_for("it is kept", || is_kept(page));
        page.reload();
        page.wait_for("the page", || !page.texts("#heading").is_empty());
        if page.texts("#heading") == ["Who works on this tablet?"] {
            unlock(page, "Li", PASSPHRASE);
        }
    };

    // A slip of the finger is one after the page was loaded again, too.
    raise();
    come_back();
    stands();
    page.find("button", "The answer was a slip: take it back").click();
    page.wait_for("it goes, and the answer with it", || {
        page.all("dialog").is_empty() && elder.chosen("elder_hit").is_empty()
    });

    raise();
    page.find("checkbox", "Something else").click();
    page.css(".alert-note textarea").send("Sat with her");
    page.find("checkbox", "Told my supervisor").click();
    let all = json!([[2, 6], "Sat with her"]);
    assert_eq!(noted(page), all);
    come_back();
    stands();
    assert_eq!(noted(page), all);
    page.find("button", "Note it and go on").click();
    page.wait_for("it goes", || page.all("dialog").is_empty());
    come_back();
    page.wait_for("the answer stands", || elder.chosen("elder_hit") == ["Yes"]);
    assert!(page.all("dialog").is_empty());

    // Where it is not certain which answer was the slip, none is taken back: this one asks whether it goes on.
    elder.choose("abuse_now", true);
    stands();
    page.find("checkbox", "Told my supervisor").click();
    page.wait_for("it is kept", || is_kept(page));
    page.script("location.hash = '#/fill/elder-needs/1'");
    page.wait_for("another section", || page.address().ends_with("/1"));
    come_back();
    stands();
    assert_eq!(noted(page), json!([[2], null]));
    assert!(page.texts("dialog.alert-screen .button-quiet").is_empty(), "no slip");
    page.find("button", "Note it and go on").click();
    page.wait_for("it goes", || page.all("dialog").is_empty());
    for name in &SAFETY[1..] {
        elder.go_to(elder.section_of(name));
        elder.choose(name, false);
    }
    elder.finish();
    assert!(said_of_what_is_not_saved(page).is_empty());
    page.assert_no_faults();
}

#[test]
fn what_was_done_and_why_a_level_is_another_outlives_the_page_and_the_lock_until_it_is_saved() {
    let elder = unsaid();
    let page = &elder.page;
    assert!(said_of_what_is_not_saved(page).is_empty());
    page.css(".alert .acted summary").click();
    let ids = alert_boxes(page);
    let ids = ids.each_ref().map(String::as_str);
    page.css(&format!("[id='{}']", ids[0])).send("w-31");
    page.css(&format!("[id='{}']", ids[1])).send("Told the night shift");
    page.css(&format!("{AREA} .area-head")).click();
    page.css(&format!("{AREA} .set-level summary")).click();
    page.all(&format!("{AREA} .set-level .choice"))[1].click();
    page.wait_for("to lower it takes two more words", || {
        page.all(&format!("{AREA} .set-level .box")).len() == 2
    });
    page.all(&format!("{AREA} .set-level .box"))[0].send("The daughter gives them");
    page.all(&format!("{AREA} .set-level .box"))[1].send("sup-7");
    page.wait_for("it is kept", || is_kept(page));
    page.wait_for(
        "before it is taken along it is said",
        || matches!(&said_of_what_is_not_saved(page)[..], [all] if all.contains("not saved: 2.")),
    );
    page.css(".alert .acted summary").click();
    assert_eq!(page.texts(".alert .acted .tag"), ["Not saved"], "closed, too");
    page.css(".alert .acted summary").click();
    page.goto("#/handout/elder-needs");
    page.wait_for("and before it is printed", || said_of_what_is_not_saved(page).len() == 1);

    let done = ["w-31", "Told the night shift"];
    let why = json!([1, "The daughter gives them", "sup-7"]);
    let stands = || {
        page.wait_for("what was typed", || level(page) == why);
        assert_eq!(boxes(page, &ids), done);
    };
    page.goto("#/caseload");
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    page.goto(PROFILE);
    back_at_profile(page);
    stands();
    page.reload();
    unlock_if_asked(page);
    stands();
    lock(page);
    let locked = page.script("return document.documentElement.outerHTML");
    assert!(!["night shift", "daughter"].iter().any(|text| locked.as_str().unwrap().contains(text)));
    unlock(page, "Li", PASSPHRASE);
    back_at_profile(page);
    stands();

    let profile = told(page, 0).to_string();
    assert!(["w-31", "night shift", "daughter", "sup-7"].iter().all(|text| !profile.contains(text)));
    assert!(page.console().iter().all(|entry| !entry.to_string().contains("daughter")));

    // What is saved is not begun any more, and its line stays open under whoever saved it.
    page.css(".alert .acted-body .button").click();
    page.wait_for("what was done is shown", || page.texts(".acted-done").len() == 1);
    page.css(&format!("{AREA} .set-level .button")).click();
    page.wait_for("the level is set", || {
        page.texts(&format!("{AREA} .area-body")).concat().contains("The daughter gives them")
    });
    page.wait_for("it is kept", || is_kept(page));
    assert!(said_of_what_is_not_saved(page).is_empty());
    page.reload();
    unlock_if_asked(page);
    assert_eq!(level(page), json!([-1]), "nothing is open");
    assert!(page.all(".alert .acted").is_empty());
    let profile = told(page, 1);
    assert_eq!(profile["overrides"][0]["reason"], "The daughter gives them");
    assert_eq!(profile["alerts"][0]["acknowledged"]["action"], "Told the night shift");
    page.assert_no_faults();
}

#[test]
fn a_level_that_is_put_back_takes_along_what_was_typed_for_it() {
    let elder = unsaid();
    let page = &elder.page;
    page.css(&format!("{AREA} .area-head")).click();
    page.css(&format!("{AREA} .set-level summary")).click();
    page.all(&format!("{AREA} .set-level .choice"))[3].click();
    page.css(&format!("{AREA} .set-level .box")).send("Falls at night");
    page.css(&format!("{AREA} .set-level .button")).click();
    page.wait_for("it is set", || page.texts(&format!("{AREA} .set-level .button-quiet")).len() == 1);
    page.css(&format!("{AREA} .set-level .box")).send(", and by day");
    page.css(&format!("{AREA} .set-level .button-quiet")).click();
    page.wait_for("it is as worked out", || level(page) == json!([2, ""]));
    page.wait_for("it is kept", || is_kept(page));
    // What was typed and taken back is no change, nor is what a box says that is not asked for any more.
    page.all(&format!("{AREA} .set-level .choice"))[1].click();
    page.wait_for("a supervisor is asked for", || level(page) == json!([1, "", ""]));
    page.all(&format!("{AREA} .set-level .box"))[1].send("sup-7");
    page.all(&format!("{AREA} .set-level .choice"))[2].click();
    page.wait_for("it is kept", || is_kept(page));
    page.reload();
    unlock_if_asked(page);
    assert_eq!(level(page), json!([-1]), "nothing is open");
    page.assert_no_faults();
}

//! The page that stays with the person: it lies on a table at home, and what was left out of it must not come back.

use intake::diagnostic::SourceId;
use intake::profile::{Profile, assess};
use intake::session::read_record;
use serde_json::json;

use crate::agreed::{add_goal, choose, lines as listed, told};
use crate::elder::{Elder, SAFETY};
use crate::harness::Page;
use crate::kept::backup::lonely_elder;
use crate::kept::outbox::{Agency, OwnForm};
use crate::kept::{PASSPHRASE, is_kept, lock, unlock};
use crate::support;
use crate::tour::{LANGUAGES, speak};
use crate::types::Form;

const HANDOUT: &str = "#/handout/elder-needs";

/// The lines that would be printed, once the sheet is there in its language.
fn lines(page: &Page, heading: &str) -> Vec<String> {
    page.wait_for("the page for the person", || page.texts(".handout h2").iter().any(|one| one == heading));
    page.texts(".handout .dots li")
}

/// The worker unlocks, and comes back to the page from the profile.
fn come_back(page: &Page) {
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the profile", || !page.all("#goals-title").is_empty());
    page.goto(HANDOUT);
}

/// A page that is loaded again wants the passphrase.
fn load_again(page: &Page) {
    page.reload();
    page.wait_for("who works here", || !page.all("main .choice, #passphrase").is_empty());
    come_back(page);
}

#[test]
fn what_was_left_out_of_the_hand_out_stays_out_after_a_reload_and_the_lock() {
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "Stop the drinking");
    add_goal(page, "See my sister");
    page.goto(HANDOUT);
    let all = lines(page, "What we talked about");
    page.css(".handout .dots button[aria-label='Leave out: Stop the drinking']").click();
    page.wait_for("the line is gone", || page.texts(".handout .dots li").len() == all.len() - 1);
    assert!(!page.texts(".handout")[0].contains("drinking"));
    page.css("main .languages [lang='zh-CN']").click();
    let left = lines(page, "我们聊了什么");
    assert_eq!(left.len(), all.len() - 1);
    page.wait_for("it is kept", || is_kept(page));

    load_again(page);
    assert_eq!(lines(page, "我们聊了什么"), left, "after a reload");
    lock(page);
    come_back(page);
    assert_eq!(lines(page, "我们聊了什么"), left, "after the lock");

    page.css(".actions .button-second").click();
    page.wait_for("all are back", || page.texts(".handout .dots li").len() == all.len());
    page.wait_for("it is kept", || is_kept(page));
    load_again(page);
    assert_eq!(lines(page, "我们聊了什么").len(), all.len());
    page.assert_no_faults();
}

/// An entry gets the id of one that is there no more, so that what was decided about that one must not hold for it.
#[test]
fn what_takes_the_place_of_a_removed_entry_is_printed() {
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "Stop the drinking");
    page.goto(HANDOUT);
    lines(page, "What we talked about");
    page.css(".handout .dots button[aria-label='Leave out: Stop the drinking']").click();
    page.goto("#/profile/elder-needs");
    page.wait_for("the goal", || !page.all("#goal-0-edit").is_empty());
    page.find("button", "Remove: Stop the drinking").click();
    page.wait_for("it is gone", || page.all("#goal-0-edit").is_empty());
    page.css("details:has(#goal-text) summary").click();
    add_goal(page, "See my sister");
    page.goto(HANDOUT);
    assert!(lines(page, "What we talked about").iter().any(|line| line.contains("See my sister")));
    page.assert_no_faults();
}

/// An older person who is hit, and says so; the alert is seen to.
fn hit() -> Elder {
    let elder = Elder::at_start();
    elder.go_and_choose("elder_hit", true);
    elder.act_on_alert();
    for name in SAFETY.into_iter().filter(|name| *name != "elder_hit") {
        elder.go_and_choose(name, false);
    }
    elder.page.wait_for("the question that follows", || elder.is_asked("abuse_now"));
    elder.choose("abuse_now", false);
    elder.finish();
    elder
}

/// The answer may be taken back because somebody else reads what lies on the table.
#[test]
fn what_was_agreed_about_protection_is_not_printed_once_its_need_is_gone_either() {
    let elder = hit();
    let page = &elder.page;
    page.css("details:has(#goal-text) summary").click();
    let protection = page.script(
        "return [...document.getElementById('goal-need').options].find((one) => one.value.startsWith('D01')).label",
    );
    choose(page, "goal-need", protection.as_str().unwrap());
    add_goal(page, "Sleep at my sister's");
    add_goal(page, "See the river");
    page.css("details:has(#step-service) summary").click();
    choose(page, "step-service", "Safeguarding");
    page.css("details:has(#step-service) .actions-inline .button").click();
    page.wait_for("the step is shown", || listed(page, "plan-title") == ["Safeguarding"]);
    page.css("details:has(#strength-text) summary").click();
    page.css("#strength-text").send("Knows the way to the police");
    choose(page, "strength-domain", "Safety and protection");
    page.css("details:has(#strength-text) .actions-inline .button").click();
    page.wait_for("the strength is shown", || listed(page, "strengths-title").len() == 1);

    let printed = || {
        page.goto(HANDOUT);
        lines(page, "What we talked about")
    };
    assert_eq!(printed(), ["See the river"], "while the need is there");
    elder.go_to(elder.section_of("elder_hit"));
    elder.choose("elder_hit", false);
    elder.finish();
    page.wait_for("the need is gone", || {
        page.texts(".agreed-list").join(" ").contains("A need that no longer shows")
    });
    assert_eq!(printed(), ["See the river"], "once it is gone");
    page.assert_no_faults();
}

/// What an agency's own follow-up makes of the needs of last time; it marks nothing.
const STILL: &str = r#"{
  "$schema": "https://example.org/questionnaire-1.schema.json", "id": "still", "version": "1.0.0", "title": "Still",
  "languages": ["en"], "type": "object", "unevaluatedProperties": false,
  "allOf": [{ "id": "all", "title": "All", "properties": {
    "tea": { "title": "Tea?", "type": "boolean" },
    "needs": { "title": "Needs", "type": "array", "maxItems": 9, "prefill": "/needs", "items": {
      "type": "object", "unevaluatedProperties": false, "properties": {
        "which": { "title": "Which", "type": "string", "maxLength": 99, "prefill": "/id" },
        "area": { "title": "Area", "type": "string", "maxLength": 9, "prefill": "/domain" } } } } } }],
  "rules": [
    { "id": "R1", "title": "Daily life", "levels": [{ "when": "needs.exists(area = 'D05')", "level": 1 }],
      "need": { "domain": "D05", "code": "still", "label": "Help with the day", "basis": "felt", "services": [] } },
    { "id": "R2", "title": "Mind", "levels": [{ "when": "needs.exists(area = 'D06')", "level": 1 }],
      "need": { "domain": "D06", "code": "still", "label": "Help against grief", "basis": "felt", "services": [] } }]
}"#;

/// Somebody who cannot wash alone, and is very low.
fn last_time() -> Profile {
    let mut answers = json!({
        "adl_eating": "independent", "adl_bathing": "dependent", "adl_grooming": "independent",
        "adl_dressing": "with_help", "adl_bowel": "continent", "adl_bladder": "occasional",
        "adl_toilet": "with_help", "adl_transfer": "minor_help", "adl_walking": "with_help",
        "adl_stairs": "unable"
    });
    for item in 1..=9 {
        answers[format!("mood_i{item}")] = json!(if item == 9 { 0 } else { 2 });
    }
    let record = json!({ "assessed_on": "2026-08-23", "profile_id": "p-august", "answers": answers });
    let (record, _) = read_record(&record.to_string(), SourceId(0));
    assess(&support::shipped("elder-needs"), &record.unwrap()).unwrap()
}

#[test]
fn a_follow_up_prints_what_could_be_told_last_time_and_no_more() {
    let agency =
        Agency::asking_beside_others(&OwnForm { id: "still", title: ["Still", "还需要"], text: STILL });
    let page = &Page::open_site(&agency.site());
    let mut before = last_time();
    let follow = |before: &Profile, name: &str| {
        let file = page.own_folder("last-time").join(name);
        std::fs::write(&file, before.to_canonical_json()).unwrap();
        page.goto("#/follow/still");
        page.css("#follow-file").send(&file.display().to_string());
        page.find("button", "Begin").click();
        page.wait_for("the interview begins", || page.address().contains("#/fill/still/"));
        page.goto("#/review/still");
        page.find("button", "Finish and see the needs").click();
        page.wait_for("the profile", || page.texts("h1") == ["Needs profile"]);
        page.goto("#/handout/still");
        lines(page, "What we talked about");
    };
    follow(&before, "known.json");
    page.wait_for("what is known", || page.texts(".handout .dots li") == ["Help with the day"]);

    // Made with another version, of which nobody here knows what was confided in it.
    before.questionnaire.content_hash = "sha256:other".to_owned();
    follow(&before, "unknown.json");
    assert!(page.texts(".handout .dots li").is_empty());
    page.assert_no_faults();
}

#[test]
fn a_suggested_strength_is_told_in_the_language_that_is_read() {
    let elder = Elder::at_start();
    elder.go_and_choose("interests", "singing");
    elder.say_safe();
    elder.finish();
    let page = &elder.page;
    let (english, chinese) = ("Singing, mountain songs", "唱歌、唱山歌");
    page.find("button", english).click();
    page.wait_for("the strength is shown", || listed(page, "strengths-title") == [english]);
    let choice = json!({ "question": "interests", "code": "singing" });
    assert_eq!(told(page, 0)["strengths"][0]["choice"], choice);

    speak(page, LANGUAGES[1]);
    page.wait_for("it is Chinese", || listed(page, "strengths-title") == [chinese]);
    assert!(page.all(".suggested .chip").is_empty(), "it is offered once");
    page.goto(HANDOUT);
    page.css("main .languages [lang='zh-CN']").click();
    assert_eq!(lines(page, "我们聊了什么").first().map(String::as_str), Some(chinese));
    page.css("main .languages [lang='en']").click();
    assert_eq!(lines(page, "What we talked about").first().map(String::as_str), Some(english));

    // In other words it is what was written.
    page.goto("#/profile/elder-needs");
    page.css("#strength-0-edit").click();
    assert_eq!(page.css("#strength-0-text").value(), chinese);
    page.css("#strength-0-text").send("，在台上");
    page.css(".agreed-edited .actions-inline .button").click();
    page.wait_for("it is edited", || listed(page, "strengths-title") == ["唱歌、唱山歌，在台上"]);
    speak(page, LANGUAGES[0]);
    assert_eq!(listed(page, "strengths-title"), ["唱歌、唱山歌，在台上"]);
    let strength = told(page, 1)["strengths"][0].clone();
    assert_eq!(strength, json!({ "text": "唱歌、唱山歌，在台上", "grade": "usable" }));
    page.assert_no_faults();
}

#[test]
fn what_is_there_twice_is_printed_once_and_left_out_together() {
    let elder = lonely_elder();
    let page = &elder.page;
    page.css("details:has(#strength-text) summary").click();
    for count in 1..=2 {
        page.css("#strength-text").send("Sings");
        page.css("details:has(#strength-text) .actions-inline .button").click();
        page.wait_for("the strength is shown", || listed(page, "strengths-title").len() == count);
    }
    page.goto(HANDOUT);
    let all = lines(page, "What we talked about");
    assert_eq!(all.iter().filter(|line| *line == "Sings").count(), 1, "{all:?}");
    page.css(".handout .dots button[aria-label='Leave out: Sings']").click();
    page.wait_for("it is gone", || !page.texts(".handout .dots li").iter().any(|line| line == "Sings"));
    page.assert_no_faults();
}

/// Has the page look as it is printed, in any browser.
fn as_on_paper(page: &Page) {
    page.script(
        "const all = (rules) => {
           for (const rule of rules) {
             if (rule.media?.mediaText === 'print') rule.media.mediaText = 'all';
             if (rule.cssRules) all(rule.cssRules);
           }
         };
         for (const sheet of document.styleSheets) all(sheet.cssRules)",
    );
}

/// Whether anything is displayed of what tells the worker that this is a preview, or whether it is kept.
fn is_noticed(page: &Page) -> bool {
    let shown = page.script(
        "const notices = [...document.querySelectorAll('aside.preview, aside:has(.saved)')];
         return notices.map((one) => getComputedStyle(one).display !== 'none')",
    );
    let shown: Vec<bool> = serde_json::from_value(shown).unwrap();
    assert_eq!(shown.len(), 1);
    shown[0]
}

#[test]
fn no_notice_to_the_worker_is_on_paper() {
    let elder = Elder::at_start();
    elder.say_safe();
    elder.finish();
    elder.page.goto(HANDOUT);
    lines(&elder.page, "What we talked about");
    assert!(is_noticed(&elder.page));
    as_on_paper(&elder.page);
    assert!(!is_noticed(&elder.page));
    drop(elder);

    let preview = Form::open(1);
    assert!(is_noticed(&preview.page));
    as_on_paper(&preview.page);
    assert!(!is_noticed(&preview.page));
}

/// By the browser's own menu, which opens nothing before.
#[test]
fn closed_lines_of_a_profile_are_open_on_paper() {
    let elder = lonely_elder();
    let page = &elder.page;
    if page.script("return CSS.supports('selector(::details-content)')") != true {
        return;
    }
    let seen = |inner: &str| {
        page.script(&format!(
            "const all = [...document.querySelectorAll('{inner}')];
             return [all.length > 0, all.every((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)]"
        ))
    };
    // Only a line with a need has something to say of itself.
    let (areas, reasons) = (".area:has(.need) > .area-body", ".area .why > .why-body");
    assert_eq!(seen(areas), json!([true, false]));
    as_on_paper(page);
    assert_eq!(seen(areas), json!([true, true]));
    assert_eq!(seen(reasons), json!([true, true]));
    page.assert_no_faults();
}

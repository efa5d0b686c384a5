//! Every page with something on it: what is looked at and measured page by page goes on this tour.

use serde_json::json;

use crate::elder::{Elder, begin_first};
use crate::gallery;
use crate::harness::{Key, Page};
use crate::kept::outbox::{Agency, collector, enter_secret, finish, interview, no_network, outbox, states};
use crate::kept::visit::begin_household;
use crate::kept::workers::station;
use crate::kept::{enter, is_kept, lock, press};

/// The languages of the page: how the button is called, and the tag.
pub(crate) const LANGUAGES: [(&str, &str); 2] = [("English", "en"), ("中文", "zh-CN")];

/// A page of the tour.
pub(crate) struct Stop {
    /// What it is called in file names and messages.
    pub(crate) name: &'static str,
    /// Its address.
    address: &'static str,
    /// What is done there before anybody looks.
    prepare: fn(&Page),
}

const fn stop(name: &'static str, address: &'static str, prepare: fn(&Page)) -> Stop {
    Stop { name, address, prepare }
}

const fn nothing(_: &Page) {}

/// A tablet that is new, and one whose database is gone.
const NOBODY: [Stop; 1] = [stop("set-up", "#/unlock", |page| drop(page.css("#worker-name")))];
const LOST: [Stop; 1] = [stop("lost", "#/unlock", |page| {
    page.css("[data-lost]");
    open_all(page);
})];

/// On the first day.
const EMPTY: [Stop; 2] = [
    stop("caseload-empty", "#/caseload", nothing),
    stop("outbox-empty", "#/outbox", |page| drop(page.css("#outbox-items"))),
];

/// With interviews in every state.
const AT_WORK: [Stop; 28] = [
    stop("start", "#/", nothing),
    stop("settings", "#/settings", nothing),
    stop("gallery", "#/gallery", nothing),
    stop("gallery-answered", "#/gallery", |page| {
        gallery::show(page, "Answered");
        page.wait_for("the pictures", || page.all("img.attached").len() == 3);
    }),
    stop("gallery-doubts", "#/gallery", |page| gallery::show(page, "With doubts")),
    stop("gallery-errors", "#/gallery", |page| gallery::show(page, "With errors")),
    stop("gallery-absent", "#/gallery", |page| gallery::show(page, "No answer")),
    stop("gallery-fixed", "#/gallery", |page| gallery::show(page, "Only to read")),
    stop("gallery-alert", "#/gallery", |page| {
        page.css("#gallery-alert").click();
        page.css("dialog[open].alert-screen");
    }),
    stop("follow", "#/follow/follow-up", nothing),
    stop("not-opened", "#/fill/nowhere/1", |page| drop(page.css("[role=alert]"))),
    stop("not-begun", "#/fill/child-needs/3", |page| drop(page.css("[data-not-begun]"))),
    stop("consent", "#/fill/intake-consent/6", |page| {
        if page.all(".teach-back").is_empty() {
            page.css(".consent .choice").click();
        }
        page.css(".teach-back");
    }),
    stop("consent-review", "#/review/intake-consent", |page| {
        page.css(".consent-line button").click();
        page.css(".consent-line .ask-twice");
    }),
    stop("living", "#/fill/elder-needs/2", nothing),
    stop("daily-life", "#/fill/elder-needs/4", nothing),
    stop("mood", "#/fill/elder-needs/9", nothing),
    stop("one-question", "#/fill/elder-needs/4/1", |page| {
        page.all(".segments .segment")[1].click();
        page.wait_for("one question", || page.texts(".question").len() == 1);
    }),
    stop("review", "#/review/elder-needs", nothing),
    stop("profile", "#/profile/elder-needs", nothing),
    stop("agreed", "#/profile/elder-needs", agree),
    stop("handout", "#/handout/elder-needs", nothing),
    stop("caseload", "#/caseload", |page| page.wait_for("the cases", || page.texts("article h2").len() > 4)),
    stop("visit", "#/caseload", |page| {
        page.wait_for("the cases", || page.texts("article h2").len() > 4);
        open_more(page, HOUSEHOLD);
        page.script("document.querySelector('article [open] select').value = 'child-needs'");
        page.css("article [open] .field > .button").click();
        page.css("article .panel .choice");
    }),
    stop("outbox", "#/outbox", |page| {
        page.css("#outbox-list article");
        open_all(page);
        // What is asked twice: to take back, and to take out.
        for button in [".actions-inline .button", ".stack > .button"] {
            page.script(&format!("document.querySelector('#outbox-list details {button}').click()"));
        }
        page.wait_for("both are asked", || page.all("#outbox-list .ask-twice").len() == 2);
    }),
    stop("alert", SAFETY, raise),
    stop("hidden", SAFETY, |page| {
        raise(page);
        page.css("dialog .quick-hide").click();
        page.css("dialog.calendar[open]");
    }),
    stop("tablet", "#/tablet", |page| {
        page.css("main .sheet");
        open_all(page);
        press(page, "Make a backup");
    }),
];

/// And with nobody at work any more.
const LOCKED: [Stop; 3] = [
    stop("unlock", "#/unlock", nothing),
    stop("forgotten", "#/unlock", |page| {
        page.wait_for("the workers", || page.texts("main .choice").len() == 2);
        let place = page.texts("main .choice").iter().position(|one| one == "Li").expect("the worker");
        page.all("main .choice input")[place].click();
        page.css("#passphrase").send("not the passphrase");
        press(page, "Unlock");
        page.css("main [role=alert]");
        open_all(page);
    }),
    stop("restore", "#/tablet", |page| {
        let file = page.own_folder("given").join("backup.txt");
        std::fs::write(&file, "no backup").expect("a file");
        page.css("#backup-file").send(&file.display().to_string());
        page.css("#backup-passphrase").send("a passphrase");
        press(page, "Restore");
        page.css("main [role=alert]");
    }),
];

/// Where an older person is asked whether somebody does them harm.
const SAFETY: &str = "#/fill/elder-needs/17";

/// Answers what cannot wait, unless that was done.
fn raise(page: &Page) {
    page.css(".question .control .choice");
    if page.all("dialog.alert-screen").is_empty() {
        let first = page.all(".question").into_iter().next().expect("a question");
        assert!(first.text().contains("Yes"), "it is a question of yes and no");
        page.all(".question .control .choice")[0].click();
    }
    page.css("dialog[open].alert-screen");
}

/// Agrees on goals and a step, and is about to edit two of them, one of which has no words; a third was put aside.
fn agree(page: &Page) {
    open_all(page);
    let press_add = |of: &str| page.css(&format!("details:has({of}) .actions-inline .button")).click();
    for goal in ["To sleep through the night", "To see my sister every week"] {
        page.css("#goal-text").send(goal);
        press_add("#goal-text");
    }
    page.script("document.getElementById('step-service').selectedIndex = 2");
    page.css("#step-frequency").send("twice a week");
    press_add("#step-service");
    for strength in ["Knows everybody in the village", "Sings"] {
        page.css("#strength-text").send(strength);
        press_add("#strength-text");
    }
    page.wait_for("all is agreed", || page.all(".agreed-list > li").len() == 5);
    page.script("for (const one of document.querySelectorAll('.acted')) one.open = false");
    page.css("#goal-1-edit").click();
    page.css("#goal-1-text").send(", or more often");
    page.press(Key::Escape);
    page.css("#goal-0-edit").click();
    page.css("#goal-0-text").clear();
    page.css("[aria-labelledby=goals-title] .acted-body .button").click();
    page.css("#goal-0-text-error");
    page.css("#strength-0-edit").click();
    page.css("#strength-0-text");
}

const HOUSEHOLD: &str = "A household that has moved here";
const ELDER: &str = "Needs of an older person";

/// Goes the whole tour in one browser, in English, and looks at each page.
pub(crate) fn walk(look: impl FnMut(&Page, &Stop)) {
    walk_in(|_| (), look);
}

/// The same, in a site to which something is done first.
pub(crate) fn walk_in(prepare: impl Fn(&Agency), mut look: impl FnMut(&Page, &Stop)) {
    let mut all = |page: &Page, stops: &[Stop]| {
        for stop in stops {
            visit(page, stop);
            look(page, stop);
            speak(page, LANGUAGES[0]);
        }
    };
    let agency = Agency::beside_others(&json!([
        collector("agency", "The agency", "care", "agency", "profile"),
        collector("school", "The school", "school", "school", "profile"),
        county(),
    ]));
    prepare(&agency);
    let arguments = agency.arguments();
    let page = Page::open_with(&agency.site(), &arguments.each_ref().map(String::as_str));
    page.css(".bar .languages");
    all(&page, &NOBODY);
    page.script("localStorage.setItem('intake-set-up', JSON.stringify({ on: '2026-03-02' }))");
    page.reload();
    all(&page, &LOST);
    page.script("localStorage.removeItem('intake-set-up')");
    page.reload();
    page.css("#worker-name");
    enter(&page, "Wang", None);
    lock(&page);
    enter(&page, "Li", Some(&station().recipient().to_string()));
    all(&page, &EMPTY);
    let elder = worked(page, &agency);
    all(&elder.page, &AT_WORK);
    lock(&elder.page);
    all(&elder.page, &LOCKED);
}

/// A destination whose token nobody has entered.
fn county() -> serde_json::Value {
    let mut county = collector("county", "The county", "care", "agency", "profile");
    county["authentication"]["secret"] = json!("county");
    county
}

/// A household, an older person with a profile, and short talks: sent, on their way, held back, refused and ready.
fn worked(page: Page, agency: &Agency) -> Elder {
    begin_household(&page);
    page.goto("#/");
    let elder = Elder::on(page);
    let page = &elder.page;
    for section in 1..=elder.plan.sections.len() {
        // The keyboard opens what is to be asked alone, and stands at its first question then.
        elder.go_before(section);
        elder.fill_section();
    }
    elder.finish();
    page.wait_for("the needs", || !page.all(".area").is_empty());
    page.goto("#/caseload");
    page.wait_for("the cases", || page.texts("article h2").len() == 2);
    open_more(page, ELDER);
    page.css("article [open] input.box").send("Wang Guizhen");
    page.script("document.activeElement.blur()");
    page.wait_for("the name", || page.texts("article h2").iter().any(|name| name == "Wang Guizhen"));

    interview(page, "Ma Lan", "green tea");
    outbox(page);
    enter_secret(page, "collector", &agency.token());
    press(page, "Send Ma Lan, A short talk");
    page.wait_for("one has it", || states(page) == ["profile waiting", "profile sent"]);
    press(page, &format!("Send Wang Guizhen, {ELDER}"));
    page.wait_for("the collector has no such questionnaire", || states(page).len() == 4);
    another_talk(page, "Zhao Fang");
    outbox(page);
    no_network(page);
    press(page, "Send Zhao Fang, A short talk");
    page.wait_for("it waits", || states(page).len() == 6);
    page.goto("#/fill/short/1");
    page.wait_for("the questions", || page.all(".question input.box").len() == 2);
    page.all(".question input.box")[1].send(", with milk");
    page.wait_for("it is kept", || is_kept(page));
    page.set_offline(false);
    another_talk(page, "Ha Ming");
    outbox(page);
    page.wait_for("it is held back", || {
        page.texts("#outbox-list article p").iter().any(|text| text.contains("Held back on this tablet"))
    });
    elder
}

/// A talk with somebody else than the last.
fn another_talk(page: &Page, name: &str) {
    page.goto("#/");
    page.find("button", "With somebody else: A short talk").click();
    page.wait_for("an empty talk", || {
        page.all(".question input.box").first().is_some_and(|field| field.value().is_empty())
    });
    interview(page, name, "green tea");
    finish(page);
}

/// Opens all that is folded up.
fn open_all(page: &Page) {
    page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
}

/// Opens what is seldom needed at the card of a form.
fn open_more(page: &Page, form: &str) {
    page.script(&format!(
        "const cards = [...document.querySelectorAll('article')];
         cards.find((one) => one.innerText.includes({})).querySelector('details').open = true;",
        json!(form)
    ));
}

/// Goes to a page of the tour, and waits until it is drawn.
fn visit(page: &Page, stop: &Stop) {
    // A page that was hidden stays so, whatever its address.
    page.script("document.querySelector('.calendar-today')?.click()");
    // From elsewhere: a page that is open already would be as it was left.
    page.script("location.hash = '#/settings'");
    page.wait_for("another page", || page.texts("h1") == ["Settings"]);
    page.goto(stop.address);
    page.wait_for("the page is drawn", || {
        page.script("return location.hash") == stop.address
            && page.texts("main h1").iter().any(|title| !title.is_empty() && title != "Settings")
            || stop.name == "settings"
    });
    if stop.name != "not-begun" {
        begin_first(page, stop.address);
    }
    (stop.prepare)(page);
}

/// Switches the language of the page, and of the page for the person, which has its own.
pub(crate) fn speak(page: &Page, (name, tag): (&str, &str)) {
    if page.css("html").attribute("lang").as_deref() != Some(tag) {
        // By script: what stands over the page keeps every finger from the bar.
        page.script(&format!(
            "[...document.querySelectorAll('.bar .languages button')].find((one) => one.innerText.trim() === {}).click()",
            json!(name)
        ));
    }
    page.wait_for("the language", || page.css("html").attribute("lang").as_deref() == Some(tag));
    page.script(&format!("document.querySelector(\"main .languages [lang='{tag}']\")?.click()"));
    page.wait_for("the language of the sheet", || {
        page.script("return document.querySelector('main .languages [aria-pressed=true]')?.lang ?? null")
            .as_str()
            .is_none_or(|chosen| chosen == tag)
    });
}

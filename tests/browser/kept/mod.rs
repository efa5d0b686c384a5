//! What is kept on a tablet, and from whom: the whole of it in a real browser.

pub(crate) mod backup;
mod before;
mod begin;
mod caseload;
mod crash;
mod disk;
mod engines;
mod faults;
mod focus;
pub(crate) mod idle;
mod keeper;
mod keyboard;
mod lost;
mod mirror;
mod offline;
mod older;
pub(crate) mod outbox;
mod pictures;
mod promise;
mod search;
mod tabs;
mod tamper;
pub(crate) mod visit;
mod whereabouts;
pub(crate) mod workers;

use std::time::{SystemTime, UNIX_EPOCH};

use crate::elder::Elder;
use crate::harness::Page;

/// A form with a text question in its first section.
const FORM: &str = "#/fill/new-resident-household/1";
/// The first text question of the first section.
const TEXT: &str = ".question .box[type=text]:not([inputmode])";
pub(crate) const PASSPHRASE: &str = "three old bridges";

/// Enters a worker, who is then at work.
pub(crate) fn enter(page: &Page, name: &str, station: Option<&str>) {
    page.goto("#/unlock");
    page.css("#worker-name, .panel-list > summary");
    page.script("document.querySelectorAll('main > details').forEach((one) => one.open = true)");
    page.css("#worker-name").send(name);
    page.css("#new-passphrase").send(PASSPHRASE);
    page.css("#new-passphrase-again").send(PASSPHRASE);
    if let Some(station) = station {
        page.css("#station-key").send(station);
    }
    press(page, "Begin to work");
    page.wait_for("the list of interviews", || page.texts("#heading") == ["My interviews"]);
}

/// The list of questionnaires, and an older person who is not asked yet, on a tablet on which Li works.
pub(crate) fn elder_of_li() -> Elder {
    let page = Page::open();
    enter(&page, "Li", None);
    page.goto("#/");
    Elder::on(page)
}

/// Unlocks for a worker, from wherever the page is.
pub(crate) fn unlock(page: &Page, name: &str, passphrase: &str) {
    page.wait_for("the workers", || page.texts("main .choice").iter().any(|one| one == name));
    if page.all("#passphrase").is_empty() {
        let place = page.texts("main .choice").iter().position(|one| one == name).expect("the worker");
        page.all("main .choice input")[place].click();
    }
    page.css("#passphrase").send(passphrase);
    press(page, "Unlock");
}

/// Presses a button by its name, in any engine.
pub(crate) fn press(page: &Page, name: &str) {
    page.wait_for(name, || {
        let pressed = page.script(&format!(
            "const name = (one) => (one.getAttribute('aria-label') ?? one.innerText).trim();
             const found = [...document.querySelectorAll('button')].find((one) => name(one) === '{name}');
             found?.click();
             return !!found;"
        ));
        pressed == true
    });
}

/// Begins an interview with a text in it.
fn begin(page: &Page) {
    page.goto(FORM);
    page.css(TEXT);
    page.wait_for("it is kept", || is_kept(page));
}

pub(crate) fn is_kept(page: &Page) -> bool {
    !page.all("[data-saved=kept]").is_empty()
}

/// Types into the first text question, and waits until it is on the disk.
fn answer(page: &Page, text: &str) {
    page.css(TEXT).send(text);
    page.wait_for("it is kept", || is_kept(page));
}

fn text_in(page: &Page) -> String {
    // Waited for, and then read in one go: between two commands the page may be drawn anew.
    page.css(TEXT);
    let text = page.script(&format!("return document.querySelector('{TEXT}')?.value ?? ''"));
    text.as_str().unwrap().to_owned()
}

/// Locks by the button, and waits for the page of the workers.
pub(crate) fn lock(page: &Page) {
    page.css(".lamp-lock").click();
    page.wait_for("the page is locked", || page.texts("#heading") == ["Who works on this tablet?"]);
    page.wait_for("the workers", || !page.all("main .choice").is_empty());
    page.listen();
}

/// Whether the long runs are asked for.
fn full() -> bool {
    std::env::var_os("INTAKE_FULL").is_some()
}

/// A number by chance, which a failing test says.
fn seed() -> u64 {
    let given = std::env::var("INTAKE_SEED").ok().and_then(|text| text.parse().ok());
    given.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs()))
}

/// Waits until the site is on the tablet.
fn installed(page: &Page) {
    page.wait_for("the site is kept", || {
        page.script_async(
            "const found = await navigator.serviceWorker.getRegistration(); return found?.active?.state ?? 'none';",
        ) == "activated"
    });
}

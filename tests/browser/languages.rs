//! A third language is a file, and one that is written from right to left works like any other.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::elder::Elder;
use crate::harness::{Page, site};
use crate::kept::outbox::Agency;
use crate::tour::{speak, walk_in};

/// A copy of the site with a language more, gone when the test ends.
struct Third(PathBuf);

impl Third {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("intake-third-{}", std::process::id()));
        copy(&site(), &folder);
        add_to(&folder);
        Self(folder)
    }
}

impl Drop for Third {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How the button of the language is called, and its tag.
const THIRD: (&str, &str) = ("العربية", "ar");

/// Adds to a site the words of English, marked, in a language that runs from the right; the file that lists it.
fn add_to(folder: &Path) -> String {
    let name = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.starts_with("catalogue") && name.ends_with(".json"))
        .expect("a catalogue");
    let read = |path: &Path| -> Value { serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap() };
    let mut catalogue = read(&folder.join(&name));
    let mut words = read(&folder.join(catalogue["texts"]["en"].as_str().unwrap()));
    words["tag"] = json!(THIRD.1);
    words["name"] = json!(THIRD.0);
    words["dir"] = json!("rtl");
    for text in words["texts"].as_object_mut().unwrap().values_mut() {
        *text = json!(format!("ع {}", text.as_str().unwrap()));
    }
    words["texts"]["date.order"] = json!("dmy");
    fs::write(folder.join("text/ar.json"), words.to_string()).unwrap();
    catalogue["texts"]["ar"] = json!("text/ar.json");
    fs::write(folder.join(&name), catalogue.to_string()).unwrap();
    name
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_third_language_is_a_file_and_may_run_from_the_right() {
    let site = Third::new();
    let elder = Elder::on(Page::open_site(&site.0));
    let page = &elder.page;
    page.find("button", THIRD.0).click();
    page.wait_for("the page turns round", || page.css("html").attribute("dir").as_deref() == Some("rtl"));
    let bar = page.script(
        "const place = (one) => document.querySelector(one).getBoundingClientRect().left;
         return place('.bar-name') > place('.bar-side')",
    );
    assert_eq!(bar, true, "the name stands where the line begins: on the right");
}

/// What reaches over either edge of the page, at whatever width.
fn beside_the_page(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for (width, height) in [(820, 1180), (390, 800)] {
        page.resize(width, height);
        let out = page.script(
            "const wide = document.documentElement.clientWidth;
             return [...document.querySelectorAll('body *')]
               .filter((one) => {
                 const box = one.getBoundingClientRect();
                 return box.width > 1 && (box.left < -1 || box.right > wide + 1)
                   && !one.closest('.scroll-x') && !one.closest('.skip') && !one.closest('.visually-hidden');
               })
               .map((one) => one.outerHTML.slice(0, 120));",
        );
        let out: Vec<String> = serde_json::from_value(out).expect("a list of elements");
        found.extend(out.into_iter().map(|one| format!("{width} pixels wide: {one}")));
    }
    page.resize(820, 1180);
    found
}

#[test]
fn every_page_may_run_from_the_right() {
    let mut found = Vec::new();
    let add = |agency: &Agency| agency.relist(&[add_to(&agency.site())]);
    walk_in(add, |page, stop| {
        page.script("for (const one of document.querySelectorAll('main details')) one.open = true");
        speak(page, THIRD);
        assert_eq!(page.css("html").attribute("dir").as_deref(), Some("rtl"), "{}", stop.name);
        found.extend(beside_the_page(page).into_iter().map(|one| format!("{}: {one}", stop.name)));
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

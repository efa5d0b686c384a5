//! A third language is a file, and one that is written from right to left works like any other.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::elder::Elder;
use crate::harness::{Page, site};

/// A copy of the site with a language more, gone when the test ends.
struct Third(PathBuf);

impl Third {
    /// The words of English, marked, in a language that runs from the right.
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("intake-third-{}", std::process::id()));
        copy(&site(), &folder);
        let name = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .find(|name| name.starts_with("catalogue") && name.ends_with(".json"))
            .expect("a catalogue");
        let read =
            |path: &Path| -> Value { serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap() };
        let mut catalogue = read(&folder.join(&name));
        let mut words = read(&folder.join(catalogue["texts"]["en"].as_str().unwrap()));
        words["tag"] = json!("ar");
        words["name"] = json!("العربية");
        words["dir"] = json!("rtl");
        for text in words["texts"].as_object_mut().unwrap().values_mut() {
            *text = json!(format!("ع {}", text.as_str().unwrap()));
        }
        words["texts"]["date.order"] = json!("dmy");
        fs::write(folder.join("text/ar.json"), words.to_string()).unwrap();
        catalogue["texts"]["ar"] = json!("text/ar.json");
        fs::write(folder.join(name), catalogue.to_string()).unwrap();
        Self(folder)
    }
}

impl Drop for Third {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
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
    page.find("button", "العربية").click();
    page.wait_for("the page turns round", || page.css("html").attribute("dir").as_deref() == Some("rtl"));
    for address in [
        "#/",
        "#/settings",
        "#/gallery",
        "#/follow/follow-up",
        "#/fill/elder-needs/4",
        "#/review/elder-needs",
    ] {
        page.goto(address);
        page.wait_for("the page is drawn", || {
            page.script("return location.hash") == address && !page.texts("main h1").is_empty()
        });
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
        assert_eq!(out, json!([]), "{address}: nothing sticks out");
    }
    let bar = page.script(
        "const place = (one) => document.querySelector(one).getBoundingClientRect().left;
         return place('.bar-name') > place('.bar-side')",
    );
    assert_eq!(bar, true, "the name stands where the line begins: on the right");
}

//! The second check of a record, in the Web Worker, and what happens without it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::elder::Elder;
use crate::harness::{Page, site};

const SAFETY: [&str; 5] =
    ["elder_hit", "elder_neglect", "elder_money_taken", "elder_afraid", "elder_scammed"];
const WARNING: &str = "The second check did not run";

/// A copy of the site that lacks the second module, gone when the test ends.
struct Lame(PathBuf);

impl Lame {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("intake-lame-{}", std::process::id()));
        copy(&site(), &folder);
        for name in modules(&folder) {
            fs::remove_file(folder.join(name)).unwrap();
        }
        Self(folder)
    }

    /// Puts the module where it belongs.
    fn mend(&self) {
        for name in modules(&site()) {
            fs::copy(site().join(&name), self.0.join(&name)).unwrap();
        }
    }
}

impl Drop for Lame {
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

/// The names of the second module's files.
fn modules(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("worker") && name.ends_with(".wasm")).collect()
}

fn answer_safety(elder: &Elder) {
    elder.go_to(elder.section_of("elder_hit"));
    for name in SAFETY {
        elder.choose(name, false);
    }
}

#[test]
fn without_its_module_the_profile_is_there_and_marked() {
    let site = Lame::new();
    let elder = Elder::on(Page::open_site(&site.0));
    let page = &elder.page;
    answer_safety(&elder);
    elder.finish();
    let began = std::time::Instant::now();
    page.wait_for("the page says so", || page.texts(".panel-warning h2").iter().any(|text| text == WARNING));
    assert!(began.elapsed().as_secs() < 5, "nobody waits for what cannot come: {:?}", began.elapsed());
    assert!(!page.texts(".area").is_empty(), "and shows the needs all the same");
    site.mend();
    page.find("button", "Check again").click();
    page.wait_for("the check is made up for", || {
        !page.texts(".area").is_empty() && !page.texts("h2").iter().any(|text| text == WARNING)
    });
}

#[test]
fn the_module_checks_the_record() {
    let elder = Elder::at_start();
    answer_safety(&elder);
    elder.finish();
    let page = &elder.page;
    assert!(page.texts("h2").iter().all(|text| text != WARNING));
    let modules = page.script(
        "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('worker'))",
    );
    assert!(!modules.as_array().unwrap().is_empty(), "the second module was loaded");
    page.assert_no_faults();
}

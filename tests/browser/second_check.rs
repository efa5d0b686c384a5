//! The second check of a record, in the Web Worker, and what happens without it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::elder::{Elder, SAFETY};
use crate::harness::{Page, site};
use crate::kept::{PASSPHRASE, enter, lock, unlock};

const WARNING: &str = "The second check did not run";

/// A copy of the site whose second module is not as it should be, gone when the test ends.
struct Lame {
    folder: PathBuf,
    /// The files that are not as they should be.
    harmed: Vec<String>,
}

impl Lame {
    /// A copy in which something was done to the files of the second module of which the name ends so.
    fn new(case: &str, ends: &str, harm: impl Fn(&Path)) -> Self {
        let folder = std::env::temp_dir().join(format!("intake-lame-{case}-{}", std::process::id()));
        copy(&site(), &folder);
        let harmed = modules(&folder, ends);
        assert!(!harmed.is_empty(), "the site has no such file: {ends}");
        for name in &harmed {
            harm(&folder.join(name));
        }
        Self { folder, harmed }
    }

    /// Puts the files where they belong.
    fn mend(&self) {
        for name in &self.harmed {
            fs::copy(site().join(name), self.folder.join(name)).unwrap();
        }
    }
}

impl Drop for Lame {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
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

/// The names of the second module's files that end so.
fn modules(folder: &Path, ends: &str) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("intake-worker") && name.ends_with(ends)).collect()
}

fn answer_safety(elder: &Elder) {
    elder.go_to(elder.section_of("elder_hit"));
    for name in SAFETY {
        elder.choose(name, false);
    }
}

/// Finishes an interview: the profile is there, marked, before anybody has to wait.
fn is_marked_at_once(site: &Lame) -> Elder {
    let elder = Elder::on(Page::open_site(&site.folder));
    let page = &elder.page;
    answer_safety(&elder);
    elder.finish();
    let began = std::time::Instant::now();
    page.wait_for("the page says so", || page.texts(".panel-warning h2").iter().any(|text| text == WARNING));
    assert!(began.elapsed().as_secs() < 5, "nobody waits for what cannot come: {:?}", began.elapsed());
    assert!(!page.texts(".area").is_empty(), "and shows the needs all the same");
    elder
}

#[test]
fn without_its_module_the_profile_is_there_and_marked() {
    let site = Lame::new("absent", ".wasm", |file| fs::remove_file(file).unwrap());
    let elder = is_marked_at_once(&site);
    let page = &elder.page;
    site.mend();
    page.find("button", "Check again").click();
    page.wait_for("the check is made up for", || {
        !page.texts(".area").is_empty() && !page.texts("h2").iter().any(|text| text == WARNING)
    });
}

#[test]
fn a_module_that_does_not_compile_is_noticed_at_once() {
    is_marked_at_once(&Lame::new("damaged", ".wasm", |file| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].fill(0xff);
        fs::write(file, bytes).unwrap();
    }));
}

#[test]
fn a_script_that_is_cut_off_is_noticed_at_once() {
    is_marked_at_once(&Lame::new("cut", ".js", |file| fs::write(file, "import start from \"./").unwrap()));
}

/// Stands in for the worker: it says that it is ready, and then does this with whatever it is asked.
fn impostor(case: &str, act: &str) -> Lame {
    let script = format!("onmessage = (event) => {{ {act} }}; postMessage('ready');");
    Lame::new(case, ".js", |file| {
        if file.file_name().unwrap().to_str().unwrap().contains("boot") {
            fs::write(file, &script).unwrap();
        }
    })
}

#[test]
fn a_worker_that_breaks_down_is_noticed_at_once() {
    is_marked_at_once(&impostor("broken", "throw new Error('out of memory')"));
}

#[test]
fn a_worker_that_talks_nonsense_is_noticed_at_once() {
    is_marked_at_once(&impostor("nonsense", "postMessage('{\"number\":0,\"reply\":\"Perhaps\"}')"));
    is_marked_at_once(&impostor("silent", "postMessage(new Uint8Array(3))"));
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

#[test]
fn a_verdict_on_answers_that_were_changed_meanwhile_is_none_on_those_of_now() {
    // Both are asked for before the first comes, and the second comes a while after that.
    let site = impostor(
        "slow",
        "self.asked = [...(self.asked ?? []), JSON.parse(event.data).number];
         const say = (number) => postMessage(JSON.stringify({ number, reply: { Judged: 'Accepted' } }));
         if (self.asked.length === 2) { say(self.asked[0]); setTimeout(() => say(self.asked[1]), 1500); }",
    );
    let elder = Elder::on(Page::open_site(&site.folder));
    let page = &elder.page;
    answer_safety(&elder);
    elder.go_and_choose("lonely_i1", json!(3));
    page.goto("#/review/elder-needs");
    page.wait_for("the review", || page.texts("h1") == ["Check the answers"]);
    elder.go_on();
    elder.go_and_choose("lonely_i1", json!(1));
    let record = elder.finished_record();
    assert_eq!(record["answers"]["lonely_i1"], json!(1));
    assert!(page.texts("h2").iter().all(|text| text != WARNING));
}

#[test]
fn what_no_second_check_has_seen_is_marked_after_a_lock_too() {
    let site = Lame::new("locked", ".wasm", |file| fs::remove_file(file).unwrap());
    let page = Page::open_site(&site.folder);
    enter(&page, "Li", None);
    page.goto("#/");
    let elder = Elder::on(page);
    answer_safety(&elder);
    elder.finish();
    let page = &elder.page;
    let is_marked = || page.texts(".panel-warning h2").iter().any(|text| text == WARNING);
    page.wait_for("the page says so", is_marked);
    lock(page);
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("it says so still", is_marked);
    page.find("button", "Check again");
}

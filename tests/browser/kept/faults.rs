//! Writes that fail: every one in its turn.

use std::fs;
use std::path::{Path, PathBuf};

use super::{PASSPHRASE, TEXT, begin, enter, is_kept, lock, text_in, unlock};
use crate::harness::{Page, site};

/// A keeper whose writes fail when the page says so: the n-th from now and all after it, until it says 0.
const FAILING: &str = "
    let left = Infinity;
    const channel = new BroadcastChannel('fail-writes');
    channel.onmessage = (event) => { left = event.data === 0 ? Infinity : event.data; };
    for (const name of ['add', 'put']) {
      const write = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...rest) {
        if (--left <= 0) throw new DOMException('no room', 'QuotaExceededError');
        return write.apply(this, rest);
      };
    }
";

/// The site with such a keeper.
fn failing_site(folder: PathBuf) -> PathBuf {
    copy(&site(), &folder);
    let boot = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("intake-keeper-boot"))
        .expect("the keeper's script");
    let text = fs::read_to_string(&boot).unwrap();
    let (import, rest) = text.split_once(";\n").unwrap();
    fs::write(&boot, format!("{import};\n{FAILING}\n{rest}")).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn fail_from(page: &Page, write: u32) {
    page.script_async(&format!(
        "const channel = new BroadcastChannel('fail-writes');
         channel.postMessage({write});
         await new Promise((done) => setTimeout(done, 50));
         channel.close();"
    ));
}

#[test]
fn an_answer_that_finds_no_room_is_told_tried_again_and_not_lost() {
    let folder = std::env::temp_dir().join(format!("intake-failing-answer-{}", std::process::id()));
    let page = Page::open_site(&failing_site(folder.clone()));
    enter(&page, "Li", None);
    begin(&page);
    for write in 1..=4 {
        fail_from(&page, write);
        page.css(TEXT).send("abc");
        page.wait_for("it is told that nothing is kept", || !page.all("[data-saved=not]").is_empty());
        let told = page.texts("[data-saved=not]").join(" ");
        assert!(told.contains("no room left") && told.contains("Make a backup"), "{told}");
        assert!(page.texts(".lamp").iter().any(|lamp| lamp == "No room"), "{:?}", page.texts(".lamp"));
        fail_from(&page, 0);
        page.wait_for("it is kept after all", || is_kept(&page));
    }
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "abcabcabcabc");
    assert!(page.all("[data-damaged]").is_empty());
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn no_interview_begins_that_could_not_be_kept() {
    let folder = std::env::temp_dir().join(format!("intake-failing-begin-{}", std::process::id()));
    let page = Page::open_site(&failing_site(folder.clone()));
    enter(&page, "Li", None);
    for write in 1..=5 {
        fail_from(&page, write);
        page.goto("#/fill/new-resident-household/1");
        page.wait_for("it is refused", || page.texts("main").join(" ").contains("better not to begin"));
        assert!(page.texts("main").join(" ").contains("no room left"), "why");
        fail_from(&page, 0);
        page.goto("#/caseload");
        page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
        assert!(page.texts("main article h2").is_empty(), "write {write}: half a draft");
    }
    page.goto("#/tablet");
    page.find("button", "Make a backup").click();
    page.wait_for("there is room again", || !page.texts(".lamp").iter().any(|lamp| lamp == "No room"));
    begin(&page);
    let _ = fs::remove_dir_all(folder);
}

//! The site on the tablet: without a server, and from one version to the next.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{FORM, PASSPHRASE, TEXT, answer, begin, enter, installed, text_in, unlock};
use crate::harness::{Feature, Page, lacks, site};

/// What the list of interviews asks the server for, in case something is to be sent; without it, it keeps to what it knew.
const WHERE_THINGS_GO: [&str; 2] = ["/destinations.json", "/policy.json"];

#[test]
fn after_one_visit_everything_works_with_the_server_gone() {
    if lacks(Feature::Restart) {
        return;
    }
    let mut page = Page::open();
    installed(&page);
    enter(&page, "Li", None);
    page.stop_server();
    // From here on every request that leaves the page is a fault in the console.
    begin(&page);
    answer(&page, "Dingping, by the river");
    page.close();
    page.reopen("");
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview, at the question", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "Dingping, by the river");
    page.wait_for("the question where the worker was", || page.css(TEXT).has_focus());
    page.assert_no_faults_but(&WHERE_THINGS_GO);
}

#[test]
fn nothing_leaves_the_page_while_an_interview_is_filled() {
    let mut page = Page::open();
    installed(&page);
    enter(&page, "Li", None);
    // The list of interviews asks where things go, before there is an interview.
    page.wait_for("it has been asked", || {
        page.script(
            "return performance.getEntriesByType('resource').some((one) => one.name.endsWith('/policy.json'))",
        ) == true
    });
    begin(&page);
    // The policy lets the page, its workers and the service worker ask nobody but their own server: in its place every
    // request is heard, also one that no console tells of.
    let listener = page.listen_instead();
    for section in 1..=11 {
        page.goto(&format!("#/fill/new-resident-household/{section}"));
        page.css("#heading");
        for control in page.all("main input.box[type=text]").iter().take(2) {
            if control.is_enabled() && control.is_displayed() {
                control.send("a");
            }
        }
    }
    page.wait_for("all of it is kept", || !page.all("[data-saved=kept]").is_empty());
    page.goto("#/review/new-resident-household");
    page.css("#heading");
    page.assert_no_faults();
    while let Ok((mut request, _)) = listener.accept() {
        let mut said = vec![0; 200];
        request.set_nonblocking(false).expect("a request that is waited for");
        let read = request.read(&mut said).unwrap_or_default();
        let said = String::from_utf8_lossy(&said[..read]);
        // The browser itself looks, some seconds after a page was opened, whether there is a newer version of it.
        assert!(said.starts_with("GET /service-worker.js "), "something was asked for: {said}");
    }
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    // A request would have been heard.
    page.script("fetch('nothing-of-ours', { cache: 'no-store' }).catch(() => {})");
    page.wait_for("a request is heard", || listener.accept().is_ok());
}

/// The site again with another text in it, as the next version of the program would be; `whole` or with a file that is
/// not what the list says.
fn next_version(folder: &Path, whole: bool) {
    let page = changed_site(folder, "<title>Intake</title>", "<title>Intake, newer</title>");
    if !whole {
        promise(folder, b"what was promised");
    }
    assert!(page.contains("newer"));
}

/// The site again with another text in its page, and lists that fit it. Returns the page.
pub(super) fn changed_site(folder: &Path, from: &str, to: &str) -> String {
    copy(&site(), folder);
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.contains(from), "{from}");
    let page = page.replace(from, to);
    fs::write(folder.join("index.html"), &page).unwrap();
    promise(folder, page.as_bytes());
    page
}

/// Has the lists of a site promise that its page is this.
fn promise(folder: &Path, page: &[u8]) {
    change_list(folder, |files| {
        for file in files {
            if file["address"] == "index.html" {
                file["sha256"] = json!(hex(page));
            }
        }
    });
}

/// Changes the list of a site's files, and what is promised of the list.
fn change_list(folder: &Path, change: impl FnOnce(&mut Vec<Value>)) {
    let old = hex(&fs::read(folder.join("precache.json")).unwrap());
    let mut list: Value = serde_json::from_slice(&fs::read(folder.join("precache.json")).unwrap()).unwrap();
    change(list["files"].as_array_mut().unwrap());
    let list = serde_json::to_vec(&list).unwrap();
    let script = fs::read_to_string(folder.join("service-worker.js")).unwrap();
    fs::write(folder.join("service-worker.js"), script.replace(&old, &hex(&list))).unwrap();
    fs::write(folder.join("precache.json"), list).unwrap();
}

pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn copy(from: &Path, to: &Path) {
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

/// Looks for a newer version, and says what became of it.
fn look_for_newer(page: &Page) -> Value {
    page.script_async(
        "const registration = await navigator.serviceWorker.getRegistration();
         await registration.update().catch(() => {});
         const coming = registration.installing ?? registration.waiting;
         if (coming) await new Promise((done) => {
           const look = () => ['installed', 'redundant', 'activated'].includes(coming.state) && done();
           coming.addEventListener('statechange', look);
           look();
         });
         return { waits: !!registration.waiting, caches: (await caches.keys()).length };",
    )
}

/// An interview in which something is answered, and the folder with the version that comes next, not served yet.
fn interview_before_a_newer_version(answered: &str) -> (Page, PathBuf) {
    let page = Page::open();
    installed(&page);
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, answered);
    let newer = page.own_folder("newer");
    next_version(&newer, true);
    (page, newer)
}

#[test]
fn a_newer_version_waits_while_an_interview_is_open_and_old_drafts_open_in_it() {
    let (mut page, newer) = interview_before_a_newer_version("before");
    page.serve(&newer);
    assert_eq!(look_for_newer(&page)["waits"], true);
    // A reload in the middle of the interview is still of the version that it was begun in.
    page.reload();
    let title = "return document.querySelector('head > title').outerHTML.includes('newer')
        || performance.getEntriesByType('navigation').length === 0";
    assert_eq!(page.script(title), false);
    let served = "return await (await fetch('index.html')).text()";
    assert!(!page.script_async(served).as_str().unwrap().contains("Intake, newer"));
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    page.goto("#/tablet");
    change_to_newer(&page);
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the old draft", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "before");
    page.assert_no_faults();
}

/// Changes to the newer version, as somebody would: again, where the browser still counts a page that was closed.
fn change_to_newer(page: &Page) {
    let begin = Instant::now();
    let served = "return await (await fetch('index.html')).text()";
    while !page.script_async(served).as_str().is_some_and(|text| text.contains("Intake, newer")) {
        assert!(begin.elapsed() < Duration::from_secs(60), "{}", versions(page));
        if page.texts("main button").iter().any(|text| text == "Change to it now") {
            page.find("button", "Change to it now").click();
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// What a failing test says of the versions on the tablet.
fn versions(page: &Page) -> Value {
    page.script_async(
        "const found = await navigator.serviceWorker.getRegistration();
         return [found.active?.state, found.waiting?.state, found.installing?.state, document.querySelector('main').innerText];",
    )
}

#[test]
fn a_newer_version_says_why_it_waits_and_takes_its_turn_when_it_may() {
    let (mut page, newer) = interview_before_a_newer_version("going on");
    page.serve(&newer);
    assert_eq!(look_for_newer(&page)["waits"], true);
    let first = page.this_tab();
    let second = page.new_tab();
    page.goto("#/tablet");
    page.find("button", "Change to it now").click();
    page.wait_for("why it was refused, and what to do", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("Finish there and close those pages"))
    });
    page.find("button", "中文").click();
    page.wait_for("the same in Chinese", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("还开着本站的其他页面"))
    });
    page.find("button", "English").click();
    page.go_to_tab(&first);
    answer(&page, ", not swapped");
    page.go_to_tab(&second);
    page.close_tab(&first);
    page.goto("#/tablet");
    change_to_newer(&page);
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "going on, not swapped");
    page.assert_no_faults();
}

#[test]
fn half_a_version_changes_nothing() {
    let mut page = Page::open();
    installed(&page);
    let broken = page.own_folder("broken");
    next_version(&broken, false);
    page.serve(&broken);
    assert_eq!(look_for_newer(&page)["waits"], false);
    page.stop_server();
    page.reload();
    page.goto(FORM);
    page.css(TEXT).send("still here");
    let served = "return await (await fetch('index.html')).text()";
    assert!(!page.script_async(served).as_str().unwrap().contains("Intake, newer"));
}

/// Adds files to the next version, under names with their hashes, as it would have them. Returns their names.
fn more_files(folder: &Path) -> Vec<String> {
    let files: Vec<(String, Vec<u8>)> = (0..8_u8)
        .map(|number| {
            let bytes = vec![number; 50_000];
            (format!("more{number}-{:.16}.js", hex(&bytes)), bytes)
        })
        .collect();
    change_list(folder, |list| {
        for (name, bytes) in &files {
            list.push(json!({ "address": name, "sha256": hex(bytes), "bytes": bytes.len() }));
        }
    });
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    files.into_iter().map(|(name, _)| name).collect()
}

/// How many files of each version are on the tablet, and how many of them are not what the version's list says.
const HELD: &str = "
    const held = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const list = await cache.match('precache.json');
      const { files } = list ? await list.json() : { files: [] };
      let [there, wrong] = [0, 0];
      for (const { address, sha256 } of files) {
        const file = await cache.match(address);
        if (!file) continue;
        there += 1;
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
        if (Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') !== sha256) wrong += 1;
      }
      held.push([there, files.length, wrong]);
    }
    return held;
";

/// The same, as triples.
fn held(page: &Page) -> Vec<(u64, u64, u64)> {
    serde_json::from_value(page.script_async(HELD)).unwrap()
}

#[test]
fn whatever_goes_wrong_with_a_version_on_its_way_the_one_before_works_until_all_of_it_is_there() {
    if lacks(Feature::Restart) {
        return;
    }
    const PORTAL: &[u8] = b"<!doctype html><title>Welcome</title><p>Accept the terms to go on.</p>";
    let (mut page, newer) = interview_before_a_newer_version("before");
    let more = more_files(&newer);
    let whole = held(&page);
    assert!(matches!(*whole, [(there, of, 0)] if there == of && of > 10), "{whole:?}");
    let served = "return await (await fetch('index.html')).text()";
    let last = more.last().unwrap().as_str();
    let half = fs::read(newer.join(last)).unwrap()[..25_000].to_vec();
    for (what, file, bytes) in [
        ("a file is not there", last, None),
        ("a file is cut off", last, Some(half.as_slice())),
        ("a portal's page stands in the place of a file", last, Some(PORTAL)),
        ("the list is cut off", "precache.json", Some(&b"{\"files\":["[..])),
        ("a portal's page stands in the place of the page", "index.html", Some(PORTAL)),
        ("a portal's page stands in the place of the script", "service-worker.js", Some(PORTAL)),
    ] {
        let broken = page.own_folder("broken");
        copy(&newer, &broken);
        match bytes {
            Some(bytes) => fs::write(broken.join(file), bytes).unwrap(),
            None => fs::remove_file(broken.join(file)).unwrap(),
        }
        page.serve(&broken);
        assert_eq!(look_for_newer(&page)["waits"], false, "{what}");
        assert!(!page.script_async(served).as_str().unwrap().contains("Intake, newer"), "{what}");
        page.close();
        page.reopen("#/unlock");
        unlock(&page, "Li", PASSPHRASE);
        page.wait_for("the interview, of the version before", || !page.all(TEXT).is_empty());
        assert_eq!(text_in(&page), "before", "{what}");
        assert!(!page.script_async(served).as_str().unwrap().contains("Intake, newer"), "{what}");
        // What has come so far may stay, for the next attempt, which may have begun: all of it is as it should be, and it
        // is not all.
        let (now, rest): (Vec<_>, Vec<_>) = held(&page).into_iter().partition(|one| whole.contains(one));
        assert!(
            now == whole && rest.iter().all(|(there, of, wrong)| (there < of || *of == 0) && *wrong == 0),
            "{what}: {rest:?}"
        );
        fs::remove_dir_all(&broken).unwrap();
    }
    page.serve(&newer);
    assert_eq!(look_for_newer(&page)["waits"], true);
    page.goto("#/tablet");
    change_to_newer(&page);
    let now = held(&page);
    assert!(now.contains(&(whole[0].0 + 8, whole[0].1 + 8, 0)), "{now:?}");
    page.stop_server();
    page.goto("#/unlock");
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview, of the newer version", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "before");
}

#[test]
fn a_version_of_which_something_is_taken_away_on_its_way_does_not_take_its_turn() {
    let mut page = Page::open();
    installed(&page);
    let newer = page.own_folder("newer");
    next_version(&newer, true);
    let more = more_files(&newer).len() as u64;
    let [(whole, ..)] = *held(&page) else { panic!("one version") };
    page.serve(&newer);
    // As one that tidies up at the same moment does, or a browser that wants room.
    let came_to = page.script_async(
        "const registration = await navigator.serviceWorker.getRegistration();
         const before = await caches.keys();
         const taken = (async () => {
           for (;;) {
             const coming = (await caches.keys()).find((name) => !before.includes(name));
             if (coming) return caches.delete(coming);
           }
         })();
         await registration.update();
         const coming = registration.installing ?? registration.waiting;
         await new Promise((done) => {
           const look = () => ['installed', 'redundant', 'activated'].includes(coming.state) && done();
           coming.addEventListener('statechange', look);
           look();
         });
         return [await taken, coming.state];",
    );
    assert_eq!(came_to, json!([true, "redundant"]), "{:?}", held(&page));
    assert_eq!(look_for_newer(&page)["waits"], true);
    assert!(held(&page).contains(&(whole + more, whole + more, 0)), "{:?}", held(&page));
}

#[test]
fn the_app_can_be_installed() {
    if lacks(Feature::Installability) {
        return;
    }
    let page = Page::open();
    let manifest = page.script_async(
        "const address = document.querySelector('link[rel=manifest]').href;
         const answer = await fetch(address);
         const manifest = await answer.json();
         const sizes = [];
         for (const icon of manifest.icons) {
           const picture = new Image();
           picture.src = new URL(icon.src, address);
           await picture.decode();
           if (icon.type === 'image/png' && icon.sizes !== `${picture.width}x${picture.height}`) sizes.push(icon.src);
         }
         return { kind: answer.headers.get('content-type'), display: manifest.display, count: manifest.icons.length, sizes };",
    );
    assert_eq!(
        manifest,
        json!({ "kind": "application/manifest+json; charset=utf-8", "display": "standalone", "count": 4, "sizes": [] })
    );
    let problems = page.protocol("Page.getInstallabilityErrors", json!({}));
    let problems: Vec<&str> = problems["installabilityErrors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|error| error["errorId"].as_str())
        .filter(|error| *error != "in-incognito")
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    page.assert_no_faults();
}

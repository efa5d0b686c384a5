//! Writes that fail: every one in its turn.

use std::collections::BTreeMap;
use std::fs;

use super::keeper::{fail, failing_site, with_keeper};
use super::{PASSPHRASE, TEXT, begin, enter, full, is_kept, lock, text_in, unlock};
use crate::harness::{Feature, Page, lacks};

pub(super) fn fail_from(page: &Page, write: u32) {
    fail(page, write, "full");
}

#[test]
fn an_answer_that_finds_no_room_is_told_tried_again_and_not_lost() {
    let folder = std::env::temp_dir().join(format!("intake-failing-answer-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
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
fn a_database_that_the_browser_closes_is_opened_again() {
    let folder = std::env::temp_dir().join(format!("intake-failing-closed-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    enter(&page, "Li", None);
    begin(&page);
    for _ in 0..2 {
        fail(&page, 0, "close the database");
        page.css(TEXT).send("abc");
        // Whatever is written first meets it, and need not be an answer: it is told only where it is.
        page.wait_for("it is kept after all", || is_kept(&page));
    }
    lock(&page);
    unlock(&page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
    assert_eq!(text_in(&page), "abcabc");
    assert!(page.all("[data-damaged]").is_empty());
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_name_that_finds_no_room_is_told_and_tried_again() {
    let folder = std::env::temp_dir().join(format!("intake-failing-name-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    enter(&page, "Li", None);
    begin(&page);
    let list = || {
        page.goto("#/caseload");
        page.wait_for("the case", || page.texts("main article h2").len() == 1);
        page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    };
    list();
    fail_from(&page, 1);
    page.css("main article input.box").send("Ma Lan");
    page.wait_for("it is told", || {
        page.texts("[role=alert]").iter().any(|text| text.contains("no room left"))
    });
    assert_eq!(page.texts("main article h2"), ["Nobody named yet"]);
    fail_from(&page, 0);
    page.wait_for("there is room again", || !page.texts(".lamp").iter().any(|lamp| lamp == "No room"));
    page.goto("#/tablet");
    list();
    page.wait_for("it was noted after all", || page.texts("main article h2") == ["Ma Lan"]);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn no_interview_begins_that_could_not_be_kept() {
    let folder = std::env::temp_dir().join(format!("intake-failing-begin-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
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

/// A tablet with a worker at work, as the scripts below find it: `keeper`, `worker`, and `draft` with three lines and
/// an attachment of three pieces.
const SET_UP: &str = "
    const passphrase = 'three old bridges';
    const keeper = new Keeper();
    const worker = (await keeper.told({ Create: { name: 'Li', passphrase, station: null } })).Unlocked.worker;
    const draft = (await keeper.told({ Begin: { head, bundle: 'a bundle', line: header } })).Begun;
    await keeper.told({ Append: { draft, first: 1, lines: [line(1), snapshot(2)], head } });
    const large = btoa('x'.repeat(600_000)).replaceAll('=', '');
    const attachment = 'a'.repeat(32);
    await keeper.told({ Attach: { draft, attachment, bytes: large } });
";

#[test]
fn whatever_finds_no_room_at_any_of_its_writes_has_changed_nothing() {
    let folder = std::env::temp_dir().join(format!("intake-failing-each-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    with_keeper(
        &page,
        &format!(
            "{SET_UP}
            const other = new Keeper();
            const wang = (await other.told({{ Create: {{ name: 'Wang', passphrase, station: null }} }})).Unlocked.worker;
            other.end();
            const closed = (await keeper.told({{ Begin: {{ head, bundle: 'a bundle', line: header }} }})).Begun;
            await keeper.told({{ Close: {{ draft: closed }} }});
            const backup = (await keeper.told({{ BackUp: {{ made: head.began }} }})).Text;
            window.setUp = {{ passphrase, keeper, worker, draft, closed, wang, backup, large, attachment }};"
        ),
    );
    let mut tried = BTreeMap::new();
    for act in [
        "Create: { name: 'Zhao', passphrase, station: null }",
        "Begin: { head, bundle: 'another bundle', line: header }",
        "Append: { draft, first: 3, lines: [line(3), line(4), snapshot(5)], head }",
        "Note: { draft, head: { ...head, section: 3 } }",
        "At: { draft }",
        "KeepProfile: { draft, profile: '{}', head }",
        "Attach: { draft, attachment: 'b'.repeat(32), bytes: large }",
        "Detach: { draft, attachment }",
        "KeepItem: { shelf: 'outbox', id: attachment, text: 'waits' }",
        "RemoveItem: { shelf: 'outbox', id: attachment }",
        "BackUp: { made: head.changed }",
        "ChangePassphrase: { old: passphrase, new: passphrase }",
        "Befall: { draft: closed, fate: { went: [] } }",
        "HandOver: { draft, to: wang }",
        "Remove: { draft }",
        "Restore: { backup, passphrase }",
        "Wipe: { worker }",
    ] {
        let name = act.split(':').next().unwrap();
        for how in ["full", "abort"] {
            let writes = with_keeper(
                &page,
                &format!(
                    "const {{ passphrase, keeper, worker, draft, closed, wang, backup, large, attachment }} = window.setUp;
                    if ('{name}' === 'Restore') await keeper.told({{ Remove: {{ draft }} }});
                    for (let at = 1; at < 60; at += 1) {{
                      await keeper.ask({{ Open: {{ draft, take_over: false }} }});
                      const before = await dump();
                      keeper.fail(at, '{how}');
                      const answer = await keeper.ask({{ {act} }});
                      keeper.fail(0);
                      if ('Ok' in answer) {{
                        // It takes fewer writes than that. It is taken back, so that the next finds what this one did.
                        await keeper.told({{ Restore: {{ backup, passphrase }} }});
                        await keeper.told({{ Unlock: {{ worker, passphrase }} }});
                        return at - 1;
                      }}
                      const why = JSON.stringify(answer.Err);
                      if (why !== JSON.stringify('full')) throw new Error(`at write ${{at}}: ${{why}}`);
                      if (await dump() !== before) throw new Error(`at write ${{at}}: something was written`);
                    }}
                    return 0;"
                ),
            );
            let writes = writes.as_u64().unwrap();
            assert!(writes > 0, "{name} writes nothing, or never ends");
            *tried.entry(name).or_insert(0) += writes;
        }
    }
    eprintln!("writes that found no room, each without a trace: {tried:?}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn somebody_gets_in_though_what_was_handed_over_finds_no_room() {
    let folder = std::env::temp_dir().join(format!("intake-failing-receive-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    let told = with_keeper(
        &page,
        &format!(
            "{SET_UP}
            const other = new Keeper();
            const wang = (await other.told({{ Create: {{ name: 'Wang', passphrase, station: null }} }})).Unlocked.worker;
            await keeper.told({{ HandOver: {{ draft, to: wang }} }});
            const told = [];
            for (const at of [1, 2, 3, 0]) {{
              other.fail(at);
              const unlocked = (await other.told({{ Unlock: {{ worker: wang, passphrase }} }})).Unlocked;
              other.fail(0);
              const open = await other.ask({{ Open: {{ draft, take_over: false }} }});
              told.push([unlocked.received, open.Ok?.Opened.lines.length ?? 0]);
            }}
            return told;"
        ),
    );
    assert_eq!(told, serde_json::json!([[0, 0], [0, 0], [0, 0], [1, 3]]));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_second_copy_that_finds_no_room_fails_nothing_and_brings_nothing_older_back() {
    if lacks(Feature::Files) {
        return;
    }
    let folder = std::env::temp_dir().join(format!("intake-failing-copy-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    let mut outcomes = BTreeMap::new();
    // The last is one that does not come: then the copy is whole.
    let writes = || (1..=6).chain([99]);
    for (how, at) in ["no copy", "half a copy"].iter().flat_map(|how| writes().map(move |at| (how, at))) {
        let told = with_keeper(
            &page,
            &format!(
                "const passphrase = 'three old bridges';
                const keeper = new Keeper();
                await keeper.ask('Look');
                keeper.fail({at}, '{how}');
                await keeper.told({{ Create: {{ name: 'Li', passphrase, station: null }} }});
                const draft = (await keeper.told({{ Begin: {{ head, bundle: 'a bundle', line: header }} }})).Begun;
                for (let first = 1; first < 5; first += 1) {{
                  await keeper.told({{ Append: {{ draft, first, lines: [line(first)], head }} }});
                }}
                const {{ damaged, lines }} = (await keeper.told({{ Open: {{ draft, take_over: false }} }})).Opened;
                if (damaged.length || lines.length !== 5) throw new Error('lines are gone');
                const before = await dump();
                keeper.end();
                // The browser loses the first copy.
                const empty = async () => {{
                  const base = await opened();
                  const transaction = base.transaction([...base.objectStoreNames], 'readwrite');
                  for (const store of transaction.objectStoreNames) transaction.objectStore(store).clear();
                  await new Promise((done) => {{ transaction.oncomplete = done; }});
                  base.close();
                }};
                await empty();
                const later = new Keeper();
                await later.told('Look');
                const nobody = !(await all('workers')).length;
                const same = await dump() === before;
                later.end();
                await empty();
                const files = await navigator.storage.getDirectory();
                // A file is let go of some moments after its keeper has ended.
                for (;;) {{
                  const left = await files.removeEntry('intake-mirror', {{ recursive: true }}).catch((why) => why.name);
                  if (left === undefined || left === 'NotFoundError') break;
                  await new Promise((done) => setTimeout(done, 50));
                }}
                return nobody ? 'nothing' : same ? 'everything' : 'something older';"
            ),
        );
        let whole = ["nothing", "everything"][usize::from(at == 99)];
        assert_eq!(told, whole, "{how} at write {at}");
        *outcomes.entry(whole).or_insert(0) += 1;
    }
    eprintln!("what came back of a second copy that had found no room: {outcomes:?}");
    let _ = fs::remove_dir_all(folder);
}

/// A draft with so many lines that it is packed, closed.
const LONG_DRAFT: &str = "
    const lines = [];
    for (let number = 1; number < 450; number += 1) lines.push(number === 445 ? snapshot(number) : line(number));
    await keeper.told({ Append: { draft, first: 3, lines: lines.slice(2), head } });
    await keeper.told({ Close: { draft } });
    const whole = JSON.stringify([header, line(1), snapshot(2), ...lines.slice(2)]);
    const reads = async (by) => {
      const opened = (await by.told({ Open: { draft, take_over: false } })).Opened;
      await by.told({ Close: { draft } });
      return opened.damaged.length === 0 && JSON.stringify(opened.lines) === whole;
    };
    if (!await reads(keeper)) throw new Error('the draft is not what was written');
";

#[test]
fn packing_that_finds_no_room_at_any_of_its_writes_loses_nothing() {
    let folder = std::env::temp_dir().join(format!("intake-failing-pack-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    let step = if full() { 1 } else { 23 };
    let tried = with_keeper(
        &page,
        &format!(
            "{SET_UP} {LONG_DRAFT}
            let tried = 0;
            for (const how of ['full', 'abort']) {{
              for (let at = 1; at < 450; at += at < 4 ? 1 : {step}) {{
                keeper.fail(at, how);
                const answer = await keeper.ask('Compact');
                keeper.fail(0);
                if (!await reads(keeper)) throw new Error(`${{how}} at ${{at}}: lines are gone`);
                tried += 1;
                if ('Ok' in answer) break;
              }}
            }}
            await keeper.told('Compact');
            if (!await reads(keeper)) throw new Error('packed, and lines are gone');
            if ((await all('packs')).length < 1) throw new Error('nothing was packed');
            return tried;"
        ),
    );
    eprintln!("packing found no room at {tried} of its writes, and lost nothing");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_journal_that_another_tab_packs_while_it_is_read_is_whole() {
    if lacks(Feature::StandStill) {
        return;
    }
    let folder = std::env::temp_dir().join(format!("intake-packed-meanwhile-{}", std::process::id()));
    let page = Page::open_site(&failing_site(&folder));
    let told = with_keeper(
        &page,
        &format!(
            "{SET_UP} {LONG_DRAFT}
            const reader = new Keeper();
            await reader.told({{ Unlock: {{ worker, passphrase }} }});
            // Whoever reads only holds nothing that keeps the other tab from packing.
            const name = `intake-draft-${{draft}}`;
            let release;
            const until = new Promise((done) => {{ release = done; }});
            await new Promise((has) => navigator.locks.request(name, () => {{ has(); return until; }}));
            reader.fail(0, 'between');
            const still = new Promise((done) => {{ reader.still = done; }});
            let over = false;
            const opening = reader.told({{ Open: {{ draft, take_over: false }} }}).finally(() => {{ over = true; }});
            await still;
            release();
            while ((await navigator.locks.query()).held.some((lock) => lock.name === name)) {{
              await new Promise((done) => setTimeout(done, 10));
            }}
            await keeper.told('Compact');
            if (!(await all('packs')).length) throw new Error('nothing was packed');
            if (over) throw new Error('it was read before');
            const {{ damaged, lines: found, writable }} = (await opening).Opened;
            return [damaged.length, JSON.stringify(found) === whole, writable];"
        ),
    );
    assert_eq!(told, serde_json::json!([0, true, false]));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn packing_that_is_killed_loses_nothing() {
    if lacks(Feature::Restart) {
        return;
    }
    let folder = std::env::temp_dir().join(format!("intake-killed-pack-{}", std::process::id()));
    let mut page = Page::open_site(&failing_site(&folder));
    with_keeper(
        &page,
        &format!(
            "{SET_UP} {LONG_DRAFT} window.name = JSON.stringify({{ worker, draft, whole }}); keeper.end();"
        ),
    );
    let name = page.script("return window.name");
    // The worker alone is killed, as when its tab crashes, and then the whole browser.
    let places: &[u32] =
        if full() { &[1, 2, 3, 50, 100, 199, 200, 201, 202, 300] } else { &[1, 2, 150, 201] };
    for (place, browser) in places.iter().flat_map(|place| [(place, false), (place, true)]) {
        page.script(&format!("window.name = {name}"));
        with_keeper(
            &page,
            &format!(
                "const {{ worker }} = JSON.parse(window.name);
                const keeper = new Keeper();
                await keeper.told({{ Unlock: {{ worker, passphrase: 'three old bridges' }} }});
                keeper.fail({place}, 'stall');
                const still = new Promise((done) => {{ keeper.still = done; }});
                await Promise.race([still, keeper.ask('Compact')]);
                if ({browser}) return;
                keeper.end();"
            ),
        );
        if browser {
            page.crash();
            page.reopen("");
            page.script(&format!("window.name = {name}"));
        }
        let told = with_keeper(
            &page,
            "const { worker, draft, whole } = JSON.parse(window.name);
            const keeper = new Keeper();
            await keeper.told({ Unlock: { worker, passphrase: 'three old bridges' } });
            const opened = (await keeper.told({ Open: { draft, take_over: false } })).Opened;
            keeper.end();
            return [opened.damaged.length, JSON.stringify(opened.lines) === whole];",
        );
        assert_eq!(told, serde_json::json!([0, true]), "killed at write {place}");
    }
    let _ = fs::remove_dir_all(folder);
}

//! What was changed on the disk is noticed, and the rest opens.

use std::collections::BTreeMap;

use intake::vault::worker::Worker;
use intake::vault::{Frame, Id, Kind, Lines, Place};

use super::keeper::with_keeper;
use super::{PASSPHRASE, TEXT, answer, begin, enter, full, lock, text_in, unlock};
use crate::harness::Page;
use crate::support::sealing::Key;

/// A script that opens the database as `base`, with `all(store)` and `put(store, key, bytes)`.
const BASE: &str = "
    const base = await new Promise((done) => { const open = indexedDB.open('intake'); open.onsuccess = () => done(open.result); });
    const ask = (request) => new Promise((done, fail) => { request.onsuccess = () => done(request.result); request.onerror = () => fail(request.error); });
    const all = async (store) => {
      const one = base.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([ask(one.getAllKeys()), ask(one.getAll())]);
      return keys.map((key, place) => [key, values[place]]);
    };
    const put = (store, key, bytes) => ask(base.transaction(store, 'readwrite').objectStore(store).put(bytes, key));
";

pub(super) fn on_disk(page: &Page, script: &str) -> serde_json::Value {
    let answer = page.script_async(&format!("{BASE} try {{ {script} }} finally {{ base.close(); }}"));
    assert!(!answer.as_str().is_some_and(|text| text.contains("Error")), "{answer}");
    answer
}

/// Unlocks, and waits for the interview.
fn open(page: &Page) {
    unlock(page, "Li", PASSPHRASE);
    page.wait_for("the interview", || !page.all(TEXT).is_empty());
}

#[test]
fn every_changed_byte_of_an_entry_is_told_and_the_rest_opens() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "a");
    answer(&page, "b");
    lock(&page);
    // The last entry holds the second letter; without it the first is left.
    let length = on_disk(&page, "const rows = await all('entries'); return rows.at(-1)[1].length;");
    let length = length.as_u64().unwrap();
    let last = on_disk(&page, "return (await all('entries')).length - 1;").as_u64().unwrap();
    let places: Vec<u64> =
        (0..length).filter(|place| full() || place % 16 == 0 || *place < 2 || place + 1 == length).collect();
    for place in &places {
        on_disk(
            &page,
            &format!(
                "const [key, bytes] = (await all('entries')).at(-1);
                 bytes[{place}] ^= 1;
                 await put('entries', key, bytes);"
            ),
        );
        open(&page);
        page.wait_for("the damage is told", || {
            page.all("[data-damaged]").first().and_then(|mark| mark.attribute("data-damaged")).as_deref()
                == Some("1")
        });
        assert_eq!(text_in(&page), "a", "byte {place}: the rest of the draft");
        let told = page.texts("[data-damaged]").join(" ");
        assert!(told.contains(&format!("Their numbers in the journal: {last}")), "which entry: {told}");
        lock(&page);
        on_disk(
            &page,
            &format!(
                "const [key, bytes] = (await all('entries')).at(-1);
                 bytes[{place}] ^= 1;
                 await put('entries', key, bytes);"
            ),
        );
    }
    open(&page);
    assert!(page.all("[data-damaged]").is_empty());
    assert_eq!(text_in(&page), "ab");
    eprintln!("{} of {length} bytes changed, each noticed", places.len());
}

#[test]
fn entries_cannot_change_places_and_half_ones_are_left_out() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    for letter in ["a", "b", "c"] {
        answer(&page, letter);
    }
    lock(&page);
    // As a power cut leaves them: half written, empty, or gone.
    for damage in [
        "await put('entries', rows.at(-1)[0], rows.at(-1)[1].slice(0, 40));",
        "await put('entries', rows.at(-1)[0], new Uint8Array(0));",
        "await put('entries', rows.at(-1)[0], rows.at(-2)[1]);",
        "await ask(base.transaction('entries', 'readwrite').objectStore('entries').delete(rows.at(-1)[0]));",
        "await put('entries', rows.at(-1)[0], 'not bytes at all');",
    ] {
        on_disk(&page, &format!("const rows = await all('entries'); {damage}"));
        open(&page);
        assert_eq!(text_in(&page), "ab", "{damage}");
        assert_eq!(page.all("[data-damaged]").len(), 1, "{damage}");
        // Whatever is lost, writing goes on, and the next damage is done to a draft that ends as this one did.
        answer(&page, "c");
        lock(&page);
        open(&page);
        assert_eq!(text_in(&page), "abc", "{damage}");
        lock(&page);
    }
}

#[test]
fn a_list_without_its_heads_is_made_again_from_the_journals() {
    let page = Page::open();
    enter(&page, "Li", None);
    begin(&page);
    answer(&page, "still here");
    lock(&page);
    on_disk(
        &page,
        "for (const [key, bytes] of await all('heads')) { bytes[30] ^= 1; await put('heads', key, bytes); }",
    );
    open(&page);
    assert_eq!(text_in(&page), "still here");
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
}

/// A tablet with one worker and one draft, of which everything that can be kept is kept: entries, packs, a snapshot, an
/// attachment, a profile, an item.
const ALL_KINDS: &str = "
    const passphrase = 'three old bridges';
    const keeper = new Keeper();
    const worker = (await keeper.told({ Create: { name: 'Li', passphrase, station: null } })).Unlocked.worker;
    const draft = (await keeper.told({ Begin: { head, bundle: 'a bundle', line: header } })).Begun;
    const lines = [];
    for (let number = 1; number < 410; number += 1) lines.push([2, 405].includes(number) ? snapshot(number) : line(number));
    await keeper.told({ Append: { draft, first: 1, lines, head } });
    const attachment = 'a'.repeat(32);
    await keeper.told({ Attach: { draft, attachment, bytes: btoa('x'.repeat(300)) } });
    await keeper.told({ KeepProfile: { draft, profile: 'a profile', head } });
    await keeper.told({ KeepItem: { shelf: 'outbox', id: attachment, text: 'waits' } });
    await keeper.told({ Close: { draft } });
    await keeper.told('Compact');
";

#[test]
fn every_byte_that_is_stored_is_vouched_for_by_another_implementation_too() {
    let page = Page::open();
    let rows = with_keeper(&page, &format!("{ALL_KINDS} keeper.end(); return await rows();"));
    let rows: BTreeMap<String, Vec<(String, String)>> = serde_json::from_value(rows).unwrap();
    let bytes = |hex: &str| -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
            .collect()
    };
    let worker: Worker = serde_json::from_slice(&bytes(&rows["workers"][0].1)).unwrap();
    let own = Key::of_worker(&worker, PASSPHRASE).expect("the worker's key");
    let (share, sealed) = &rows["keys"][0];
    let draft: Id = share.split('/').next().unwrap().parse().unwrap();
    let key = Key::of_draft(&own, draft, worker.id, &bytes(sealed)).expect("the draft's key");
    let mut pieces: Vec<(&Key, Place, Vec<u8>)> = vec![
        (&own, Place { kind: Kind::DraftKey, of: draft, part: worker.id, number: 0 }, bytes(sealed)),
        (&own, Place::only(Kind::Identity, worker.id), worker.identity.clone()),
    ];
    let mut lines = Lines::default();
    for (store, kind) in [("entries", Kind::Entry), ("packs", Kind::Pack)] {
        for (_, sealed) in &rows[store] {
            let sealed = bytes(sealed);
            let number = Frame::read_as(kind, &sealed).unwrap().number;
            let (_, text) = key.open_numbered(kind, draft, &sealed).expect(store);
            match kind {
                Kind::Pack => lines.add_pack(number, &text),
                _ => lines.add(number, text),
            }
            pieces.push((&key, Place::numbered(kind, draft, number), sealed));
        }
    }
    assert_eq!((rows["packs"].len(), lines.missing(410)), (2, vec![]));
    pieces.push((&key, Place::only(Kind::Head, draft), bytes(&rows["heads"][0].1)));
    pieces.push((&key, Place::only(Kind::Profile, draft), bytes(&rows["profiles"][0].1)));
    let attachment: Id = "a".repeat(32).parse().unwrap();
    let chunk = Place { kind: Kind::Chunk, of: draft, part: attachment, number: 0 };
    pieces.push((&key, chunk, bytes(&rows["chunks"][0].1)));
    let mut tried = 0;
    for (key, place, sealed) in &pieces {
        assert!(key.open(*place, sealed).is_some(), "{place:?}");
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            assert!(key.open(*place, &changed).is_none(), "{place:?}, byte {byte}");
            tried += 1;
        }
    }
    eprintln!("{tried} bytes of {} stored pieces changed, each noticed", pieces.len());
}

#[test]
fn every_changed_byte_costs_its_own_piece_and_no_other() {
    let page = Page::open();
    // All bytes of the pieces that are small; a sample of those that are not.
    let told = with_keeper(
        &page,
        &format!(
            "{ALL_KINDS}
            const open = async () => {{
              const answer = await keeper.ask({{ Open: {{ draft, take_over: false }} }});
              await keeper.told({{ Close: {{ draft }} }});
              return answer.Ok?.Opened ?? answer.Err;
            }};
            const whole = await open();
            if (whole.damaged.length) throw new Error('damaged before');
            const tried = {{}};
            const flip = async (store, which, good) => {{
              const kept = await all(store);
              const [key, bytes] = kept.at(which);
              const step = {full} ? 1 : Math.max(1, Math.floor(bytes.length / 200));
              for (let place = 0; place < bytes.length; place += step) {{
                const changed = bytes.slice();
                changed[place] ^= 1;
                await put(store, key, changed);
                const why = await good();
                if (why) throw new Error(`${{store}} ${{key}}, byte ${{place}}: ${{why}}`);
                tried[store] = (tried[store] ?? 0) + 1;
              }}
              await put(store, key, bytes);
            }};
            // A piece of the journal: its lines are named, and all others are there as they were.
            const costs = (first, last) => async () => {{
              const now = await open();
              const lost = [];
              for (let number = first; number <= last; number += 1) lost.push(number);
              if (JSON.stringify(now.damaged) !== JSON.stringify(lost)) return `damaged: ${{now.damaged}}`;
              const left = whole.lines.filter((_, number) => number < first || number > last);
              return JSON.stringify(now.lines) === JSON.stringify(left) ? '' : 'another line has changed';
            }};
            await flip('entries', 0, costs(0, 0));
            await flip('entries', -1, costs(409, 409));
            await flip('entries', -5, costs(405, 405));
            await flip('packs', 0, costs(3, 202));
            // What a list shows is made again from the journal.
            await flip('heads', 0, async () => {{
              const now = await open();
              if (now.damaged.length || now.lines.length !== 410) return 'lines are gone';
              const {{ drafts, unreadable }} = (await keeper.told('Caseload')).Caseload;
              return drafts.length === 1 && unreadable === 0 && drafts[0].head.form === head.form ? '' : 'not on the list';
            }});
            await flip('keys', 0, async () => {{
              const {{ drafts, unreadable }} = (await keeper.told('Caseload')).Caseload;
              return drafts.length === 0 && unreadable === 1 ? '' : 'it is not told';
            }});
            const damaged = (ask) => async () => {{
              const answer = await keeper.ask(ask);
              return answer.Err === 'damaged' ? '' : JSON.stringify(answer);
            }};
            await flip('chunks', 0, damaged({{ Attachment: {{ draft, attachment }} }}));
            await flip('profiles', 0, damaged({{ Profile: {{ draft }} }}));
            await flip('items', -1, async () => {{
              const items = (await keeper.told({{ Items: {{ shelf: 'outbox' }} }})).Items;
              return items.length === 0 ? '' : 'it opens';
            }});
            const back = await open();
            if (JSON.stringify(back.lines) !== JSON.stringify(whole.lines)) throw new Error('not as before');
            return tried;",
            full = full(),
        ),
    );
    eprintln!("changed bytes, each told and each without harm to the rest: {told}");
}

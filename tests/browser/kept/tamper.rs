//! What was changed on the disk is noticed, and the rest opens.

use super::{PASSPHRASE, TEXT, answer, begin, enter, full, lock, text_in, unlock};
use crate::harness::Page;

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

fn on_disk(page: &Page, script: &str) -> serde_json::Value {
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

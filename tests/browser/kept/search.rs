//! Nothing of what was answered can be read on the disk once it is locked.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::disk::search;
use super::{answer, begin, is_kept, lock, unlock};
use crate::harness::{Feature, Page, lacks};

/// Texts that stand nowhere else in the world.
const ANSWER: &str = "Zbrqvxkplanted";
const NAME: &str = "Yqwolmplanted";
const CHINESE: &str = "罕禳璺饕";
const SECRET: &str = "qxj three bridges";
/// An id of a record, as stations give them.
const RECORD: &str = "XQ-7731-jvkplanted";

/// The profile of somebody's last interview, under an id that is planted.
fn profile_of_last_time(folder: &Path) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/questionnaires/new-resident-household");
    let intake = || Command::new(env!("CARGO_BIN_EXE_intake"));
    let form = root.join("questionnaire.json");
    let made = intake().arg("simulate").arg(&form).args(["--count", "1", "--seed", "7"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let record = folder.join("record.json");
    fs::write(&record, made.stdout.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let made = intake().arg("assess").arg(&form).arg(&record).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stdout));
    let mut profile: Value = serde_json::from_slice(&made.stdout).unwrap();
    profile["profile_id"] = json!(RECORD);
    serde_json::to_vec(&profile).unwrap()
}

#[test]
fn a_profile_directory_holds_nothing_of_an_interview() {
    if lacks(Feature::CrashDumps) {
        return;
    }
    let mut page = Page::open_with_dumps();
    page.goto("#/unlock");
    page.css("#worker-name").send("Li");
    page.css("#new-passphrase").send(SECRET);
    page.css("#new-passphrase-again").send(SECRET);
    page.find("button", "Begin to work").click();
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    // An interview that goes on from a record with an id.
    let last = page.own_folder("last");
    let file = last.join("profile-last.json");
    fs::write(&file, profile_of_last_time(&last)).unwrap();
    page.goto("#/follow/new-resident-household");
    page.css("#follow-file").send(file.to_str().unwrap());
    page.find("button", "Begin").click();
    page.wait_for("the interview", || page.address().ends_with("/1"));
    begin(&page);
    answer(&page, ANSWER);
    page.goto("#/fill/new-resident-household/11");
    page.css("textarea.box").send(CHINESE);
    page.wait_for("it is kept", || is_kept(&page));
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    page.css("article input.box").send(NAME);
    page.script("document.activeElement.blur()");
    page.wait_for("the name", || page.texts("main article h2") == [NAME]);
    // A tab that crashes in the middle of it may leave a dump of its memory.
    page.goto("#/fill/new-resident-household/1");
    page.css(super::TEXT);
    let dumps = page.crash_with_dumps();
    assert!(!dumps.is_empty(), "the browser wrote no dump of a crash");
    page.close();
    page.reopen("#/unlock");
    unlock(&page, "Li", SECRET);
    page.wait_for("the interview", || !page.all(super::TEXT).is_empty());
    page.wait_for("it is kept", || is_kept(&page));
    lock(&page);
    // The same program that showed the interview, which may hold what it was told in memory that nobody uses any more.
    let locked = page.crash_with_dumps();
    assert!(locked.len() > dumps.len(), "the browser wrote no dump of a crash after the lock: {locked:?}");
    let dumps = locked;
    page.close();
    let planted = [ANSWER, NAME, CHINESE, SECRET, RECORD];
    let first = search(&page.profile(), &planted);
    assert!(first.found.is_empty(), "on the disk:\n{}", first.found.join("\n"));
    page.reopen("#/unlock");
    page.wait_for("the workers", || !page.all("main .choice").is_empty());
    // What can be read on the disk, and so tells that its tables and files are met: the worker's public key.
    let key = page.script_async(PUBLIC_KEY);
    let key = key.as_str().unwrap();
    page.script_async(MUCH_MORE);
    page.close();
    let then = search(&page.profile(), &planted);
    assert!(then.found.is_empty(), "on the disk:\n{}", then.found.join("\n"));
    let met = search(&page.profile(), &[key]).found;
    for place in [".ldb: ", "File System/"] {
        assert!(met.iter().any(|one| one.contains(place)), "{place}: not met, in {met:#?}");
    }
    assert!(key.starts_with("age1") && dumps.iter().all(|dump| dump.is_file()), "{dumps:?}");
    eprintln!(
        "searched {} files, {} of them dumps of crashes, {} MB with what was unpacked; {} tables",
        then.files,
        dumps.len(),
        (first.bytes + then.bytes) >> 20,
        met.iter().filter(|one| one.contains(".ldb: ")).count()
    );
}

#[test]
fn the_search_finds_every_form() {
    let page = Page::open();
    let folder = page.own_folder("planted");
    let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let base64 = |before: &str| {
        intake::vault::base64::encode(format!("{before}{ANSWER} and more").as_bytes()).into_bytes()
    };
    let text = format!("some {CHINESE} text, ").repeat(3);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(text.as_bytes()).unwrap();
    let mut brotlied = Vec::new();
    brotli::BrotliCompress(&mut text.as_bytes(), &mut brotlied, &brotli::enc::BrotliEncoderParams::default())
        .unwrap();
    let mut entry = 0xfcfb_6d1b_a772_5c30_u64.to_le_bytes().to_vec();
    entry.extend([5, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    entry.extend(b"key");
    entry.extend(&brotlied);
    let files = [
        ("utf8", ANSWER.as_bytes().to_vec()),
        (
            "utf16le",
            [b"a".to_vec(), units(CHINESE).into_iter().flat_map(u16::to_le_bytes).collect()].concat(),
        ),
        ("utf16be", [b"ab".to_vec(), units(NAME).into_iter().flat_map(u16::to_be_bytes).collect()].concat()),
        ("json", b"{\"a\":\"\\u7f55\\u79b3\\u74ba\\u9955\"}".to_vec()),
        ("address", b"#/%E7%BD%95%E7%A6%B3%E7%92%BA%E9%A5%95".to_vec()),
        ("hex", RECORD.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes()),
        ("base64-0", base64("")),
        ("base64-1", base64("x")),
        ("base64-2", base64("xy")),
        ("gzip", [b"head".to_vec(), gzip.finish().unwrap()].concat()),
        ("zlib", [b"hea".to_vec(), zlib.finish().unwrap()].concat()),
        ("brotli", brotlied),
        ("cache-entry", entry),
        ("clean", b"nothing of it, and a lot of it".to_vec()),
    ];
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let found = search(&folder, &[ANSWER, NAME, CHINESE, RECORD]).found;
    for (name, _) in &files {
        let is_found = found.iter().any(|one| one.starts_with(&format!("{name}: ")));
        assert_eq!(is_found, *name != "clean", "{name}: {found:?}");
    }
}

/// What a page that is careless would leave, written by a real browser: each text in its own place and form.
const CARELESS: &str = "
    localStorage.setItem('one', 'Wqplantedlocal');
    localStorage.setItem('two', '罕禳local');
    const open = indexedDB.open('careless');
    open.onupgradeneeded = () => open.result.createObjectStore('all');
    await new Promise((done) => { open.onsuccess = done; });
    const transaction = open.result.transaction('all', 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore('all');
    const bytes = (text) => new TextEncoder().encode(text);
    store.put('Wqplantedlatin', 1);
    store.put('罕禳two', 2);
    store.put(bytes('Wqplantedbytes'), 3);
    store.put(btoa('xWqplantedcode and more'), 4);
    store.put('nothing', 'Wqplantedkey');
    store.put({ deep: ['Wqplantedlong ', 'again and again '.repeat(20_000)].join('again and again ') }, 5);
    store.put(new Blob([bytes('Wqplantedblob')]), 6);
    await new Promise((done) => { transaction.oncomplete = done; });
    open.result.close();
    const cache = await caches.open('careless');
    await cache.put('x', new Response('Wqplantedcache'));
    history.pushState({}, '', '#/Wqplantedhistory');
";

/// The public key of the worker, as it stands in their record.
const PUBLIC_KEY: &str = "
    const base = await new Promise((done) => { const open = indexedDB.open('intake'); open.onsuccess = () => done(open.result); });
    const all = base.transaction('workers').objectStore('workers').getAll();
    await new Promise((done) => { all.onsuccess = done; });
    base.close();
    return JSON.parse(new TextDecoder().decode(all.result[0])).public;
";

/// So much more in the same place that a browser puts its logs into tables, which it compresses.
const MUCH_MORE: &str = "
    const open = indexedDB.open('much-more');
    open.onupgradeneeded = () => open.result.createObjectStore('all');
    await new Promise((done) => { open.onsuccess = done; });
    // Larger values would stand in files of their own.
    for (let number = 0; number < 250; number += 1) {
      const bytes = crypto.getRandomValues(new Uint8Array(40_000));
      const transaction = open.result.transaction('all', 'readwrite', { durability: 'strict' });
      transaction.objectStore('all').put(bytes, number);
      await new Promise((done) => { transaction.oncomplete = done; });
    }
    open.result.close();
";

#[test]
fn the_search_finds_what_a_browser_has_written() {
    if lacks(Feature::DiskFormat) {
        return;
    }
    let mut page = Page::open();
    page.script_async(CARELESS);
    page.close();
    let planted = [
        "Wqplantedlocal",
        "罕禳local",
        "Wqplantedlatin",
        "罕禳two",
        "Wqplantedbytes",
        "Wqplantedcode",
        "Wqplantedkey",
        "Wqplantedlong",
        "Wqplantedblob",
        "Wqplantedcache",
        "Wqplantedhistory",
    ];
    for when in ["in logs", "in tables"] {
        let found = search(&page.profile(), &planted).found;
        for text in planted {
            assert!(
                found.iter().any(|one| one.contains(&format!(": {text} as"))),
                "{when}, {text}: {found:#?}"
            );
        }
        assert!(found.iter().any(|one| one.ends_with("Wqplantedkey as UTF-16 BE")), "{when}: {found:#?}");
        if when == "in tables" {
            assert!(found.iter().any(|one| one.contains(".ldb: Wqplantedlatin")), "{found:#?}");
        }
        page.reopen("");
        page.script_async(MUCH_MORE);
        page.close();
    }
}

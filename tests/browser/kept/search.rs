//! Nothing of what was answered can be read on the disk once it is locked.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{answer, begin, lock};
use crate::harness::Page;

/// Texts that stand nowhere else in the world.
const ANSWER: &str = "Zbrqvxkplanted";
const NAME: &str = "Yqwolmplanted";
const CHINESE: &str = "罕禳璺饕";
const SECRET: &str = "qxj three bridges";

#[test]
fn a_profile_directory_holds_nothing_of_an_interview() {
    let page = Page::open();
    page.goto("#/unlock");
    page.css("#worker-name").send("Li");
    page.css("#new-passphrase").send(SECRET);
    page.css("#new-passphrase-again").send(SECRET);
    page.find("button", "Begin to work").click();
    page.wait_for("the list", || page.texts("#heading") == ["My interviews"]);
    begin(&page);
    answer(&page, ANSWER);
    page.goto("#/fill/new-resident-household/11");
    page.css("textarea.box").send(CHINESE);
    page.wait_for("it is kept", || super::is_kept(&page));
    page.goto("#/caseload");
    page.wait_for("the case", || page.texts("main article h2").len() == 1);
    page.script("document.querySelectorAll('article details').forEach((one) => one.open = true)");
    let name = page.css("article input.box");
    name.send(NAME);
    page.script("document.activeElement.blur()");
    page.wait_for("the name", || page.texts("main article h2") == [NAME]);
    lock(&page);
    page.close();
    let planted = [ANSWER, NAME, CHINESE, SECRET];
    let found = search(&page.profile(), &planted);
    assert!(found.is_empty(), "on the disk:\n{}", found.join("\n"));
}

#[test]
fn the_search_finds_what_is_there() {
    let page = Page::open();
    let folder = page.own_folder("planted");
    let utf16: Vec<u8> = NAME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let base64 = intake::vault::base64::encode(format!("x{ANSWER}").as_bytes());
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut zipped, format!("some {CHINESE} text").repeat(3).as_bytes()).unwrap();
    for (name, bytes) in [
        ("plain", ANSWER.as_bytes().to_vec()),
        ("utf16", [b"ab".to_vec(), utf16].concat()),
        ("base64", base64.into_bytes()),
        ("zipped", [b"head".to_vec(), zipped.finish().unwrap()].concat()),
        ("clean", b"nothing".to_vec()),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let found = search(&folder, &[ANSWER, NAME, CHINESE]);
    for name in ["plain", "utf16", "base64", "zipped"] {
        assert!(
            found.iter().any(|one| one.contains(&format!("/{name}: "))),
            "{name} is not found: {found:?}"
        );
    }
    assert!(!found.iter().any(|one| one.contains("/clean: ")), "{found:?}");
}

/// The files that hold one of the texts: plain, as UTF-16, as Base64 at any of the three places that a text can take,
/// or inside of a stream of deflate, zlib, gzip or Snappy.
fn search(folder: &Path, planted: &[&str]) -> Vec<String> {
    let mut needles: Vec<(String, Vec<u8>)> = Vec::new();
    for text in planted {
        needles.push((format!("{text} as UTF-8"), text.as_bytes().to_vec()));
        needles.push((format!("{text} as UTF-16"), text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        for shift in 0..3 {
            let padded = [vec![b' '; shift], text.as_bytes().to_vec()].concat();
            let code = intake::vault::base64::encode(&padded);
            // The first letters depend on what stands before, the last on what stands after.
            let from = [0, 2, 3][shift];
            let code = &code.as_bytes()[from..code.len() - 2];
            needles.push((format!("{text} as Base64"), code.to_vec()));
        }
    }
    let mut found = Vec::new();
    for file in files(folder) {
        let Ok(bytes) = fs::read(&file) else { continue };
        let mut texts = vec![bytes.clone()];
        texts.extend(inflated(&bytes));
        texts.extend(unsnapped(&bytes));
        let here: BTreeSet<usize> = texts.iter().flat_map(|text| places(text, &needles)).collect();
        found.extend(here.into_iter().map(|which| format!("{}: {}", file.display(), needles[which].0)));
    }
    found
}

/// Which of the needles are in a text, in one pass over it: profiles are large, and tests are not optimised.
fn places(text: &[u8], needles: &[(String, Vec<u8>)]) -> BTreeSet<usize> {
    let mut begins = [false; 256];
    for (_, needle) in needles {
        begins[usize::from(needle[0])] = true;
    }
    let mut found = BTreeSet::new();
    for (place, byte) in text.iter().enumerate() {
        if begins[usize::from(*byte)] {
            let rest = &text[place..];
            found.extend(
                needles
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| rest.starts_with(&one.1))
                    .map(|(which, _)| which),
            );
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

/// Whatever can be unpacked in a file, wherever in it a stream begins.
fn inflated(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (place, two) in bytes.windows(2).enumerate() {
        let rest = &bytes[place..];
        let mut text = Vec::new();
        let limit = 1 << 20;
        match two {
            [0x1f, 0x8b] => drop(flate2::read::GzDecoder::new(rest).take(limit).read_to_end(&mut text)),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda] => {
                drop(flate2::read::ZlibDecoder::new(rest).take(limit).read_to_end(&mut text))
            }
            _ => continue,
        }
        if !text.is_empty() {
            found.push(text);
        }
    }
    found
}

/// The literals of blocks of Snappy, which LevelDB uses: what is said once stands in them as it is, cut by copies of
/// what was said before. A text that is planted once is never a copy, so that what is left to look for are literals
/// that meet: their contents one after the other.
fn unsnapped(bytes: &[u8]) -> Option<Vec<u8>> {
    // A short text is within one literal, and that is plain: the search of the plain bytes has seen it. Here only
    // those that are cut remain: control bytes between two pieces are left out.
    let joined: Vec<u8> = bytes.iter().copied().filter(|byte| *byte >= 0x20).collect();
    Some(joined)
}

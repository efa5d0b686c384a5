//! The page's words: every key that the code says is there in every language, none is left over, and a translation
//! has the places that the original has.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "the test reads the project's own files, and fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use intake::plan::{AlertGrade, Basis, Domain, Urgency};
use intake::profile::wire::Incomparable;
use intake::session::IssueKind;
use regex_lite::Regex;
use serde_json::Value;

type Texts = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of each language.
fn languages() -> BTreeMap<String, Texts> {
    let mut languages = BTreeMap::new();
    for entry in fs::read_dir(root().join("www/text")).unwrap() {
        let path = entry.unwrap().path();
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(file["tag"], tag.as_str(), "a file is named after its language");
        assert!(file["name"].is_string() && (file["dir"] == "ltr" || file["dir"] == "rtl"), "{tag}");
        languages.insert(tag, serde_json::from_value(file["texts"].clone()).unwrap());
    }
    languages
}

/// The page's code, without its comments and its tests.
fn code() -> String {
    let mut text = String::new();
    let mut folders = vec![root().join("src/web")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                let file = fs::read_to_string(path).unwrap();
                let own = file.split("#[cfg(test)]").next().unwrap_or_default();
                for line in own.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// Every key that the code says: those written out, and those made of a word of the engine.
fn keys(code: &str) -> BTreeSet<String> {
    let literal = Regex::new(r#""([a-z-]+(?:\.[a-zA-Z0-9-]+)+)""#).unwrap();
    let mut keys: BTreeSet<String> = literal.captures_iter(code).map(|found| found[1].to_owned()).collect();
    // Names of files look like keys.
    keys.retain(|key| !key.ends_with(".json") && !key.ends_with(".svg"));
    let mut family = |name: &str, words: Vec<String>| {
        assert!(
            code.contains(&format!("\"{name}.{{")),
            "no code makes a key of `{name}` and a word any more"
        );
        keys.extend(words.into_iter().map(|word| format!("{name}.{word}")));
    };
    family("month", (1..=12).map(|month| month.to_string()).collect());
    family("issue", IssueKind::ALL.iter().map(|kind| kind.word().to_owned()).collect());
    family("grade", AlertGrade::ALL.iter().map(ToString::to_string).collect());
    family("domain", Domain::ALL.iter().map(ToString::to_string).collect());
    family("urgency", Urgency::ALL.iter().map(ToString::to_string).collect());
    family("basis", Basis::ALL.iter().map(ToString::to_string).collect());
    family("incomparable", Incomparable::ALL.iter().map(|why| why.word().to_owned()).collect());
    family("strength", ["centrepiece", "usable", "potential"].map(str::to_owned).to_vec());
    family("theme", ["system", "light", "dark", "contrast"].map(str::to_owned).to_vec());
    keys
}

/// The `{places}` of a text.
fn places(text: &str) -> BTreeSet<String> {
    let place = Regex::new(r"\{([^{}]*)\}").unwrap();
    place.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_language_has_every_text_and_no_other() {
    let keys = keys(&code());
    assert!(keys.len() > 150, "the keys are not found in the code any more");
    for (tag, texts) in languages() {
        // The names of legal positions are the questionnaires' own; the page only has words for some.
        let has: BTreeSet<String> = texts.keys().filter(|key| !key.starts_with("flag.")).cloned().collect();
        let missing: Vec<&String> = keys.difference(&has).collect();
        let unused: Vec<&String> = has.difference(&keys).collect();
        assert!(missing.is_empty(), "{tag} lacks {missing:?}");
        assert!(unused.is_empty(), "{tag} has {unused:?}, which nothing says");
        let empty: Vec<_> = texts.iter().filter(|(_, text)| text.trim().is_empty()).collect();
        assert!(empty.is_empty(), "{tag}: {empty:?}");
    }
}

#[test]
fn translations_have_the_same_places() {
    let languages = languages();
    let english = &languages["en"];
    for (tag, texts) in &languages {
        for (key, text) in texts {
            let original = english.get(key).unwrap_or_else(|| panic!("`{key}` is in {tag} and not in en"));
            assert_eq!(places(text), places(original), "{tag}: {key}");
        }
    }
}

#[test]
fn the_code_fills_the_places_of_the_texts() {
    let code = code();
    let call = Regex::new(r#"fill\(\s*"([^"]+)",\s*&\[((?:[^\[\]]|\[[^\]]*\])*)\]"#).unwrap();
    let name = Regex::new(r#"\("([a-z_]+)",\s*&?[a-z(]"#).unwrap();
    let english = &languages()["en"];
    let mut calls = 0;
    for found in call.captures_iter(&code) {
        let given: BTreeSet<String> = name.captures_iter(&found[2]).map(|name| name[1].to_owned()).collect();
        assert!(places(&english[&found[1]]).is_subset(&given), "{}: only {given:?} is given", &found[1]);
        calls += 1;
    }
    assert!(calls > 10, "the calls are not found in the code any more");
}

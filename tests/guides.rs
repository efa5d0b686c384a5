//! The guides for authors are followed word by word: every command is run, every edit is made, and what the program
//! answers is what the guide shows.
//!
//! In a guide a comment says what the next block is: `run`, `write: FILE`, `replace: FILE: TEXT`, or
//! `before: FILE: TEXT` (`: n` at its end counts lines further up). A `text` block after a `run` is the answer.
//! After a change of what the program says: `INTAKE_WRITE=1 cargo test --features cli --test guides`.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests read files and start programs, and fail by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of its own, which goes when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("intake-guide-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).unwrap();
    }

    /// What the program answers to a line of a guide, on both streams.
    fn run(&self, line: &str) -> String {
        let arguments = words(line.strip_prefix("intake ").expect("a guide calls intake"));
        let output = Command::new(env!("CARGO_BIN_EXE_intake"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("intake runs");
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The words of a command; quotes keep a word together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words
}

/// Follows a guide and gives it back with the answers that the program gave.
fn followed(folder: &Folder, guide: &str) -> String {
    let lines: Vec<&str> = guide.lines().collect();
    let mut out = Vec::new();
    let mut instruction: Option<&str> = None;
    let mut answer: Option<String> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(comment) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) {
            instruction = Some(comment);
        }
        out.push((*line).to_owned());
        at += 1;
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let end = at + lines[at..].iter().position(|line| *line == "```").expect("a block ends");
        let block = &lines[at..end];
        match (kind, answer.take(), instruction.take()) {
            ("text", Some(answer), _) => out.extend(answer.trim_end().lines().map(str::to_owned)),
            (_, _, instruction) => {
                if let Some(instruction) = instruction {
                    answer = carry_out(folder, instruction, block);
                }
                out.extend(block.iter().map(|line| (*line).to_owned()));
            }
        }
        out.push("```".to_owned());
        at = end + 1;
    }
    out.join("\n") + "\n"
}

fn carry_out(folder: &Folder, instruction: &str, block: &[&str]) -> Option<String> {
    if instruction == "run" {
        return Some(block.iter().map(|line| folder.run(line)).collect());
    }
    let (what, rest) = instruction.split_once(": ").expect("an instruction and a file");
    let (file, text) = rest.split_once(": ").unwrap_or((rest, ""));
    match what {
        "write" => folder.write(file, &(block.join("\n") + "\n")),
        "replace" => {
            let before = folder.read(file);
            assert_eq!(before.matches(text).count(), 1, "`{text}` stands once in {file}");
            folder.write(file, &before.replace(text, &block.join("\n")));
        }
        "before" => {
            let (text, up) = match text.rsplit_once(" : ") {
                Some((text, up)) => (text, up.parse::<usize>().unwrap()),
                None => (text, 0),
            };
            let before = folder.read(file);
            let mut lines: Vec<&str> = before.lines().collect();
            let found = lines.iter().position(|line| line.trim_start().starts_with(text));
            let place = found.unwrap_or_else(|| panic!("no line of {file} begins with `{text}`")) - up;
            lines.splice(place..place, block.iter().copied());
            let after = lines.join("\n") + "\n";
            folder.write(file, &after);
        }
        _ => panic!("a guide cannot say `{what}`"),
    }
    None
}

fn hold(guide: &str) {
    let folder = Folder::new(guide);
    let page = format!("docs/{guide}.md");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&page)).unwrap();
    support::hold_to(&page, &followed(&folder, &text));
    // Whoever followed the guide has a sound questionnaire.
    assert!(folder.run("intake check home-visit").ends_with("0 errors, 0 warnings\n"));
    assert!(folder.run("intake test home-visit").contains("3 passed, 0 failed"));
}

#[test]
fn the_english_guide_works_word_by_word() {
    hold("first-questionnaire");
}

#[test]
fn the_chinese_guide_works_word_by_word() {
    hold("first-questionnaire.zh-CN");
}

#[test]
fn a_new_questionnaire_is_sound_in_whatever_language_it_is_begun() {
    for languages in ["en", "zh-CN", "en,zh-CN", "zh-CN,en"] {
        let folder = Folder::new(&languages.replace(',', "-"));
        folder.run(&format!("intake new first --languages {languages} --title \"A \\ visit\""));
        let checked = folder.run("intake check first");
        assert!(checked.ends_with(": 0 errors, 0 warnings\n"), "{languages}: {checked}");
        let tested = folder.run("intake test first");
        assert!(tested.contains("2 passed, 0 failed"), "{languages}: {tested}");
        assert!(folder.0.join("dialect/questionnaire-1.schema.json").is_file());
        assert!(folder.run("intake new first").contains("nothing was changed"));
    }
    let folder = Folder::new("names");
    assert!(folder.run("intake new First").contains("small letters"));
    assert!(!folder.0.join("First").exists());
}

//! The pairs that were recorded from fhirpath.js: `tests/differential/recorded.jsonl`.
//!
//! The first line says by what and when. Then come sets of answers, a line each, and then expressions: ours, theirs
//! (0 if it is the same text), and for each set of answers by its number what fhirpath.js gave.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::both::Both;

pub(super) struct Recorded {
    pub(super) header: Json,
    pub(super) answers: Vec<Json>,
    pub(super) cases: Vec<Case>,
}

/// An expression, and what came of it with some of the answers.
pub(super) struct Case {
    pub(super) text: Both,
    pub(super) results: Vec<(usize, Json)>,
}

pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/differential")
}

impl Recorded {
    pub(super) fn read() -> Self {
        let text = fs::read_to_string(folder().join("recorded.jsonl")).unwrap();
        let mut lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
        let header = lines.next().unwrap();
        let mut answers = Vec::new();
        let mut cases = Vec::new();
        for line in lines {
            match line {
                Json::Array(parts) => cases.push(Case::read(&parts)),
                set => answers.push(set),
            }
        }
        Self { header, answers, cases }
    }

    pub(super) fn write(&self) {
        let mut text = String::new();
        for line in [&self.header].into_iter().chain(&self.answers) {
            writeln!(text, "{line}").unwrap();
        }
        for case in &self.cases {
            let theirs = if case.text.theirs == case.text.ours { json!(0) } else { json!(case.text.theirs) };
            let mut parts = vec![json!(case.text.ours), theirs];
            for (index, result) in &case.results {
                parts.extend([json!(index), result.clone()]);
            }
            writeln!(text, "{}", Json::Array(parts)).unwrap();
        }
        fs::write(folder().join("recorded.jsonl"), text).unwrap();
    }

    pub(super) fn pairs(&self) -> usize {
        self.cases.iter().map(|case| case.results.len()).sum()
    }
}

impl Case {
    fn read(parts: &[Json]) -> Self {
        let [ours, theirs, results @ ..] = parts else { panic!("{parts:?}") };
        let ours = ours.as_str().unwrap().to_owned();
        let theirs = theirs.as_str().unwrap_or(&ours).to_owned();
        let results =
            results.chunks(2).map(|pair| (pair[0].as_u64().unwrap() as usize, pair[1].clone())).collect();
        Self { text: Both { ours, theirs }, results }
    }
}

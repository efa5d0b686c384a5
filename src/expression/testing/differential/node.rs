//! fhirpath.js in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};

use super::recorded::folder;

pub(super) struct Node {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Where `npm install` puts fhirpath.js.
fn installed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/differential")
}

impl Node {
    /// Starts it with sets of answers; none if it is not installed.
    pub(super) fn start(answers: &[Json]) -> Option<Self> {
        if !installed().join("node_modules/fhirpath").is_dir() {
            return None;
        }
        let mut child = Command::new("node")
            .arg(folder().join("evaluate.cjs"))
            .current_dir(installed())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut node = Self { input: child.stdin.take(), child, output };
        for set in answers {
            node.send(&json!({ "answers": set }));
        }
        Some(node)
    }

    /// The versions of fhirpath.js and Node.
    pub(super) fn versions() -> (String, String) {
        let package =
            std::fs::read_to_string(installed().join("node_modules/fhirpath/package.json")).unwrap();
        let package: Json = serde_json::from_str(&package).unwrap();
        let node = Command::new("node").arg("--version").output().unwrap().stdout;
        (package["version"].as_str().unwrap().to_owned(), String::from_utf8(node).unwrap().trim().to_owned())
    }

    fn send(&mut self, request: &Json) {
        writeln!(self.input.as_mut().unwrap(), "{request}").unwrap();
    }

    /// What each of some expressions gives with each of some answers. They are few enough for the pipes to hold.
    pub(super) fn evaluate(&mut self, requests: &[(&str, &[usize])]) -> Vec<Vec<Json>> {
        for (expression, answers) in requests {
            self.send(&json!({ "expression": expression, "answers": answers }));
        }
        self.input.as_mut().unwrap().flush().unwrap();
        let mut line = String::new();
        let answer = |_: &_| {
            line.clear();
            self.output.read_line(&mut line).unwrap();
            serde_json::from_str(&line).unwrap()
        };
        requests.iter().map(answer).collect()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}
